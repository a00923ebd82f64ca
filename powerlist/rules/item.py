"""An item of the list as plain data: what it consists of, what is missing, what differs between two texts. Pure.

An item is a mapping with the names of FIELDS, `items` (codes of service items), `basis` (citations) and `stages` (a
mapping with the names of STAGE for each). It is what a proposal holds, what the database compares with what is
published, and one row of an import or export.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from law.citations import find_citations
from law.wording import articles_zh, law_zh

Item = Mapping[str, Any]
Names = Mapping[str, str]
NAMELESS: Names = {}
ORGANS = ("organ", "entrusted")  # elements that hold the code of an organ

KINDS = {
    "XK": "行政许可",
    "CF": "行政处罚",
    "QZ": "行政强制",
    "ZS": "行政征收",
    "JF": "行政给付",
    "JC": "行政检查",
    "QR": "行政确认",
    "JL": "行政奖励",
    "CJ": "行政裁决",
    "QT": "其他权力",
}
# By what they are called, also in the ways of other lists.
KIND_CODES = {label: code for code, label in KINDS.items()} | {"其他行政权力": "QT", "其他类": "QT"}


@dataclass(frozen=True, slots=True)
class Field:
    """One element of an item: its name, official label, the most characters, and whether the list needs it."""

    name: str
    label: str
    most: int
    required: bool = True
    hint: str = ""


FIELDS = (
    Field("name", "职权名称", 200),
    Field("kind", "职权类型", 2),
    Field("organ", "实施主体", 40),
    Field("object", "行使对象", 200),
    Field("authority", "职责权限", 2000, hint="写明依法可以做什么、在什么范围内做。"),
    Field("level", "行使层级", 100, hint="例如：区级；市级委托区级。"),
    Field("time_limit", "法定时限", 300, required=False),
    Field("promised", "承诺时限", 200, required=False, hint="不得长于法定时限。"),
    Field("supervision", "监督方式", 2000),
    Field("phone", "监督电话", 60),
    Field("note", "说明", 2000, required=False),
    Field("entrusted", "受委托机关", 40, required=False),
)
STAGE = (
    Field("stage", "环节", 60),
    Field("matter", "责任事项", 1000),
    Field("subject", "责任主体", 120),
    Field("manner", "追责情形和方式", 1000),
    Field("basis", "依据", 400, required=False),
)
CODE = re.compile(r"[A-Za-z0-9-]{1,80}")
MOST_BASES, MOST_STAGES, MOST_ITEMS = 30, 20, 50
LABELS = {field.name: field.label for field in FIELDS} | {
    "items": "关联的服务事项", "basis": "法律依据", "stages": "责任清单",
}  # fmt: skip
# Documents that create no powers, known by what they are called (行政许可法 17; 行政处罚法 16).
NORMATIVE = ("通知", "意见", "函", "纪要", "通告", "公告")


def blank() -> dict[str, Any]:
    """An item without anything in it."""
    return {field.name: "" for field in FIELDS} | {"items": [], "basis": [], "stages": []}


def cleaned(item: Item) -> dict[str, Any]:
    """The item in its normal form: every name, texts without blanks around them, nothing else."""
    plain: dict[str, Any] = {field.name: str(item.get(field.name) or "").strip() for field in FIELDS}
    plain["items"] = [str(code).strip() for code in item.get("items") or [] if str(code).strip()]
    plain["basis"] = [str(words).strip() for words in item.get("basis") or [] if str(words).strip()]
    stages = [
        {field.name: str(row.get(field.name) or "").strip() for field in STAGE} for row in item.get("stages") or []
    ]
    plain["stages"] = [row for row in stages if any(row.values())]
    return plain


def gaps(item: Item) -> list[str]:
    """What the item still lacks, or has too much of; empty = it can be published."""
    return [words for _, words in faults(item)]


def faults(item: Item) -> Iterator[tuple[str, str]]:
    """(name of the element, what is wrong with it), in the order of the form."""
    for field in FIELDS:
        value = str(item.get(field.name) or "")
        if field.required and not value:
            yield field.name, f"没有填写{field.label}"
        if len(value) > field.most:
            yield field.name, f"{field.label}超过{field.most}个字"
        if "\x00" in value:
            yield field.name, f"{field.label}含有不能保存的字符"
    if item.get("kind") and item["kind"] not in KINDS:
        yield "kind", f"没有“{item['kind']}”这一职权类型"
    yield from _basis_faults(item.get("basis") or [])
    yield from _stage_faults(item.get("stages") or [])
    if len(item.get("items") or []) > MOST_ITEMS:
        yield "items", f"关联的服务事项超过{MOST_ITEMS}个"


def _basis_faults(basis: list[str]) -> Iterator[tuple[str, str]]:
    if not basis:
        yield "basis", "没有填写法律依据"
    if len(basis) > MOST_BASES:
        yield "basis", f"法律依据超过{MOST_BASES}条"
    for words in basis:
        if len(words) > 300 or len(list(find_citations(words))) != 1:
            yield "basis", f"“{words[:40]}”不是一条依据，请写成《法规名称》第几条第几款的形式，每行一条"


def _stage_faults(stages: list[Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    if not stages:
        yield "stages", "没有填写责任清单"
    if len(stages) > MOST_STAGES:
        yield "stages", f"责任清单超过{MOST_STAGES}个环节"
    for number, row in enumerate(stages, 1):
        for field in STAGE:
            value = row.get(field.name) or ""
            if field.required and not value:
                yield "stages", f"责任清单第{number}个环节没有填写{field.label}"
            if len(value) > field.most:
                yield "stages", f"责任清单第{number}个环节的{field.label}超过{field.most}个字"


def code_fault(code: str) -> str:
    """What is wrong with the code of a power; empty if nothing is."""
    if not code:
        return "没有填写权责编码"
    return "" if CODE.fullmatch(code) else "权责编码由字母、数字和短横线组成，不超过80个字"


def stage_citations(item: Item) -> list[str]:
    """What the stages of an item cite, each citation once and with the name of its text."""
    said = (row.get("basis") or "" for row in item.get("stages") or [])
    return list(dict.fromkeys(words for cell in said for words in split_citations(cell)))


def citations(item: Item) -> list[str]:
    """Everything that an item cites: its basis, then what its stages cite."""
    return list(dict.fromkeys([*(item.get("basis") or []), *stage_citations(item)]))


def differences(old: Item, new: Item, organs: Names = NAMELESS) -> list[tuple[str, str, str]]:
    """(label, old words, new words) of every element that two texts do not share, stage by stage."""
    found = []
    for name, label in LABELS.items():
        if name == "stages":
            found += _stage_differences(old.get(name) or [], new.get(name) or [])
        elif shown(old, name) != shown(new, name):
            found.append((label, shown(old, name, organs), shown(new, name, organs)))
    return found


def _stage_differences(old: list[Mapping[str, str]], new: list[Mapping[str, str]]) -> list[tuple[str, str, str]]:
    found = []
    for number in range(max(len(old), len(new))):
        before = _stage_words(old[number]) if number < len(old) else ""
        after = _stage_words(new[number]) if number < len(new) else ""
        if before != after:
            found.append((f"责任清单第{number + 1}个环节", before, after))
    return found


def _stage_words(row: Mapping[str, str]) -> str:
    return "\n".join(f"{field.label}：{row[field.name]}" for field in STAGE if row.get(field.name))


def shown(item: Item, name: str, organs: Names = NAMELESS) -> str:
    """An element as people read it; `organs` are their names by code."""
    value = item.get(name) or ""
    if name == "stages":
        return ""  # told stage by stage
    if name == "kind":
        return KINDS.get(value, value)
    if name in ORGANS:
        return organs.get(value, value)
    return "\n".join(value) if isinstance(value, list) else str(value)


def split_citations(words: str) -> list[str]:
    """The citations in a cell of a file, each with its text's name.

    《甲法》第一条、第二条；《乙法》第三条 as people write, or 甲法|1(2);乙法|3 as tables of this house are written.
    """
    if "|" in words:
        return [_written(part) for part in words.replace("；", ";").split(";") if part.strip()]
    pieces, name = [], ""
    for place in find_citations(words):
        said = words[place.start : place.end]
        if said.startswith("《"):
            name = said[: said.rindex("》") + 1]
        pieces.append(said if said.startswith("《") else name + said)
    return pieces


def _written(part: str) -> str:
    law, _, article = part.strip().partition("|")
    return law_zh(law.strip()) + (articles_zh(article.strip()) if article.strip() else "")


def limit_words(cell: str) -> str:
    """20工作日|行政许可法|42(1) as 20个工作日（《行政许可法》第四十二条第一款）; anything else as it stands."""
    said, bar, source = cell.strip().partition("|")
    said = said.replace("个工作日", "工作日").replace("工作日", "个工作日") if bar else said
    return f"{said}（{'；'.join(_written(each) for each in source.split(';'))}）" if bar else said


def is_normative(title: str) -> bool:
    """Whether a text is called like a mere normative document."""
    return title.endswith(NORMATIVE)
