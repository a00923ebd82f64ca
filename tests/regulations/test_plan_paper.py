"""The year's plan is one paper under one number; everybody reads it, and takes it away as a table."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casework import registry
from casework.actions import Offer
from casework.models import Act, Case, Document
from casework.models.case import new_code
from casework.refusal import NotAllowed, Refused
from regulations.actions import plan as actions
from regulations.procedures.plan import PLAN
from tests.regulations.ground import TITLE, House, moment


def words(response: Any) -> str:
    return re.sub(r"<[^>]+>", "", response.content.decode())


def draw_up(house: House, at: str, year: str = "2026", by: str = "legal-office", token: str = "") -> Case:
    row = registry.procedure("regulations.plan").step(actions.DRAW_UP)
    offer = Offer(facts={"year": year}, attested=[gate.words for gate in row.needs if gate.attested])
    draft = actions.draw_up(token or new_code(), offer, moment(at), house.user(by))
    assert draft.case
    return draft.case


def test_a_year_has_one_plan_under_one_number(house: House, client: Client) -> None:
    with pytest.raises(Refused, match="至少有一个已列入计划的项目"):
        draw_up(house, "2026-03-02T09:00")
    first = house.planned()
    house.planned("government", case=house.propose(name="示例第二办法"))
    given_up = house.planned(case=house.propose(name="示例放弃办法"))
    house.act(given_up, "scj-head", "stop", "2026-03-04T09:00", reasons="情况变化。")
    assert not Document.objects.filter(paper="gfx_annual_plan").exists()  # what is included gets no number
    assert not first.acts.get(step="include_in_plan").documents.exists()
    case = draw_up(house, "2026-03-05T09:00")
    with pytest.raises(Refused, match="没有另外拟订待批准的或者已经公布的计划"):
        draw_up(house, "2026-03-05T10:00")
    approved = {"approval": "区政府第3次常务会议（示例）"}
    house.act(case, "secretary", "publish_plan", "2026-03-06T09:00", **approved)
    paper = Document.objects.get(paper="gfx_annual_plan")
    assert (case.state, paper.number, paper.title) == ("published", "东政发〔2026〕1号", "2026年规范性文件制定计划")
    organ = house.organ().name
    assert paper.context["elements"]["projects"] == [
        f"1．{TITLE}（部门或者街道文件），{organ}，2026年12月31日",
        f"2．示例第二办法（区政府文件），{organ}，2026年12月31日",
    ]
    page = words(client.get("/consultations/plan/?year=2026"))
    assert "本计划已由区政府公布：东政发〔2026〕1号，2026年3月6日" in page
    assert "这一年的计划尚未公布" in words(client.get("/consultations/plan/?year=2025"))

    # What comes later comes in from outside of the plan.
    late = house.propose("2026-03-07T09:00", name="示例后来办法")
    with pytest.raises(Refused, match="年度的计划尚未公布；已经公布的，计划外增列"):
        house.planned(at="2026-03-08T09:00", case=late)
    house.act(late, "legal-office", "add_out_of_plan", "2026-03-08T09:00", level="department", finish_on="2026-12-31",
              approval="会议（示例）", reasons="急需。")  # fmt: skip
    next_year = house.propose("2026-03-07T09:00", name="示例明年办法")
    facts = {"level": "department", "finish_on": "2027-03-31", "approval": "会议（示例）"}
    house.act(next_year, "legal-office", "include_in_plan", "2026-03-08T09:00", **facts)


def test_every_row_of_the_plan(house: House) -> None:
    house.planned()
    token = new_code()
    case = draw_up(house, "2026-03-05T09:00", token=token)
    assert draw_up(house, "2026-03-05T09:01", token=token) == case  # pressed twice
    house.act(case, "legal-office", "withdraw_plan", "2026-03-05T10:00", reasons="有遗漏。")
    again = draw_up(house, "2026-03-06T09:00")
    house.act(again, "secretary", "return_plan", "2026-03-07T09:00", reasons="会议要求补充。")
    last = draw_up(house, "2026-03-08T09:00")
    house.act(last, "secretary", "publish_plan", "2026-03-09T09:00", approval="常务会议（示例）")
    assert {row.name for row in PLAN.steps} == set(
        Act.objects.filter(case__procedure="regulations.plan").values_list("step", flat=True)
    )
    with pytest.raises(NotAllowed, match="由区司法局拟订"):
        draw_up(house, "2026-03-09T09:00", year="2027", by="scj-head")


def test_the_legal_office_draws_the_plan_up_on_its_page(house: House) -> None:
    year = timezone.localdate().year + 1
    case = house.propose(name="示例来年办法")
    facts = {"level": "department", "finish_on": f"{year}-06-30", "approval": "会议（示例）"}
    house.act(case, "legal-office", "include_in_plan", "2026-03-03T09:00", **facts)
    office, url = house.client("legal-office"), "/desk/making/plan/"
    assert f'href="{url}"' in office.get("/desk/making/").content.decode()
    page = words(office.get(url))
    assert f"{year}年已列入的项目" in page
    assert "示例来年办法" in page
    sent = {"seen": "0", "token": new_code(), "year": str(year), "attest_3": "on"}
    nothing = office.post(url, {**sent, "token": new_code(), "year": str(year - 1)})
    assert nothing.status_code == 422
    assert "至少有一个已列入计划的项目" in words(nothing)
    first, second = office.post(url, sent), office.post(url, sent)
    assert first.status_code == 302, words(first)
    assert first.url == second.url
    plan = Case.objects.get(procedure="regulations.plan")
    assert plan.matter == f"plan:{year}"
    assert "示例来年办法" in words(office.get(f"/cases/{plan.code}/"))
    assert house.client("secretary").get(f"/cases/{plan.code}/steps/publish_plan/").status_code == 200
    for name in ("scj-head", "citizen"):
        assert house.client(name).get(url).status_code == 403
        assert house.client(name).post(url, sent).status_code == 403


def test_the_plan_is_taken_away_whole_by_everybody(house: House, client: Client, monkeypatch: Any) -> None:
    from regulations.queries import plan

    monkeypatch.setattr(plan, "PAGE", 1)
    done = house.published()
    late = house.planned(case=house.propose(name="=示例公式办法"))
    assert late
    answer = client.get("/consultations/plan/csv/?year=2026")
    head, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert head[0] == "文件"
    assert [row[0] for row in rows] == [TITLE, "'=示例公式办法"]
    assert rows[0][3:6] == ["2026-12-31", "否", "已公布待施行"]
    assert client.get("/consultations/plan/xlsx/?year=2026").content[:2] == b"PK"
    assert client.get("/consultations/plan/pdf/?year=2026").content[:5] == b"%PDF-"
    assert client.get("/consultations/plan/doc/").status_code == 404
    page = client.get("/consultations/plan/?year=2026").content.decode()
    assert 'href="/consultations/plan/csv/?year=2026"' in page
    assert f'href="{house.document(done).get_absolute_url()}">{TITLE}</a>' in page


def test_what_a_citizen_began_to_suggest_is_found_again(house: House) -> None:
    citizen = house.client("citizen")
    party = house.suggest().applicant
    assert party
    assert "尚未提出的建议" not in words(citizen.get("/consultations/suggest/"))
    begun = citizen.post("/consultations/suggest/", {"party": str(party.pk), "organ": "DC-WJW"})
    page = citizen.get("/consultations/suggest/").content.decode()
    assert f'href="{begun.url}"' in page
    assert begun.url not in house.client("neighbour").get("/consultations/suggest/").content.decode()


def test_a_further_page_of_what_is_open_leads_back_to_the_consultations(client: Client, db: None) -> None:
    page = words(client.get("/consultations/?after=2026-01-01~1"))
    assert "返回征求意见" in page
    assert "返回首页" not in page
