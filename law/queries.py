"""Reading the law: limits, thresholds, the calendar, texts and what a citation points to.

What is asked for over and over is kept in memory, one copy for each process, and is as fresh as the stamp in the
database: outside of a request the stamp is looked up every time, within one request once.
"""

import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import connection
from django.db.models import Q, QuerySet

from law.calendar import WorkCalendar
from law.citations import Citation, Place, parse_citation, pick
from law.limits import Due, Limit, LimitError, Suspension, due, version_on
from law.models import CalendarDay, LegalText, Provision, PublishedYear, Stamp, SuspendedProvision, Threshold, TimeLimit
from law.terms import day_of
from law.wording import day_zh

_STAMP = "SELECT value FROM law_stamp WHERE id = %s"
PLACES = ("id", "article", "bis", "paragraph", "item", "subitem")


@dataclass(frozen=True, slots=True)
class _Text:
    """A text as citations need it."""

    id: int
    effective_from: date
    effective_to: date | None


class Book:
    """Limits, thresholds, calendar and the list of texts as they were at one stamp."""

    def __init__(self, stamp: UUID | None) -> None:
        self.stamp = stamp
        self.limits: dict[str, list[Limit]] = defaultdict(list)
        for row in TimeLimit.objects.order_by("key", "effective_from"):
            self.limits[row.key].append(row.to_limit())
        self.thresholds: dict[str, list[Threshold]] = defaultdict(list)
        for threshold in Threshold.objects.order_by("key", "effective_from"):
            self.thresholds[threshold.key].append(threshold)
        self.calendar = _read_calendar()
        self.families: dict[str, list[_Text]] = defaultdict(list)
        self.aliases: dict[str, list[str]] = defaultdict(list)
        known = LegalText.objects.exclude(effective_from=None).order_by("-effective_from")
        for text_id, family, aliases, begins, ends in known.values_list(
            "id", "family", "aliases", "effective_from", "effective_to"
        ):
            self.families[family].append(_Text(text_id, begins, ends))  # type: ignore[arg-type]
            for alias in aliases:
                if family not in self.aliases[alias]:
                    self.aliases[alias].append(family)

    def limit_for(self, key: str, on: date) -> Limit:
        """See `limit_for`."""
        versions = self.limits.get(key)
        if not versions:
            near = get_close_matches(key, self.limits, n=3, cutoff=0.6)
            raise LimitError(f"没有代码为 {key} 的期限" + (f"，相近的有：{'、'.join(near)}" if near else ""))
        return version_on(versions, on)

    def names(self, name: str) -> list[str]:
        """The families that a name may mean: its own before those of which it is an alias, the newest of them first."""
        return [name] * (name in self.families) + [other for other in self.aliases.get(name, ()) if other != name]

    def name_of(self, name: str) -> str:
        """The family that a name means first of all; the name itself where the book has none."""
        return next(iter(self.names(name)), name)

    def text_id(self, name: str, on: date) -> int | None:
        """The version of a text in force on a day."""
        for family in self.names(name):
            for text in self.families[family]:
                if text.effective_from <= on and (text.effective_to is None or on <= text.effective_to):
                    return text.id
        return None


class _Thread(threading.local):
    """Whether this thread serves a request, and whether the stamp was compared in it."""

    in_request = False
    compared = False


_thread = _Thread()
_book: Book | None = None


def book() -> Book:
    """The copy in memory, read anew when the stamp in the database is another one."""
    global _book
    if _book is not None and _thread.compared:
        return _book
    # Asked by every request: Django takes longer to write the statement than PostgreSQL to answer it.
    with connection.cursor() as cursor:
        cursor.execute(_STAMP, [Stamp.ROW])
        row = cursor.fetchone()
    stamp = row and row[0]
    if _book is None or _book.stamp != stamp:
        _book = Book(stamp)
    _thread.compared = _thread.in_request
    return _book


def begin_request(**_: Any) -> None:
    """From now on one look at the stamp is enough."""
    _thread.in_request, _thread.compared = True, False


def end_request(**_: Any) -> None:
    """From now on the stamp is looked up every time."""
    _thread.in_request = _thread.compared = False


def forget() -> None:
    """The law was changed by this very process: compare stamps at the next question."""
    _thread.compared = False


def limit_for(key: str, on: date) -> Limit:
    """The version of a time limit that applies to a trigger on this day.

    Raises LimitError for an unknown key (naming the nearest ones) and for a day on which no version is in force.
    """
    return book().limit_for(key, on)


def work_calendar() -> WorkCalendar:
    """The calendar with all overrides."""
    return book().calendar


def work_out(
    key: str,
    trigger: date | datetime,
    suspensions: Iterable[Suspension] = (),
    *,
    extended: bool = False,
    law: Book | None = None,
) -> Due:
    """When a limit ends, by its key: the version of the trigger day, the calendar as it is now.

    extended: with the prolongation that the law allows. law: a book taken earlier, for many questions in one go.
    Raises LimitError for whatever cannot be answered.
    """
    law = law or book()
    limit = law.limit_for(key, day_of(trigger))
    if extended and limit.extension is None:
        raise LimitError(f"{key}（{limit.procedure_zh}）没有可以延长的规定")
    return due(trigger, limit, law.calendar, suspensions, limit.extension if extended else None)


def threshold(key: str, on: date) -> Decimal:
    """The amount, count or quota that applies on this day. Raises LimitError where there is none."""
    versions = book().thresholds.get(key, [])
    for version in versions:
        if version.in_force(on):
            return version.value
    raise LimitError(f"{key} 在{day_zh(on)}没有可以适用的数额标准" if versions else f"没有代码为 {key} 的数额标准")


def _read_calendar() -> WorkCalendar:
    days: dict[str, dict[date, str]] = {"off": {}, "work": {}}
    for day, kind, name in CalendarDay.objects.order_by("overrides").values_list("date", "kind", "name"):
        days["work" if kind == "off" else "off"].pop(day, None)
        days[kind][day] = name
    return WorkCalendar(days["off"], days["work"], PublishedYear.objects.values_list("year", flat=True))


def resolve(citation: str, on: date) -> Provision | None:
    """The provision that a citation means, in the version in force on a day.

    None if it is no citation, cites no article, or the book has no such text or place for that day.
    """
    parsed = parse_citation(citation)
    return resolve_all([parsed], on).get(parsed) if parsed else None


def resolve_all(citations: Iterable[Citation], on: date) -> dict[Citation, Provision]:
    """The same for many citations at the cost of one query; what cannot be found is left out."""
    texts, articles = _articles(citations, on)
    provisions = list(articles.defer("tokens", "search"))
    found: dict[Citation, Provision] = {}
    for citation, text_id in texts.items():
        places = {p.pk: p for p in provisions if p.text_id == text_id}
        place = pick(citation, (Place(*(getattr(p, name) for name in PLACES)) for p in places.values()))
        if place:
            found[citation] = places[place.key]
    return found


def _articles(citations: Iterable[Citation], on: date) -> tuple[dict[Citation, int], QuerySet[Provision]]:
    """Those that cite an article of a text in force, with the text; and the pieces of these articles in their order."""
    wanted = [cited for cited in citations if cited.article]
    known = book() if wanted else None
    texts = {cited: text_id for cited in wanted if known and (text_id := known.text_id(cited.title, on))}
    if not texts:
        return {}, Provision.objects.none()
    articles = Q()
    for citation, text_id in texts.items():
        articles |= Q(text_id=text_id, article=citation.article, bis=citation.bis)
    return texts, Provision.objects.filter(articles, annex=0).order_by("order")


def cited_words(citations: Iterable[Citation], on: date) -> dict[Citation, str]:
    """What each citation of an article says on a day, a line for each of its pieces. One query.

    Of a paragraph its items too; of an item the words above it. Where these point to the paragraph before (前款), or
    an item is cited without its paragraph, the whole article. What the book does not have is left out.
    """
    texts, articles = _articles(citations, on)
    pieces = list(articles.exclude(content="").only("text", "content", *PLACES))
    found: dict[Citation, str] = {}
    for cited, text_id in texts.items():
        whole = [p for p in pieces if (p.text_id, p.article, p.bis) == (text_id, cited.article, cited.bis)]
        part = [p for p in whole if p.paragraph == cited.paragraph and (not cited.item or p.item in (0, cited.item))]
        if cited.paragraph and not part:
            continue
        onward = not cited.paragraph or any("前款" in p.content for p in part)
        if whole:
            found[cited] = "\n".join(p.content for p in (whole if onward else part))
    return found


def suspended(texts: Iterable[int], on: date) -> dict[int, list[str]]:
    """The anchors of the provisions that are suspended on a day, by the key of their text. One query."""
    rows = SuspendedProvision.objects.filter(Q(until=None) | Q(until__gt=on), text__in=list(texts), since__lte=on)
    found: dict[int, list[str]] = defaultdict(list)
    for text_id, anchor in rows.values_list("text", "anchor"):
        found[text_id].append(anchor)
    return found


def text_in_force(title_family: str, on: date) -> int | None:
    """The id of the version of a text (by its family name or an alias) in force on a day."""
    return book().text_id(title_family, on)


def versions(text: LegalText) -> QuerySet[LegalText]:
    """All versions of a text in the book, newest first."""
    return LegalText.objects.filter(family=text.family).order_by("-effective_from", "-id")


def segment(words: str) -> str:
    """Chinese text as words with blanks between them, the same for storing and for asking."""
    import rjieba  # its dictionary is 32 MB: only who searches or stores pays for it

    return " ".join(word for word in rjieba.cut_for_search(words) if word.strip())


def asked(words: str) -> str:
    """The same without the words inside of longer ones: where a longer one is stored, they are stored beside it."""
    import rjieba

    return " ".join(word for word in rjieba.cut(words) if word.strip())


def search_texts(words: str = "", kind: str = "") -> QuerySet[LegalText]:
    """Texts whose title, alias or number holds the words; all of them without words. In order of their names."""
    found = LegalText.objects.defer("history").order_by("family", "-effective_from")
    if kind:
        found = found.filter(kind=kind)
    for word in words.split():
        found = found.filter(Q(title__icontains=word) | Q(aliases__icontains=word) | Q(number__icontains=word))
    return found


def search_provisions(words: str, on: date) -> QuerySet[Provision]:
    """Articles of texts in force on a day that hold all the words; first those where the words stand closest."""
    in_force = Q(text__effective_from__lte=on) & (Q(text__effective_to=None) | Q(text__effective_to__gte=on))
    query = SearchQuery(segment(words), config="simple")
    found = Provision.objects.filter(in_force, search=query).select_related("text").defer("tokens", "search")
    return found.annotate(rank=SearchRank("search", query, cover_density=True)).order_by(
        "-rank", "text__family", "order"
    )


def limits_in_force(on: date | None = None) -> QuerySet[TimeLimit]:
    """Limits in the order of chapters and keys; only those in force on a day, if one is given."""
    rows = TimeLimit.objects.all()
    if on:
        rows = rows.filter(Q(effective_from__lte=on), Q(effective_to=None) | Q(effective_to__gte=on))
    return rows


def thresholds_in_force(on: date) -> QuerySet[Threshold]:
    """Thresholds that apply on a day, in the order of chapters and keys."""
    return Threshold.objects.filter(Q(effective_from__lte=on), Q(effective_to=None) | Q(effective_to__gte=on))


def days_of(year: int) -> list[CalendarDay]:
    """The days of a year that depart from the week, overrides in place of what they override."""
    days = {row.date: row for row in CalendarDay.objects.filter(date__year=year).order_by("date", "overrides")}
    return list(days.values())
