"""Evidence of a complaint: kept under the token of the form that it came with, until the complaint is handed in.

So nothing that came is lost where something else of the form has to be put right. What is never handed in goes away
after a day.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.core.files import File
from django.db import transaction

from accounts.models import User
from casework.actions import files
from casework.actions.once import held
from casework.inspection import surface
from casework.inspection.kinds import MEGABYTE
from casework.models import Act, Case, Document, Draft
from casework.queries.verify import issued
from oversight.queries.complaints import PROCEDURE

SLOT = "evidence"
KINDS = ("pdf", "ofd", "jpg", "png", "docx", "xlsx")
MOST = 20 * MEGABYTE  # bytes of one file
MOST_FILES = 10  # of one complaint, and again each time that something is added to it
MOST_BYTES = 100 * MEGABYTE
LIFE = timedelta(days=1)


@transaction.atomic
def begin(token: str, step: str, at: datetime, *, user: User | None, matter: str = "") -> Draft:
    """The draft under the token of a form. Raises Refused for somebody else's."""
    return held(token, PROCEDURE, step, at, user=user, party=None, matter=matter, title="投诉举报")


def keep(draft: Draft, file: File, user: User | None, at: datetime) -> Document:
    """Keep a file with a draft. Without a user nothing of a person is kept. Raises FileRefused or OSError."""
    content: Any = file.file
    found = surface.look(content, file.name or "", file.size, KINDS, MOST, issued)
    return files.keep(draft, file, found, user, at, slot=SLOT, most_files=MOST_FILES, most_bytes=MOST_BYTES)


@transaction.atomic
def leave_out(draft: Draft, tokens: Collection[str]) -> None:
    """Throw away files that were not handed in."""
    for document in Document.objects.select_for_update().filter(draft=draft, case=None, token__in=tokens):
        files.discard(document)


def hand_in(draft: Draft, case: Case, act: Act) -> int:
    """The files of a draft join its case with the act that brings them; answers how many."""
    return Document.objects.filter(draft=draft, case=None).update(case=case, act=act)


def drop_unsent(at: datetime) -> int:
    """Forget what nobody handed in for a day; answers how many drafts."""
    stale = Draft.objects.filter(procedure=PROCEDURE, case=None, saved_at__lte=at - LIFE).order_by("pk")[:200]
    return sum(_drop(draft.pk, at) for draft in stale)


@transaction.atomic
def _drop(key: int, at: datetime) -> bool:
    """Away with one draft; False if somebody went on with it meanwhile."""
    unsent = Draft.objects.select_for_update(of=("self",)).filter(pk=key, case=None, saved_at__lte=at - LIFE)
    draft = unsent.first()
    if draft is None:
        return False
    for document in Document.objects.filter(draft=draft, case=None):
        files.discard(document)
    draft.delete()
    return True
