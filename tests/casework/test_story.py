"""The file of a case in plain words: progress, clocks, who must act, and where the law can be read."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from casework.actions import Offer, take
from casework.models import Case
from casework.queries import story
from casework.queries.file import CaseFile, find, read
from casework.queries.rights import Standing
from law.models import LegalText, Stamp
from law.queries import forget, work_calendar
from tests.casework.conftest import World, moment


def seen_by(case: Case, user: User, at: datetime) -> CaseFile:
    found = find(Standing(user, timezone.localdate(at)), case.code)
    assert found
    return read(found, Standing(user, timezone.localdate(at)), at)


def progress(case: Case, user: User, at: str) -> tuple[str, str]:
    file = seen_by(case, user, moment(at))
    running = [clock for clock in story.clocks(file, work_calendar()) if clock.running]
    return story.progress(file, running)


def accepted(world: World) -> Case:
    case = world.file()
    officer = world.actor(world.officer, "case_officer")
    take(case, "accept", officer, moment("2026-03-04T10:00"), Offer(attested=["材料齐全"]))
    return case


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-03-05T09:00", "正在办理：审查中。“示例”最迟应当在2026年4月1日完成（还有 19 个工作日）。"),
        ("2026-04-01T09:00", "正在办理：审查中。“示例”最迟应当在2026年4月1日完成（今日到期）。"),
        ("2026-04-03T09:00", "正在办理：审查中。“示例”已于2026年4月1日到期，超期 2 个工作日。"),
    ],
)
def test_progress_says_what_is_due_and_when(world: World, at: str, words: str) -> None:
    assert progress(accepted(world), world.citizen, at) == (words, "")


def test_progress_says_why_a_clock_stands_still(world: World) -> None:
    case = accepted(world)
    officer = world.actor(world.officer, "case_officer")
    take(case, "suspend", officer, moment("2026-03-09T10:00"), Offer(facts={"until": "2026-03-13"}))
    text, note = progress(case, world.citizen, "2026-03-10T09:00")
    assert (text, note) == ("正在办理：中止。", "“示例”的期限中止计算，恢复后重新计算到期日。")
    clock = next(
        clock
        for clock in story.clocks(seen_by(case, world.citizen, moment("2026-03-10T09:00")), work_calendar())
        if clock.paused
    )
    assert clock.lamp.words == "中止计算"


def test_progress_of_an_ended_case_says_how_it_ended(world: World) -> None:
    case = accepted(world)
    take(
        case,
        "grant",
        world.actor(world.head, "head_of_organ"),
        moment("2026-03-10T10:00"),
        Offer(facts={"reasons": "x"}),
    )
    assert progress(case, world.citizen, "2026-03-11T09:00") == ("已办结：准予（2026年3月10日）。", "")


def test_a_clock_tells_whether_it_was_kept(world: World) -> None:
    late, kept = world.file(), accepted(world)
    officer = world.actor(world.officer, "case_officer")
    take(late, "accept", officer, moment("2026-03-12T10:00"), Offer(attested=["材料齐全"]))

    def outcome(case: Case) -> str:
        clocks = story.clocks(seen_by(case, world.officer, moment("2026-03-13T09:00")), work_calendar())
        return next(clock.lamp.words for clock in clocks if not clock.running)

    assert (outcome(late), outcome(kept)) == ("逾期完成", "已完成")


def test_running_clocks_come_first_the_nearest_before_the_others(world: World) -> None:
    clocks = story.clocks(seen_by(accepted(world), world.officer, moment("2026-03-05T09:00")), work_calendar())
    assert [clock.running for clock in clocks] == [True, False]


def test_who_must_act_is_told_to_the_office_by_name_and_to_others_by_organ(world: World) -> None:
    case = accepted(world)
    (inside,) = story.tasks(seen_by(case, world.officer, moment("2026-03-05T09:00")))
    (outside,) = story.tasks(seen_by(case, world.citizen, moment("2026-03-05T09:00")))
    assert (inside.title, inside.hint) == ("示例局：审查中", "承办人 officer")
    assert (outside.title, outside.hint) == ("示例局：审查中", "承办人")


def test_a_child_case_waits_on_the_list_of_its_parent(world: World) -> None:
    parent = accepted(world)
    part = world.file("2026-03-05T09:00", parent=parent)
    tasks = story.tasks(seen_by(parent, world.officer, moment("2026-03-05T10:00")))
    assert (tasks[1].title, tasks[1].status, tasks[1].url) == ("示例局：示例事项", "已收件", f"/cases/{part.code}/")
    # The applicant of both follows both; a child of somebody else is named and not opened.
    assert story.tasks(seen_by(parent, world.citizen, moment("2026-03-05T10:00")))[1].url == f"/cases/{part.code}/"
    Case.objects.filter(pk=part.pk).update(applicant=None)
    assert story.tasks(seen_by(parent, world.citizen, moment("2026-03-05T10:00")))[1].url == ""


def test_facts_are_told_in_words(world: World) -> None:
    case = accepted(world)
    head = world.actor(world.section_head, "section_head")
    take(case, "assign", head, moment("2026-03-05T09:00"), Offer(facts={"handler": str(world.other_officer.pk)}))
    take(case, "advise", head, moment("2026-03-05T10:00"), Offer(facts={"proposal": "agree", "reasons": "甲"}))
    entries = story.timeline(seen_by(case, world.head, moment("2026-03-05T11:00")))
    assert entries[0].text == "意见：拟同意\n理由：甲"
    assert entries[1].text == "承办人：officer2"
    assert entries[1].byline == "示例局 section（科室负责人）"


def test_a_citation_leads_to_the_text_as_it_was(world: World) -> None:
    old, new = date(2020, 1, 1), date(2026, 1, 1)
    texts = [
        LegalText.objects.create(
            title="示例条例",
            family="示例条例",
            kind="other",
            effective_from=since,
            effective_to=until,
            digest=str(since),
        )
        for since, until in ((old, new - timedelta(days=1)), (new, None))
    ]
    Stamp.objects.update(value="00000000-0000-0000-0000-000000000001")
    forget()
    assert story.law_url("《示例条例》第四十二条第一款、第八十二条", date(2025, 6, 1)) == f"/law/{texts[0].pk}/#a42"
    assert story.law_url("《示例条例》第四十二条", date(2026, 6, 1)) == f"/law/{texts[1].pk}/#a42"
    assert story.law_url("《没有的条例》第一条", date(2026, 6, 1)) == ""
    assert story.law_url("国办发〔2018〕118号", date(2026, 6, 1)) == ""
