"""What people say in everyday words, in the words of the list. An aid of this house, no law. Pure.

A row of the table says what people say, which words the list has for it, and which kinds of power are meant: 罚款 means
a kind (行政处罚), 饭馆 a thing (食品经营, 餐饮). What stands in no row is looked for as it was said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

MOST_THINGS = 6
# Words that say nothing about what is meant.
EMPTY = frozenset({
    "谁能", "什么", "怎么", "怎样", "为什么", "可以", "能不能", "可不可以", "是不是", "有没有", "我们", "我家",
    "自己", "别人", "他们", "你们", "这个", "那个", "这件", "事情", "哪个", "部门", "单位", "机关", "政府",
    "城管", "一个", "一家", "要求", "需要", "不让", "允许", "应该", "没有", "就是", "还是", "因为", "所以",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    said: tuple[str, ...]
    official: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meant:
    """What somebody means: kinds of power, and for each thing the words of which one has to stand in a power."""

    kinds: tuple[str, ...] = ()
    things: tuple[tuple[str, ...], ...] = ()
    told: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # what was said: the list's words for it

    def __bool__(self) -> bool:
        return bool(self.kinds or self.things)


def rows(table: Iterable[Mapping[str, str]]) -> list[Row]:
    """The rows of the file; several words in a cell stand between 、."""
    return [
        Row(_words(row["said"]), _words(row["official"]), tuple((row["kinds"] or "").split())) for row in table
    ]  # fmt: skip


def _words(cell: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in (cell or "").split("、") if word.strip())


def meant(sentence: str, table: Iterable[Row], cut: Callable[[str], str]) -> Meant:
    """The sentence in the words of the list: the longest saying first, and no part of the sentence twice."""
    sayings = sorted(((said, row) for row in table for said in row.said), key=lambda pair: -len(pair[0]))
    rest, places = sentence.upper(), {}
    for said, row in sayings:
        at = rest.find(said.upper())
        if at >= 0:
            rest = rest[:at] + " " * len(said) + rest[at + len(said) :]
            places[at] = (said, row)
    found = [places[at] for at in sorted(places)]
    own = [word for word in cut(rest).split() if len(word) > 1 and word not in EMPTY]
    things = [row.official for _, row in found if row.official] + [(word,) for word in dict.fromkeys(own)]
    return Meant(
        kinds=tuple(dict.fromkeys(kind for _, row in found for kind in row.kinds)),
        things=tuple(dict.fromkeys(things))[:MOST_THINGS],
        told={said: row.official for said, row in found if row.official and row.official != (said,)},
    )
