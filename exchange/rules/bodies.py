"""What a message may say: a JSON schema for each kind, read once; `exchange/data` has those of the exchange itself."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

from exchange.rules.kinds import kind as kind_of

DIRECTORY = Path(__file__).resolve().parents[1] / "data"
MOST_FAULTS = 20
_FORMATS = FormatChecker(["date"])


@cache
def _validator(path: Path) -> Draft202012Validator:
    schema = json.loads(path.read_text())
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=_FORMATS)


def faults(name: str, content: Any) -> list[str]:
    """What is wrong with a document of the exchange itself; nothing if it is as its schema says."""
    return _faults(DIRECTORY / f"{name}.json", content)


def of_body(kind: str, body: Any) -> list[str]:
    """The faults of a body of a kind, in Chinese."""
    known = kind_of(kind)
    return _faults(known.schema, body) if known else ["不能识别的消息种类"]


def of_arrived(kind: str, body: Any) -> list[str]:
    """The faults of a body that the other side sent: there are kinds that it may only receive."""
    known = kind_of(kind)
    return ["本平台不接收这一种类的消息"] if known and known.take is None else of_body(kind, body)


def _faults(schema: Path, content: Any) -> list[str]:
    """Each with its place, in Chinese. Quotes no value."""
    found = sorted(_validator(schema).iter_errors(content), key=lambda fault: list(map(str, fault.absolute_path)))
    return [_words(fault) for fault in found[:MOST_FAULTS]]


_SAID = {
    "type": "类型不符", "additionalProperties": "含有不能识别的内容", "enum": "不在允许的取值之内",
    "pattern": "格式不符", "format": "格式不符", "maxLength": "过长", "minLength": "不能为空", "const": "取值不符",
    "maxItems": "过多", "maximum": "过大", "minimum": "过小", "maxProperties": "过多", "minItems": "过少",
}  # fmt: skip


def _words(fault: Any) -> str:
    place = ".".join(map(str, fault.absolute_path)) or "（整体）"
    if fault.validator == "required":
        lacking = [name for name in fault.validator_value if name not in fault.instance]
        return f"{place}：缺少{'、'.join(lacking)}"
    return f"{place}：{_SAID.get(fault.validator, '不符合规定')}"


# --- for people who repair a body ------------------------------------------------------------------------------------

_AS_IT_CAME = "（原样）"


def shown(body: dict[str, Any]) -> dict[str, Any]:
    """The body as somebody reads it: files stay outside, each by its place."""
    materials = body.get("materials")
    if not isinstance(materials, list):
        return body
    without = [
        {**one, "content": f"{_AS_IT_CAME}{place}"} if isinstance(one, dict) and "content" in one else one
        for place, one in enumerate(materials)
    ]
    return {**body, "materials": without}


def restored(body: dict[str, Any], came: dict[str, Any]) -> dict[str, Any]:
    """What somebody wrote, with the files that came in their places again."""
    materials, originals = body.get("materials"), came.get("materials")
    if not isinstance(materials, list) or not isinstance(originals, list):
        return body
    return {**body, "materials": [_with_file(one, originals) for one in materials]}


def _with_file(one: Any, originals: list[Any]) -> Any:
    content = one.get("content") if isinstance(one, dict) else None
    if not isinstance(content, str) or not content.startswith(_AS_IT_CAME):
        return one
    place = content.removeprefix(_AS_IT_CAME)
    known = (
        place.isdecimal() and len(place) < 4 and int(place) < len(originals) and isinstance(originals[int(place)], dict)
    )
    return {**one, "content": originals[int(place)].get("content")} if known else one


def changed(before: Any, after: Any, place: str = "") -> list[str]:
    """The places at which two bodies differ; quotes no value."""
    if isinstance(before, dict) and isinstance(after, dict):
        names = sorted({*before, *after})
        return [
            found
            for name in names
            for found in changed(before.get(name), after.get(name), f"{place}.{name}" if place else name)
        ]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = enumerate(zip(before, after, strict=True))
        return [found for number, (one, other) in pairs for found in changed(one, other, f"{place}.{number}")]
    return [] if before == after else [place or "（整体）"]
