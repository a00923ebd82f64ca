"""The words in which tables are written: what a row says, and what its conditions look at."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from casework.procedure import (
    NEW,
    SAME,
    THE_LAW,
    Cite,
    Extend,
    Gate,
    Pause,
    Procedure,
    Start,
    ahead,
    any_of,
    attest,
    barred,
    child,
    children,
    elapsed,
    expired,
    final,
    not_barred,
    not_taken,
    parent,
    rule,
    state,
    statute,
    step,
    taken,
    within,
)
from casework.situation import Child, Clock, Done, Situation

MONDAY = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
law = statute("行政许可法")


def situation(**known: object) -> Situation:
    values = {"state": "open", "at": MONDAY, "opened_at": MONDAY, "today": MONDAY.date(), **known}
    return Situation(**values)  # type: ignore[arg-type]


def holds(gate: Gate, **known: object) -> bool:
    assert gate.check is not None
    return gate.check(situation(**known))


def clock(due: date, running: bool = True, paused: bool = False) -> dict[str, list[Clock]]:
    return {"clocks": [Clock("k", due, running=running, paused=paused)]}


BEFORE, TODAY, AFTER = date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3)


@pytest.mark.parametrize(
    ("cite", "words"),
    [
        (Cite("行政许可法", "32(1)(5)"), "《行政许可法》第三十二条第一款第五项"),
        (Cite("行政许可法", "32(1)(4),82"), "《行政许可法》第三十二条第一款第四项、第八十二条"),
        (Cite("行政许可法", "30(1)(2)-(6)"), "《行政许可法》第三十条第一款第二项至第六项"),
        (Cite("国办发〔2018〕118号", "（六）"), "国办发〔2018〕118号（六）"),
        (Cite("规章制定程序条例", "15(1)", by_analogy=True), "参照《规章制定程序条例》第十五条第一款"),
        (Cite("审计法", ""), "《审计法》"),
    ],
)
def test_a_citation_reads_like_the_statute(cite: Cite, words: str) -> None:
    assert str(cite) == words


def test_a_short_name_for_a_statute() -> None:
    assert law("29", "31(1)") == (Cite("行政许可法", "29,31(1)"),)
    assert statute("审计法", by_analogy=True)("42")[0].by_analogy


def test_a_row_is_written_tersely() -> None:
    row = step(
        "accept",
        "受理",
        when="filed|corrected",
        by="window_clerk|case_officer",
        to="open",
        under=law("32"),
        starts=("a", Start("b", since="opened")),
        stops="c|d",
        extends="e",
        pauses="f:hearing",
        resumes="f",
        needs=("材料齐全", expired("g")),
        gives="notice",
        tells="applicant|public",
        opens="x.y",
    )
    assert row.when == ("filed", "corrected")
    assert row.by == ("window_clerk", "case_officer")
    assert row.starts == (Start("a"), Start("b", since="opened"))
    assert row.stops == ("c", "d")
    assert row.extends == (Extend("e"),)
    assert (row.pauses, row.resumes) == ((Pause("f", "hearing"),), (Pause("f"),))
    assert [gate.attested for gate in row.needs] == [True, False]
    assert row.clocks == {"a", "b", "c", "d", "e", "f", "g"}
    assert (row.gives, row.tells, row.opens) == (("notice",), ("applicant", "public"), ("x.y",))
    assert row.moves
    assert not row.opening
    assert not row.by_the_law


def test_kinds_of_rows() -> None:
    opening = step("file", "提交", when=NEW, by="citizen", to="filed", under=law("29"))
    lamp = step("late", "逾期", when="filed", by=THE_LAW, to=SAME, under=law("42"), needs=expired("k"))
    recorded = step("judged", "收到判决", when="filed", by="outside_court", to="ended", under=law("42"))
    assert opening.opening
    assert lamp.by_the_law
    assert not lamp.moves
    assert recorded.by_outside == ("outside_court",)


def test_rows_come_and_go() -> None:
    row = step("old", "旧规定", when="filed", by="citizen", to="ended", under=law("1"), valid_to=date(2026, 4, 14))
    table = Procedure("x.y", "样例", (state("filed", "收件", "citizen", "k"), final("ended", "办结")), (row,))
    assert table.steps_from("filed", date(2026, 4, 14)) == [row]
    assert table.steps_from("filed", date(2026, 4, 15)) == []
    assert table.steps_from("ended", date(2026, 4, 14)) == []
    assert (table.chapter, table.step("old"), table.state("ended").final) == ("x", row, True)


def test_attested_conditions_have_no_answer_of_their_own() -> None:
    assert attest("同意").attested
    assert not expired("k").attested


def test_clocks_that_run_out() -> None:
    assert holds(expired("k"), **clock(BEFORE))
    assert not holds(expired("k"), **clock(TODAY))
    assert not holds(expired("k"), **clock(BEFORE, running=False))
    assert not holds(expired("k"), **clock(BEFORE, paused=True))
    assert not holds(expired("k"))
    assert holds(expired("other", "k"), **clock(BEFORE))


def test_clocks_that_still_run() -> None:
    assert holds(within("k"), **clock(TODAY))
    assert not holds(within("k"), **clock(BEFORE))
    assert holds(within("k"), due=lambda key, since: TODAY)
    assert not holds(within("k"), due=lambda key, since: BEFORE)


def test_minimum_periods() -> None:
    assert holds(elapsed("k"), **clock(BEFORE))
    assert not holds(elapsed("k"), **clock(TODAY))
    assert not holds(elapsed("k", "other"), **clock(BEFORE))


def test_acts_ahead_of_an_event() -> None:
    gate = ahead("k", "hearing_date")
    assert holds(gate, facts={"hearing_date": date(2026, 3, 12)}, due=lambda key, since: AFTER)
    assert not holds(gate, facts={"hearing_date": date(2026, 3, 4)}, due=lambda key, since: BEFORE)
    assert not holds(gate)


def test_bars() -> None:
    assert holds(barred("k", "l"), bars=frozenset({"l"}))
    assert holds(not_barred("k"), bars=frozenset({"l"}))
    assert not holds(not_barred("k", "l"), bars=frozenset({"l"}))


def test_acts_of_the_case() -> None:
    acts = [Done("visit", 1, "case_officer", MONDAY, {})]
    assert holds(taken("已核查", "visit", "report"), acts=acts)
    assert not holds(taken("已报告", "report"), acts=acts)
    assert holds(not_taken("未报告", "report"), acts=acts)
    assert not holds(not_taken("未核查", "visit"), acts=acts)


def test_children_and_parents() -> None:
    two = [Child("x.part", "agreed", True), Child("x.part", "refused", True), Child("x.other", "open", False)]
    assert holds(child("x.part", "refused"), children=two)
    assert holds(child("x.part"), children=two)
    assert not holds(child("x.other"), children=two)
    assert holds(children("x.part", "agreed", "refused"), children=two)
    assert not holds(children("x.part", "agreed"), children=two)
    assert not holds(children("x.part", "agreed"))
    assert holds(parent("withdrawn", "split"), parent_state="split")
    assert not holds(parent("withdrawn"))


def test_one_of_several_conditions() -> None:
    both = any_of(expired("k"), barred("l"))
    assert holds(both, **clock(BEFORE))
    assert holds(both, bars=frozenset({"l"}))
    assert not holds(both)
    assert both.keys == ("k", "l")
    assert any_of(expired("k"), attest("情况紧急")).attested
    assert "，或者情况紧急" in any_of(expired("k"), attest("情况紧急")).words


def test_a_rule_speaks_through_its_docstring() -> None:
    def opened_today(s: Situation) -> bool:
        """案件于当日
        开立"""
        return s.opened_at == s.at

    assert rule(opened_today).words == "案件于当日 开立"
    assert holds(rule(opened_today))
    opened_today.__doc__ = None
    with pytest.raises(ValueError, match="opened_today"):
        rule(opened_today)
