"""A clean-up of documents: worked out, opinions one by one, decided, published, and what was decided happens."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation
from casework import registry
from casework.actions import Offer, settle, take
from casework.models import Act, Case, Deadline, Document
from casework.models.case import new_code
from casework.printing.render import paper_html, text_of
from casework.queries.rights import Standing
from casework.refusal import NotAllowed, Refused
from regulations.actions.cleanup import launch
from regulations.actions.entering import end, enter
from regulations.actions.portions import go_on
from regulations.models import NormativeDocument
from regulations.queries.cleanup import ITEM, PROCEDURE
from tests.powerlist.conftest import Town, make_town, moment

LATER = {"reply_by": "2026-03-20"}


@pytest.fixture
def town(db: None, tmp_path: Path, settings: Any) -> Town:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "laws").mkdir()
    return make_town(tmp_path / "laws")


def document(organ: str, number: str, body: str = "第一条 为了示例，制定本办法。") -> NormativeDocument:
    of = Organisation.objects.get(code=organ)
    made = NormativeDocument.objects.create(
        organ=of, issuer=of.name, number=number, title=f"示例办法{number[-2]}", published_on=date(2025, 6, 1),
        effective_from=date(2025, 7, 1), sample=True,
    )  # fmt: skip
    enter(made, f"{made.title}\n{body}")
    made.refresh_from_db()
    return made


@pytest.fixture
def four(town: Town) -> list[NormativeDocument]:
    return [document("DC-SCJ" if place < 3 else "DC-WJW", f"示例规〔2025〕{place}号") for place in range(4)]


def begun(town: Town, step: str = "launch_periodic", at: str = "2026-03-02T09:00", **facts: Any) -> Case:
    row = registry.procedure(PROCEDURE).step(step)
    offer = Offer(facts=LATER | facts, attested=[gate.words for gate in row.needs if gate.attested])
    draft = launch(new_code(), step, offer, moment(at), town.user("legal-office"))
    assert draft.case
    go_on(lambda: moment(at))
    return draft.case


def act(town: Town, case: Case, by: str, step: str, at: str, **facts: Any) -> Act:
    case.refresh_from_db()
    row = registry.procedure(case.procedure).step(step)
    actors = Standing(town.user(by), moment(at).date()).actors(case, row)
    if not actors:
        raise NotAllowed([], row.label)
    attested = [gate.words for gate in row.needs if gate.attested]
    return take(case, step, actors[0], moment(at), Offer(facts=facts, attested=attested))


def items(case: Case) -> list[Case]:
    return list(case.children.filter(procedure=ITEM).order_by("pk"))


def state(case: Case) -> str:
    case.refresh_from_db()
    return case.state


def standings(documents: list[NormativeDocument], on: date) -> list[str]:
    return [
        each.standing(on) for each in NormativeDocument.objects.filter(pk__in=[d.pk for d in documents]).order_by("pk")
    ]


def test_from_launch_to_what_is_decided(town: Town, four: list[NormativeDocument]) -> None:
    case = begun(town)
    keep, amend, repeal, silent = items(case)
    assert [each.state for each in items(case)] == ["to_assess"] * 4
    act(town, keep, "scj-head", "propose_keep", "2026-03-03T09:00", reasons="仍有必要")
    act(town, amend, "scj-head", "propose_amend", "2026-03-03T09:10", articles="第一条", reasons="上位法有变化",
        finish_on="2026-12-31")  # fmt: skip
    act(town, repeal, "scj-head", "propose_repeal", "2026-03-03T09:20", reasons="依据已失效", pending="没有")
    with pytest.raises(Refused):
        act(town, case, "legal-office", "collect", "2026-03-10T09:00")
    with pytest.raises(Refused, match="通知确定的日期已过"):
        act(town, case, "legal-office", "collect_with_gaps", "2026-03-20T09:00")
    act(town, case, "legal-office", "collect_with_gaps", "2026-03-21T09:00")
    with pytest.raises(Refused, match="均已经合法性审核"):
        act(town, case, "legal-office", "send_to_decision", "2026-03-22T09:00")
    for each in (keep, amend, repeal):
        act(town, each, "legal-office", "agree", "2026-03-23T09:00", checked="对照现行上位法，同意")
    act(town, case, "legal-office", "consult", "2026-03-23T10:00", until="2026-04-23", channel="电子邮件")
    act(town, case, "legal-office", "send_to_decision", "2026-04-24T09:00")
    with pytest.raises(NotAllowed):
        act(town, case, "legal-office", "decide", "2026-04-25T09:00", meeting="x", present="x", opinions="x")
    act(
        town,
        case,
        "government",
        "decide",
        "2026-04-25T09:00",
        meeting="常务会议",
        present="区长（示例）",
        opinions="同意",
    )
    assert standings(four, date(2026, 4, 26)) == ["current"] * 4
    act(town, case, "legal-office", "publish_results", "2026-04-28T09:00")
    assert state(case) == "taking_effect"
    go_on(lambda: moment("2026-04-28T09:01"))
    assert state(case) == "published"
    assert [state(each) for each in (keep, amend, repeal, silent)] == [
        "continues", "to_be_amended", "repealed", "unlisted",
    ]  # fmt: skip
    assert standings(four, date(2026, 4, 29)) == ["current", "current", "repealed", "lapsed"]
    page = Client().get("/documents/cleanups/").content.decode()
    assert "2026年4月28日公布" in re.sub("<[^>]+>", "", page)
    assert f'href="{four[0].get_absolute_url()}"' in page
    assert four[0].number in page
    assert four[3].number not in page
    for outcome, place in (("propose_repeal", 2), ("", 3)):
        shown = Client().get("/documents/cleanups/", {"result": case.code, "outcome": outcome}).content.decode()
        assert four[place].number in shown
        assert four[0].number not in shown
    announced = Document.objects.get(case=case, paper="gfx_cleanup_announcement")
    page = text_of(paper_html(registry.paper(announced.paper), announced.printed))  # type: ignore[arg-type]
    for words in ("继续有效的文件目录", four[0].number, "不列入目录", four[3].number):
        assert words in page
    for paper in Document.objects.filter(case__in=[case, *items(case)]):
        text_of(paper_html(registry.paper(paper.paper), paper.printed))  # type: ignore[arg-type]
    cycle = Deadline.objects.get(case=case, key="gfxwj_cleanup_cycle")
    assert (cycle.owner, cycle.due_on) == ("organ", date(2028, 3, 2))


def test_what_a_clean_up_takes_in_is_worked_out(town: Town, four: list[NormativeDocument]) -> None:
    end(four[0], date(2026, 2, 1), NormativeDocument.Ended.REPEALED, by="示例决定")
    assert len(items(begun(town))) == 3
    assert len(items(begun(town, organs=["DC-WJW"]))) == 1
    assert len(items(begun(town, "launch_on_order", order="上级通知"))) == 3
    with pytest.raises(Refused, match="至少有一份"):
        begun(town, before="2025-01-01")
    with pytest.raises(Refused, match="今天以后"):
        begun(town, reply_by="2026-03-02")


def test_a_changed_law_calls_for_the_documents_that_rest_on_it(town: Town, four: list[NormativeDocument]) -> None:
    resting = document("DC-SCJ", "示例规〔2025〕9号", "第一条 根据《北京市示例管理条例》，制定本办法。")
    case = begun(town, "launch_for_changed_law", law="《北京市示例管理条例》")
    assert [each.matter for each in items(case)] == [f"document:{resting.pk}"]


def test_a_document_comes_in_later_and_one_that_ended_falls_out(town: Town, four: list[NormativeDocument]) -> None:
    case = begun(town, organs=["DC-SCJ"])
    act(town, case, "legal-office", "add_document", "2026-03-03T09:00", document=str(four[3].pk), reasons="有关")
    assert len(items(case)) == 4
    with pytest.raises(Refused):
        act(town, case, "legal-office", "add_document", "2026-03-03T10:00", document=str(four[3].pk), reasons="再次")
    first = items(case)[0]
    end(four[0], date(2026, 3, 3), NormativeDocument.Ended.REPEALED, by="示例决定")
    assert [one.step for one in settle(first, moment("2026-03-04T09:00"))] == ["remove"]


def test_cancelled_all_items_fall_out_but_not_what_was_ordered(town: Town, four: list[NormativeDocument]) -> None:
    case = begun(town)
    act(town, case, "legal-office", "cancel", "2026-03-03T09:00", approval="局长2026年3月2日", reasons="合并进行")
    assert go_on(lambda: moment("2026-03-03T09:01")) == 4
    assert {each.state for each in items(case)} == {"removed"}
    ordered = begun(town, "launch_on_order", "2026-03-04T09:00", order="市政府办公厅通知")
    with pytest.raises(Refused, match="不属于按上级"):
        act(town, ordered, "legal-office", "cancel", "2026-03-05T09:00", approval="x", reasons="x")


def test_the_page_of_results_says_that_every_document_fell_out(town: Town, four: list[NormativeDocument]) -> None:
    case = begun(town, organs=["DC-WJW"])
    end(four[3], date(2026, 3, 3), NormativeDocument.Ended.REPEALED, by="示例决定")
    assert go_on(lambda: moment("2026-03-04T09:00")) == 1
    meeting = {"meeting": "常务会议", "present": "区长（示例）", "opinions": "同意"}
    act(town, case, "legal-office", "collect", "2026-03-05T09:00")
    act(town, case, "legal-office", "send_to_decision", "2026-03-06T09:00")
    act(town, case, "government", "decide", "2026-03-07T09:00", **meeting)
    act(town, case, "legal-office", "publish_results", "2026-03-08T09:00")
    go_on(lambda: moment("2026-03-08T09:01"))
    assert state(case) == "published"
    answer = Client().get("/documents/cleanups/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "清理的文件在公布结果以前均已终止" in page
    assert "没有提出意见、不列入目录" not in page


def test_a_maker_sees_which_document_and_until_when(town: Town, four: list[NormativeDocument]) -> None:
    case = begun(town)
    item = items(case)[0]
    maker = town.client("scj-head")
    page = maker.get(f"/cases/{item.code}/").content.decode()
    for words in (str(four[0]), four[0].issuer, case.number, "2026年3月20日"):
        assert words in page
    act(town, item, "scj-head", "propose_keep", "2026-03-03T09:00", reasons="仍有必要")
    assert "继续有效" in maker.get(f"/cases/{item.code}/").content.decode()


def test_nobody_speaks_for_another_organ(town: Town, four: list[NormativeDocument]) -> None:
    theirs = items(begun(town))[3]
    with pytest.raises(NotAllowed):
        act(town, theirs, "scj-head", "propose_keep", "2026-03-03T09:00", reasons="x")
    act(town, theirs, "wjw-head", "propose_keep", "2026-03-03T09:00", reasons="仍有必要")
    act(town, theirs, "legal-office", "disagree", "2026-03-04T09:00", reasons="与上位法抵触")
    assert state(theirs) == "to_assess"


def test_by_form_and_seen_by_whom_it_concerns(town: Town, four: list[NormativeDocument]) -> None:
    office, maker = town.client("legal-office"), town.client("scj-head")
    path = "/desk/cleanups/new/launch_periodic/"
    assert maker.get(path).status_code == 403
    form = office.get(path).content.decode()
    token = re.search(r'name="token" value="(\w+)"', form)
    assert token
    until = timezone.localdate().replace(year=timezone.localdate().year + 1)
    sent = {"token": token[1], "seen": "0", "reply_by-year": until.year, "reply_by-month": 1,
            "reply_by-day": 4}  # fmt: skip
    looked = office.post(path, sent | {"count": "1"}).content.decode()
    assert "清理范围：4 份现行文件" in looked
    assert not Case.objects.filter(procedure=PROCEDURE).exists()
    for _ in range(2):
        assert office.post(path, sent).status_code == 302
    case = Case.objects.get(procedure=PROCEDURE)
    seen = office.get(f"/desk/cleanups/{case.code}/").content.decode()
    assert "共 4 份文件，已列入 0 份" in seen
    assert "等待列入" in seen
    go_on(timezone.now)
    assert case.number in office.get("/desk/cleanups/").content.decode()
    assert "等待本机关提出意见的文件" in maker.get("/desk/cleanups/").content.decode()
    seen = office.get(f"/desk/cleanups/{case.code}/").content.decode()
    assert four[0].number in seen
    assert "办理进度" not in seen
    assert maker.get(f"/desk/cleanups/{case.code}/").status_code == 404
    assert "还没有公布过" in Client().get("/documents/cleanups/").content.decode()
