"""Papers are made after the commit that ordered them: rendered in a process of their own, signed, kept.

Every unmade paper is a row; a worker claims one, makes it and marks it in one transaction, so that a killed worker
leaves nothing half made and two workers never make the same.
"""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime, timedelta

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q

from casework import registry
from casework.models import Document
from casework.paper import SEALED, PaperRefused
from casework.printing.render import render_paper
from casework.printing.signing import default_signer
from casework.printing.worker import RenderFailed

log = logging.getLogger(__name__)
PAUSE = timedelta(minutes=2)  # doubled with each failure
MOST_PAUSE = timedelta(hours=6)


def make_papers(at: datetime, most: int | None = None) -> int:
    """Make the papers that wait at `at`, at `most` so many; answers how many were made."""
    made = 0
    while made != most and (outcome := _make_one(at)) is not None:
        made += outcome
    return made


def make_paper(document: Document, at: datetime) -> bool:
    """Make one waiting paper before its turn; answers whether it is made."""
    return bool(_make_one(at, document.pk))


@transaction.atomic
def _make_one(at: datetime, only: int | None = None) -> int | None:
    """Make the next waiting paper: 1 if it was made, 0 if it failed and waits longer, None if none waits."""
    waiting = Document.objects.filter(
        Q(next_try_at=None) | Q(next_try_at__lte=at), kind=Document.Kind.PAPER, made_at=None
    )
    if only is not None:
        waiting = waiting.filter(pk=only)
    document = (
        waiting.select_for_update(skip_locked=True, of=("self",)).select_related("organ", "case").order_by("pk").first()
    )
    if document is None:
        return None
    kind = registry.paper(document.paper)
    try:
        if kind is None:
            raise PaperRefused(f"文书{document.paper}没有登记")
        content = render_paper(kind, document.printed)
        if kind.seal in SEALED:
            name = document.organ.name if document.organ else ""
            content = default_signer().sign(content, organ=name, at=at, reason=document.title)
        document.file.save(f"{document.token}.pdf", ContentFile(content), save=False)
    except (PaperRefused, RenderFailed, OSError) as error:
        document.attempts += 1
        document.error = str(error)[:500]
        document.next_try_at = at + min(PAUSE * 2 ** min(document.attempts - 1, 10), MOST_PAUSE)
        document.save(update_fields=["attempts", "error", "next_try_at"])
        log.error("paper %s of case %s was not made: %s", document.paper, document.case_id, error)
        return 0
    document.content_type, document.size = "application/pdf", len(content)
    document.sha256 = hashlib.sha256(content).hexdigest()
    document.made_at, document.error, document.next_try_at = at, "", None
    document.save(update_fields=["file", "content_type", "size", "sha256", "made_at", "error", "next_try_at"])
    return 1
