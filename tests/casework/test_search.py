"""The public search: what is typed is found where it stands, in order, page by page, at the same number of queries."""

from __future__ import annotations

import itertools
import unicodedata
from datetime import date
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Organisation
from casework import registry
from casework.actions.search import fill, fill_anew
from casework.models import SearchEntry
from casework.queries import search
from casework.queries.search import Place, Wanted
from casework.search import Source, folded, marked, terms

ON = date(2026, 3, 2)
ORGANS = Source(
    code="sample.organ",
    label="机关",
    route="service",
    rows=lambda: Organisation.objects.filter(until=None),
    columns={"title": F("name"), "organ": F("pk"), "day": F("since"), "more": F("short_name"), "ref": F("code")},
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_sources", {ORGANS.code: ORGANS})


KEYS = itertools.count(1)


def entry(title: str, day: date = ON, **more: Any) -> SearchEntry:
    values = {"source": ORGANS.code, "key": next(KEYS), **more}
    return SearchEntry.objects.create(title=title, day=day, **values)


def titles(words: str, **more: Any) -> list[str]:
    return [found.title for found in search.page(Wanted(words=words, **more), ON).entries]


# --- what is found -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("食品经营许可（新办）", "经营"),
        ("食品经营许可（新办）", "食品经营许可"),
        ("食品经营许可（新办）", "许可 食品"),
        ("食品经营许可（新办）", "(新办)"),
        ("食品经营许可（新办）", "办"),
        ("食品经营许可（新办）", "）"),
        ("东市监许准〔2026〕123号", "东市监许准[2026]123号"),
        ("东市监许准〔2026〕123号", "【2026】123"),
        ("东市监许准〔2026〕123号", "2026"),
        ("东市监许准〔2026〕123号", "２０２６ １２３"),
        ("东市监许准〔2026〕123号", "23"),
        ("许可证编号 JY11101010000123", "jy1110"),
        ("许可证编号 JY11101010000123", "0123"),
        ("100%果汁's \\ 店_铺", "100%"),
        ("100%果汁's \\ 店_铺", "汁's"),
        ("100%果汁's \\ 店_铺", "\\"),
        ("100%果汁's \\ 店_铺", "店_铺"),
        ("𠮷野家（北京）", "𠮷野"),
    ],
)
def test_what_stands_in_a_text_is_found(text: str, words: str) -> None:
    entry(text)
    entry("别的事项")
    assert titles(words) == [text]


@pytest.mark.parametrize("words", ["食营", "经品", "食品经营许可证", "新办 变更", "2027", "_", "%", "食品%许可", "'"])
def test_what_does_not_stand_there_is_not_found(words: str) -> None:
    entry("食品经营许可（新办）", text="准予许可 东市监许准〔2026〕1号")
    assert titles(words) == []


def test_title_text_and_further_names_are_searched_each_for_itself() -> None:
    entry("食品", text="经营", more="饭店")
    assert titles("食品 经营 饭店") == ["食品"]
    assert titles("品经") == titles("营饭") == []


# Everything that people write, and what looks like syntax.
LETTERS = st.sampled_from("食品经营许可证东城区〔〕（）【】[]1234567890２０JYjyＪＹ'\"\\%_&|!:*<->=$甲𠮷 　\t㎡①")


@given(text=st.text(LETTERS, min_size=1, max_size=60), data=st.data())
def test_whatever_part_is_typed_is_found(text: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(text) - 1))
    words = text[begin : data.draw(st.integers(begin + 1, len(text)))]
    made = SearchEntry.objects.create(source=ORGANS.code, key=0, day=ON, title="", text=text)
    try:
        found = search.page(Wanted(words=words), ON).entries
        assert [one.pk for one in found] == [made.pk], words
        if terms(words):
            pieces = marked(text, terms(words), 100)
            assert "".join(piece for piece, _ in pieces) == text
            assert any(hit for _, hit in pieces)
    finally:
        made.delete()


@given(words=st.text(st.characters(exclude_categories=())))
def test_no_words_are_too_strange(words: str) -> None:
    found = search.page(Wanted(words=words), ON)
    assert found.entries == []
    assert marked("食品经营", terms(words))


def test_database_and_page_agree_on_what_is_the_same() -> None:
    signs = [
        chr(code) for code in range(0x21, 0xFFFE) if unicodedata.category(chr(code)) not in ("Cc", "Cs", "Cn", "Zs")
    ]
    made = entry("甲", text="\n".join(signs))
    made.refresh_from_db()
    assert made.words.split("\n")[1:-1] == "\n".join(folded(sign)[0].replace(" ", "\n") for sign in signs).split("\n")


# --- order, pages, filters ---------------------------------------------------------------------------------------


def test_the_newest_come_first_after_what_stands_for_long() -> None:
    entry("许可 一", date(2026, 1, 1))
    entry("许可 二", date(2026, 2, 1))
    entry("许可 三", date(2020, 1, 1), lead=1)
    assert titles("许可") == ["许可 三", "许可 二", "许可 一"]


def test_only_what_is_public_today_is_found() -> None:
    entry("许可 明日", date(2026, 3, 3))
    entry("许可 到今日", date(2026, 1, 1), until=ON)
    entry("许可 到明日", date(2026, 1, 1), until=date(2026, 3, 3))
    assert titles("许可") == ["许可 到明日"]
    assert [one.title for one in search.page(Wanted(), ON).entries] == ["许可 到明日"]


@pytest.fixture
def organs() -> list[Organisation]:
    return [
        Organisation.objects.create(code=code, name=f"{code}示例局", short_name=code, kind="department", since=ON)
        for code in ("A", "B")
    ]


def test_filters(organs: list[Organisation]) -> None:
    first, second = organs
    entry("许可 甲", date(2024, 5, 1), organ=first)
    entry("许可 乙", date(2025, 12, 31), organ=second)
    entry("许可 丙", date(2025, 1, 1), organ=first, source="sample.other")
    entry("许可 丁", date(2025, 6, 1), organ=first, lead=1)
    assert titles("许可", organ=first.pk) == ["许可 丁", "许可 丙", "许可 甲"]
    assert titles("许可", year=2025) == ["许可 乙", "许可 丙"]
    assert titles("许可", source="sample.other") == ["许可 丙"]
    assert titles("许可", source=ORGANS.code, year=2025, organ=second.pk) == ["许可 乙"]
    assert [organ.code for organ in search.organs(ORGANS.code)] == ["A", "B"]
    assert [organ.code for organ in search.organs("sample.other")] == ["A"]
    assert search.organs() == []


def many(count: int, words: str = "食品经营许可") -> None:
    days = [date(2020 + n % 6, 1 + n % 12, 1 + n % 28) for n in range(count)]
    SearchEntry.objects.bulk_create(
        SearchEntry(source=ORGANS.code, key=next(KEYS), day=day, title=words, text=f"第{n}号")
        for n, day in enumerate(days)
    )


@pytest.fixture
def few_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixty of the newest entries are looked through before the index is asked."""
    monkeypatch.setattr(search, "NEWEST", 60)


@pytest.mark.parametrize(("count", "noise"), [(19, 0), (130, 0), (130, 5), (40, 300)])
def test_pages_follow_one_another_without_gap(few_newest: None, count: int, noise: int) -> None:
    """Rare and common words, and common ones that do not stand in the newest entries."""
    many(count)
    for n in range(noise):
        entry("别的事项", date(2026, 1, 1 + n % 28))
    whole, after = [], None
    while True:
        found = search.page(Wanted(words="食品经营", after=after), ON, 7)
        if after is None:
            assert found.count == count or (found.many and found.count <= count)
        whole += [Place(one.lead, one.day, one.pk) for one in found.entries]
        after = found.next
        if after is None:
            break
        assert search.place_of(str(after)) == after
    assert len(whole) == count
    assert whole == sorted(set(whole), reverse=True)


@pytest.mark.parametrize(
    "text", ["", "x", "1.2026-13-01.3", "1.2026-01-01.", "1.2026-01-01.3.4", "-1.2026-01-01.3", "١.2026-01-01.1"]
)
def test_a_made_up_place_is_none(text: str) -> None:
    assert search.place_of(text) is None


def test_the_number_of_queries_does_not_depend_on_rows(few_newest: None, django_assert_num_queries: Any) -> None:
    entry("琉璃厂古籍", date(2019, 1, 1))
    for count in (100, 400):
        many(count - SearchEntry.objects.count())
        for words, queries in (("琉璃", 2), ("食品", 1), ("没有", 2), ("", 1)):
            with django_assert_num_queries(queries):
                search.page(Wanted(words=words), ON, 10)
    for n in range(100):
        entry("别的事项", date(2026, 1, 1 + n % 28))
    with django_assert_num_queries(2):
        assert search.page(Wanted(words="食品"), ON, 10).count == 399


def test_counts_are_exact_or_say_that_there_may_be_more(few_newest: None) -> None:
    many(50)
    found = search.page(Wanted(words="食品"), ON, 10)
    assert (found.count, found.many) == (50, False)
    many(50)
    found = search.page(Wanted(words="食品"), ON, 10)
    assert (found.count, found.many) == (60, True)


# --- the index follows its sources -------------------------------------------------------------------------------


def test_the_index_follows_its_source(organs: list[Organisation], django_assert_num_queries: Any) -> None:
    first, second = organs
    assert (fill(ORGANS.code).written, search.differing(ORGANS.code)) == (2, 0)
    assert titles("示例局") == ["B示例局", "A示例局"]
    assert (fill(ORGANS.code).written, fill(ORGANS.code, [first.pk]).written) == (0, 0)
    Organisation.objects.filter(pk=first.pk).update(name="更名局")
    Organisation.objects.filter(pk=second.pk).update(until=ON)
    assert search.differing(ORGANS.code) == 2
    with pytest.raises(CommandError, match="机关 2 条"):
        call_command("fill_search", check=True)
    done = fill(ORGANS.code, [first.pk])
    assert (done.written, done.removed) == (1, 0)
    assert titles("更名") == ["更名局"]
    done = fill(ORGANS.code, [second.pk])
    assert (done.written, done.removed) == (0, 1)
    call_command("fill_search", check=True)


def test_millions_of_rows_get_their_index_last(organs: list[Organisation]) -> None:
    assert fill_anew()[ORGANS.code].written == 2
    assert search.differing(ORGANS.code) == 0
    assert titles("示例") == ["B示例局", "A示例局"]


# --- the page ----------------------------------------------------------------------------------------------------


def page(**asked: str) -> str:
    response = Client().get("/search/", asked)
    assert response.status_code == 200
    return response.content.decode()


def test_hits_are_marked_and_nothing_typed_becomes_markup() -> None:
    entry("食品<b>经营</b>许可", text="准予 “<script>”")
    shown = page(q="经营")
    assert '食品&lt;b&gt;<mark class="portal-hit">经营</mark>&lt;/b&gt;许可' in shown
    assert "<script>" not in shown.split("<main", 1)[1].split("</main>")[0]
    assert "<script>alert" not in page(q="<script>alert(1)</script>")


def test_marks_follow_the_words_not_their_form() -> None:
    assert marked("东市监许准〔２０２６〕1号", ["[2026]"]) == [
        ("东市监许准", False),
        ("〔２０２６〕", True),
        ("1号", False),
    ]
    long = marked("前" * 200 + "食品" + "后" * 200, ["食品"])
    assert ("食品", True) in long
    assert (long[0], long[-1]) == (("…", False), ("…", False))
    assert sum(len(piece) for piece, _ in long) < 100


def test_the_page_says_how_many_and_what_to_do(few_newest: None) -> None:
    assert "个人的姓名不能搜索" in page()
    assert "没有找到结果" in page(q="没有的事")
    many(3)
    assert "找到 3 条结果" in page(q="食品")
    many(80)
    assert "找到 60 条以上结果" in page(q="食品")
    assert "去掉筛选条件" in page(q="食品", year="2017")


@pytest.mark.parametrize("asked", [{"q": "长" * 61}, {"q": "食品", "kind": "none"}, {"q": "食品", "year": "1066"}])
def test_what_cannot_be_asked_is_said(asked: dict[str, str]) -> None:
    response = Client().get("/search/", asked)
    assert response.status_code == 422
    assert "处需要修改" in response.content.decode()


def test_the_page_costs_the_same_at_any_size(few_newest: None, django_assert_num_queries: Any) -> None:
    for count in (100, 300):
        many(count)
        for words, queries in (("食品", 2), ("没有", 3)):
            with django_assert_num_queries(queries):
                page(q=words)


# --- for programs ------------------------------------------------------------------------------------------------


def test_the_interface_pages_like_the_page(few_newest: None) -> None:
    many(30)
    first = Client().get("/api/v1/search/", {"q": "食品"}).json()
    assert (first["count"], first["more"], len(first["results"])) == (30, False, 25)
    rest = Client().get("/api/v1/search/", {"q": "食品", "after": first["next"]}).json()
    assert (len(rest["results"]), rest["next"]) == (5, "")


@pytest.mark.parametrize("asked", [{}, {"q": " "}, {"q": "食品", "after": "x"}, {"q": "食品", "organ": "NOBODY"}])
def test_the_interface_says_what_is_wrong(asked: dict[str, str]) -> None:
    response = Client().get("/api/v1/search/", asked)
    assert (response.status_code, response.json()["code"]) == (400, "invalid")
