"""The load itself: one transaction, written through COPY while the next cases are made up."""

from __future__ import annotations

from array import array
from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import accumulate

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts.models import ServicePoint
from approvals.models import LicensingItem
from approvals.queries.drafts import LICENCE
from casework import registry
from casework.actions import search
from casework.actions.counts import derive, recount
from law.queries import book
from portal.demo.cases import FOOD, HYGIENE, PDF
from portal.populate.books import Books
from portal.populate.calendar import Clockwork, Days
from portal.populate.paths import ENDED, GAPS, LONG, LONGEST, OPEN, SILENCE
from portal.populate.people import Crowd, Office, Registry, staff
from portal.populate.rows import Matter, matter_of, remedies_of
from portal.populate.sheet import Writer
from portal.populate.tables import laid_open
from portal.populate.walk import Walk

OPEN_SHARE = 0.27
PIECE = 2000  # cases that are handed over at once
FILE = "documents/sample/sample.pdf"
IN_FRONT = (FOOD, HYGIENE)  # their organs have the demonstration's officials
LONG_PLACE, EVERY = 3, 50  # every so many of the open cases of that place are very long
MOST, MOST_YEARS = 20_000_000, 8


class Unwilling(Exception):
    """The load cannot be made; says in words what to do."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows of each kind there are more."""

    cases: int
    acts: int
    parties: int


@transaction.atomic
def load(cases: int, seed: int, years: int, at: datetime, heard: Callable[[int], None] = lambda done: None) -> Loaded:
    """Write so many sample cases of the last years. The same seed in the same database makes the same cases.

    `heard` is told from time to time how many cases are made. Raises Unwilling, and then nothing has changed.
    """
    today = timezone.localdate(at)
    table = registry.procedure(LICENCE, today)
    law = book()
    days = Days(date(today.year - years, 1, 1) - timedelta(days=60), today, law.calendar)
    books = Books(table, days, Clockwork(law, today), seed, at, *_sample_file())
    parties = Registry(days.days[0], at)
    matters = _matters(books, at)
    if books.known():
        raise Unwilling(f"The cases of seed {seed} are there already: take another seed.")
    sheets = (*parties.sheets, *books.sheets)
    with laid_open(sheets):
        before = (books.cases.last, books.record.acts.last, parties.parties.last)
        books.record.begin()
        books.reread_numbers()
        writer = Writer(sheets)
        try:
            crowd = parties.crowd(max(cases // 5, 24), books.chance)
            maker = Maker(books, matters, crowd)
            for done, _ in enumerate(maker.cases(cases), 1):
                if done % PIECE == 0:
                    writer.send()
                    heard(done)
            writer.send()
        finally:
            writer.finish()
        books.record.end()
        books.keep_numbers()
    derive()
    recount()
    search.fill_anew()
    return Loaded(*(sheet.last - was for sheet, was in zip(
        (books.cases, books.record.acts, parties.parties), before, strict=True)))  # fmt: skip


def _sample_file() -> tuple[str, str]:
    if not default_storage.exists(FILE):
        default_storage.save(FILE, ContentFile(PDF))
    return FILE, sha256(PDF).hexdigest()


def _matters(books: Books, at: datetime) -> list[Matter]:
    """The items that take applications, the busiest first, each with its office."""
    found = LicensingItem.objects.at(timezone.localdate(at)).filter(published=True, online=LicensingItem.Online.FULL)
    items = sorted(
        found.select_related("organ").prefetch_related("materials", "points"),
        key=lambda item: (IN_FRONT.index(item.code) if item.code in IN_FRONT else len(IN_FRONT), item.code),
    )
    point = ServicePoint.objects.order_by("pk").first()
    if not items or point is None:
        raise Unwilling("There is nothing to apply for: run prepare first.")
    since = books.days.days[0]
    years = range(since.year, books.days.today.year + 1)
    organs = {item.organ_id: item.organ for item in items}
    offices = {
        pk: Office(organ, staff(organ, point, since, at), remedies_of(organ, books.rows.values(), years))
        for pk, organ in organs.items()
    }
    return [matter_of(item, offices[item.organ_id]) for item in items]


class Maker:
    """Makes cases up in the order in which they would have been filed."""

    def __init__(self, books: Books, matters: list[Matter], crowd: Crowd) -> None:
        self.books, self.matters, self.crowd = books, matters, crowd
        self.chance = books.chance
        self._long = 0
        self._busy = list(accumulate(1 / (place + 1) for place in range(len(matters))))
        self._ended = list(accumulate(weight for weight, _ in ENDED))

    def cases(self, number: int) -> Iterator[Walk]:
        days = self.books.days
        standing = self._standing(round(number * OPEN_SHARE))
        over = self._per_day(number - len(standing))
        place = 0
        for day in range(days.latest + 1):
            for _ in range(over[day]):
                yield self._over(day)
            while place < len(standing) and standing[place] >> 32 == day:
                yield self._stands(day, standing[place] >> 16 & 0xFFFF, standing[place] & 0xFF)
                place += 1

    def _per_day(self, number: int) -> list[int]:
        """How many of the ended cases were filed on each day: three times as many at the end as in the beginning."""
        latest = self.books.days.latest
        weights = [1 + 2 * day / latest if day <= latest - LONGEST else 0.0 for day in range(latest + 1)]
        sums = [round(number * sum_ / sum(weights)) for sum_ in accumulate(weights)]
        return [now - before for now, before in zip(sums, [0, *sums], strict=False)]

    def _standing(self, number: int) -> array[int]:
        """The open cases in the order of filing, each as the days of filing and of its clock, and where it stands."""
        chance, latest = self.chance, self.books.days.latest
        packed: array[int] = array("q")
        total = sum(place.weight for place in OPEN)
        sums = [round(number * sum_ / total) for sum_ in accumulate(place.weight for place in OPEN)]
        for index, place in enumerate(OPEN):
            for _ in range(sums[index] - (sums[index - 1] if index else 0)):
                clock = latest - place.youngest - int((place.oldest - place.youngest + 1) * chance.random())
                opened = clock - int(place.before * (0.7 + 0.6 * chance.random()))
                packed.append(opened << 32 | clock << 16 | index)
        return array("q", sorted(packed))

    def _begin(self, day: int) -> Walk:
        chance = self.chance
        matter = self.matters[bisect(self._busy, self._busy[-1] * chance.random())]
        if not self.books.law.in_force(matter.item.limit_key, self.books.days.days[day]):
            matter = self.matters[0]
        applicant = self.crowd.one(matter.item.audience, chance)
        return Walk(self.books, matter, applicant, matter.office.officer(chance))

    def _over(self, opened: int) -> Walk:
        walk, chance, latest = self._begin(opened), self.chance, self.books.days.latest
        _, way = ENDED[bisect(self._ended, self._ended[-1] * chance.random())]
        day = opened
        for name in walk.matter.way(way):
            if self.books.rows[name].step.by_the_law:
                walk.silence(name)
                day = walk.day + 1
                continue
            least, most = GAPS.get(name, (0, 0))
            day = min(day + least + int((most - least + 1) * chance.random()), latest)
            walk.take(name, day)
        walk.close()
        return walk

    def _stands(self, opened: int, clock: int, index: int) -> Walk:
        """An open case: the steps before the clock between filing and its day, the others until it runs out."""
        place, walk, days = OPEN[index], self._begin(opened), self.books.days
        names = walk.matter.way(place.way)
        at = place.clock % len(names)
        if index == LONG_PLACE:
            if self._long % EVERY == 0:
                names += [LONG[order % 2] for order in range(48 - self._long // EVERY % 28)]
            self._long += 1
        for order, name in enumerate(names[: at + 1]):
            walk.take(name, opened + (clock - opened) * order // max(at, 1))
        due = walk.due_on()
        last = min(days.latest, days.at_or_before(due)) if due else days.latest
        later = names[at + 1 :]
        for order, name in enumerate(later, 1):
            walk.take(name, clock + max(last - clock, 0) * order // len(later))
        due = walk.due_on()
        if due and due < days.today and walk.state in SILENCE:
            walk.silence(SILENCE[walk.state])
        walk.close()
        return walk
