"""The list as a table that people take away, change and hand in again: columns, and cells as parts of an item. Pure.

A column that a file does not have leaves that element as it stands on the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from law.citations import find_citations
from powerlist.rules import item as items

CODE, REASON, CHANGES = "权责编码", "调整理由", "法律依据变化"
WHY = {REASON: "reason", CHANGES: "changes"}
NEEDED = (CODE, REASON, CHANGES)
# Headings and the elements under them, in the order of the file.
ELEMENTS = {
    "职权名称": "name", "职权类型": "kind", "实施主体": "organ", "行使对象": "object", "职责权限": "authority",
    "行使层级": "level", "法律依据": "basis", "法定时限": "time_limit", "承诺时限": "promised", "责任清单": "stages",
    "监督方式": "supervision", "监督电话": "phone", "关联事项": "items", "受委托机关": "entrusted", "说明": "note",
}  # fmt: skip
TOLD = ("施行日期",)  # what a list that was taken away says besides, and nobody proposes
HEADING = {name: heading for heading, name in ELEMENTS.items()}
_STAGE = re.compile(
    r"(?P<stage>[^：]*)：(?P<matter>.*)责任主体：(?P<subject>.*?)。追责：(?P<manner>.*?)(?:依据：(?P<basis>.*))?",
    re.DOTALL,
)


def faulty_headings(headings: tuple[str, ...]) -> str:
    """What is wrong with the headings of a file, in one line; empty if nothing is."""
    known = {CODE, *WHY, *ELEMENTS, *TOLD}
    missing = [each for each in NEEDED if each not in headings]
    if missing:
        return f"缺少这些列：{'、'.join(missing)}"
    strange = [each or "（空）" for each in headings if each not in known]
    return f"不认识这些列：{'、'.join(strange)}。请使用样表的标题" if strange else ""


def cells(item: Mapping[str, Any], organs: Mapping[str, str]) -> list[str]:
    """An item as a line of the file; `organs` are names by code."""
    said = {name: item.get(name) or "" for name in ELEMENTS.values()} | {
        "kind": items.KINDS.get(item["kind"], item["kind"]),
        "stages": stages_written(item["stages"]),
        **{name: organs.get(item[name], item[name]) for name in ("organ", "entrusted")},
        **{name: "\n".join(item[name]) for name in ("basis", "items")},
    }
    return [str(said[name]) for name in ELEMENTS.values()]


def stages_written(stages: list[Mapping[str, str]]) -> str:
    """Stages in one cell, a line for each, as `stages_read` takes them."""
    return "\n".join(
        f"{number}.{row['stage']}：{_flat(row['matter'])}责任主体：{row['subject']}。追责：{_flat(row['manner'])}"
        + (f"依据：{row['basis']}" if row.get("basis") else "")
        for number, row in enumerate(stages, 1)
    )


def _flat(words: str) -> str:
    return " ".join(words.split("\n"))


def stages_read(cell: str) -> tuple[list[dict[str, str]], str]:
    """The stages that a cell holds, and what is wrong with it."""
    found: list[dict[str, str]] = []
    for number, piece in enumerate(_numbered(cell), 1):
        said = _STAGE.fullmatch(piece)
        if said is None:
            return [], f"第{number}个环节应当写成“{number}.受理：……责任主体：……。追责：……”，一个环节一行"
        found.append({name: (value or "").strip() for name, value in said.groupdict().items()})
    return found, ""


def _numbered(cell: str) -> Iterator[str]:
    """The pieces that begin with 1. 2. 3., in this order."""
    rest, number = cell.strip(), 1
    while rest:
        rest = re.sub(rf"\A{number}[.．、]\s*", "", rest)
        following = re.search(rf"\n\s*{number + 1}[.．、]", rest)
        yield rest[: following.start()].strip() if following else rest
        rest = rest[following.start() :].strip() if following else ""
        number += 1


def item_read(
    given: Mapping[str, str], now: Mapping[str, Any], organs: Mapping[str, str]
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The item that a line proposes for what stands `now`, and what of it cannot be read: (heading, words).

    `organs` are codes by whatever an organ is called.
    """
    item: dict[str, Any] = {**items.blank(), **now}
    faults: list[tuple[str, str]] = []
    for heading, name in ELEMENTS.items():
        if heading not in given:
            continue
        cell = given[heading]
        if name == "kind":
            item[name] = items.KIND_CODES.get(cell, cell)
        elif name in ("organ", "entrusted"):
            item[name] = organs.get(cell, cell)
            if cell and cell not in organs:
                faults.append((heading, f"没有“{cell[:40]}”这一机关"))
        elif name == "basis":
            item[name] = list(_citations(cell))
        elif name == "items":
            item[name] = re.split(r"[\s；;，,、]+", cell) if cell else []
        elif name == "stages":
            item[name], fault = stages_read(cell)
            faults += [(heading, fault)] if fault else []
        else:
            item[name] = cell
    return items.cleaned(item), faults


def _citations(cell: str) -> Iterator[str]:
    """The citations of a cell: a line that is one stands as it was written."""
    for line in filter(None, (line.strip() for line in cell.splitlines())):
        several = len(list(find_citations(line))) > 1
        yield from items.split_citations(line) if several or "|" in line else [line]
