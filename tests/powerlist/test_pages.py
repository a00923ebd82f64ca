"""What the pages of the list say and lead to: names, not codes; what is missing; guides, provisions and the feed."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework.models import Case, Draft
from powerlist.queries import changes as queried
from tests.powerlist.conftest import FOOD, Town, item
from tests.powerlist.test_events import received
from tests.powerlist.test_views import attest, form_of, page

CONSULTING = {"comment_until": "2026-03-31", "channel": "网站留言"}


def test_an_addition_needs_its_code(town: Town) -> None:
    client = town.client("scj-head")
    begun = client.post("/desk/powers/new/", {"kind": "addition"})
    client.post(begun["Location"], form_of(item()) | {"code": ""})
    check = f"{begun['Location']}check/"
    assert client.get(check).context["gaps"] == ["没有填写权责编码"]
    refused = client.post(check, attest(client, check) | {"reason": "需要", "changes": "无"})
    assert refused.status_code == 422
    assert "没有填写权责编码" in str(refused.context["form"].errors)
    assert not Case.objects.exists()
    client.post(begun["Location"], form_of(item()) | {"code": "示例 1"})
    assert "由字母、数字和短横线组成" in page(client, check)


def test_a_cancellation_that_was_begun_can_be_forgotten(town: Town) -> None:
    client = town.client("scj-head")
    check = client.post("/desk/powers/new/", {"kind": "cancellation", "code": FOOD})["Location"]
    discard = f'action="{check.removesuffix("check/")}discard/"'
    assert discard in page(client, check)
    assert client.post(f"{check.removesuffix('check/')}discard/")["Location"] == "/desk/powers/"
    assert not Draft.objects.filter(procedure="powerlist.change").exists()


def words_of(said: str) -> str:
    """A page without its tags: what differs of a name is marked in the middle of it."""
    return re.sub(r"<[^>]+>", "", said)


def test_a_comparison_names_organs(town: Town, client: Client) -> None:
    draft = town.draft("transfer", FOOD, organ="110101010")
    head, office = town.client("scj-head"), town.client("legal-office")
    pages = [page(head, f"/desk/powers/drafts/{draft.code}/check/")]
    moved = town.propose(draft, wished_on="2026-04-01")
    pages.append(page(office, f"/desk/powers/cases/{moved.code}/"))
    received(town, moved)
    town.through(moved, "2026-04-01", pending_owner="DC-SCJ")
    pages.append(page(client, f"/powers/{FOOD}/versions/"))
    for said in map(words_of, pages):
        assert "北京市东城区市场监督管理局" in said
        assert "北京市东城区人民政府和平里街道办事处" in said
        assert not re.search(r"DC-SCJ(?!-)|110101010", said)
    added = town.propose(town.draft("addition"))
    town.act(added, "legal-office", "open_public_consultation", "2026-03-02T11:00", **CONSULTING)
    said = words_of(page(client, "/powers/consultations/")).split("提意见的方式")[1]
    assert "北京市东城区市场监督管理局" in said
    assert "DC-SCJ" not in said


def test_consultations_cost_the_same_however_many_there_are(town: Town) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            queried.consulted(timezone.localdate())
        return len(asked)

    def consult(number: int) -> None:
        case = town.propose(town.draft("addition", f"110101-SCJ-XK-{number}", name=f"示例许可{number}"))
        town.act(case, "legal-office", "open_public_consultation", "2026-03-02T11:00", **CONSULTING)

    consult(900)
    first = cost()
    for number in range(901, 905):
        consult(number)
    assert cost() == first
    assert len(queried.consulted(timezone.localdate())[0]) == 5


def test_programs_find_the_feed_from_every_page_of_the_list(town: Town, client: Client) -> None:
    link = '<link rel="alternate" type="application/atom+xml" title="权责清单调整" href="/powers/changes/feed/">'
    for path in ("/powers/", f"/powers/{FOOD}/", f"/powers/{FOOD}/versions/", "/powers/changes/"):
        assert link in page(client, path).split("</head>")[0]
    assert link in page(client, "/powers/consultations/").split("</head>")[0]


def test_a_stage_leads_to_what_it_cites(town: Town, client: Client) -> None:
    stages = [{**item()["stages"][0], "basis": "《北京市示例管理条例》第三条、《没有收录的办法》第一条"}]
    town.through(town.propose(town.draft("addition", stages=stages)), "2026-03-20")
    said = page(client, "/powers/110101-SCJ-XK-900/", on="2026-03-20").split('id="process"')[1]
    assert re.search(r'<a class="govuk-link" href="/law[^"]+">《北京市示例管理条例》第三条</a>', said)
    assert "、《没有收录的办法》第一条</p>" in said


def test_only_published_guides_are_led_to(town: Town, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "办理本事项" not in page(client, f"/powers/{FOOD}/")  # the catalogue of this town is empty
    monkeypatch.setattr("casework.registry.service_items", lambda codes, on: dict.fromkeys(codes, "/services/x/"))
    assert 'href="/services/x/">办理本事项' in page(client, f"/powers/{FOOD}/")
