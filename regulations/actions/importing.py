"""Documents from a file into the register and the statute-book, line by line; nothing that stands is overwritten."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import Organisation
from casework import registry
from casework.actions.numbers import count_from
from casework.queries.clock import database_now
from casework.refusal import Refused
from law.reading import Unreadable
from law.terms import LimitError
from regulations.actions.entering import EnteringError, enter
from regulations.actions.opening import terms_of, validity
from regulations.models import NormativeDocument
from regulations.queries.about import matter_of
from regulations.rules.line import Line, Unusable, read_line
from regulations.rules.names import counted
from regulations.rules.standing import CURRENT

OFFICIAL = "gfx_document"
NEW, SAME, REFUSED = "新增", "未变", "未导入"


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one line, the first being 1."""

    line: int
    outcome: str
    document: str = ""
    reason: str = ""
    problems: tuple[str, ...] = ()


@dataclass(slots=True)
class Report:
    """What became of a file."""

    rows: list[Row] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        return Counter(row.outcome for row in self.rows)


def import_normative_documents(path: Path) -> Report:
    """Import every line of a JSONL file; each stands for itself. Raises `law.reading.Unreadable` for the file."""
    try:
        with path.open("rb") as lines:
            return import_lines(lines, path.name)
    except OSError as error:
        raise Unreadable(f"不能读取{path}：{error.strerror}") from error


def import_lines(lines: Iterable[bytes], source_name: str) -> Report:
    """The same for lines from anywhere. Blank lines are none."""
    return Report(list(_rows(lines, source_name)))


def _rows(lines: Iterable[bytes], source_name: str) -> Iterator[Row]:
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        try:
            line = read_line(raw)
        except Unusable as error:
            yield Row(number, REFUSED, reason=str(error))
            continue
        named = f"{line.issuer} {line.number}"
        try:
            with transaction.atomic():
                row = _take(line, number, named, source_name)
        except (EnteringError, Unusable) as error:
            row = Row(number, REFUSED, named, str(error))
        yield row


def _take(line: Line, number: int, named: str, source_name: str) -> Row:
    found = NormativeDocument.objects.filter(issuer=line.issuer, number=line.number).first()
    if found:
        return _again(found, line, number, named)
    organ = _organ(line.issuer)
    if organ and NormativeDocument.objects.filter(organ=organ, number=line.number).exists():
        raise Unusable(f"{organ.name}已有文号相同的文件")
    document = NormativeDocument.objects.create(
        organ=organ, issuer=line.issuer, number=line.number, title=line.title, kind=line.kind, subject=line.subject,
        index_number=line.index_number, published_on=line.published_on, effective_from=line.effective_from,
        valid_until=line.valid_until, trial=line.trial, source=line.source or source_name,
    )  # fmt: skip
    enter(document, line.text, source_name=source_name)
    problems = list(document.versions.values_list("problems", flat=True).get())
    return Row(number, NEW, named, problems=(*problems, *_kept_by(document)))


def _again(found: NormativeDocument, line: Line, number: int, named: str) -> Row:
    """A document that is in the register: the same words change nothing, other words are not taken."""
    digest = hashlib.sha256(line.text.replace("\r\n", "\n").strip("\n").encode()).hexdigest()
    if not found.versions.filter(digest=digest).exists():
        raise Unusable("同一机关的这一文号已有文件，正文不同")
    told = {"名称": (found.title, line.title), "公布日期": (found.published_on, line.published_on)}
    other = [label for label, (kept, given) in told.items() if kept != given]
    if other:
        raise Unusable(f"同一机关的这一文号已有文件，{'、'.join(other)}不同")
    return Row(number, SAME, named, problems=_kept_by(found))


def _kept_by(document: NormativeDocument) -> tuple[str, ...]:
    """A document of the district in force gets its term, and its organ goes on counting behind its number. What keeps
    it from its term is told; the document stands in the register all the same."""
    organ, at = document.organ, database_now()
    if organ is None:
        return ()
    said, official = counted(document.number, organ.word), registry.paper(OFFICIAL)
    if said and official and said[0] == official.word:  # the series out of which documents get their numbers here
        count_from(organ, *said)
    on = timezone.localdate(at)
    if document.standing(on) != CURRENT or terms_of(matter_of(document)).exists():
        return ()
    try:
        with transaction.atomic():
            validity(document, organ, at)
    except (Refused, LimitError) as refusal:
        return (f"没有纳入有效期管理：{refusal}",)
    return ()


def _organ(issuer: str) -> Organisation | None:
    """The organ of the district that bears or bore this name; none where several did."""
    named = Q(name=issuer) | Q(former_names__name=issuer)
    found = list(Organisation.objects.filter(named).distinct().order_by("code")[:2])
    return found[0] if len(found) == 1 else None
