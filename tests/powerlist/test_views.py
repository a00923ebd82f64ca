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
from pypdf import PdfReader

from casework.models import Case, Document, Draft
from powerlist.models import PowerVersion
from powerlist.queries import changes as queried
from powerlist.queries import listing
from powerlist.rules.change import PENDING
from powerlist.views import exports, public
from tests.powerlist.conftest import FOOD, Town, item
from tests.powerlist.test_events import received

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
    assert "须是真实存在的日期" in page(client, f"/powers/{FOOD}/", status=422, on="2026-13-01")
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
    words = "".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf.content)).pages).replace("\n", "")
    for said in (
        "行使对象：食品经营者",
        "行使层级：区级",
        "说明：未核对",
        "原文未收录，未核对",
        "法定时限：20个工作日",
    ):
        assert said in words
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


@pytest.mark.parametrize("who", ["", "scj-head", "government"])
def test_no_call_of_the_api_changes_the_list(town: Town, client: Client, who: str) -> None:
    before = list(PowerVersion.objects.order_by("pk").values())
    caller = town.client(who) if who else client
    for path in (f"/api/v1/powers/{FOOD}/", f"/api/v1/powers/{FOOD}/versions/", "/api/v1/power-changes/"):
        for send in (caller.put, caller.patch, caller.delete, caller.post):
            answer = send(path, {"authority": "什么都可以做"}, content_type="application/json")
            assert answer.status_code in (403, 405), (path, send)
    assert list(PowerVersion.objects.order_by("pk").values()) == before


def test_programs_read_every_version_and_who_was_entrusted(town: Town, client: Client) -> None:
    case = town.propose(town.draft("delegation", FOOD, entrusted="110101010"))
    received(town, case)
    town.through(case, "2026-04-01")
    new, old = client.get(f"/api/v1/powers/{FOOD}/versions/").json()
    assert (new["entrusted"], new["since"], new["until"]) == ("110101010", "2026-04-01", None)
    assert (old["entrusted"], old["until"], old["made_by"]) == ("", "2026-04-01", "")
    assert new["made_by"] == case.number
    assert new["basis"] == old["basis"]
    assert client.get(f"/api/v1/powers/{FOOD}/", {"on": "2026-04-01"}).json()["entrusted"] == "110101010"
    assert client.get("/api/v1/powers/NO-SUCH/versions/").status_code == 404


def test_a_list_that_is_too_long_for_a_file_is_refused_with_its_limit(
    town: Town, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(exports.FORMATS, "pdf", exports.FORMATS["pdf"]._replace(most=2))
    said = client.get("/powers/export/DC-SCJ/pdf/", follow=True).content.decode()
    assert "一次最多下载 2 项，本清单有 3 项" in said


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
    assert "提意见的方式：网站留言" in said
    assert ">2026年3月31日</time>" in said
    assert 'href="/powers/consultations/"' in page(client, "/consultations/")
    assert 'href="/consultations/"' in said


def test_consultations_follow_one_another(town: Town, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queried, "CONSULTED", 1)
    for code in ("110101-SCJ-XK-900", "110101-SCJ-XK-901"):
        case = town.propose(town.draft("addition", code, name=f"许可{code}"))
        town.act(
            case, "legal-office", "open_public_consultation", "2026-03-02T11:00", comment_until="2026-03-31",
            channel="网站留言",
        )  # fmt: skip
    first = client.get("/powers/consultations/")
    assert [one.case.matter for one in first.context["found"]] == ["110101-SCJ-XK-901"]
    second = client.get(f"/powers/consultations/{first.context['next_url']}")
    assert [one.case.matter for one in second.context["found"]] == ["110101-SCJ-XK-900"]
    assert not second.context["next_url"]


def test_the_desk_shows_every_case_over_its_pages(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queried, "PAGE", 2)
    codes = [f"110101-SCJ-XK-90{number}" for number in range(5)]
    for code in codes:
        town.propose(town.draft("addition", code, name=f"许可{code}"))
    client, address, seen = town.client("scj-head"), "/desk/powers/", []
    while address:
        context = client.get(address).context
        seen += [line.case.matter for line in context["lines"]]
        address = f"/desk/powers/{context['next_url']}" if context["next_url"] else ""
    assert seen == codes[::-1]
    assert client.get("/desk/powers/?before=x&checks=-1").status_code == 200


def test_the_power_to_change_is_looked_for_not_picked_from_all(town: Town) -> None:
    client = town.client("scj-head")
    found = page(client, "/desk/powers/new/", q="食品经营")
    assert f'href="?code={FOOD}#id_code"' in found
    assert "<select" not in found
    assert "没有找到" in page(client, "/desk/powers/new/", q="食品经营许可证挂失声明")
    chosen = page(client, "/desk/powers/new/", code=FOOD)
    assert f'value="{FOOD}"' in chosen
    wrong = client.post("/desk/powers/new/", {"kind": "change", "code": "110101-WJW-XK-001"})
    assert wrong.status_code == 422
    assert 'value="110101-WJW-XK-001"' in wrong.content.decode()  # nothing that was typed is lost
    begun = client.post("/desk/powers/new/", {"kind": "change", "code": FOOD.lower()})
    assert begun.status_code == 302
    assert Draft.objects.get(procedure="powerlist.change").content["code"] == FOOD


def test_the_legal_office_looks_through_the_powers_of_all_organs(town: Town) -> None:
    client = town.client("legal-office")
    assert "区卫生健康委" in page(client, "/desk/powers/new/", q="许可")
    code = PowerVersion.objects.filter(organ__code="DC-WJW").values_list("power__code", flat=True)[0]
    assert client.post("/desk/powers/new/", {"kind": "change", "code": code}).status_code == 302


def test_people_are_told_what_becomes_of_open_cases(town: Town) -> None:
    draft = town.draft("cancellation", FOOD)
    client = town.client("scj-head")
    assert PENDING in page(client, f"/desk/powers/drafts/{draft.code}/check/")
    case = town.propose(draft, supervision="改为备案")
    assert PENDING in page(client, f"/desk/powers/cases/{case.code}/")
    assert PENDING in page(client, f"/cases/{case.code}/")
    town.through(case, "2026-04-01", pending_owner="DC-WJW")
    approval = Document.objects.get(paper="power_change_approval")
    assert PENDING in str(approval.context)
    added = town.propose(town.draft("addition"))
    assert PENDING not in page(client, f"/desk/powers/cases/{added.code}/")


def test_nothing_is_lost_when_a_stage_is_added(town: Town) -> None:
    draft = town.draft("addition")
    client = town.client("scj-head")
    path = f"/desk/powers/drafts/{draft.code}/"
    client.post(path, form_of(item()) | {"stage3-stage": "公开", "stage3-matter": "公开结果", "more": "1"})
    assert [form["stage"].value() for form in client.get(path).context["stages"]][:3] == ["受理", "决定", "公开"]
