"""Suspensions of a document and of single clauses: rows, the page, exports, the statute-book, and what rests on it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from law.models import SuspendedProvision
from law.queries import suspended, text_in_force
from law.statute import covers
from powerlist.queries.basis import cited
from regulations.actions.entering import EnteringError, end, enter, resume, suspend
from regulations.models import NormativeDocument
from regulations.queries.document import clause_names, pieces, suspensions
from regulations.queries.scan import scan
from regulations.rules.clauses import clause_zh
from regulations.rules.scan import LAPSED
from tests.regulations.library import AKN, faults

Make = Callable[..., NormativeDocument]
DAY, AGAIN = date(2026, 3, 2), date(2026, 5, 1)
BODY = """第一条 为了示例，制定本办法。
第二条 申请人应当符合下列条件：
（一）有固定场所；
（二）有管理制度。
申请人可以书面提出申请。
第三条 街道办事处公布名单。
第四条 本办法自公布之日起施行。"""


@pytest.fixture
def document(made: Make) -> NormativeDocument:
    return made("示〔2024〕1号", "示例办法", BODY)


def page(document: NormativeDocument, on: date) -> str:
    return Client().get(document.get_absolute_url(), {"on": f"{on:%Y-%m-%d}"}).content.decode()


def plain(page: str) -> str:
    return re.sub("<[^>]+>", "", page)


def told(document: NormativeDocument, on: date) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        Client().get(f"{document.get_absolute_url()}json/", {"on": f"{on:%Y-%m-%d}"}).content
    )
    return found


@pytest.mark.parametrize(
    ("anchor", "other", "inside"),
    [("a3", "a3", True), ("a3", "a3p1i2", True), ("a3", "a31", False), ("a3", "a3b1", False), ("a3p1", "a3p12", False)],
)
def test_what_an_anchor_covers(anchor: str, other: str, inside: bool) -> None:
    assert covers(anchor, other) is inside


def test_how_a_clause_is_called() -> None:
    assert clause_zh("a3p1i2") == "第三条第一款第（二）项"
    assert clause_zh("a12b1") == "第十二条之一"
    assert clause_zh("a3p1", "三、") == "三第一款"
    assert clause_zh("") == ""


def test_a_clause_of_an_annex_belongs_to_no_article_before_it(made: Make) -> None:
    document = made("示〔2024〕2号", "示例办法", f"{BODY}\n附件\n名单每年更新一次，由街道办事处负责。")
    suspend(document, DAY, ["x1p1", "a2p1i2"])
    assert document.text
    read = pieces(document.text)
    assert [one.anchor for one in read if one.content.startswith("名单")] == ["x1p1"]
    called = {"x1p1": "附件一第一款", "a2p1i2": "第二条第一款第（二）项"}
    assert {anchor: clause_names(read)[anchor] for anchor in called} == called
    assert {one.clause: one.name for one in suspensions(document, read)} == called
    assert "附件一第一款自2026年3月2日起" in plain(page(document, DAY))


def test_single_clauses_are_suspended_and_the_rest_stands(document: NormativeDocument) -> None:
    suspend(document, DAY, ["a3", "a2p1i2"])
    suspend(document, DAY, ["a3"])
    assert document.standing(DAY) == "current"
    assert text_in_force("示例办法", DAY) == document.text_id
    assert document.suspensions.count() == 2
    assert sorted(suspended([document.text_id or 0], DAY)[document.text_id or 0]) == ["a2p1i2", "a3"]
    assert suspended([document.text_id or 0], date(2026, 3, 1)) == {}
    with pytest.raises(EnteringError, match="没有这一条款"):
        suspend(document, DAY, ["a9"])
    with pytest.raises(EnteringError, match="第三条已自2026年3月2日起停止执行"):
        suspend(document, AGAIN, ["a3"])
    with pytest.raises(EnteringError, match="第一条没有停止"):
        resume(document, AGAIN, ["a1"])
    with pytest.raises(EnteringError, match="以后"):
        resume(document, DAY, ["a3"])
    resume(document, AGAIN, ["a3"])
    assert suspended([document.text_id or 0], AGAIN) == {document.text_id: ["a2p1i2"]}
    suspend(document, date(2026, 6, 1), ["a3"])  # every time is a row of its own
    assert list(document.suspensions.filter(clause="a3").values_list("since", "until")) == [
        (DAY, AGAIN), (date(2026, 6, 1), None),
    ]  # fmt: skip


def test_the_whole_is_suspended_more_than_once(document: NormativeDocument) -> None:
    suspend(document, date(2025, 3, 1))
    resume(document, date(2025, 4, 1))
    suspend(document, DAY)
    document = NormativeDocument.objects.get(pk=document.pk)
    days = [date(2025, 2, 28), date(2025, 3, 1), date(2025, 4, 1), DAY]
    assert [document.standing(on) for on in days] == ["current", "suspended", "current", "suspended"]
    assert text_in_force("示例办法", DAY) is None
    end(document, AGAIN, "repealed")
    with pytest.raises(EnteringError):
        suspend(document, AGAIN, ["a3"])


def test_the_page_marks_the_clause_on_its_days(document: NormativeDocument) -> None:
    suspend(document, DAY, ["a3", "a2p1i2"])
    resume(document, AGAIN, ["a3"])
    before, meanwhile, after = (page(document, on) for on in (date(2026, 3, 1), DAY, AGAIN))
    assert "停止执行" not in before
    assert meanwhile.count(">停止执行</strong>") == 2
    assert '<a class="govuk-link" href="#a3">第三条</a>' in meanwhile
    assert "第三条自2026年3月2日起停止执行，2026年5月1日恢复执行" in plain(meanwhile)
    assert "第二条第一款第（二）项" in meanwhile
    assert after.count(">停止执行</strong>") == 1
    suspend(document, date(2026, 6, 1))
    assert "本文件自2026年6月1日起停止执行" in plain(page(document, date(2026, 6, 2)))


def test_programs_are_told(document: NormativeDocument) -> None:
    suspend(document, DAY, ["a2"])
    resume(document, AGAIN, ["a2"])
    said = told(document, DAY)
    assert said["suspensions"] == [
        {"clause": "a2", "name": "第二条", "since": "2026-03-02", "until": "2026-05-01"}
    ]  # fmt: skip
    held = [one["anchor"] for one in said["provisions"] if one["suspended"]]
    assert held == ["a2", "a2p1", "a2p1i1", "a2p1i2", "a2p2"]
    assert not any(one["suspended"] for one in told(document, AGAIN)["provisions"])
    address = f"/api/v1/normative-documents/{document.pk}/"
    assert Client().get(address, {"on": "2026-03-02"}).json()["suspensions"] == said["suspensions"]


def test_akoma_ntoso_says_when(document: NormativeDocument) -> None:
    suspend(document, DAY, ["a2p1i2", "a3"])
    resume(document, AGAIN, ["a3"])
    suspend(document, date(2026, 6, 1))
    written = Client().get(f"{document.get_absolute_url()}xml/").content
    assert faults(written) == []
    root = ElementTree.fromstring(written)
    timed = {one.get("eId"): one.get("period") for one in root.iter() if one.get("period")}
    assert timed == {None: "#tg_whole", "art_2__para_1__point_2": "#tg_a2p1i2", "art_3": "#tg_a3"}
    events = {one.get("eId"): one.get("date") for one in root.iter(f"{{{AKN}}}eventRef")}
    group = root.find(f".//{{{AKN}}}temporalGroup[@eId='tg_a3']/{{{AKN}}}timeInterval")
    assert group is not None
    assert [events[group.get(name, "")[1:]] for name in ("start", "end")] == ["2026-03-02", "2026-05-01"]


def test_a_suspended_clause_is_no_basis(document: NormativeDocument, django_assert_max_num_queries: Any) -> None:
    suspend(document, DAY, ["a2p1i2", "a3"])
    places = [f"《示例办法》{place}" for place in ("第二条", "第二条第一款第二项", "第三条第一款", "第一条")]
    cited(places, DAY)  # the statute-book is in memory then
    with django_assert_max_num_queries(6):
        found = cited(places, DAY)
    assert [one.state for one in found] == ["in_force", "suspended", "suspended", "in_force"]
    assert [one.fine for one in found] == [True, False, False, True]
    assert {one.state for one in cited(places, date(2026, 3, 1))} == {"in_force"}


@pytest.mark.parametrize(
    ("clause", "cited_as"),
    [
        ("a3", ("第三条", "第三条第一款")),
        ("a2p1i2", ("第二条第二项", "第二条第一款第二项", "第二条第一款第（二）项")),
        ("a2p1", ("第二条第一款", "第二条第二项")),
    ],
)
def test_the_scan_finds_a_suspended_clause_cited(
    document: NormativeDocument, clause: str, cited_as: tuple[str, ...]
) -> None:
    suspend(document, DAY, [clause])
    for place in cited_as:
        body = f"第一条 按照《示例办法》{place}办理。\n第二条 按照《示例办法》第一条办理。"
        found = [one for one in scan(body, DAY) if one.kind == LAPSED]
        assert [one.words for one in found] == [f"《示例办法》{place}"]
        assert "这一条款停止执行" in found[0].reason
        assert not [one for one in scan(body, date(2026, 3, 1)) if one.kind == LAPSED]


def test_the_scan_leaves_what_stands_beside_a_suspended_clause(document: NormativeDocument) -> None:
    suspend(document, DAY, ["a2p1i2"])
    places = {
        "一": "第一条", "二": "第二条", "三": "第二条第一款", "四": "第二条第一项", "五": "第二条第二款",
        "六": "第九条",
    }  # fmt: skip
    body = "\n".join(f"第{number}条 按照《示例办法》{place}办理。" for number, place in places.items())
    assert not [one for one in scan(body, DAY) if one.kind == LAPSED]


def test_an_amended_text_keeps_the_suspension(document: NormativeDocument) -> None:
    suspend(document, DAY, ["a3"])
    amended = BODY.replace("可以书面", "可以书面或者网上")
    enter(document, amended, version_on=date(2026, 4, 1), effective_from=date(2026, 4, 1))
    document.refresh_from_db()
    assert suspended([document.text_id or 0], date(2026, 4, 2)) == {document.text_id: ["a3"]}
    resume(document, AGAIN, ["a3"])
    assert not SuspendedProvision.objects.filter(until=None).exists()
    assert ">停止执行</strong>" in page(document, date(2026, 4, 2))
    assert ">停止执行</strong>" not in page(document, AGAIN)
