"""Powers found by everyday words, and in the public search."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from casework.queries.search import differing
from law.queries import segment
from powerlist.actions.stock import load_powers
from powerlist.models import PowerVersion
from powerlist.queries import plain as queries
from powerlist.queries.search import SEARCH
from powerlist.rules import plain
from powerlist.rules.item import KINDS
from tests.powerlist.conftest import FOOD, Town

TABLE = [
    plain.Row(("罚款", "罚"), (), ("CF",)),
    plain.Row(("拆",), (), ("QZ", "CF")),
    plain.Row(("广告牌",), ("户外广告", "标语宣传品"), ()),
    plain.Row(("广告",), ("广告",), ()),
]


def blanks(words: str) -> str:
    return words


def test_a_sentence_is_put_into_the_words_of_the_list() -> None:
    meant = plain.meant("拆我的广告牌", TABLE, segment)
    assert (meant.kinds, meant.things) == (("QZ", "CF"), (("户外广告", "标语宣传品"),))
    assert dict(meant.told) == {"广告牌": ("户外广告", "标语宣传品")}


def test_the_longest_saying_counts_and_nothing_counts_twice() -> None:
    assert plain.meant("罚款", TABLE, blanks).told == {}
    assert plain.meant("广告牌", TABLE, blanks).things == (("户外广告", "标语宣传品"),)
    assert plain.meant("广告 广告牌", TABLE, blanks).things == (("广告",), ("户外广告", "标语宣传品"))


def test_what_stands_in_no_row_is_looked_for_as_it_was_said() -> None:
    assert plain.meant("谁能 罚款 辐射", TABLE, blanks) == plain.Meant(("CF",), (("辐射",),))
    assert not plain.meant("谁能", TABLE, blanks)


def test_the_table_names_kinds_that_there_are_and_each_saying_once() -> None:
    table = queries.table()
    said = [word for row in table for word in row.said]
    assert {kind for row in table for kind in row.kinds} <= set(KINDS)
    assert len(said) == len(set(said))
    assert all(row.official or row.kinds for row in table)


@pytest.fixture
def whole(town: Town) -> Town:
    load_powers()
    return town


def test_every_word_of_the_list_that_the_table_names_leads_somewhere(whole: Town, client: Client) -> None:
    lost = [row.said[0] for row in queries.table() if "清单上没有找到" in asked(client, row.said[0])]
    assert lost == []


def asked(client: Client, words: str) -> str:
    response = client.get("/powers/plain/", {"q": words})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    ("words", "power"),
    [
        ("被罚款", "对未取得食品生产经营许可从事食品生产经营活动的行政处罚"),
        ("我想开个饭馆", "食品（含保健食品）经营许可"),
        ("拆我的广告牌", "查封、扣押与涉嫌违法广告直接相关的财物"),
        ("遛狗没捡狗屎被罚", "对携犬人不清除犬只粪便的行政处罚"),
        ("小区里装地锁", "对在居住小区公共区域擅自设置障碍物、地桩地锁的行政处罚"),
        ("老房子拆迁", "国有土地上房屋征收决定"),
    ],
)
def test_citizens_find_who_may(whole: Town, client: Client, words: str, power: str) -> None:
    found = queries.answer(words, PowerVersion.objects.earliest("since").since)
    every = [row.name for row in found.page.rows]
    while found.page.next:
        found = queries.answer(words, PowerVersion.objects.earliest("since").since, found.page.next)
        every += [row.name for row in found.page.rows]
    assert power in every
    assert len(every) == len(set(every))


def test_an_answer_has_organ_basis_limit_and_where_to_complain(whole: Town, client: Client) -> None:
    said = asked(client, "我想开个饭馆")
    for words in ("区市场监管局", "依据", "时限", "监督投诉", "不是法律规定", 'href="tel:'):
        assert words in said
    assert client.get("/powers/plain/", {"q": " "}).status_code == 422
    assert "逐字查找“&lt;b&gt;”" in asked(client, "<b>")


def test_answers_cost_the_same_however_many(whole: Town, client: Client, django_assert_max_num_queries: Any) -> None:
    asked(client, "罚款")
    with django_assert_max_num_queries(6):
        asked(client, "罚款")


def test_powers_in_force_are_found_in_the_public_search(town: Town, client: Client) -> None:
    for words in ("食品（含保健食品）经营许可", FOOD.lower(), "区市场监管局 食品经营许可", "是否具备场所、设备、人员"):
        found = client.get("/api/v1/search/", {"q": words, "kind": SEARCH.code}).json()["results"]
        assert "食品（含保健食品）经营许可" in {row["title"] for row in found}, words
    assert f"/powers/{FOOD}/" in client.get("/search/", {"q": FOOD}).content.decode()


def test_a_change_is_found_from_its_day_and_what_was_cancelled_no_longer(town: Town, client: Client) -> None:
    town.through(town.propose(town.draft("change", FOOD, authority="审查灶台和烟道。")), "2026-04-01")
    town.through(town.propose(town.draft("addition", authority="审查水塔。")), "2026-04-01")
    assert differing(SEARCH.code) == 0
    assert [row["title"] for row in results(client, "灶台和烟道")] == ["食品（含保健食品）经营许可"]
    assert results(client, "审查水塔")
    gone = PowerVersion.objects.filter(organ__code="DC-SCJ").exclude(power__code=FOOD).earliest("pk")
    assert results(client, gone.power.code)
    case = town.propose(town.draft("cancellation", gone.power.code), supervision="抽查")
    town.through(case, "2026-04-01", pending_owner="DC-SCJ")
    assert differing(SEARCH.code) == 0
    assert not results(client, gone.power.code)


def results(client: Client, words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/api/v1/search/", {"q": words}).json()["results"]
    return found
