"""Finding what is public: the newest first, one page at a time, at a cost that does not grow with the house.

A common word stands in so many entries that fetching them all would take longest of all, yet it fills a page from the
newest few thousand. What does not is rare, and found through the index of pairs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQueryField
from django.db import connection
from django.db.models import BooleanField, Exists, Field, Func, Model, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, StrIndex
from django.db.models.lookups import GreaterThan
from django.urls import reverse

from accounts.models import Organisation
from casework import registry
from casework.models.search import SearchEntry, Tokens
from casework.queries.keyset import Beyond
from casework.search import Source, marked, terms

Row = TypeVar("Row", bound=Model)
PAGE = 25
NEWEST = 3_000  # entries that are looked through before the index is asked
ORDER = ("-lead", "-day", "-id")
# What stands in a column of which a source says nothing.
DEFAULTS: dict[str, Any] = {"lead": 0, "until": None, "text": "", "more": "", "ref": ""}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where an entry stands in the order of the list."""

    lead: int
    day: date
    id: int

    def __str__(self) -> str:
        return f"{self.lead}.{self.day}.{self.id}"


def place_of(text: str) -> Place | None:
    """Read a place out of an address; None for anything that is none."""
    found = re.fullmatch(r"([0-9]{1,3})\.([0-9]{4}-[0-9]{2}-[0-9]{2})\.([0-9]{1,18})", text)
    try:
        return Place(int(found[1]), date.fromisoformat(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for: words, and if given a source, an organ (its key), the year of an event."""

    words: str = ""
    source: str = ""
    organ: int | None = None
    year: int | None = None
    after: Place | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One page, and the place where the next one begins. `count` is what was found; `many`: there may be more."""

    entries: Sequence[SearchEntry]
    next: Place | None
    count: int = 0
    many: bool = False


def page(wanted: Wanted, on: date, size: int = PAGE) -> Found:
    """One page of what is public on a day; without words everything, uncounted. At most two queries at any size."""
    stretch = _within(wanted)
    if not terms(wanted.words):
        listed = _beyond(_public(stretch, wanted, on), wanted.after).order_by(*ORDER)
        return _found(list(listed[: size + 1]), size)
    rows = _read(*_among_newest(_beyond(stretch, wanted.after), wanted, on), wanted.after, size + 1)
    whole = bool(rows) and rows[0].seen < NEWEST
    if whole or len(rows) > size:
        return _found(rows, size, rows[0].hits, not whole)
    rows = _read(*_by_index(_public(stretch, wanted, on), wanted), wanted.after, size + 1)
    return _found(rows, size, rows[0].hits if rows else 0)


def _found(rows: list[SearchEntry], size: int, count: int = 0, many: bool = False) -> Found:
    last = rows[size - 1] if len(rows) > size else None
    return Found(rows[:size], Place(last.lead, last.day, last.pk) if last else None, count, many)


def _within(wanted: Wanted) -> QuerySet[SearchEntry]:
    """The stretch of an index in which it lies, whatever it says."""
    rows = SearchEntry.objects.all()
    if wanted.source:
        rows = rows.filter(source=wanted.source)
    if wanted.year:
        rows = rows.filter(lead=0, day__gte=date(wanted.year, 1, 1), day__lt=date(wanted.year + 1, 1, 1))
    return rows


def _public(rows: QuerySet[SearchEntry], wanted: Wanted, on: date) -> QuerySet[SearchEntry]:
    rows = rows.filter(Q(until=None) | Q(until__gt=on), day__lte=on)
    return rows.filter(organ=wanted.organ) if wanted.organ else rows


def _beyond(rows: QuerySet[SearchEntry], place: Place | None) -> QuerySet[SearchEntry]:
    return rows.filter(Beyond("<", lead=place.lead, day=place.day, id=place.id)) if place else rows


def _holding(rows: QuerySet[SearchEntry], wanted: Wanted) -> QuerySet[SearchEntry]:
    """Those that hold all the words; source, organ and year are asked of the same index."""
    marks = [
        *([f"=s{wanted.source}"] if wanted.source else []),
        *([f"=o{wanted.organ}"] if wanted.organ else []),
        *([f"=y{wanted.year}"] if wanted.year else []),
    ]
    parts = terms(wanted.words)
    holds = [GreaterThan(StrIndex("words", Func(Value(part), function="casework_plain")), 0) for part in parts]
    return having(rows, Tokens(), parts, marks).filter(*holds)


def having(
    rows: QuerySet[Row], tokens: Func, parts: Sequence[str], marks: Sequence[str] = (), index: str = "search_words"
) -> QuerySet[Row]:
    """Rows of any table that have the rarest pairs of all the parts, found through an index over `tokens`, whose name
    says where their statistics are. Whether they hold the parts themselves is still to be looked at."""
    lists = [Value(list(given), output_field=ArrayField(TextField())) for given in (parts, marks)]
    return rows.filter(_Matches(tokens, _Once(*lists, Value(index))))


class _Once(Func):
    """What the index is asked for, worked out before the rows are looked at."""

    function = "casework_search_query"
    template = "(SELECT %(function)s(%(expressions)s))"
    output_field = SearchQueryField()


class _Matches(Func):
    """tokens @@ query"""

    template = "(%(expressions)s)"
    arg_joiner = " @@ "
    output_field = BooleanField()


def _among_newest(rows: QuerySet[SearchEntry], wanted: Wanted, on: date) -> tuple[str, list[Any]]:
    """Hits among the newest entries: the words are looked for in each of them."""
    columns = ("lead", "day", "id", "until", "organ_id", "words")
    statement, values = rows.order_by(*ORDER)[:NEWEST].values(*columns).query.sql_with_params()
    conditions: dict[str, list[Any]] = {"(until IS NULL OR until > %s)": [on], "day <= %s": [on]}
    if wanted.organ:
        conditions["organ_id = %s"] = [wanted.organ]
    if parts := terms(wanted.words):
        conditions[" AND ".join(["strpos(words, casework_plain(%s)) > 0"] * len(parts))] = list(parts)
    given = [value for each in conditions.values() for value in each]
    hits = f"SELECT lead, day, id, (SELECT count(*) FROM newest) AS seen FROM newest WHERE {' AND '.join(conditions)}"  # noqa: S608
    return f"newest AS MATERIALIZED ({statement}), hits AS MATERIALIZED ({hits})", [*values, *given]


def _by_index(rows: QuerySet[SearchEntry], wanted: Wanted) -> tuple[str, list[Any]]:
    """All hits, wherever they stand."""
    columns = ("lead", "day", "id", Value(0))
    statement, values = _holding(rows, wanted).values_list(*columns).query.sql_with_params()
    return f"hits (lead, day, id, seen) AS MATERIALIZED ({statement})", list(values)


def _read(hits: str, values: list[Any], after: Place | None, size: int) -> list[Any]:
    """The first entries among the hits, each with the number of `hits`, and of entries `seen` to find them."""
    beyond, place = ("WHERE (lead, day, id) < (%s, %s, %s)", [after.lead, after.day, after.id]) if after else ("", [])
    return list(
        SearchEntry.objects.raw(
            f"""WITH {hits} SELECT entry.*, first.seen, (SELECT count(*) FROM hits) AS hits
                FROM (SELECT * FROM hits {beyond} ORDER BY lead DESC, day DESC, id DESC LIMIT %s) first
                JOIN casework_searchentry entry ON entry.id = first.id
                ORDER BY entry.lead DESC, entry.day DESC, entry.id DESC""",  # noqa: S608
            [*values, *place, size],
        )
    )


def keys(source: str, words: str) -> QuerySet[SearchEntry, int]:
    """The keys of a source's rows that hold the words: a subquery for a chapter's own list."""
    rows = _holding(SearchEntry.objects.filter(source=source), Wanted(words=words, source=source))
    return rows.values_list("key", flat=True)


def organs(*sources: str) -> list[Organisation]:
    """The organs of which these sources show anything. One query, with one look into an index for each organ."""
    own = SearchEntry.objects.filter(organ=OuterRef("pk"))
    shows = Q(pk=None)
    for source in sources:
        shows |= Q(Exists(own.filter(source=source)))
    return list(Organisation.objects.filter(shows).order_by("code"))


def address(entry: SearchEntry) -> str:
    """The page of an entry; empty where it has none."""
    source = registry.sources().get(entry.source)
    return reverse(source.route, args=[entry.ref]) if source and entry.ref else ""


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as a page draws it: title and text in pieces, with whether each is a hit."""

    label: str
    url: str
    title: list[tuple[str, bool]]
    text: list[tuple[str, bool]]
    day: date | None


def shown(entries: Sequence[SearchEntry], words: str) -> list[Shown]:
    """Entries for a page. What stands for long has no day that would help anybody."""
    parts, sources = terms(words), registry.sources()
    return [
        Shown(
            label=sources[entry.source].label,
            url=address(entry),
            title=marked(entry.title, parts, len(entry.title)),
            text=marked(entry.text, parts),
            day=None if entry.lead else entry.day,
        )
        for entry in entries
        if entry.source in sources
    ]


def columns() -> list[Field[Any, Any]]:
    """The columns of an entry that its source fills."""
    own = {"id", "source", "key"}
    return [field for field in SearchEntry._meta.concrete_fields if not field.generated and field.name not in own]


def names() -> list[str]:
    """What they are called in the database."""
    return [str(column.column) for column in columns()]


def shown_rows(source: Source, keys: Collection[int] | None = None) -> tuple[str, list[Any]]:
    """SQL and values of what a source shows now, for rows of these keys or for all: `key` and the columns."""
    rows = source.rows() if keys is None else source.rows().filter(pk__in=list(keys))
    given = {name: Value(value) for name, value in DEFAULTS.items()} | dict(source.columns)
    chosen = [Cast(given[column.name], column) for column in columns()]
    statement, values = rows.order_by().values_list("pk", *chosen).query.sql_with_params()
    return f"SELECT * FROM ({statement}) given ({', '.join(['key', *names()])})", list(values)  # noqa: S608


def differing(source: str) -> int:
    """How many entries of a source are missing, too many, or say something else than what it shows."""
    statement, values = shown_rows(registry.sources()[source])
    held = f"SELECT {', '.join(['key', *names()])} FROM casework_searchentry WHERE source = %s"  # noqa: S608
    either = f"({statement} EXCEPT {held}) UNION ALL ({held} EXCEPT {statement})"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(DISTINCT key) FROM ({either}) other", [*values, source, source, *values])  # noqa: S608
        return int(cursor.fetchone()[0])
