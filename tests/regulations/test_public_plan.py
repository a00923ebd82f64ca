"""What everybody may follow: the plan of a year, hearings, what is open; and the figures of a year for who may see."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.actions.ring import ring_all
from casework.models import Case
from regulations.models import Consultation
from regulations.queries import consultations, hearings, plan, statistics
from tests.regulations.ground import BODY, TITLE, House, child_of, moment
from tests.regulations.test_every_row import REPORT, in_force

FINE = "第四条 设置服务点应当经区市场监督管理局批准，未经批准的，处五百元罚款。"
HEARD = {"place": "区市场监管局会议室", "subject": "服务点设置", "registration": "电话报名：12345"}
BY = {"register_by": "2026-04-10"}


def words(response: Any) -> str:
    return re.sub(r"<[^>]+>", "", response.content.decode())


def test_the_plan_says_how_far_each_document_has_come_and_what_is_late(house: House) -> None:
    house.published()
    late = house.planned(case=house.propose(name="示例迟延办法"), at="2026-03-03T09:00")
    added = house.suggest("neighbour")
    house.act(added, "legal-office", "add_out_of_plan", "2026-03-03T09:00", level="government",
              finish_on="2027-03-31", approval="会议（示例）", reasons="急需。")  # fmt: skip
    house.propose(name="示例未列入办法")
    lines, following = plan.plan(2026, date(2026, 12, 31))
    assert [(one.name, one.state, one.done, one.late) for one in lines] == [
        (TITLE, "已公布待施行", True, False), ("示例迟延办法", "已列入年度计划", False, False),
    ]  # fmt: skip
    assert following is None
    (_, behind), _ = plan.plan(2026, date(2027, 1, 1))
    assert (behind.name, behind.late) == ("示例迟延办法", True)
    house.act(late, "scj-head", "stop", "2026-03-04T09:00", reasons="情况变化。")
    assert not plan.plan(2026, date(2027, 1, 1))[0][1].late  # given up, and said so
    ((extra,), _) = plan.plan(2027, date(2027, 1, 1))
    assert (extra.name, extra.level, extra.added) == (TITLE, "区政府文件", True)


def test_the_plan_is_public_page_by_page_at_one_price(house: House, client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(plan, "PAGE", 2)
    for number in range(3):
        house.planned(case=house.propose(name=f"示例办法{number}"))

    def costs(address: str) -> tuple[str, int]:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            return words(answer := client.get(address)) + answer.content.decode(), len(asked)

    first, few = costs("/consultations/plan/?year=2026")
    assert "示例办法1" in first
    assert "示例办法2" not in first
    onward = re.search(r'href="(\?after=[^"]+)"', first)
    assert onward
    rest, _ = costs("/consultations/plan/" + onward[1].replace("&amp;", "&"))
    assert "示例办法2" in rest
    assert "示例办法1" not in rest
    monkeypatch.setattr(plan, "PAGE", 50)
    assert costs("/consultations/plan/?year=2026")[1] == few
    assert client.get("/consultations/plan/?year=1899&after=x").status_code == 200
    assert "/consultations/plan/" in client.get("/consultations/").content.decode()


def test_an_announced_hearing_stands_before_the_public_until_it_is_held(house: House, client: Client) -> None:
    case = house.drafting()
    house.form(case, "2026-03-05T09:00")
    assert "听证公告" not in words(client.get("/consultations/"))
    house.act(case, "scj-officer", "announce_hearing", "2026-03-05T10:00", hearing_date="2026-04-25", **HEARD, **BY)
    page = words(client.get("/consultations/"))
    for said in ("听证公告", TITLE, "2026年4月25日", *HEARD.values()):
        assert said in page
    house.act(case, "scj-officer", "hold_hearing", "2026-04-25T15:00", present="居民代表", views="支持。")
    assert "听证公告" not in words(client.get("/consultations/"))
    assert hearings.to_come() == []


def test_what_is_open_goes_on_on_a_further_page(house: House, client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(consultations, "MOST", 1)
    for until in ("2030-12-30", "2030-12-31"):
        case = house.drafting()
        house.form(case, "2026-03-05T09:00")
        house.act(case, "scj-officer", "open_public_comment", "2026-03-06T09:00", until=until, channel="信函")
    first = client.get("/consultations/").content.decode()
    assert "2030年12月30日" in words(client.get("/consultations/"))
    onward = re.search(r'href="(\?after=[^"]+)"', first)
    assert onward
    rest = words(client.get(f"/consultations/{onward[1]}"))
    assert "2030年12月31日" in rest
    assert "2030年12月30日" not in rest


def figures(table: str, organs: set[int] | None = None, today: date = date(2026, 7, 1)) -> dict[str, dict[str, int]]:
    found = statistics.TABLES[table]
    labels = [label for label, _ in found.figures]
    rows = statistics.rows(found, date(2026, 1, 1), date(2026, 12, 31), today, organs)
    return {name: dict(zip(labels, numbers, strict=True)) for name, numbers in rows}


def test_the_figures_are_those_of_the_cases(house: House) -> None:
    document, term = in_force(house)
    house.act(term, "legal-office", "suspend_clauses", "2026-06-05T09:00", clauses=["a2"], reasons="明显违法。")
    upward = child_of(house.published("government"), "regulations.filing_congress")
    house.act(upward, "secretary", "submit_filing", "2026-05-26T09:00", report="报请备案。")  # due on 22 May
    stopped = house.planned()
    house.act(stopped, "scj-head", "stop", "2026-03-05T09:00", reasons="情况变化。")
    organ = house.organ().name
    made = figures("making")[organ]
    assert (made["立项申请"], made["已列入计划"], made["已公布"], made["未通过或者终止"]) == (3, 3, 2, 1)
    assert figures("review")[organ] == {
        "审核通过": 2, "修改后通过": 0, "审核不通过": 0, "退回补正": 0, "审核超期": 0, "公平竞争审查通过": 0,
        "公平竞争审查不通过": 0, "记录不涉及": 2,
    }  # fmt: skip
    valid = figures("validity")[organ]
    assert (valid["现行有效"], valid["部分条款停止执行"], valid["全文停止执行"]) == (1, 1, 0)
    assert figures("validity", today=date(2030, 12, 15))[organ]["六个月内届满"] == 1
    house.act(term, "legal-office", "suspend", "2026-06-08T09:00", reasons="明显违法。")
    assert figures("validity")[organ]["全文停止执行"] == 1
    office = house.organ("DC-BGS").name
    congress = figures("congress")[office]
    assert (congress["应报送"], congress["按期报送"], congress["逾期报送"], congress["逾期未报"]) == (1, 0, 1, 0)
    assert figures("making", {house.organ("DC-WJW").pk}) == {}
    assert figures("suggestions") == figures("cleanup") == {}
    assert document.pk


def test_everybody_who_may_sees_the_page_and_a_head_the_own_organ(house: House) -> None:
    house.published()
    office, head, other = (house.client(name) for name in ("legal-office", "scj-head", "wjw-head"))
    organ = house.organ().name
    assert organ in words(office.get("/desk/filings/statistics/?year=2026"))
    own = words(head.get("/desk/filings/statistics/?year=2026"))
    assert organ in own
    assert "以下是本机关的情况" in own
    assert organ not in words(other.get("/desk/filings/statistics/?year=2026"))
    assert organ in words(head.get("/desk/filings/rates/?year=2026"))
    assert organ not in words(other.get("/desk/filings/rates/?year=2026"))
    assert "各机关报送及时率" in words(head.get("/desk/filings/"))
    for name in ("scj-officer", "citizen"):
        assert house.client(name).get("/desk/filings/statistics/").status_code == 403
    with CaptureQueriesContext(connection) as few:
        office.get("/desk/filings/statistics/?year=2026")
    house.published()
    house.published("government")
    with CaptureQueriesContext(connection) as many:
        office.get("/desk/filings/statistics/?year=2026")
    assert len(many) <= len(few)


def test_the_figures_are_taken_away_as_csv_xlsx_and_pdf(house: House) -> None:
    house.published()
    office = house.client("legal-office")
    for table in statistics.TABLES:
        answer = office.get(f"/desk/filings/statistics/{table}/csv/?year=2026")
        head, *_ = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert answer.status_code == 200, table
        assert any(
            "机关" in cell for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))) for cell in row
        )
        assert head
    assert office.get("/desk/filings/statistics/making/xlsx/?year=2026").content[:2] == b"PK"
    assert office.get("/desk/filings/statistics/review/pdf/?year=2026").content[:5] == b"%PDF-"
    assert office.get("/desk/filings/statistics/nothing/csv/").status_code == 404
    assert house.client("wjw-head").get("/desk/filings/statistics/making/csv/?year=2026").status_code == 200


def test_opinions_are_answered_on_their_page(house: House) -> None:
    case = house.drafting()
    house.form(case, "2026-03-05T09:00")
    house.act(case, "scj-officer", "open_public_comment", "2026-03-06T09:00", until="2026-04-06", channel="信函")
    one = house.comment(case, "citizen", "2026-03-10T09:00")
    client, url = house.client("scj-officer"), f"/desk/making/{case.code}/opinions/"
    sent = {"comment": str(one.pk), f"c{one.pk}-outcome": "adopted", f"c{one.pk}-reason": "意见合理。"}
    early = client.post(url, sent)
    assert early.status_code == 422, early.status_code
    assert "征求意见结束之后再答复" in words(early)
    assert "意见合理。" in words(early)  # what was written is still there
    ring_all(moment("2026-04-07T00:10"))
    without = client.post(url, {**sent, f"c{one.pk}-reason": " "})
    assert without.status_code == 422
    one.refresh_from_db()
    assert one.outcome == ""
    done = client.post(url, sent)
    assert (done.status_code, done.url) == (302, f"{url}#c{one.pk}")
    one.refresh_from_db()
    assert (one.outcome, one.reason, one.answered_by) == ("adopted", "意见合理。", house.user("scj-officer"))
    assert client.post(url, {"comment": "999999"}).status_code == 404
    assert house.client("wjw-officer").post(url, sent).status_code == 404
    denied = house.client("legal-office").post(url, {**sent, f"c{one.pk}-outcome": "not"})
    assert denied.status_code in (403, 422)
    one.refresh_from_db()
    assert one.outcome == "adopted"
    house.act(case, "scj-officer", "publish_feedback", "2026-04-07T09:00", summary="一条意见。")
    late = client.post(url, {**sent, f"c{one.pk}-outcome": "not"})
    assert late.status_code in (403, 422)
    one.refresh_from_db()
    assert one.outcome == "adopted"
    assert Consultation.objects.get(case=case).feedback_by_id


@pytest.mark.parametrize("level", ["department", "government"])
def test_reviewers_of_a_filing_see_the_suspicious_words_in_the_text(house: House, level: str) -> None:
    case = house.drafting(level)
    house.form(case, "2026-03-05T09:00", BODY.replace("第四条", f"{FINE}\n第五条"))
    house.consulted(case)
    house.act(case, "scj-officer", "record_not_economic", "2026-04-07T10:00", reasons="不涉及经营者。")
    house.send(case)
    by = "scj-legal" if level == "department" else "legal-office2"
    page = house.client(by).get(f"/desk/making/{case.code}/review/").content.decode()
    assert re.search(r'<mark class="portal-hit">[^<]*罚款[^<]*</mark>', page)
    house.check(case, by, "2026-04-16T09:00")
    house.act(case, by, "pass_legality_review", "2026-04-16T10:00", opinion="符合规定。")
    house.act(case, "secretary", "put_on_agenda", "2026-04-17T09:00", meeting="办公会", meeting_on="2026-04-20")
    head = "scj-head" if level == "department" else "government"
    house.act(case, head, "adopt", "2026-04-20T16:00", held_on="2026-04-20", present="x", discussion="x")
    house.published(level, case=case)
    procedures = {"regulations.filing": "legal-office"} if level == "department" else {
        "regulations.filing_congress": "congress-review",
    }  # fmt: skip
    for procedure, reviewer in procedures.items():
        filing: Case = child_of(case, procedure)
        if procedure.endswith("congress"):
            house.act(filing, "secretary", "submit_filing", "2026-04-23T09:00", report="报请备案。")
        else:
            house.act(filing, "scj-head", "submit_filing", "2026-04-23T09:00", **REPORT)
        client = house.client(reviewer)
        seen = client.get(f"/desk/filings/{filing.code}/").content.decode()
        assert re.search(
            r'<mark class="portal-hit">[^<]*罚款[^<]*</mark><a class="govuk-link" href="#suspicion-\d+">', seen
        )
        assert "疑似设定行政处罚" in seen
        assert "《中华人民共和国行政处罚法》第十六条" in seen
        assert "备案材料和逐项审查" in client.get(f"/cases/{filing.code}/steps/register/").content.decode()
