"""Where chapters hand in their procedures and what only they know about them.

The kernel knows no chapter. A chapter registers itself when Django starts; everybody above or beside it reads here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from casework.official import OFFICIAL
from casework.paper import Paper
from casework.procedure import Procedure
from casework.refusal import Reason
from casework.search import Source
from law.wording import day_zh

if TYPE_CHECKING:
    from accounts.models import Organisation, User
    from casework.models import Act, Case, Document

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
    `beside(case)` what another platform says of the case: (moment, words) pairs,
    `said(case, act)` what the notices of an act say besides, such as whom it concerns; mostly nothing,
    `opened(case, user, at)` keeps that somebody opens a case, before it is read; true if it may have changed meanwhile,
    `case_word` is the kind of matter in its numbers, `choices` maps the source of a question to its options,
    `own_limit(case, key)` is the key of the limit that a special statute puts in the place of a general one,
    `promised(case, key)` is the number of working days, counted as the clock, within which the organ promised to act,
    `pages` maps (procedure, step) to the name of the chapter's own page for a step, and `aids` to the words and the
    name of a page that may have to come before it; both pages take the case's code.
    `public` maps a paper's code to what anybody who verifies it may read besides: (label, value) pairs.
    `search` is what of the chapter everybody may find.
    `progress` says by state what it means to somebody who waits; whoever holds the receipt of a case of such a chapter
    may follow it without an account, and is then told `answer(case)`: (label, text) pairs, and led on by
    `onward(case)`: words and the names of pages that take number and code.
    `may_open(organ, matter, day)` says whether an organ holds a power for a matter; one chapter keeps the list of them.
    `unpublished()` are the names of documents that wait for their publication, on which nothing may rest.
    `service_items(codes, day)` are those of the codes that name service items, each with the address of its
    guide, if one is published.
    `power_page(case)` is the address at which that list shows the power under which a case was opened.
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
    beside: Callable[[Case], list[tuple[datetime, str]]] = lambda case: []
    said: Callable[[Case, Act], str] = lambda case, act: ""
    opened: Callable[[Case, User, datetime], bool] = lambda case, user, at: False
    case_word: str = "案"
    choices: Mapping[str, Callable[[Case, date], list[tuple[str, str]]]] = field(default_factory=dict)
    own_limit: Callable[[Case, str], str] = lambda case, key: key
    promised: Callable[[Case, str], int | None] = lambda case, key: None
    pages: Mapping[tuple[str, str], str] = field(default_factory=dict)
    aids: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    public: Mapping[str, Callable[[Document], list[tuple[str, str]]]] = field(default_factory=dict)
    search: tuple[Source, ...] = ()
    progress: Mapping[str, str] = field(default_factory=dict)
    answer: Callable[[Case], list[tuple[str, str]]] = lambda case: []
    onward: Callable[[Case], list[tuple[str, str]]] = lambda case: []
    may_open: Callable[[int, str, date], bool] | None = None
    unpublished: Callable[[], set[str]] | None = None
    service_items: Callable[[Collection[str], date], dict[str, str]] | None = None
    power_page: Callable[[Case], str] | None = None


_chapters: dict[str, Chapter] = {}
_procedures: dict[str, list[Procedure]] = {}  # versions by first day
_papers: dict[str, Paper] = {paper.code: paper for paper in OFFICIAL}
_sources: dict[str, Source] = {}


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
    for source in chapter.search:
        if source.code in _sources:
            raise ValueError(f"search source {source.code} is registered twice")
        _sources[source.code] = source
    _chapters[chapter.code] = chapter


def chapters() -> dict[str, Chapter]:
    return dict(_chapters)


def chapter_of(procedure: str) -> Chapter:
    return _chapters[procedure.split(".")[0]]


def procedures() -> dict[str, Procedure]:
    """The newest version of every procedure, by code."""
    return {code: versions[-1] for code, versions in _procedures.items()}


def versions() -> list[Procedure]:
    """Every version of every procedure: cases are under way in old ones too."""
    return [version for listed in _procedures.values() for version in listed]


def by_portions() -> list[str]:
    """The procedures whose cases are worked on portion by portion."""
    return [table.code for table in versions() if table.by_portions]


def within(table: Procedure) -> list[str]:
    """The procedures whose cases are opened by a table and have the time of the case above."""
    opened = {code for row in table.steps for code in row.opens}
    return sorted(code for code in opened & _procedures.keys() if procedure(code).within_parent)


def powered() -> list[str]:
    """The procedures whose cases are opened under a power of the list."""
    return list(dict.fromkeys(table.code for table in versions() if table.under_power))


def procedure(code: str, on: date | None = None) -> Procedure:
    """The version of the table in force on a day (the newest without a day); KeyError if there is none."""
    versions = _procedures[code]
    if on is None:
        return versions[-1]
    in_force = [version for version in versions if version.since <= on]
    if not in_force:
        raise KeyError(f"{code} was not in force on {on}")
    return in_force[-1]


def unpowered(table: Procedure, organ: Organisation, matter: str, on: date) -> list[Reason]:
    """What stands against a case because no law lets the organ open it on that day (法无授权不可为); mostly nothing."""
    if not table.under_power:
        return []
    answers = (chapter.may_open(organ.pk, matter, on) for chapter in _chapters.values() if chapter.may_open)
    return [] if any(answers) else [no_power(table, organ, on)]


def unpublished(names: Iterable[str]) -> set[str]:
    """Those of these names that are names of documents nobody has published yet. One query, none without names."""
    wanted = set(names)
    known = [chapter.unpublished for chapter in _chapters.values() if chapter.unpublished] if wanted else []
    return {name for ask in known for name in ask()} & wanted


def service_items(codes: Collection[str], on: date) -> dict[str, str]:
    """Those of the codes that name service items, each with the address of its guide, if one is published. One
    query, none without codes."""
    known = [chapter.service_items for chapter in _chapters.values() if chapter.service_items] if codes else []
    return {code: address for ask in known for code, address in ask(codes, on).items()}


def power_page(table: Procedure, case: Case) -> str:
    """Where the power stands under which a case was opened; empty for a case that needs none."""
    pages = (chapter.power_page(case) for chapter in _chapters.values() if chapter.power_page)
    return next(pages, "") if table.under_power else ""


def no_power(table: Procedure, organ: Organisation, on: date) -> Reason:
    """The refusal in words, with the articles of the table that demand a power."""
    words = f"按照公布的权力清单，{organ.name}在{day_zh(on)}没有办理本事项的权力，不能立案。"
    return Reason("no_power", words, table.under_power)


def papers() -> dict[str, Paper]:
    return dict(_papers)


def paper(code: str) -> Paper | None:
    return _papers.get(code)


def sources() -> dict[str, Source]:
    """What the public search looks through, by code."""
    return dict(_sources)
