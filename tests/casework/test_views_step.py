"""The page of a step: what it would do, what it does, what it refuses, and that nothing typed gets lost."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch
from django.utils import timezone

from accounts.models import Seat
from casework import registry
from casework.actions import Offer, take
from casework.models import Act
from tests.casework import sample
from tests.casework.town import Town, accept, words


def test_the_step_page_says_what_would_happen(town: Town) -> None:
    page = town.client("officer").get(town.step("accept"))
    shown = words(page.content)
    assert "由“已收件”进入“审查中”" in shown
    assert "停止：示例" in shown
    assert "起算：示例 截至" in shown
    assert "20个工作日" in shown
    assert "通知 申请人" in shown
    assert "依据：《示例条例》第二条" in shown
    assert Act.objects.count() == 1
    would = page.context["prospect"].clocks
    accept(town)
    clock = town.case.deadlines.get(stopped_at=None)
    assert [change.due_on for change in would if change.verb == "起算"] == [clock.due_on]
    assert next(change.steps for change in would if change.verb == "起算") == tuple(clock.explanation)


@pytest.mark.parametrize(
    ("step", "verb", "facts"), [("suspend", "中止", {"until": "2026-12-31"}), ("extend", "延长", {})]
)
def test_foreseen_changes_of_a_clock_are_those_that_come(
    town: Town, step: str, verb: str, facts: dict[str, str]
) -> None:
    accept(town)
    who, role = ("officer", "case_officer") if step == "suspend" else ("head", "head_of_organ")
    before = list(town.case.deadlines.values())
    page = town.client(who).get(town.step(step))
    foreseen = next(change for change in page.context["prospect"].clocks if change.verb == verb)
    assert list(town.case.deadlines.values()) == before
    take(town.case, step, town.world.actor(town.people[who], role), timezone.now(), Offer(facts=facts))
    clock = town.case.deadlines.get(stopped_at=None)
    assert (foreseen.due_on, foreseen.steps) == (clock.due_on, tuple(clock.explanation))


def test_resuming_foresees_the_day_that_comes(town: Town) -> None:
    accept(town)
    officer = town.world.actor(town.world.officer, "case_officer")
    take(town.case, "suspend", officer, timezone.now(), Offer(facts={"until": "2026-12-31"}))
    page = town.client("officer").get(town.step("resume"))
    foreseen = next(change for change in page.context["prospect"].clocks if change.verb == "恢复")
    assert "由“中止”进入“审查中”" in words(page.content)
    take(town.case, "resume", officer, timezone.now())
    assert foreseen.due_on == town.case.deadlines.get(stopped_at=None).due_on


def test_a_refused_step_says_why_and_loses_nothing(town: Town) -> None:
    accept(town)
    answer = town.client("officer").post(town.step("note"), {"seen": town.reload().act_count, "text": ""})
    assert answer.status_code == 422
    assert "请填写内容" in words(answer.content)
    typed = "字" * 5001
    answer = town.client("officer").post(town.step("note"), {"seen": town.case.act_count, "text": typed})
    assert (answer.status_code, typed in answer.content.decode()) == (422, True)
    assert town.reload().act_count == 2


def test_a_condition_that_is_not_attested_is_asked_for(town: Town) -> None:
    answer = town.client("officer").post(town.step("accept"), {"seen": 1})
    assert answer.status_code == 422
    assert "我确认：材料齐全" in words(answer.content)
    assert town.reload().state == "filed"


def test_a_shut_step_shows_its_reason_and_article(town: Town) -> None:
    accept(town)
    Seat.objects.create(
        user=town.world.officer, role="head_of_organ", organisation=town.world.organ, since=date(2026, 1, 1)
    )
    officer = town.client("officer")
    shown = words(officer.get(town.url()).content)
    assert "准予 暂不能办理：您已经以其他身份办理过本案，这一环节应当由另一人办理。（《示例条例》第六条）" in shown
    assert "暂不能办理" in words(officer.get(town.step("grant")).content)
    answer = officer.post(town.step("grant"), {"seen": town.case.act_count, "reasons": "符合"})
    assert answer.status_code == 422
    assert "应当由另一人办理" in words(answer.content)


def test_the_same_form_sent_twice_acts_once(town: Town) -> None:
    officer, form = town.client("officer"), {"seen": 1, "attest_1": "on"}
    first = officer.post(town.step("accept"), form)
    second = officer.post(town.step("accept"), form)
    assert (first.status_code, second.status_code, first["Location"], second["Location"]) == (
        302,
        302,
        town.url(),
        town.url(),
    )
    assert Act.objects.filter(step="accept").count() == 1
    accepted = officer.post(town.step("note"), {"seen": 2, "text": "甲"})
    again = officer.post(town.step("note"), {"seen": 2, "text": "甲"})
    assert (accepted.status_code, again.status_code) == (302, 302)
    assert Act.objects.filter(step="note").count() == 1


def test_two_people_on_one_picture_get_a_page_that_keeps_what_was_typed(town: Town) -> None:
    accept(town)
    head = town.world.actor(town.world.section_head, "section_head")
    take(town.case, "advise", head, timezone.now(), Offer(facts={"proposal": "agree", "reasons": "先到"}))
    officer = town.client("officer")
    answer = officer.post(town.step("note"), {"seen": 2, "text": "我写的内容"})
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "本案刚刚已由他人办理" in shown
    assert "内部审核意见" in shown
    assert "我写的内容" in shown
    assert Act.objects.filter(step="note").count() == 0
    seen = re.search(r'name="seen" value="(\d+)"', shown)
    assert seen
    assert officer.post(town.step("note"), {"seen": seen[1], "text": "我写的内容"}).status_code == 302


def test_a_step_that_others_closed_keeps_the_words(town: Town) -> None:
    accept(town)
    officer = town.client("officer")
    head = town.world.actor(town.world.head, "head_of_organ")
    take(town.case, "grant", head, timezone.now(), Offer(facts={"reasons": "符合"}))
    answer = officer.post(town.step("note"), {"seen": 2, "text": "我写的内容"})
    assert answer.status_code == 409
    assert "不能办理“记录”" in words(answer.content)


def test_an_unknown_step_and_a_step_of_the_law_have_no_page(town: Town) -> None:
    officer = town.client("officer")
    for step in ("nothing", "deem_accepted", "file", "join"):
        assert officer.get(town.step(step)).status_code == 404
        assert officer.post(town.step(step), {"seen": 1}).status_code == 404


@pytest.mark.parametrize("who", ["citizen", "officer", "head", "auditor"])
@pytest.mark.parametrize("acts", [3, 60])
def test_the_case_page_costs_the_same_however_long_its_story(town: Town, who: str, acts: int) -> None:
    accept(town)
    officer = town.world.actor(town.world.officer, "case_officer")
    for n in range(acts - 2):
        take(town.case, "note", officer, timezone.now(), Offer(facts={"text": f"第{n}次"}))
    client = town.client(who)
    client.get(town.url())
    with CaptureQueriesContext(connection) as queries:
        page = client.get(town.url())
    assert page.status_code == 200
    assert len(queries) <= 7, "\n".join(query["sql"][:200] for query in queries)


@pytest.mark.parametrize(
    "make", [lambda t: "/desk/", lambda t: t.url(), lambda t: t.step("accept"), lambda t: "/my/notices/"]
)
def test_pages_have_no_script_and_no_style_of_their_own(town: Town, make: Callable[[Town], str]) -> None:
    page = town.client("officer").get(make(town)).content.decode()
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
    assert not re.search(r"\s(style|onclick|onload|onsubmit)=", page)
    names = re.compile(r"officer2?|citizen|Enter|Excel")
    assert not re.search(r">[^<]*[a-z]{3,}[^<]*<", names.sub("", page.split("<main")[1]))


def test_the_process_of_a_procedure_is_public(town: Town) -> None:
    page = Client().get("/procedures/sample.permit/")
    assert page.status_code == 200
    assert "<svg" in page.content.decode()
    assert "受理" in words(page.content)
    assert Client().get("/procedures/sample.closed/").status_code == 404
    assert "示例许可" in words(Client().get("/procedures/").content)


def chapter_with(monkeypatch: pytest.MonkeyPatch, **more: object) -> None:
    chapters: dict[str, object] = registry._chapters  # type: ignore[assignment]
    monkeypatch.setitem(chapters, "sample", replace(sample.CHAPTER, **more))  # type: ignore[arg-type]


def test_a_chapter_may_have_its_own_page_for_a_step(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    chapter_with(monkeypatch, pages={("sample.permit", "accept"): "casework:document_list"})
    with pytest.raises(NoReverseMatch):
        town.client("officer").get(town.url())
    chapter_with(monkeypatch, pages={("sample.permit", "accept"): "casework:case"})
    page = town.client("officer").get(town.url())
    assert page.context["forward"] == [{"label": "受理", "url": town.url()}]


def test_a_chapter_may_point_to_what_comes_before_a_step(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    chapter_with(monkeypatch, aids={("sample.permit", "accept"): ("先做这一步", "casework:case")})
    assert (
        f'<a class="govuk-link" href="{town.url()}">先做这一步</a>'
        in town.client("officer").get(town.step("accept")).content.decode()
    )


def test_contact_data_of_an_application_need_a_reason_in_the_office(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    chapter_with(
        monkeypatch, summary=lambda case: [("经营项目", "示例项目")], private=lambda case: [("联系电话", "13911112222")]
    )
    inside, outside = town.client("officer").get(town.url()), town.client("citizen").get(town.url())
    assert "示例项目" in words(inside.content)
    assert "13911112222" not in words(inside.content)
    assert "13911112222" in words(outside.content)
    asked = town.client("officer").post(town.url(f"parties/{town.world.applicant.pk}/"), {"reason": "电话通知"})
    assert "13911112222" in words(asked.content)
