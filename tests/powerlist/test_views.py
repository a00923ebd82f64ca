"""The pages of the list: for everybody, and for the people who change it."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from casework.models import Case, Draft
from powerlist.models import PowerVersion
from powerlist.queries import listing
from powerlist.views import public
from tests.powerlist.conftest import FOOD, Town, item

ATOM = "{http://www.w3.org/2005/Atom}"


def page(client: Client, path: str, status: int = 200, **query: str) -> str:
    response = client.get(path, query)
    assert response.status_code == status
    return response.content.decode()


def test_the_list_is_found_by_words_kind_organ_and_code(town: Town, client: Client) -> None:
    assert "食品（含保健食品）经营许可" in page(client, "/powers/", q="食品经营")
    assert "食品（含保健食品）经营许可" in page(client, "/powers/", q=FOOD.lower())
    assert "没有找到" in page(client, "/powers/", q="没有这样的权力")
    assert "食品" not in page(client, "/powers/", organ="DC-WJW").split("查找结果")[1]
    assert "没有找到" in page(client, "/powers/", kind="CJ")
    assert "没有找到" in page(client, "/powers/", on="2020-01-01")


def test_pages_follow_one_another_without_gap(town: Town, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = listing.page
    monkeypatch.setattr(public.listing, "page", lambda wanted, on: honest(wanted, on, 4))
    seen: list[str] = []
    address = "/powers/"
    while address:
        response = client.get(address)
        seen += [row.power.code for row in response.context["found"]]
        address = f"/powers/{response.context['next_url']}" if response.context["next_url"] else ""
    assert len(seen) == len(set(seen)) == PowerVersion.objects.count()


def test_a_list_costs_the_same_whatever_its_length(
    town: Town, client: Client, django_assert_max_num_queries: Any
) -> None:
    client.get("/powers/")
    with django_assert_max_num_queries(2):
        client.get("/powers/?q=许可")


def test_the_page_of_a_power_has_the_six_contents(town: Town, client: Client) -> None:
    town.through(town.propose(town.draft("addition", name="示例<b>许可")), "2026-03-20")
    said = page(client, "/powers/110101-SCJ-XK-900/")
    for heading in ("职能", "法律依据", "实施主体", "职责权限", "管理流程和责任清单", "监督方式"):
        assert f">{heading}</h2>" in said
    assert "区市场监督管理部门负责示例经营的许可。" in said  # the article in its words
    assert "街道办事处可以接受委托" not in said  # another paragraph
    assert "<svg" in said
    assert "1 受理" in said
    assert "示例&lt;b&gt;许可" in said
    assert "现行有效" in said


def test_a_power_as_of_a_day(town: Town, client: Client) -> None:
    town.through(town.propose(town.draft("change", FOOD, promised="8个工作日")), "2026-04-01")
    assert "8个工作日" in page(client, f"/powers/{FOOD}/", on="2026-04-01")
    assert "8个工作日" not in page(client, f"/powers/{FOOD}/", on="2026-03-31")
    assert "清单上没有这一事项" in page(client, f"/powers/{FOOD}/", on="2020-01-01")
    assert page(client, "/powers/NO-SUCH/", status=404)
    assert "<ins>8个工作日</ins>" in page(client, f"/powers/{FOOD}/versions/")


def test_the_changes_of_a_year_and_their_feed(town: Town, client: Client) -> None:
    town.through(town.propose(town.draft("addition")), "2026-04-01")
    said = page(client, "/powers/changes/", year="2026")
    assert "新增 1 项" in said
    feed = ElementTree.fromstring(page(client, "/powers/changes/feed/"))
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["新增：示例经营许可（区市场监管局）"]


def test_a_departments_list_can_be_taken_away_in_four_forms(town: Town, client: Client) -> None:
    base = "/powers/export/DC-SCJ"
    rows = list(csv.reader(io.StringIO(client.get(f"{base}/csv/").content.decode("utf-8-sig"))))
    held = PowerVersion.objects.filter(organ__code="DC-SCJ")
    assert len(rows) == held.count() + 1
    assert json.loads(client.get(f"{base}/json/").content)["powers"][0]["stages"]
    assert client.get(f"{base}/xlsx/").content[:2] == b"PK"
    pdf = client.get(f"{base}/pdf/")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert len(list(csv.reader(io.StringIO(client.get(f"{base}/csv/?on=2020-01-01").content.decode("utf-8-sig"))))) == 1


def test_the_page_of_an_organ_leads_to_its_powers_of_the_day(town: Town, client: Client) -> None:
    held = PowerVersion.objects.filter(organ__code="DC-SCJ", kind="XK").count()
    link = "/powers/?organ=DC-SCJ&amp;kind=XK&amp;on=2026-03-02"
    assert f'{link}">行政许可</a>：{held}项' in page(client, "/organs/DC-SCJ/", on="2026-03-02")
    assert 'id="powers"' not in page(client, "/organs/DC-SCJ/", on="2019-01-01")


def test_the_api_tells_the_same(town: Town, client: Client) -> None:
    found = client.get("/api/v1/powers/", {"organ": "DC-SCJ", "on": "2026-03-02"}).json()
    assert FOOD in {row["code"] for row in found["results"]}
    one = client.get(f"/api/v1/powers/{FOOD}/", {"on": "2026-03-02"}).json()
    assert (one["code"], one["items"]) == (FOOD, ["DC-SCJ-SPJY"])
    assert {row["state"] for row in one["basis"]} == {"unread"}
    assert client.get(f"/api/v1/powers/{FOOD}/", {"on": "2020-01-01"}).status_code == 404
    assert client.get("/api/v1/powers/", {"after": "made-up"}).status_code == 400
    assert client.post("/api/v1/powers/", {}).status_code in (403, 405)


def form_of(text: dict[str, Any]) -> dict[str, str]:
    """An item as its form sends it."""
    lines = {name: "\n".join(text[name]) for name in ("items", "basis")}
    plain = {name: value for name, value in text.items() if isinstance(value, str)}
    stages = {
        f"stage{number}-{name}": value for number, row in enumerate(text["stages"], 1) for name, value in row.items()
    }
    return plain | lines | stages


def attest(client: Client, path: str) -> dict[str, str]:
    """Every box of a page of checking, ticked."""
    form = client.get(path).context["form"]
    return {name: "on" for name in form.fields if name.startswith("attest")} | {"seen": "0"}


def test_a_head_drafts_and_proposes_in_the_browser(town: Town) -> None:
    client = town.client("scj-head")
    assert client.post("/desk/powers/new/", {"kind": "change"}).status_code == 422
    begun = client.post("/desk/powers/new/", {"kind": "addition"})
    draft = Draft.objects.get(procedure="powerlist.change")
    assert begun["Location"] == f"/desk/powers/drafts/{draft.code}/"
    half = form_of(item(supervision="")) | {"code": "110101-scj-xk-900", "later": "1"}
    assert client.post(begun["Location"], half)["Location"] == "/desk/powers/"
    assert "示例经营许可" in page(client, "/desk/powers/")
    check = f"/desk/powers/drafts/{draft.code}/check/"
    assert "没有填写监督方式" in page(client, check)
    refused = client.post(check, attest(client, check) | {"reason": "需要", "changes": "新法施行"})
    assert refused.status_code == 422
    assert "权责事项各要素均已填写" in refused.content.decode()
    client.post(begun["Location"], form_of(item()) | {"code": "110101-SCJ-XK-900"})
    done = client.post(check, attest(client, check) | {"reason": "需要", "changes": "新法施行"})
    case = Case.objects.get(procedure="powerlist.change")
    assert done["Location"] == f"/cases/{case.code}/"
    assert (case.state, case.matter) == ("proposed", "110101-SCJ-XK-900")


def test_who_waits_for_whom_on_the_desk(town: Town) -> None:
    case = town.propose(town.draft("addition", at=timezone.localtime().isoformat()[:16]), at=later(1))
    waiting = {
        name: [line.waits for line in town.client(name).get("/desk/powers/").context["lines"]]
        for name in ("scj-head", "legal-office", "secretary", "wjw-head")
    }
    assert waiting == {"scj-head": [False], "legal-office": [True], "secretary": [], "wjw-head": []}
    text = f"/desk/powers/cases/{case.code}/"
    assert "示例经营许可" in page(town.client("legal-office"), text)
    assert page(town.client("wjw-head"), text, status=404)
    assert town.client("scj-officer").get("/desk/powers/new/").status_code == 403


def later(minutes: int) -> str:
    """A moment of today, for pages that read the clock."""
    return (timezone.localtime() + timedelta(minutes=minutes)).isoformat()[:16]


def test_a_returned_case_is_completed_in_the_browser(town: Town) -> None:
    case = town.propose(town.draft("addition"))
    town.act(case, "legal-office", "return_incomplete", "2026-03-02T11:00", missing="承诺时限的依据")
    client, path = town.client("scj-head"), f"/desk/powers/cases/{case.code}/complete/"
    assert "承诺时限的依据" in page(client, path)
    case.refresh_from_db()
    sent = form_of(item(promised="6个工作日")) | {"answer": "已补充", "seen": str(case.act_count)}
    assert client.post(path, {**sent, "answer": ""}).status_code == 422
    assert client.post(path, sent)["Location"] == f"/cases/{case.code}/"
    latest = case.proposals.order_by("-number").first()
    assert latest
    assert latest.content["promised"] == "6个工作日"
    assert not Draft.objects.filter(step="complete").exists()


def test_a_consultation_is_public(town: Town, client: Client) -> None:
    case = town.propose(town.draft("addition"))
    town.act(
        case, "legal-office", "open_public_consultation", "2026-03-02T11:00", comment_until="2026-03-31",
        channel="网站留言",
    )  # fmt: skip
    said = page(client, "/powers/consultations/")
    assert "示例经营许可" in said
    assert "2026-03-31" in said


def test_nothing_is_lost_when_a_stage_is_added(town: Town) -> None:
    draft = town.draft("addition")
    client = town.client("scj-head")
    path = f"/desk/powers/drafts/{draft.code}/"
    client.post(path, form_of(item()) | {"stage3-stage": "公开", "stage3-matter": "公开结果", "more": "1"})
    assert [form["stage"].value() for form in client.get(path).context["stages"]][:3] == ["受理", "决定", "公开"]
