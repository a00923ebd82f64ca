"""What is stated with a step: from the raw words of a form or the API to checked values, and into an Act and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from casework.procedure import Ask, Cite
from casework.refusal import Reason

MAX_TEXT = 5000
MAX_LINE = 200
Choices = Mapping[str, Sequence[tuple[str, str]]]


def clean(
    asks: Sequence[Ask], raw: Mapping[str, Any], choices: Choices, basis: tuple[Cite, ...] = ()
) -> tuple[dict[str, Any], list[Reason]]:
    """Checked values by name, and a reason for each thing that is missing or malformed. Unknown names are refused."""
    values: dict[str, Any] = {}
    reasons: list[Reason] = []
    known = {ask.name for ask in asks}
    reasons += [Reason("unknown_fact", f"不能识别的内容：{name}", field=name) for name in raw if name not in known]
    for ask in asks:
        given = raw.get(ask.name)
        if given in (None, "", [], (), {}):
            if ask.required:
                reasons.append(Reason("fact_missing", f"请填写：{ask.label}", basis, ask.name))
            continue
        try:
            values[ask.name] = _CLEANERS[ask.kind](given, ask, choices.get(ask.name, ask.choices))
        except ValueError as error:
            reasons.append(Reason("fact_malformed", f"{ask.label}：{error}", field=ask.name))
    return values, reasons


def frozen(values: Mapping[str, Any]) -> dict[str, Any]:
    """As an Act keeps them: dates and amounts as text."""
    return {name: _freeze(value) for name, value in values.items()}


def _freeze(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def thawed(asks: Sequence[Ask], kept: Mapping[str, Any]) -> dict[str, Any]:
    """What an Act kept, as values again; names that the table no longer asks for stay as they are."""
    kinds = {ask.name: ask.kind for ask in asks}
    return {name: _thaw(kinds.get(name, "line"), value) for name, value in kept.items()}


def _thaw(kind: str, value: Any) -> Any:
    if kind == "date" and isinstance(value, str):
        return date.fromisoformat(value)
    if kind == "moment" and isinstance(value, str):
        return datetime.fromisoformat(value)
    return Decimal(value) if kind == "money" and isinstance(value, str) else value


def _text(limit: int) -> Callable[..., str]:
    def cleaned(given: Any, ask: Ask, choices: Any) -> str:
        text = str(given).strip()
        if "\x00" in text:
            raise ValueError("含有不能保存的字符")
        if len(text) > limit:
            raise ValueError(f"不能超过{limit}个字")
        if not text:
            raise ValueError("不能为空")
        return text

    return cleaned


def _date(given: Any, ask: Ask, choices: Any) -> date:
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(given)):
        raise ValueError("日期应当写成2026-11-22的形式")
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        raise ValueError("没有这一天") from None


def _moment(given: Any, ask: Ask, choices: Any) -> datetime:
    try:
        moment = given if isinstance(given, datetime) else datetime.fromisoformat(str(given))
    except ValueError:
        raise ValueError("时间应当写成2026-11-22T09:30的形式") from None
    if moment.tzinfo is None:
        raise ValueError("时间没有时区")
    return moment


def _money(given: Any, ask: Ask, choices: Any) -> Decimal:
    try:
        amount = Decimal(str(given))
    except InvalidOperation:
        raise ValueError("金额应当是数字") from None
    if not amount.is_finite() or amount < 0 or amount != round(amount, 2) or amount >= 10**12:
        raise ValueError("金额应当不小于零，最多两位小数")
    return amount


def _number(given: Any, ask: Ask, choices: Any) -> int:
    if isinstance(given, bool) or not re.fullmatch(r"\d{1,9}", str(given)):
        raise ValueError("应当是整数")
    if int(given) < ask.at_least:
        raise ValueError(f"不能小于{ask.at_least}")
    return int(given)


def _choice(given: Any, ask: Ask, choices: Sequence[tuple[str, str]]) -> str:
    if str(given) not in {str(value) for value, _ in choices}:
        raise ValueError("请从列出的选项中选择")
    return str(given)


def _several(given: Any, ask: Ask, choices: Sequence[tuple[str, str]]) -> list[str]:
    if isinstance(given, str) or not isinstance(given, Sequence):
        raise ValueError("请从列出的选项中选择")
    picked = sorted({_choice(value, ask, choices) for value in given})
    if len(picked) < ask.at_least:
        raise ValueError(f"至少选择{ask.at_least}项")
    return picked


def _each(given: Any, ask: Ask, choices: Sequence[tuple[str, str]]) -> dict[str, str]:
    if not isinstance(given, Mapping):
        raise ValueError("请按列出的选项分别填写")
    texts = {_choice(key, ask, choices): _text(MAX_LINE)(text, ask, ()) for key, text in given.items()}
    if len(texts) < ask.at_least:
        raise ValueError(f"至少填写{ask.at_least}项")
    return dict(sorted(texts.items()))


def _yes(given: Any, ask: Ask, choices: Any) -> bool:
    if given in (True, "on", "true", "yes", "1"):
        return True
    if given in (False, "false", "no", "0") and not ask.required:
        return False
    raise ValueError("请确认")


_CLEANERS: dict[str, Callable[..., Any]] = {
    "line": _text(MAX_LINE),
    "text": _text(MAX_TEXT),
    "date": _date,
    "moment": _moment,
    "money": _money,
    "number": _number,
    "choice": _choice,
    "many": _several,
    "each": _each,
    "staff": _several,
    "party": _choice,
    "yes": _yes,
}
