"""The questions of an item's form: data of the item, in the words in which a step asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from casework.facts import thawed
from casework.procedure import Ask
from law.wording import day_zh

KINDS = frozenset({"line", "text", "date", "money", "number", "choice", "many", "yes"})


class HasForm(Protocol):
    """An item, or several as one: what has pages of questions."""

    @property
    def form(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the form."""

    number: int
    title: str
    asks: tuple[Ask, ...]


def ask_of(field: Mapping[str, Any]) -> Ask:
    """One question from its data. Raises ValueError for a kind that a form of an item cannot have."""
    kind = field.get("kind", "line")
    if kind not in KINDS:
        raise ValueError(f"a form cannot ask for “{kind}”")
    return Ask(
        name=field["name"],
        label=field["label"],
        kind=kind,
        required=field.get("required", True),
        hint=field.get("hint", ""),
        choices=tuple((str(value), str(label)) for value, label in field.get("choices", ())),
        at_least=field.get("at_least", 0),
    )


def sheets(item: HasForm) -> list[Sheet]:
    """The pages of an item's form, in order."""
    return [
        Sheet(number, page["title"], tuple(ask_of(field) for field in page["fields"]))
        for number, page in enumerate(item.form, 1)
    ]


def asks(item: HasForm) -> tuple[Ask, ...]:
    """All questions of an item's form."""
    return tuple(ask for sheet in sheets(item) for ask in sheet.asks)


def shown(asked: tuple[Ask, ...], answers: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Answers as a person reads them, with the labels of their questions; what was not answered is left out."""
    values = thawed(asked, answers)
    return [(ask.label, _words(ask, values[ask.name])) for ask in asked if values.get(ask.name) not in (None, "", [])]


def _words(ask: Ask, value: Any) -> str:
    labels = dict(ask.choices)
    if isinstance(value, list):
        return "、".join(labels.get(str(one), str(one)) for one in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return day_zh(value)
    if isinstance(value, Decimal):
        return f"{value:,.2f} 元"
    return labels.get(str(value), str(value))
