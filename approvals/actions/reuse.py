"""Looking for what the house holds, with a purpose; and using it again, kept like a file that was uploaded."""

from __future__ import annotations

from datetime import datetime

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from accounts import actions as people
from accounts.actions import record
from accounts.models import User
from approvals.actions.drafts import DraftError, keep_file, save
from approvals.models import Material
from approvals.queries import reuse
from casework.models import Document, Draft


def look_up(draft: Draft, user: User, purpose: str, at: datetime, source: str | None) -> Draft:
    """A window looks for what the house holds of the applicant: once for a draft, on record before it is shown.

    DraftError: not settled who stands there, or no purpose, or too many looks within the hour. 政务数据共享：为履行职责
    确有必要的才查询，用途事先写明。
    """
    if not reuse.may_look(draft):
        raise DraftError("核验提交人身份以后，才能查询申请人已有的材料")
    if reuse.looked(draft):
        return draft
    try:
        people.look(
            by=user, reason=purpose, at=at, source=source, subject=f"party:{draft.party_id}", party=draft.party_id,
            draft=draft.code,
        )  # fmt: skip
    except people.Refused as refusal:
        raise DraftError(str(refusal)) from None
    said = {"party": draft.party_id, "purpose": purpose.strip()}
    return save(draft, lambda locked: {"look_up": said}, at)


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
