"""The catalogue as people look through it: by words, organ, subject, validity and year, the newest first.

A common word stands in most documents: the newest few hundred are looked through, which fills a page. What does not is
rare and found through the index of pairs (docs/decisions/search.md does the same).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import ExtractYear

from casework.queries.keyset import Beyond
from casework.queries.search import having
from casework.search import terms
from regulations.models import DocumentSuspension, NormativeDocument
from regulations.models.documents import Pairs
from regulations.rules.names import names_of
from regulations.rules.standing import (
    CURRENT,
    LAPSED,
    NOT_YET,
    REPEALED,
    REPLACED,
    REVOKED,
    SUSPENDED,
)

INDEX = "document_words"
PAGE = 20
NEWEST = 40  # documents that are looked through before the index is asked
ALL = 1_000_000  # more than a catalogue has
ORDER = ("-published_on", "-id")
COUNTED = 100  # more hits than that nobody counts


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document stands in the order of the catalogue."""

    published_on: date
    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for. `issuer` is the code of an organ of the district or the name of another issuer."""

    words: str = ""
    issuer: str = ""
    subject: str = ""
    kind: str = ""
    validity: str = ""
    year: int | None = None
    after: Place | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page and where the next begins; `count` is how many were found where that is known, else `many` is set."""

    rows: Sequence[NormativeDocument]
    next: Place | None
    count: int | None = None
    many: bool = False


def public() -> QuerySet[NormativeDocument]:
    """What everybody may read: published, its words in the statute-book."""
    return NormativeDocument.objects.filter(published_on__isnull=False, text__isnull=False)


def unpublished() -> set[str]:
    """Under which names documents would be cited that have their number and are not public. One query."""
    waiting = NormativeDocument.objects.filter(published_on=None).values_list("title", flat=True)
    return {name for title in waiting for name in names_of(title)}


def standing_on(on: date, standing: str) -> Q:
    """The condition that a published document has this standing on a day (`regulations.rules.standing`)."""
    ended = Q(ended_on__lt=on)
    lapsed = ~Q(ended_on__isnull=False, ended_on__lt=on) & Q(valid_until__lt=on)
    open_ = (Q(ended_on=None) | Q(ended_on__gte=on)) & (Q(valid_until=None) | Q(valid_until__gte=on))
    begun = Q(effective_from__lte=on)
    whole = DocumentSuspension.objects.filter(document=OuterRef("pk"), clause="", since__lte=on)
    paused = Q(Exists(whole.filter(Q(until=None) | Q(until__gt=on))))
    return {
        CURRENT: open_ & begun & ~paused,
        NOT_YET: open_ & (Q(effective_from=None) | Q(effective_from__gt=on)),
        SUSPENDED: open_ & begun & paused,
        LAPSED: ended & Q(ended=LAPSED) | lapsed,
        REPEALED: ended & Q(ended=REPEALED),
        REVOKED: ended & Q(ended=REVOKED),
        REPLACED: ended & Q(ended=REPLACED),
    }[standing]


def page(wanted: Wanted, on: date, size: int = PAGE) -> Page:
    """One page of what is public on a day. Two queries, with rare words three."""
    rows = _chosen(wanted, on)
    parts = terms(wanted.words)
    beyond = (
        rows.filter(Beyond("<", published_on=wanted.after.published_on, id=wanted.after.id)) if wanted.after else rows
    )
    if not parts:
        return _page(list(_lines(beyond)[: size + 1]), size)
    found = _among_newest(beyond, parts, size)
    if len(found) > size:
        return _page(found, size, many=True)
    keys = _by_index(beyond, parts, _marks(wanted))
    rows_of_page = list(_lines(NormativeDocument.objects.filter(pk__in=keys[: size + 1])))
    if wanted.after:
        return _page(rows_of_page, size)  # what came before was not counted again
    return _page(rows_of_page, size, count=min(len(keys), COUNTED), many=len(keys) > COUNTED)


def _chosen(wanted: Wanted, on: date) -> QuerySet[NormativeDocument]:
    rows = public().filter(published_on__lte=on)
    if wanted.issuer:
        rows = rows.filter(Q(organ__code=wanted.issuer) | Q(organ=None, issuer=wanted.issuer))
    if wanted.subject:
        rows = rows.filter(subject=wanted.subject)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.year:
        rows = rows.filter(published_on__gte=date(wanted.year, 1, 1), published_on__lt=date(wanted.year + 1, 1, 1))
    return rows.filter(standing_on(on, wanted.validity)) if wanted.validity else rows


def _lines(rows: QuerySet[NormativeDocument]) -> QuerySet[NormativeDocument]:
    with_all = rows.select_related("organ").prefetch_related("suspensions")
    return with_all.defer("words", "interpretation").order_by(*ORDER)


def _marks(wanted: Wanted) -> list[str]:
    return [
        *([f"=s{wanted.subject}"] if wanted.subject else []),
        *([f"=y{wanted.year}"] if wanted.year else []),
    ]


def _among_newest(rows: QuerySet[NormativeDocument], parts: Sequence[str], size: int) -> list[NormativeDocument]:
    """Hits among the newest documents: the words are looked for in each of them until the page is full."""
    statement, values = _looked_through(rows.order_by(*ORDER)[:NEWEST], parts, size + 1)
    among = RawSQL(f"({statement})", values)  # noqa: S611 - built here
    return list(_lines(NormativeDocument.objects.filter(pk__in=among)))


def _by_index(rows: QuerySet[NormativeDocument], parts: Sequence[str], marks: Sequence[str]) -> list[int]:
    """The keys of the newest hits, wherever they stand, and one more than are counted.

    What has all the pairs is looked through in the order of the page, so that no more texts are read than are counted.
    """
    candidates = having(rows, Pairs(), parts, marks, INDEX).order_by(*ORDER)[:ALL]
    statement, values = _looked_through(candidates, parts, COUNTED + 1)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [key for (key,) in cursor.fetchall()]


def _looked_through(rows: QuerySet[NormativeDocument], parts: Sequence[str], most: int) -> tuple[str, list[Any]]:
    """The keys of the first of these rows that hold the words; the limit of the rows keeps the order of the work."""
    statement, given = rows.values("id", "published_on", "words").query.sql_with_params()
    holds = " AND ".join(["strpos(looked.words, casework_plain(%s)) > 0"] * len(parts))
    written = f"""SELECT id FROM ({statement}) looked WHERE {holds}
                  ORDER BY published_on DESC, id DESC LIMIT {most}"""  # noqa: S608 - the rest are parameters
    return written, [*given, *parts]


def _page(rows: list[NormativeDocument], size: int, count: int | None = None, many: bool = False) -> Page:
    last = rows[size - 1] if len(rows) > size else None
    following = Place(last.published_on, last.pk) if last and last.published_on else None
    return Page(rows[:size], following, count, many)


@dataclass(frozen=True, slots=True)
class Totals:
    """How many documents there are by issuer (its value for `Wanted`, its name), year and subject; in force; in all."""

    issuers: list[tuple[str, str, int]]
    years: list[tuple[int, int]]
    subjects: dict[str, int]
    current: int
    whole: int


def totals(on: date) -> Totals:
    """The figures of the catalogue on a day. Five queries."""
    rows = public().filter(published_on__lte=on).order_by()
    number = Count("pk")
    own = rows.filter(organ__isnull=False).values_list("organ__code", "organ__short_name").annotate(number=number)
    others = rows.filter(organ=None).values_list("issuer").annotate(number=number).order_by("-number", "issuer")
    issuers = [*own.order_by("organ__code"), *((name, name, count) for name, count in others)]
    by_year = rows.annotate(year=ExtractYear("published_on")).values_list("year").annotate(number=number)
    years = list(by_year.order_by("-year"))
    subjects = dict(rows.values_list("subject").annotate(number=number))
    current = rows.filter(standing_on(on, CURRENT)).count()
    return Totals(issuers, years, subjects, current, sum(count for _, count in years))
