"""Where chapters hand in their procedures and what only they know about them.

The kernel knows no chapter. A chapter registers itself when Django starts; everybody above or beside it reads here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from casework.paper import Paper
from casework.procedure import Procedure

if TYPE_CHECKING:
    from casework.models import Act, Case

Known = Callable[["Case | None", Mapping[str, Any], datetime], Mapping[str, Any]]
Context = Callable[["Case", "Act"], Mapping[str, Any]]
Effect = Callable[["Case", "Act"], None]


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """What a chapter contributes.

    `known(case, facts, at)` adds plain values for the chapter's rules (case is None before a case is opened);
    what costs a query may be a function without arguments, called when a rule looks at it.
    `contexts` maps a paper's code to the function that fills it, `effects` maps (procedure, step) to what happens in
    the chapter's own tables inside the transaction, `summary(case)` lists (label, value) pairs for the case page,
    `private(case)` such pairs of people's contact data, which the office reads only with a reason,
    `case_word` is the kind of matter in its numbers, `choices` maps the source of a question to its options,
    `own_limit(case, key)` is the key of the limit that a special statute puts in the place of a general one,
    `pages` maps (procedure, step) to the name of the chapter's own page for a step, and `aids` to the words and the
    name of a page that may have to come before it; both pages take the case's code.
    """

    code: str
    title: str
    procedures: tuple[Procedure, ...]
    papers: tuple[Paper, ...] = ()
    known: Known = lambda case, facts, at: {}
    contexts: Mapping[str, Context] = field(default_factory=dict)
    effects: Mapping[tuple[str, str], Effect] = field(default_factory=dict)
    summary: Callable[[Case], list[tuple[str, str]]] = lambda case: []
    private: Callable[[Case], list[tuple[str, str]]] = lambda case: []
    case_word: str = "案"
    choices: Mapping[str, Callable[[Case, date], list[tuple[str, str]]]] = field(default_factory=dict)
    own_limit: Callable[[Case, str], str] = lambda case, key: key
    pages: Mapping[tuple[str, str], str] = field(default_factory=dict)
    aids: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)


_chapters: dict[str, Chapter] = {}
_procedures: dict[str, list[Procedure]] = {}  # versions by first day
_papers: dict[str, Paper] = {}


def register(chapter: Chapter) -> None:
    """Take a chapter in; ValueError if one of its procedures or papers is registered already under another chapter."""
    for table in chapter.procedures:
        versions = _procedures.setdefault(table.code, [])
        if table.chapter != chapter.code or any(other.since == table.since for other in versions):
            raise ValueError(f"procedure {table.code} is registered twice or belongs to another chapter")
        versions.append(table)
        versions.sort(key=lambda version: version.since)
    for paper in chapter.papers:
        if paper.code in _papers:
            raise ValueError(f"paper {paper.code} is registered twice")
        _papers[paper.code] = paper
    _chapters[chapter.code] = chapter


def chapters() -> dict[str, Chapter]:
    return dict(_chapters)


def chapter_of(procedure: str) -> Chapter:
    return _chapters[procedure.split(".")[0]]


def procedures() -> dict[str, Procedure]:
    """The newest version of every procedure, by code."""
    return {code: versions[-1] for code, versions in _procedures.items()}


def procedure(code: str, on: date | None = None) -> Procedure:
    """The version of the table in force on a day (the newest without a day); KeyError if there is none."""
    versions = _procedures[code]
    if on is None:
        return versions[-1]
    in_force = [version for version in versions if version.since <= on]
    if not in_force:
        raise KeyError(f"{code} was not in force on {on}")
    return in_force[-1]


def papers() -> dict[str, Paper]:
    return dict(_papers)


def paper(code: str) -> Paper | None:
    return _papers.get(code)
