"""Using again what the house holds: kept like a file that was uploaded, and on record with its purpose."""

from __future__ import annotations

from datetime import datetime

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from accounts.actions import record
from accounts.models import User
from approvals.actions.drafts import DraftError, keep_file
from approvals.models import Material
from approvals.queries import reuse
from casework.models import Document, Draft


def use_again(draft: Draft, material: Material, token: str, user: User, at: datetime, source: str | None) -> Document:
    """Put a document that is offered under this token into a draft. DraftError if it is not offered (any more).

    OSError: the store of files is away; nothing changes then. 政务数据共享: asked for once, used for a stated purpose.
    """
    offered = {offer.document.token: offer for offer in reuse.offers(draft, material, timezone.localdate(at))}
    if token not in offered:
        raise DraftError("这份材料现在不能使用，请另外上传")
    held = offered[token].document
    with held.file.open("rb") as content, transaction.atomic():
        name = held.title if "." in held.title else f"{held.title}.pdf"
        kept = keep_file(draft, material, File(content, name=name), user, at)
        record(
            reuse.REUSED, at, actor=user, user=user, source=source, subject=f"party:{draft.party_id}",
            document=held.pk, party=draft.party_id, reason=f"申请“{draft.title}”，作为“{material.name}”",
        )  # fmt: skip
    return kept
