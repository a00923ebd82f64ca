"""Filling in an application: every page is saved on its own, so that nothing that was saved can be lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts import queries as people
from accounts.models import Party, ServicePoint, User
from approvals.models import Material
from approvals.queries.bundles import BUNDLE, Subject, Whole
from approvals.queries.drafts import INTAKE, LICENCE, SUBMIT
from approvals.queries.files import look
from casework.actions import files
from casework.models import Document, Draft
from casework.models.case import CODE_ALPHABET, new_code
from casework.refusal import Reason, Refused

MOST_FILES = 20  # for one material
MOST_BYTES = 600 * 1024 * 1024  # for one application


class DraftError(ValueError):
    """The draft cannot be changed like this; a sentence in Chinese for the person says why."""


def begin(
    user: User, item: Subject, at: datetime, *, point: ServicePoint | None = None, key: str = "",
    content: Mapping[str, Any] | None = None,
) -> Draft:  # fmt: skip
    """A new draft of an application; at the window if a service point is given. `content` is what is known already.

    With a `key` of the client's choosing the same call answers the same draft, however often it is repeated.
    """
    known = {**(content or {}), **({"point": point.pk} if point else {})}
    procedure = BUNDLE if isinstance(item, Whole) else LICENCE
    with transaction.atomic():
        draft, _ = Draft.objects.get_or_create(
            code=_code_for(user, key) if key else new_code(),
            defaults={
                "owner": user, "procedure": procedure, "step": INTAKE if point else SUBMIT, "matter": item.code,
                "title": item.name, "content": known, "created_at": at, "saved_at": at,
                "party": None if point else _only_party(user, item, at),
            },
        )  # fmt: skip
    if draft.matter != item.code:
        raise Refused([Reason("idempotency_mismatch", "同一个请求标识已经用于另一事项，没有再建立草稿")])
    return draft


def _code_for(user: User, key: str) -> str:
    """A code that follows from the person and the client's key, and from nothing that others can know."""
    digest = salted_hmac("approvals.draft", f"{user.pk}:{key}", algorithm="sha256").digest()
    number = int.from_bytes(digest, "big")
    return "".join(CODE_ALPHABET[(number >> (5 * place)) & 31] for place in range(15))


def _only_party(user: User, item: Subject, at: datetime) -> Party | None:
    """The party to apply for, where there is no choice."""
    found = [party for party in people.parties_of(user, timezone.localdate(at)) if item.serves(party.kind)]
    return found[0] if len(found) == 1 else None


@transaction.atomic
def save(draft: Draft, change: Callable[[Draft], Mapping[str, Any]], at: datetime) -> Draft:
    """Save what one page says. `change` gets the locked draft and answers the entries of its content to replace.

    Raises DraftError if the draft was submitted meanwhile, in another window.
    """
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    if locked.case_id:
        raise DraftError("这份申请已经提交，不能再修改")
    locked.content = {**locked.content, **change(locked)}
    locked.saved_at = at
    locked.save(update_fields=["content", "party", "saved_at"])
    return locked


def keep_file(draft: Draft, material: Material, file: File, user: User | None, at: datetime) -> Document:
    """Keep an uploaded file for one material; the same file twice is kept once. `user`: nobody's what a system sends.

    FileRefused: another kind than it says, too large, too many, submitted. OSError: the store of files is away.
    """
    found, most = look(file, material), {"most_files": MOST_FILES, "most_bytes": MOST_BYTES}
    return files.keep(draft, file, found, user, at, slot=material.code, **most)


def discard_file(document: Document) -> None:
    """Take a file back that was not submitted yet."""
    with transaction.atomic():
        locked = Document.objects.select_for_update().get(pk=document.pk)
        if locked.case_id:
            raise DraftError("这份材料已经提交，不能撤回")
        files.discard(locked)


def discard(draft: Draft) -> None:
    """Throw a draft away with its files."""
    with transaction.atomic():
        locked = Draft.objects.select_for_update().get(pk=draft.pk)
        if locked.case_id:
            raise DraftError("这份申请已经提交，不能删除")
        for document in Document.objects.filter(draft=locked, case=None):
            discard_file(document)
        locked.delete()
