"""Which kinds of message there are. A chapter hands in its own when Django starts; the exchange knows no chapter.

A kind has a name in Chinese, a JSON schema (draft 2020-12), and what is done with one that the city sent.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casework.models import Case, Message

Take = Callable[["Message", list[str]], "Case | None"]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of message.

    `take(message, stored)` lets one that arrived take effect, in the transaction of its row, and answers the case that
    it is about. It names in `stored` each file that it keeps, so that none stays when the message does not pass.
    A kind without it is only sent.
    """

    code: str
    label: str
    schema: Path
    take: Take | None = None


_kinds: dict[str, Kind] = {}


def register(*more: Kind) -> None:
    """Take kinds in; ValueError if one of them is registered already."""
    for one in more:
        if one.code in _kinds:
            raise ValueError(f"message kind {one.code} is registered twice")
        _kinds[one.code] = one


def kind(code: str) -> Kind | None:
    return _kinds.get(code)


def label(code: str) -> str:
    """What people call a kind; of one that nobody registered its code."""
    known = _kinds.get(code)
    return known.label if known else code
