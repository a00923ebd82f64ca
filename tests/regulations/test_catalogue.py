"""The catalogue for everybody: finding documents, page by page, at a cost that does not grow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from regulations.actions.entering import end
from regulations.actions.importing import Report
from regulations.models import NormativeDocument
from regulations.queries import catalogue
from regulations.queries.catalogue import Wanted
from regulations.queries.snippets import hits
from tests.regulations.library import BREAKFAST, SALES, SERVICE, SHOPS, WATER, numbered

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 30)
ATOM = "{http://www.w3.org/2005/Atom}"


def found(on: date = TODAY, **wanted: Any) -> list[str]:
    return [row.number for row in catalogue.page(Wanted(**wanted), on).rows]


def page(client: Client, path: str = "/documents/", status: int = 200, **query: str) -> str:
    response = client.get(path, query)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ({}, [SHOPS, SERVICE, WATER, SALES, BREAKFAST]),
        ({"words": "早餐"}, [SHOPS, SERVICE, BREAKFAST]),
        ({"words": "早餐 流动"}, [SHOPS]),
        ({"words": "东商务规(2024)1号"}, [SHOPS]),  # brackets are one kind
        ({"words": "明码标价，公示"}, [BREAKFAST]),  # a phrase is exact
        ({"words": "水"}, [WATER]),
        ({"words": "没有这样的词"}, []),
        ({"issuer": "DC-SWJ"}, [SHOPS, SALES, BREAKFAST]),
        ({"issuer": "北京市示例委员会"}, [WATER]),
        ({"subject": "trade"}, [SHOPS, SALES]),
        ({"kind": "opinion"}, [SERVICE]),
        ({"year": 2023}, [SERVICE]),
        ({"year": 2024, "words": "早餐"}, [SHOPS]),
        ({"validity": "lapsed"}, [SALES]),
        ({"validity": "current", "issuer": "DC-SWJ"}, [SHOPS, BREAKFAST]),
        ({"validity": "repealed"}, []),
    ],
)
def test_documents_are_found(library: Report, wanted: dict[str, Any], numbers: list[str]) -> None:
    assert found(**wanted) == numbers


def test_nothing_is_found_before_it_is_published(library: Report, organs: None) -> None:
    assert found(date(2023, 1, 1)) == [WATER, SALES, BREAKFAST]
    NormativeDocument.objects.create(issuer="示例机关", number="示〔2026〕1号", title="已编号未公布")
    assert found(words="已编号") == []


def many(make: Callable[..., NormativeDocument], number: int) -> None:
    for each in range(number):
        rare = "罕见的词语" if each % 7 == 0 else "寻常"
        body = f"一、示例{rare}第{each}。"
        make(f"示〔2024〕{each}号", f"示例通知之{each}", body, date(2024, 1, 1) + timedelta(each // 3))


@pytest.mark.parametrize("words", ["", "示例", "罕见的词语"])
def test_pages_follow_one_another_without_gap(
    made: Callable[..., NormativeDocument],
    words: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    many(made, 40)
    monkeypatch.setattr(catalogue, "NEWEST", 12)
    seen: list[int] = []
    after = None
    while True:
        got = catalogue.page(Wanted(words=words, after=after), TODAY, 4)
        seen += [row.pk for row in got.rows]
        after = got.next
        if after is None:
            break
    expected = NormativeDocument.objects.order_by("-published_on", "-id")
    if words == "罕见的词语":
        expected = expected.filter(words__contains=words)
    assert seen == list(expected.values_list("pk", flat=True))


def test_what_is_rare_is_counted_and_what_is_common_is_not(
    made: Callable[..., NormativeDocument],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    many(made, 40)
    monkeypatch.setattr(catalogue, "NEWEST", 8)
    rare = catalogue.page(Wanted(words="罕见的词语"), TODAY, 4)
    assert (rare.count, rare.many, len(rare.rows)) == (6, False, 4)
    common = catalogue.page(Wanted(words="示例"), TODAY, 4)
    assert (common.count, common.many) == (None, True)


def test_hits_lead_to_the_articles_that_hold_the_words(library: Report) -> None:
    shops, service, breakfast = hits(catalogue.page(Wanted(words="早餐"), TODAY).rows, "早餐")
    assert [(one.anchor, one.label) for one in shops.snippets] == [("a2p1i2", "第二条"), ("a5p1", "第五条")]
    assert [words for words, hit in shops.snippets[0].words if hit] == ["早餐"]
    assert [one.label for one in service.snippets] == ["二、", "二、"]
    assert "".join(words for words, _ in breakfast.title) == "示例早餐网点管理暂行办法"


def test_the_figures_of_the_catalogue(library: Report) -> None:
    figures = catalogue.totals(TODAY)
    assert figures.issuers == [
        ("DC-BGS", "区政府办", 1), ("DC-SWJ", "区商务局", 3), ("北京市示例委员会", "北京市示例委员会", 1),
    ]  # fmt: skip
    assert figures.years == [(2024, 1), (2023, 1), (2022, 1), (2021, 1), (2018, 1)]
    assert (figures.current, figures.whole, figures.subjects["trade"]) == (4, 5, 2)


def test_the_page_shows_what_was_found(library: Report, client: Client) -> None:
    said = page(client)
    assert "收入 5 件，其中现行有效 4 件" in said
    said = page(client, q="早餐")
    assert '<mark class="portal-hit">早餐</mark>' in said
    assert f"/documents/{numbered(SHOPS).pk}/#a2p1i2" in said
    assert "没有找到符合条件的规范性文件" in page(client, q="没有这样的词")
    assert "全部文件" not in page(client, issuer="没有这个机关", status=422)


def test_a_page_costs_the_same_whatever_it_shows(
    library: Report,
    client: Client,
    django_assert_max_num_queries: Any,
) -> None:
    client.get("/documents/")
    for address, most in (("/documents/", 3), ("/documents/?q=早餐", 6), ("/documents/?subject=trade", 3)):
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


def test_a_place_that_nobody_gave_begins_at_the_beginning(library: Report, client: Client) -> None:
    response: Any = client.get("/documents/", {"after": "[1]:made-up"})
    assert [hit.document.number for hit, *_ in response.context["found"]] == found()


def test_the_stable_address_of_a_number(library: Report, client: Client) -> None:
    response = client.get("/documents/numbers/东商务规[2024]1号/")
    assert (response.status_code, response["Location"]) == (302, f"/documents/{numbered(SHOPS).pk}/")
    assert client.get("/documents/numbers/没有〔2024〕1号/")["Location"].startswith("/documents/?q=")


def test_two_issuers_of_one_number_are_told_apart(
    made: Callable[..., NormativeDocument],
    client: Client,
) -> None:
    made("示〔2024〕1号", "甲通知", "一、甲。")
    other = made("示〔2024〕1号", "乙通知", "一、乙。", issuer="其他机关")
    assert "q=" in client.get("/documents/numbers/示〔2024〕1号/")["Location"]
    said = client.get("/documents/numbers/示〔2024〕1号/", {"issuer": "其他机关"})
    assert said["Location"] == f"/documents/{other.pk}/"


def test_the_feed_tells_the_newest(library: Report, client: Client) -> None:
    end(numbered(BREAKFAST), date(2024, 4, 14), "repealed", by="《示例便民商业网点管理办法》")
    feed = ElementTree.fromstring(page(client, "/documents/feed/"))
    entries = feed.findall(f"{ATOM}entry")
    assert entries[0].findtext(f"{ATOM}id") == f"tag:127.0.0.1,2026:documents/{numbered(SHOPS).pk}"
    assert len(entries) == 5
    assert "已废止" in (entries[-1].findtext(f"{ATOM}summary") or "")


def test_the_api_tells_the_same(library: Report, client: Client) -> None:
    told = client.get("/api/v1/normative-documents/", {"q": "早餐"}).json()
    assert [row["number"] for row in told["results"]] == [SHOPS, SERVICE, BREAKFAST]
    assert told["on"] == f"{timezone.localdate():%Y-%m-%d}"
    assert client.get("/api/v1/normative-documents/", {"after": "made-up"}).status_code == 400
    one = client.get(told["results"][0]["url"].replace("/documents/", "/api/v1/normative-documents/")).json()
    assert (one["number"], one["provisions"][0]["content"]) == (SHOPS, "北京市东城区商务局关于印发")
    assert {"kind": "based_on", "title": "北京市示例管理条例"} in one["relations"]
    assert client.get("/api/v1/normative-documents/999999/").status_code == 404
