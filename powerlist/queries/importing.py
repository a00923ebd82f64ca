"""What would become of a file of changes, line by line, and what became of it. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case as Choice
from django.db.models import Count, F, Q, QuerySet, Value, When

from accounts.models import Organisation, User
from casework import facts, registry
from casework.models import Case
from casework.tables import Line, Table
from law.reading import Unreadable
from powerlist.models import ImportedFile, ImportedLine, PowerVersion
from powerlist.models.imports import OUTCOMES, PROPOSING
from powerlist.queries import basis
from powerlist.queries.holding import on_day
from powerlist.queries.known import PROCEDURE, items_of_others
from powerlist.queries.versions import as_item, whole
from powerlist.rules import file
from powerlist.rules import item as items

Fault = tuple[str, str]  # heading, words
SHOWN = 200  # lines of one page


def judged(table: Table, organ: Organisation, on: date) -> list[ImportedLine]:
    """Every line of a file of changes for an organ. Raises Unreadable; a few queries, however many lines there are."""
    if fault := file.faulty_headings(table.headings):
        raise Unreadable(fault)
    if not table.lines:
        raise Unreadable("标题行下面没有内容")
    return _Reading(table, organ, on).rows()


class _Reading:
    """What stands on the list of the codes that a file names, asked once for all its lines."""

    def __init__(self, table: Table, organ: Organisation, on: date) -> None:
        self.table, self.organ, self.on = table, organ, on
        codes = {self._code(line) for line in table.lines}
        self.now = {row.power.code: row for row in whole(on_day(on)).filter(power__code__in=codes)}
        every = PowerVersion.objects.filter(power__code__in=codes)
        self.used = set(every.values_list("power__code", flat=True))
        running = Case.objects.filter(procedure=PROCEDURE, ended_at=None, proposals__code__in=codes)
        self.busy = set(running.values_list("proposals__code", flat=True))
        self.busy |= set(every.filter(since__gt=on).values_list("power__code", flat=True))
        self.names = dict(on_day(on).filter(organ=organ).values_list("name", "power__code"))
        listed = list(Organisation.objects.at(on))
        self.organs = {name: one.code for one in listed for name in (one.code, one.short_name, one.name)}

    @staticmethod
    def _code(line: Line) -> str:
        return line.cells[file.CODE].upper()

    def rows(self) -> list[ImportedLine]:
        rows, seen = [], dict[str, int]()
        for line in self.table.lines:
            rows.append(self._row(line, seen))
            seen.setdefault(self._code(line), line.number)
        self._judge_basis(rows)
        self._judge_items(rows)
        for row in rows:
            if row.faults:
                row.outcome = "refused"
        return rows

    def _row(self, line: Line, seen: Mapping[str, int]) -> ImportedLine:
        code = self._code(line)
        version = self.now.get(code)
        now = as_item(version) if version else {"organ": self.organ.code}
        item, faults = file.item_read(line.cells, now, self.organs)
        item["organ"] = item["organ"] or self.organ.code
        differing = [label for label, _, _ in items.differences(now, item)] if version else []
        outcome = "addition" if not version else "change" if differing else "unchanged"
        row = ImportedLine(
            number=line.number, code=code, name=item["name"], outcome=outcome, item=item, differing=differing,
            reason=line.cells[file.REASON], changes=line.cells[file.CHANGES], faults=faults,
        )  # fmt: skip
        row.faults += [(heading, "是公式，不是文字，请改为文字") for heading in line.formulas]
        row.faults += [*self._code_faults(row, version, seen)]
        if outcome != "unchanged":
            row.faults += [*self._text_faults(row)]
        return row

    def _code_faults(self, row: ImportedLine, version: PowerVersion | None, seen: Mapping[str, int]) -> Iterator[Fault]:
        if not items.CODE.fullmatch(row.code):
            yield file.CODE, "由字母、数字和短横线组成，不超过80个字"
        elif row.code in seen:
            yield file.CODE, f"与第{seen[row.code]}行重复"
        elif version and version.organ_id != self.organ.pk:
            yield file.CODE, f"这一事项由{version.organ.short_name}行使，只能导入本机关的事项"
        elif not version and row.code in self.used:
            yield file.CODE, "这一编码已经使用过，新增事项请另编"
        if row.outcome != "unchanged" and row.code in self.busy:
            yield file.CODE, "这一事项已有正在办理或者已公布未生效的调整"

    def _text_faults(self, row: ImportedLine) -> Iterator[Fault]:
        read = {heading for heading, _ in row.faults}
        for name, words in items.faults(row.item):
            if file.HEADING[name] not in read:
                yield file.HEADING[name], words
        before = self.now[row.code].entrusted if row.code in self.now else None
        if row.item["entrusted"] not in ("", before.code if before else "") and file.HEADING["entrusted"] not in read:
            yield file.HEADING["entrusted"], "新增受委托机关的，请单独申请下放或者委托"
        if row.item["organ"] != self.organ.code and file.HEADING["organ"] not in read:
            yield file.HEADING["organ"], f"不是{self.organ.short_name}，只能导入本机关的事项"
        if row.outcome == "addition" and row.item["name"] in self.names:
            yield file.HEADING["name"], f"清单上已有同名事项（{self.names[row.item['name']]}）"
        for heading, words in ((file.REASON, row.reason), (file.CHANGES, row.changes)):
            if not words:
                yield heading, f"没有填写{heading}" + ("，没有变化的写明“无”" if heading == file.CHANGES else "")
            elif len(words) > facts.MAX_TEXT:
                yield heading, f"超过{facts.MAX_TEXT}个字"

    def _judge_basis(self, rows: list[ImportedLine]) -> None:
        """The provisions of all lines at once, as the change procedure will judge them."""
        proposed = [row for row in rows if row.proposes]
        cited = basis.cited(dict.fromkeys(words for row in proposed for words in items.citations(row.item)), self.on)
        wrong = {one.citation: one.told for one in cited if not one.fine}
        normative = {one.citation: "是规范性文件，不能作为设定依据" for one in cited if one.normative}
        for row in proposed:
            row.faults += [*_told("basis", row.item["basis"], wrong | normative)]
            row.faults += [*_told("stages", items.stage_citations(row.item), wrong)]

    def _judge_items(self, rows: list[ImportedLine]) -> None:
        """The service items of all lines at once, in the same way. Two queries, none where no line links any."""
        proposed = [row for row in rows if row.proposes and row.item["items"]]
        codes = {code for row in proposed for code in row.item["items"]}
        known, others = registry.service_items(codes, self.on), items_of_others(codes, (), self.on)
        for row in proposed:
            linked = self.now[row.code].items if row.code in self.now else []
            strange = {code: "不在服务事项目录中" for code in codes if code not in known and code not in linked}
            taken = {code: f"已经关联{power}" for code, power in others.items() if power != row.code}
            row.faults += [*_told("items", row.item["items"], strange | taken)]


def _told(name: str, said: Iterable[str], wrong: Mapping[str, str]) -> Iterator[Fault]:
    """What is wrong with parts of an element, in their order."""
    return ((file.HEADING[name], f"{words}：{wrong[words]}") for words in said if words in wrong)


WAITS = Q(outcome__in=list(PROPOSING), case=None, refusal="")


def waiting() -> QuerySet[ImportedLine]:
    """The lines of confirmed files that are still to be proposed, in their order."""
    return ImportedLine.objects.filter(WAITS, file__confirmed_at__isnull=False).order_by("file_id", "number")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a file is. `refused` are lines that were in order when they were judged and could not be proposed."""

    proposing: int
    proposed: int
    refused: int

    @property
    def done(self) -> int:
        return self.proposed + self.refused

    @property
    def percent(self) -> int:
        return self.done * 100 // self.proposing if self.proposing else 100

    @property
    def tens(self) -> int:
        """The same, said ten times in all: what is read out need not be read out for each line."""
        return self.percent // 10 * 10


def progress(kept: ImportedFile) -> Progress:
    """How far a file is; one query."""
    said = kept.lines.aggregate(proposed=Count("case"), refused=Count("pk", filter=~Q(refusal="")))
    return Progress(kept.proposing, **said)


def counts(kept: ImportedFile) -> list[tuple[str, int]]:
    """How many lines would become what, what is wrong first."""
    found = dict(kept.lines.order_by().values_list("outcome").annotate(number=Count("pk")))
    return [(words, found[name]) for name, words in OUTCOMES.items() if name in found]


def ordered(kept: ImportedFile) -> QuerySet[ImportedLine]:
    """The lines of a file: what is wrong first, then what is proposed, each in the order of the file."""
    ranks = [When(~Q(refusal=""), then=0), *(When(outcome=name, then=n) for n, name in enumerate(OUTCOMES))]
    rank = Choice(*ranks, default=9) * Value(10_000_000) + F("number")
    return kept.lines.annotate(place=rank).order_by("place").select_related("case").defer("item", "reason", "changes")


def page(kept: ImportedFile, after: int = 0) -> tuple[list[ImportedLine], int | None]:
    """A page of the lines behind a place, and the place behind which the next page begins."""
    lines: Any = ordered(kept)
    found = list(lines.filter(place__gt=after)[: SHOWN + 1])
    return found[:SHOWN], found[SHOWN - 1].place if len(found) > SHOWN else None


def kinds(kept: ImportedFile) -> list[str]:
    """The kinds of change that the lines of a file propose."""
    return list(kept.lines.filter(outcome__in=list(PROPOSING)).order_by().values_list("outcome", flat=True).distinct())


def one_of_each(kept: ImportedFile) -> list[tuple[str, Case]]:
    """For each kind of change that was proposed, one of its cases."""
    found = kept.lines.exclude(case=None).order_by("outcome").distinct("outcome").select_related("case")
    return [(line.outcome, line.case) for line in found if line.case]


def files_of(user: User) -> list[ImportedFile]:
    """What the person has handed in: what still waits for a confirmation, and the last that were confirmed."""
    return list(ImportedFile.objects.filter(owner=user).order_by(F("confirmed_at").desc(nulls_first=True), "-pk")[:20])
