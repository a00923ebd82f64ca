"""Each kind of fault is found in a small table that has just this one, and none is found in a sound table."""

from dataclasses import replace
from datetime import date

import pytest

from casework.checks import faults
from casework.procedure import (
    BACK,
    NEW,
    SAME,
    THE_LAW,
    Ask,
    Duty,
    Extend,
    Procedure,
    Start,
    State,
    Step,
    any_of,
    attest,
    child,
    elapsed,
    expired,
    final,
    parent,
    state,
    statute,
    step,
    taken,
)

law = statute("行政许可法")
LIMITS = {"reply", "wait", "court"}
PAPERS = {"notice", "decision"}


def row(name: str, when: str, to: str, **columns: object) -> Step:
    columns = {"by": "case_officer", "under": law("1"), **columns}
    return step(name, f"{name}的名称", when=when, to=to, **columns)  # type: ignore[arg-type]


OPENED = state("opened", "办理中", "case_officer", "reply")
PAUSED = state("paused", "中止", "case_officer", reason="随原因消除而结束")
ENDED = final("ended", "办结")
STATES = (OPENED, PAUSED, ENDED)
STEPS = (
    row("open", NEW, "opened", starts="reply"),
    row("pause", "opened", "paused", pauses="reply:cause"),
    row("resume", "paused", BACK, resumes="reply:cause"),
    row("late", "opened", SAME, by=THE_LAW, needs=expired("reply")),
    row("decide", "opened", "ended", stops="reply", gives="decision", decides=True, needs=taken("已中止过", "pause")),
)


def table(*steps: Step, states: tuple[State, ...] = STATES, **columns: object) -> Procedure:
    """The sound table, with these rows instead of those of the same name, or after them."""
    named = {one.name: one for one in (*STEPS, *steps)}
    return Procedure("sample.case", "样例", states, tuple(named.values()), live=True, **columns)  # type: ignore[arg-type]


def found(*tables: Procedure) -> list[str]:
    return faults(tables, limits=LIMITS, papers=PAPERS)


def test_a_sound_table_has_no_fault() -> None:
    assert found(table()) == []


WAITING = state("waiting", "等待", "case_officer", "reply")
CASES = {
    "dead end": (table(row("wait", "opened", "waiting"), states=(*STATES, WAITING)), "state 'waiting': dead end"),
    "no way to an end": (
        table(
            row("wait", "opened", "waiting"),
            row("doze", "waiting", "dozing"),
            row("wake", "dozing", "waiting"),
            states=(*STATES, WAITING, replace(WAITING, name="dozing")),
        ),
        "state 'waiting': no way to an end",
    ),
    "unreachable state": (
        table(row("leave", "waiting", "ended"), states=(*STATES, WAITING)),
        "state 'waiting': cannot be reached",
    ),
    "final state left": (table(row("reopen", "ended", "opened")), "state 'ended': final, but a step leaves it"),
    "nothing opens": (table(row("open", "opened", SAME, starts="reply")), "no step opens a case"),
    "no final state": (
        table(row("decide", "opened", SAME, stops="reply"), states=(OPENED, PAUSED)),
        "no final state",
    ),
    "nobody responsible": (
        table(states=(replace(OPENED, responsible=()), PAUSED, ENDED)),
        "state 'opened': nobody is responsible",
    ),
    "no clock and no reason": (
        table(states=(OPENED, replace(PAUSED, reason=""), ENDED)),
        "state 'paused': neither a clock nor a reason for none",
    ),
    "unknown state in when": (table(row("more", "elsewhere", SAME)), "step 'more': unknown state 'elsewhere'"),
    "unknown state in to": (table(row("more", "opened", "elsewhere")), "step 'more': unknown state 'elsewhere'"),
    "unknown role": (table(row("more", "opened", SAME, by="emperor")), "step 'more': unknown role 'emperor'"),
    "unknown role of a state": (
        table(states=(replace(OPENED, responsible=("emperor",)), PAUSED, ENDED)),
        "state 'opened': unknown role 'emperor'",
    ),
    "unknown state that outsiders see": (
        table(states=(OPENED, replace(PAUSED, seen_as="elsewhere"), ENDED)),
        "state 'paused': unknown state 'elsewhere'",
    ),
    "unknown audience": (
        table(row("more", "opened", SAME, tells="emperor")),
        "step 'more': unknown audience 'emperor'",
    ),
    "unknown relation": (table(row("more", "opened", SAME, of="friend")), "step 'more': unknown relation 'friend'"),
    "unknown clock": (table(row("more", "opened", SAME, stops="never")), "step 'more': unknown clock 'never'"),
    "unknown clock in a nested gate": (
        table(row("more", "opened", SAME, needs=any_of(attest("同意"), elapsed("never")))),
        "step 'more': unknown clock 'never'",
    ),
    "unknown clock of a state": (
        table(states=(replace(OPENED, clocks=("reply", "never")), PAUSED, ENDED)),
        "state 'opened': unknown clock 'never'",
    ),
    "unknown step looked back at": (
        table(row("more", "opened", SAME, needs=taken("已办理", "nothing"))),
        "step 'more': unknown step 'nothing'",
    ),
    "unknown step excluded": (
        table(row("more", "opened", SAME, not_by="nothing")),
        "step 'more': unknown step 'nothing'",
    ),
    "unknown step counted from": (
        table(row("open", NEW, "opened", starts=Start("reply", since="step:nothing"))),
        "step 'open': unknown step 'nothing'",
    ),
    "unknown procedure opened": (
        table(row("more", "opened", SAME, opens="sample.other")),
        "step 'more': unknown procedure 'sample.other'",
    ),
    "unknown procedure linked": (
        table(row("more", "opened", SAME, links="sample.other")),
        "step 'more': unknown procedure 'sample.other'",
    ),
    "unknown procedure of a duty": (
        table(duties=(Duty("sample.other", "01-01"),)),
        "duty: unknown procedure 'sample.other'",
    ),
    "unknown child": (
        table(row("more", "opened", SAME, needs=child("sample.other"))),
        "step 'more': unknown procedure 'sample.other'",
    ),
    "child that nothing opens": (
        table(row("more", "opened", SAME, needs=child("sample.case"))),
        "step 'more': waits for a child 'sample.case' that no step opens",
    ),
    "unknown state of a child": (
        table(row("more", "opened", SAME, opens="sample.case", needs=child("sample.case", "asleep"))),
        "step 'more': unknown state 'asleep' of sample.case",
    ),
    "unknown state of the parent": (
        table(row("more", "opened", SAME, needs=parent("asleep"))),
        "step 'more': no parent has a state 'asleep'",
    ),
    "two states of a name": (table(states=(*STATES, ENDED)), "two states 'ended'"),
    "no citation": (table(row("more", "opened", SAME, under=())), "step 'more': no citation"),
    "unknown paper": (table(row("more", "opened", SAME, gives="poem")), "step 'more': unknown paper 'poem'"),
    "decision without a paper": (
        table(row("more", "opened", SAME, decides=True)),
        "step 'more': decides without a paper",
    ),
    "the law without a condition": (
        table(row("more", "opened", SAME, by=THE_LAW)),
        "step 'more': taken by the law, but its condition cannot be computed",
    ),
    "the law with an attested condition": (
        table(row("more", "opened", SAME, by=THE_LAW, needs=(expired("reply"), "无人申请"))),
        "step 'more': taken by the law, but its condition cannot be computed",
    ),
    "return without a detour": (
        table(row("pause", "opened", SAME), row("wake", NEW, "paused")),
        "step 'resume': returns from 'paused', into which no detour leads",
    ),
    "clock started in vain": (
        table(row("more", "opened", SAME, starts="court")),
        "step 'more': starts a clock that nothing stops or looks at: court",
    ),
    "clock stopped that nobody starts": (
        table(row("more", "opened", SAME, stops="wait")),
        "step 'more': stops a clock that nobody starts: wait",
    ),
    "clock extended that nobody starts": (
        table(row("more", "opened", SAME, extends="wait")),
        "step 'more': extends a clock that nobody starts: wait",
    ),
    "clock waited for that nobody starts": (
        table(row("more", "opened", SAME, needs=elapsed("wait"))),
        "step 'more': waits for a clock that nobody starts: wait",
    ),
    "clock of a state that nobody starts": (
        table(states=(replace(OPENED, clocks=("reply", "wait")), PAUSED, ENDED)),
        "state 'opened': clock that nobody starts: wait",
    ),
    "pause without an end": (
        table(row("more", "opened", SAME, pauses="reply:forgotten")),
        "clock reply is paused for 'forgotten' and never resumed",
    ),
    "end without a pause": (
        table(row("more", "opened", SAME, resumes="reply:forgotten")),
        "clock reply is resumed from 'forgotten' and never paused for it",
    ),
    "day of a start that is not asked for": (
        table(row("open", NEW, "opened", starts=Start("reply", since="fact:day"))),
        "step 'open': fact:day is not asked for",
    ),
    "day of an extension that is not asked for": (
        table(row("more", "opened", SAME, extends=Extend("reply", to="day"))),
        "step 'more': fact:day is not asked for",
    ),
    "row that ends before it begins": (
        table(row("more", "opened", SAME, valid_from=date(2026, 2, 1), valid_to=date(2026, 1, 1))),
        "step 'more': ends before it begins",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_each_kind_of_fault_is_found(name: str) -> None:
    broken, fault = CASES[name]
    assert f"sample.case: {fault}" in found(broken)


def test_two_steps_of_a_name() -> None:
    assert found(replace(table(), steps=(*STEPS, STEPS[-1]))) == ["sample.case: two steps 'decide'"]


def test_two_tables_with_one_code() -> None:
    assert found(table(), table()) == ["sample.case: two tables with this code"]


def test_a_citation_that_leads_nowhere() -> None:
    lines = faults([table()], limits=LIMITS, resolves=lambda cite: cite.article != "1")
    assert lines[0] == "sample.case: step 'open': citation leads nowhere: 《行政许可法》第一条"


def test_gaps_that_only_a_live_table_must_not_have() -> None:
    waiting = replace(
        table(row("more", "opened", SAME, by=THE_LAW), row("most", "opened", SAME, decides=True, gives="尚无样式")),
        live=False,
    )
    assert found(waiting) == []


def test_a_day_that_is_asked_for_and_a_clock_that_outlives_its_case() -> None:
    asked = row(
        "more",
        "opened",
        SAME,
        starts=Start("wait", since="fact:day", owner="decision"),
        asks=Ask("day", "日期", "date"),
    )
    assert found(table(asked)) == []


def test_a_part_may_use_the_clocks_and_states_of_the_case_that_opened_it() -> None:
    whole = table(row("share", "opened", SAME, opens="sample.part"))
    states = (state("checking", "核对", "case_officer", "reply"), final("done", "完成"))
    steps = (row("begin", NEW, "checking"), row("stop", "checking", "done", stops="reply", needs=parent("opened")))
    part = Procedure("sample.part", "部分", states, steps)
    assert found(whole, part) == []
    assert "sample.part: state 'checking': clock that nobody starts: reply" in found(part)
