"""law.limits: floors and fixed dates, what is provisional, what is refused, and the words of the explanation."""

from dataclasses import replace
from datetime import date

import pytest

from law.limits import Extension, Limit, LimitError, Suspension, due
from tests.law.test_limits import CALENDAR, LIMITS, NUMBERED, end_of, work_out

# What holds off, and what does not move


@pytest.mark.parametrize(
    ("key", "trigger", "end", "opens"),
    [
        ("jc_comment", "2026-03-06", "2026-04-05", "2026-04-06"),
        ("qz_reminder", "2026-10-09", "2026-10-22", "2026-10-23"),
        ("xk_bar_fraud", "2024-02-29", "2027-02-28", "2027-03-01"),
    ],
)
def test_floors_waits_and_bars_tell_the_first_free_day(key: str, trigger: str, end: str, opens: str) -> None:
    result = work_out(key, trigger)
    assert end_of(result) == end
    assert result.opens == date.fromisoformat(opens)


def test_a_deadline_opens_nothing() -> None:
    assert work_out("xk_decide", "2026-02-09").opens is None


@pytest.mark.parametrize(
    ("trigger", "expected"),
    [
        ("2026-01-01", "2026-01-31"),
        ("2026-01-31", "2026-01-31"),
        ("2026-02-01", "2027-01-31"),
        ("2025-12-31", "2026-01-31"),
    ],
)
def test_a_fixed_date_is_the_next_one(trigger: str, expected: str) -> None:
    assert end_of(work_out("xx_annual_dept", trigger)) == expected


@pytest.mark.parametrize(
    ("trigger", "expected"),
    [
        ("2026-01-01", "2026-02-28"),
        ("2028-01-01", "2028-02-29"),
        ("2026-02-28", "2026-02-28"),
        ("2026-03-01", "2027-02-28"),
    ],
)
def test_before_the_first_of_march_is_the_last_of_february(trigger: str, expected: str) -> None:
    assert end_of(work_out("dc_annual_report_up", trigger)) == expected


# Provisional


@pytest.mark.parametrize(
    ("key", "trigger", "provisional"),
    [
        ("xk_decide", "2026-11-30", False),  # 28 December
        ("xk_decide", "2026-12-03", False),  # 31 December
        ("xk_decide", "2026-12-04", True),
        ("fy_apply", "2026-11-01", False),  # 31 December
        ("fy_apply", "2026-11-02", True),  # 1 January
        ("xk_bar_fraud", "2026-11-02", False),  # three years on, but no holiday matters
        ("xx_annual_dept", "2026-12-31", False),
        ("ys_transfer", "2026-12-31T12:00", False),
        ("xk_hearing_notice", "2027-01-05", True),  # the event lies in 2027, the last day in 2026
        ("jc_hearing_notice", "2027-01-05", False),  # 29 December 2026
        ("fy_apply", "2014-10-01", True),  # holidays before 2015 are not in the table
    ],
)
def test_provisional_where_an_unpublished_year_matters(key: str, trigger: str, provisional: bool) -> None:
    result = work_out(key, trigger)
    assert result.provisional is provisional
    assert any(step.startswith("暂定：") for step in result.steps) is provisional


# Refusals


def test_a_limit_without_a_number_is_refused() -> None:
    setting = LIMITS["sj_ruling"][0]
    with pytest.raises(LimitError, match="法律未规定具体期限"):
        due(date(2026, 3, 2), setting, CALENDAR)
    assert due(
        date(2026, 3, 2),
        replace(setting, quantity=30, unit="natural_day", end_rule="roll_to_next_working_day"),
        CALENDAR,
    )


def test_an_unknown_end_rule_is_refused() -> None:
    strange = replace(LIMITS["xk_decide"][0], end_rule="some_day")
    with pytest.raises(LimitError, match="some_day"):
        due(date(2026, 3, 2), strange, CALENDAR)


# The explanation


def test_the_explanation_of_a_working_day_limit() -> None:
    result = work_out("xk_decide", "2026-02-09", "2026-03-02..2026-03-03", extension=Extension(10, "working_day"))
    assert result.steps == (
        "依据：《中华人民共和国行政许可法》第四十二条第一款、第八十二条，自2004年7月1日起施行的版本。",
        "期限：行政许可决定，20个工作日。依照行政许可法第八十二条，期限以工作日计算。",
        "起算：2026年2月9日（星期一）（受理行政许可申请）当日不计入，自次日起计算。",
        "不计入的休息日：春节2月15日至23日（9天）；周末3月1日、3月7日至8日、3月14日至15日、3月21日至22日、3月28日至29日（9天）。",
        "计入的调休上班日：2月14日（春节调休）、2月28日（春节调休）。",
        "中止：自2026年3月2日至2026年3月3日（专家评审）。",
        "中止期间有2个工作日不计入期限。",
        "延长：10个工作日，自原期限届满（顺延之前）接续计算；条件：经本行政机关负责人批准，并将理由告知申请人。",
        "到期日：2026年3月31日（星期二）。",
        "说明：逾期未作决定的，申请人可以依法申请行政复议或者提起行政诉讼。",
    )


def test_the_explanation_of_a_period_that_rolls() -> None:
    steps = work_out("cf_decide", "2026-07-05").steps
    assert (
        "顺延：期间的最后一日2026年10月3日（星期六）为休息日（国庆节：10月3日至7日），"
        "依照民事诉讼法、民法典关于期间的规定，以其后第一个工作日2026年10月8日（星期四）为届满日。"
    ) in steps


def test_a_made_up_saturday_does_not_roll_and_the_explanation_says_so() -> None:
    result = work_out("rd_suggest_bj_redo", "2025-12-31")
    assert result.date == date(2026, 2, 28)
    assert "期间的最后一日2026年2月28日（星期六）为调休上班日（春节），不顺延。" in result.steps


def test_counting_back_onto_a_holiday_is_marked_as_our_own_rule() -> None:
    steps = work_out("jc_hearing_notice", "2026-10-12").steps
    assert "提前到前一个工作日2026年9月30日（星期三）；此为稳妥起见的工程规则，法律未作规定。" in steps[-3]


def test_unverified_rules_say_so() -> None:
    assert "注意：本项规定未经核对法律原文，仅供参考。" in work_out("gfxwj_validity_ordinary", "2021-12-01").steps
    assert not any("未经核对" in step for step in work_out("xk_decide", "2026-02-09").steps)


@pytest.mark.parametrize("row", NUMBERED, ids=lambda limit: f"{limit.key}-{limit.effective_from}")
def test_every_explanation_is_chinese_and_whole(row: Limit) -> None:
    trigger = row.effective_to or date(2026, 3, 2)
    steps = due(trigger, row, CALENDAR, [Suspension(date(2026, 3, 5), date(2026, 3, 6))], None).steps
    assert steps[0].startswith("依据：")
    assert all(step.endswith("。") and "None" not in step and "_" not in step for step in steps)
    assert not [step for step in steps for word in ("the ", "Act", "day") if word in step]
