"""A file of changes: kept as it was judged until the person confirms, and then proposed line by line.

The row is the truth: a line is claimed with its lock, and its case, or the reason why there is none, is written in the
transaction that opens the case. A worker that dies leaves its line for the next; two workers never take the same.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date, datetime

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from accounts.models import Organisation, User
from casework import registry
from casework.actions.notices import tell_people
from casework.models import Case
from casework.queries.readers import Readers
from casework.refusal import Refused
from casework.telling import Words
from powerlist.actions import drafts
from powerlist.models import ImportedFile, ImportedLine
from powerlist.queries import importing
from powerlist.queries.known import PROCEDURE, STEP_OF

log = logging.getLogger(__name__)
FAULTS = (LookupError, ValueError, TypeError, AttributeError, IntegrityError, DataError)


@transaction.atomic
def keep(user: User, organ: Organisation, name: str, lines: Sequence[ImportedLine], at: datetime) -> ImportedFile:
    """The lines of a file, waiting for the person to confirm them. Nothing is proposed."""
    proposing = sum(line.proposes for line in lines)
    kept = ImportedFile.objects.create(
        owner=user, organ=organ, name=name[:200], proposing=proposing, created_at=at
    )  # fmt: skip
    for line in lines:
        line.file = kept
    ImportedLine.objects.bulk_create(lines, batch_size=500)
    return kept


def asked(kept: ImportedFile) -> list[str]:
    """What the person has to attest of the lines, as each proposal of its own would ask."""
    return list(dict.fromkeys(words for kind in importing.kinds(kept) for words in _attested(STEP_OF[kind])))


def _attested(step: str) -> list[str]:
    return [gate.words for gate in registry.procedure(PROCEDURE).step(step).needs if gate.attested]


def confirm(kept: ImportedFile, at: datetime, *, attested: Sequence[str], address: str | None = None) -> bool:
    """Every line that is in order is to be proposed; False if that was said before, or the file was thrown away."""
    waiting = ImportedFile.objects.filter(pk=kept.pk, confirmed_at=None)
    return bool(waiting.update(confirmed_at=at, attested=list(attested), address=address))


@transaction.atomic
def discard(kept: ImportedFile) -> bool:
    """Throw a file away that nobody confirmed; False if it was."""
    waiting = ImportedFile.objects.select_for_update().filter(pk=kept.pk, confirmed_at=None).first()
    if waiting:
        waiting.delete()
    return waiting is not None


def propose(at: datetime, most: int, only: ImportedFile | None = None) -> int:
    """Propose the next lines of confirmed files, at `most` so many; answers how many, fewer where no more wait.

    A line that is refused keeps the reason, and the others do not wait for it. Raises OperationalError where the
    database is away; then its line waits.
    """
    done = 0
    while done < most and _next(at, only):
        done += 1
    if done < most:
        _finish(at)
    return done


@transaction.atomic
def _next(at: datetime, only: ImportedFile | None) -> bool:
    free = importing.waiting().filter(**({"file": only} if only else {})).select_related("file__owner", "file__organ")
    line: ImportedLine | None = free.select_for_update(skip_locked=True, of=("self",)).first()
    if line is None:
        return False
    try:
        with transaction.atomic():
            line.case = _proposed(line, line.file, at)
    except Refused as refusal:
        line.refusal = "；".join(map(str, refusal.reasons))
    except FAULTS:
        log.exception("line %s of imported file %s could not be proposed", line.number, line.file_id)
        line.refusal = "系统未能处理这一行，请在“提出调整”页面单独提出"
    line.save(update_fields=["case", "refusal"])
    return True


def _proposed(line: ImportedLine, kept: ImportedFile, at: datetime) -> Case:
    known = line.code if line.outcome == "change" else ""
    draft = drafts.begin(kept.owner, kept.organ, line.outcome, known, at)
    draft = drafts.save(draft, {"code": line.code, "item": line.item}, at)
    return drafts.propose(
        draft, kept.owner, at, facts={"reason": line.reason, "changes": line.changes}, address=kept.address,
        attested=[words for words in _attested(draft.step) if words in kept.attested], tells=kept.small,
    )  # fmt: skip


def _finish(at: datetime) -> None:
    """Close the files of which no line waits. A line that another worker holds does: that one closes its file."""
    for kept in ImportedFile.objects.filter(confirmed_at__isnull=False, finished_at=None).select_related("organ"):
        if importing.waiting().filter(file=kept).exists():
            continue
        with transaction.atomic():
            if ImportedFile.objects.filter(pk=kept.pk, finished_at=None).update(finished_at=at) and not kept.small:
                _tell(kept, at)


def _tell(kept: ImportedFile, at: datetime) -> None:
    """Whoever is not waiting at the screen hears of all lines once: the owner, and those whom the steps tell."""
    said = importing.progress(kept)
    left = f"，{said.refused}项没有提出" if said.refused else ""
    own = Words(
        f"文件“{kept.name[:60]}”处理完毕",
        f"提出{said.proposed}项调整{left}，逐行结果见“清单调整”。",
        "清单调整文件处理完毕",
    )
    told = {kept.owner_id: own}
    if said.proposed:
        subject = f"{kept.organ.short_name}从文件提出{said.proposed}项权责清单调整"
        words = Words(subject, "等待核对，见“清单调整”和办件列表。", subject)
        told = dict.fromkeys(_audience(kept, timezone.localdate(at)), words) | told
    tell_people(f"imported:{kept.pk}", told, at)


def _audience(kept: ImportedFile, on: date) -> set[int]:
    """The accounts whom the steps of the lines tell, asked by one case of each kind."""
    cases = dict(importing.one_of_each(kept))
    everybody, table = Readers(cases.values(), on), registry.procedure(PROCEDURE, on)
    return {
        pk for kind, case in cases.items() for audience in table.step(STEP_OF[kind]).tells
        for pk in everybody.of(audience, case)
    }  # fmt: skip
