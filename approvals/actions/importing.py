"""Importing the register of service items: one line for each row, saying what became of it. May be repeated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation
from approvals.models import LicensingItem
from approvals.queries.items import SEARCH
from casework.actions import search
from casework.fields import half_width
from law.reading import Unreadable, read_table

COLUMNS = ("department", "group", "name", "item_code", "task_type", "department_code")
DEPARTMENTS = Path(__file__).resolve().parent.parent / "data" / "departments.csv"
UNSORTED = "未分类"
KINDS = {int(code): code for code in LicensingItem.Kind.values}
OUTCOMES = {"created": "新增", "updated": "更新", "unchanged": "没有变化", "refused": "不予导入"}


class ImportFailed(ValueError):
    """The file is no register of items; one line of Chinese says why. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one row. `line` is its number in the file, the head being line 1."""

    line: int
    code: str
    name: str
    outcome: str
    reason: str = ""


@dataclass
class Report:
    """All rows in the order of the file."""

    rows: list[Row] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        return Counter(row.outcome for row in self.rows)


class _RefusedRow(ValueError):
    """Why a row was not taken."""


def import_service_items(path: Path, at: datetime, departments: Path | None = None) -> Report:
    """Take a register into the catalogue; what it holds has no guide yet and cannot be filed online.

    `departments` is a file (name, organ) that adds to the known other names of organs. Rows are independent: a refused
    row changes nothing and stops nothing.
    """
    table = _read(path, COLUMNS)
    report = Report()
    seen: dict[str, int] = {}
    with transaction.atomic():
        organs = _organs(departments)
        present = {item.code: item for item in LicensingItem.objects.filter(until=None)}
        new: list[LicensingItem] = []
        for line, raw in enumerate(table, 2):
            row = {name: (raw.get(name) or "").strip() for name in COLUMNS}
            row |= {name: half_width(row[name]) for name in ("item_code", "task_type")}
            try:
                values = _values(row, organs, seen, line)
                outcome = _put(row["item_code"], values, present, new, at)
                report.rows.append(Row(line, row["item_code"], row["name"], outcome))
            except _RefusedRow as refusal:
                report.rows.append(Row(line, row["item_code"], row["name"], "refused", str(refusal)))
        LicensingItem.objects.bulk_create(new)
        search.fill(SEARCH.code)
    return report


def _read(path: Path, columns: Iterable[str]) -> list[dict[str, str]]:
    try:
        return read_table(path, columns)
    except Unreadable as error:
        raise ImportFailed(str(error)) from error


def _organs(more: Path | None) -> dict[str, Organisation]:
    """Organs by every name that a register may use for them."""
    by_code = {organ.code: organ for organ in Organisation.objects.filter(until=None)}
    known = {name: organ for organ in by_code.values() for name in (organ.name, organ.short_name)}
    for path in filter(None, (DEPARTMENTS, more)):
        for entry in _read(path, ("name", "organ")):
            if entry["organ"] in by_code:
                known[entry["name"]] = by_code[entry["organ"]]
            elif path is more:
                raise ImportFailed(f"{path.name}中的机构代码不存在：{entry['organ']}")
    return known


def _values(row: dict[str, str], organs: dict[str, Organisation], seen: dict[str, int], line: int) -> dict[str, Any]:
    for problem in _problems(row, organs, seen):
        raise _RefusedRow(problem)
    seen[row["item_code"]] = line
    group = "" if row["group"] == UNSORTED else row["group"]
    return {
        "name": row["name"],
        "group": group,
        "kind": KINDS[int(row["task_type"])],
        "organ": organs[row["department"]],
    }


def _problems(row: dict[str, str], organs: dict[str, Organisation], seen: dict[str, int]) -> Iterator[str]:
    code, name = row["item_code"], row["name"]
    if not code or not name or not row["department"]:
        yield "事项编码、事项名称、实施部门不能为空"
    if "/" in code or any(sign.isspace() for sign in code):
        yield "事项编码含有斜线或者空格"
    limits = {"item_code": 80, "name": 200, "group": 120}
    for column, most in limits.items():
        if len(row[column]) > most:
            yield f"{column}超过{most}个字"
    if code in seen:
        yield f"事项编码与第{seen[code]}行重复"
    if not row["task_type"].isdigit() or int(row["task_type"]) not in KINDS:
        yield f"不能识别的事项类型：{row['task_type'] or '空'}"
    if row["department"] not in organs:
        yield f"本区没有与“{row['department']}”对应的机构"


def _put(
    code: str, values: dict[str, Any], present: dict[str, LicensingItem], new: list[LicensingItem], at: datetime
) -> str:
    item = present.get(code)
    if item is None:
        fresh = LicensingItem(
            code=code, since=timezone.localdate(at), origin=LicensingItem.Origin.IMPORTED, published=True,
            online=LicensingItem.Online.NONE, updated_at=at, **values,
        )  # fmt: skip
        new.append(fresh)
        return "created"
    if item.origin != LicensingItem.Origin.IMPORTED:
        raise _RefusedRow("本事项已经编制办事指南，不由事项目录改写")
    changed = [name for name, value in values.items() if getattr(item, name) != value]
    if not changed:
        return "unchanged"
    for name in changed:
        setattr(item, name, values[name])
    item.updated_at = at
    item.save(update_fields=[*changed, "updated_at"])
    return "updated"
