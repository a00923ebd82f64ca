"""The index of words finds what the texts themselves hold, in the order of the list, page by page, on every day."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.contrib.postgres.search import SearchQuery
from django.db import connection

from law.queries import asked
from powerlist.actions.stock import load_powers
from powerlist.models import PowerVersion, PowerWord
from powerlist.models.words import FILL
from powerlist.queries import listing
from powerlist.queries.listing import Wanted
from tests.powerlist.conftest import FOOD, Town

TODAY = date(2026, 3, 10)


@pytest.fixture
def whole(town: Town) -> Town:
    load_powers()
    return town


def held(on: date, *things: tuple[str, ...]) -> list[int]:
    """What the texts themselves hold, read row by row."""
    found = []
    for version in PowerVersion.objects.filter(since__lte=on).order_by("name", "id"):
        if version.until and version.until <= on:
            continue
        text = PowerVersion.objects.filter(pk=version.pk)
        if all(
            any(text.filter(search=SearchQuery(asked(phrase), config="simple")).exists() for phrase in thing)
            for thing in things
        ):
            found.append(version.pk)
    return found


def paged(wanted: Wanted, on: date, size: int) -> list[int]:
    """Everything that is found, page after page."""
    found: list[int] = []
    while True:
        page = listing.page(wanted, on, size)
        found += [row.pk for row in page.rows]
        if not page.next:
            return found
        wanted = Wanted(words=wanted.words, things=wanted.things, kinds=wanted.kinds, after=page.next)


@pytest.mark.parametrize("words", ["行政处罚", "餐饮", "食品经营许可", "街道 检查", "（", "第三十五条", "没有这种词"])
def test_words_find_what_the_texts_hold(whole: Town, words: str) -> None:
    assert paged(Wanted(words=words), TODAY, 7) == held(TODAY, (words,))


def test_of_each_thing_one_phrase_is_enough(whole: Town) -> None:
    things = (("广告", "餐饮", "食品"), ("行政许可", "行政检查"))
    found = paged(Wanted(things=things), TODAY, 5)
    assert found == held(TODAY, *things)
    assert len(found) == len(set(found)) > 3
    kinds = dict(PowerVersion.objects.filter(pk__in=found).values_list("pk", "kind"))
    only = [pk for pk in found if kinds[pk] == "XK"]
    assert paged(Wanted(things=things, kinds=("XK",)), TODAY, 5) == only


def test_the_words_of_a_version_go_with_it(town: Town) -> None:
    """A changed power is found by its new words from its first day, by its old ones on the days before."""
    town.through(town.propose(town.draft("change", FOOD, name="夜间摊贩许可")), "2026-04-01")
    for on, name in ((date(2026, 3, 31), "食品经营"), (date(2026, 4, 1), "夜间摊贩许可")):
        assert FOOD in [row.power.code for row in listing.page(Wanted(words=name), on).rows]
    assert FOOD not in [row.power.code for row in listing.page(Wanted(words="夜间摊贩"), date(2026, 3, 31)).rows]
    words = set(PowerWord.objects.values_list("word", "name", "version_id"))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM powerlist_powerword")
        cursor.execute(FILL)
    assert words == set(PowerWord.objects.values_list("word", "name", "version_id"))
    assert set(PowerWord.objects.values_list("version__until", flat=True)) == {None}


def test_a_page_of_hits_is_read_from_the_index_in_its_order(whole: Town) -> None:
    """However many powers hold a word: no row is sorted, and none is read that is not on the page."""
    statement, values = listing._by_words(Wanted(words="行政处罚"), TODAY, 7)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE powerlist_powerword")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {statement}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Sort" not in plan, plan
    assert re.search(r"Index (Only )?Scan.* on powerlist_powerword", plan), plan
