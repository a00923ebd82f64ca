"""What would become of a file of changes, line by line, before anybody proposes anything. Reads only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from accounts.models import Organisation
from casework import facts
from casework.models import Case
from casework.tables import Line, Table
from law.reading import Unreadable
from powerlist.models import PowerVersion
from powerlist.queries import basis
from powerlist.queries.holding import on_day
from powerlist.queries.known import PROCEDURE
from powerlist.queries.versions import as_item, whole
from powerlist.rules import file
from powerlist.rules import item as items

MOST_PROPOSED = 100  # each is a case that people work through
Fault = tuple[str, str]  # heading, words
OUTCOMES = {"addition": "新增", "change": "变更要素", "unchanged": "没有变化", "refused": "有误"}


@dataclass(slots=True)
class Row:
    """What a line would become. `faults` are headings and what is wrong under them."""

    number: int
    code: str
    name: str
    outcome: str
    item: dict[str, Any]
    reason: str = ""
    changes: str = ""
    differing: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def told(self) -> str:
        return OUTCOMES[self.outcome]

    @property
    def proposes(self) -> bool:
        return self.outcome in ("addition", "change")


def plain(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Rows as they are kept until the person confirms."""
    return [asdict(row) for row in rows]


def kept(content: Mapping[str, Any]) -> list[Row]:
    return [Row(**row) for row in content["rows"]]


def judged(table: Table, organ: Organisation, on: date) -> list[Row]:
    """Every line of a file of changes for an organ. Raises Unreadable; a few queries, however many lines there are."""
    if fault := file.faulty_headings(table.headings):
        raise Unreadable(fault)
    if not table.lines:
        raise Unreadable("标题行下面没有内容")
    rows = _Reading(table, organ, on).rows()
    if sum(row.proposes for row in rows) > MOST_PROPOSED:
        raise Unreadable(f"一次最多提出{MOST_PROPOSED}项调整，请拆分后再上传")
    return rows


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

    def rows(self) -> list[Row]:
        rows, seen = [], dict[str, int]()
        for line in self.table.lines:
            rows.append(self._row(line, seen))
            seen.setdefault(self._code(line), line.number)
        self._judge_basis(rows)
        for row in rows:
            if row.faults:
                row.outcome = "refused"
        return rows

    def _row(self, line: Line, seen: Mapping[str, int]) -> Row:
        code = self._code(line)
        version = self.now.get(code)
        now = as_item(version) if version else {"organ": self.organ.code}
        item, faults = file.item_read(line.cells, now, self.organs)
        item["organ"] = item["organ"] or self.organ.code
        differing = [label for label, _, _ in items.differences(now, item)] if version else []
        outcome = "addition" if not version else "change" if differing else "unchanged"
        row = Row(
            line.number, code, item["name"], outcome, item, line.cells[file.REASON], line.cells[file.CHANGES],
            differing, faults,
        )  # fmt: skip
        row.faults += [(heading, "是公式，不是文字，请改为文字") for heading in line.formulas]
        row.faults += [*self._code_faults(row, version, seen)]
        if outcome != "unchanged":
            row.faults += [*self._text_faults(row)]
        return row

    def _code_faults(self, row: Row, version: PowerVersion | None, seen: Mapping[str, int]) -> Iterator[Fault]:
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

    def _text_faults(self, row: Row) -> Iterator[Fault]:
        read = {heading for heading, _ in row.faults}
        for name, words in items.faults(row.item):
            if file.HEADING[name] not in read:
                yield file.HEADING[name], words
        if row.item["organ"] != self.organ.code and file.HEADING["organ"] not in read:
            yield file.HEADING["organ"], f"不是{self.organ.short_name}，只能导入本机关的事项"
        if row.outcome == "addition" and row.item["name"] in self.names:
            yield file.HEADING["name"], f"清单上已有同名事项（{self.names[row.item['name']]}）"
        for heading, words in ((file.REASON, row.reason), (file.CHANGES, row.changes)):
            if not words:
                yield heading, f"没有填写{heading}" + ("，没有变化的写明“无”" if heading == file.CHANGES else "")
            elif len(words) > facts.MAX_TEXT:
                yield heading, f"超过{facts.MAX_TEXT}个字"

    def _judge_basis(self, rows: list[Row]) -> None:
        """The provisions of all lines at once, as the change procedure will judge them."""
        proposed = [row for row in rows if row.proposes]
        cited = basis.cited(dict.fromkeys(words for row in proposed for words in row.item["basis"]), self.on)
        wrong = {one.citation: one.told for one in cited if not one.fine}
        wrong |= {one.citation: "是规范性文件，不能作为设定依据" for one in cited if one.normative}
        for row in proposed:
            row.faults += [
                (file.HEADING["basis"], f"{words}：{wrong[words]}") for words in row.item["basis"] if words in wrong
            ]
