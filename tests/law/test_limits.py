"""law.limits: when periods end, and why."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from law.limits import Due, Extension, Limit, LimitError, Suspension, due, version_on
from law.terms import BEIJING, day_of
from tests.law import naive
from tests.law.conftest import read_calendar, read_limits, table

WORKED = table(Path(__file__).parent / "worked_dates.csv")
CALENDAR = read_calendar()
LIMITS = read_limits()
NUMBERED = [limit for versions in LIMITS.values() for limit in versions if limit.quantity is not None]
COUNTED = [limit for limit in NUMBERED if limit.unit != "hour" and limit.start_rule != "calendar_year_start"]


def moment(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def limit(key: str, on: date | datetime) -> Limit:
    return version_on(LIMITS[key], day_of(on))


def work_out(key: str, trigger: str, *suspended: str, extension: Extension | date | None = None) -> Due:
    suspensions = []
    for text in suspended:
        first, _, last = text.partition("..")
        suspensions.append(Suspension(moment(first), moment(last) if last else None, "专家评审"))
    return due(moment(trigger), limit(key, moment(trigger)), CALENDAR, suspensions, extension)


def end_of(result: Due) -> str:
    end = result.at or result.date
    assert end is not None
    return end.isoformat(timespec="minutes") if isinstance(end, datetime) else end.isoformat()


# Hand-worked dates


@pytest.mark.parametrize("row", WORKED, ids=lambda row: f"{row['key']}-{row['trigger']}")
def test_hand_worked_date(row: dict[str, str]) -> None:
    assert end_of(work_out(row["key"], row["trigger"])) == row["due"], row["why"]


def test_every_version_of_every_limit_has_a_hand_worked_date() -> None:
    worked = {(row["key"], limit(row["key"], moment(row["trigger"])).effective_from) for row in WORKED}
    assert {(limit.key, limit.effective_from) for limit in NUMBERED} - worked == set()


@pytest.mark.parametrize("row", COUNTED, ids=lambda limit: f"{limit.key}-{limit.effective_from}")
def test_every_limit_agrees_with_the_naive_count(row: Limit) -> None:
    quantity = row.quantity
    assert quantity is not None
    last = row.effective_to or date(2027, 6, 30)
    first = max(row.effective_from, last - timedelta(days=900), date(2014, 11, 1))
    trigger = first
    while trigger <= last:
        expected = naive.last_day(trigger, quantity, row.unit, row.end_rule)
        assert due(trigger, row, CALENDAR).date == expected, trigger
        trigger += timedelta(days=17)


def test_limits_in_hours_and_on_fixed_dates_are_the_rest() -> None:
    rest = {
        limit.end_rule for limit in NUMBERED if limit.unit == "hour" or limit.end_rule.startswith(("fixed", "calendar"))
    }
    assert rest == {
        "no_roll",
        "calendar_year_end",
        "fixed_date:01-31",
        "fixed_date:03-31",
        "fixed_date_before:03-01",
        "fixed_date_before:04-01",
    }


# Changes of law


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        # 2019-05-15: 15 working days to answer became 20
        ("xx_reply", ("2019-05-14", "2019-06-04"), ("2019-05-15", "2019-06-13")),
        # 2021-07-15: three natural days to ask for a hearing became five working days
        ("cf_hearing_request", ("2021-07-14", "2021-07-19"), ("2021-07-15", "2021-07-22")),
        # 2024-01-01: ten natural days to answer became ten working days
        ("fy_reply", ("2023-12-31", "2024-01-10"), ("2024-01-01", "2024-01-15")),
    ],
)
def test_the_trigger_day_chooses_the_version(key: str, before: tuple[str, str], after: tuple[str, str]) -> None:
    for trigger, expected in (before, after):
        result = work_out(key, trigger)
        assert end_of(result) == expected
        assert "不在该区间" not in result.steps[0]
    assert work_out(key, before[0]).law != work_out(key, after[0]).law


def test_an_old_version_may_be_kept_for_an_old_case() -> None:
    old = limit("fy_reply", date(2023, 12, 31))
    result = due(date(2024, 1, 3), old, CALENDAR)
    assert result.date == date(2024, 1, 15)  # 13 January is a Saturday
    assert "触发日2024年1月3日不在该区间，按案件沿用该版本" in result.steps[0]


@pytest.mark.parametrize(
    ("key", "on", "message"),
    [
        ("xk_decide", date(2004, 6, 30), "xk_decide 的规定自2004年7月1日起施行，2004年6月30日没有可以适用的版本"),
        ("ts_accept", date(2026, 4, 15), "ts_accept 的规定适用至2026年4月14日，2026年4月15日没有可以适用的版本"),
    ],
)
def test_no_version_on_a_day(key: str, on: date, message: str) -> None:
    with pytest.raises(LimitError, match=message):
        version_on(LIMITS[key], on)


def test_no_version_in_a_gap() -> None:
    versions = [
        replace(LIMITS["xk_decide"][0], effective_to=date(2010, 1, 1)),
        replace(LIMITS["xk_decide"][0], effective_from=date(2011, 1, 1)),
    ]
    with pytest.raises(LimitError, match="xk_decide 在2010年6月1日没有可以适用的版本"):
        version_on(versions, date(2010, 6, 1))


# Suspensions


@pytest.mark.parametrize(
    ("suspended", "expected"),
    [
        # 10 Feb to 14 Feb = 5, 24 Feb to 28 Feb = 10, 2 to 6 Mar = 15, 9 to 13 Mar = 20
        ([], "2026-03-13"),
        # 11 to 14 Feb and 24 Feb are left out: five working days more
        (["2026-02-11..2026-02-24"], "2026-03-20"),
        # two ways of saying the same
        (["2026-02-11..2026-02-13", "2026-02-14..2026-02-24"], "2026-03-20"),
        (["2026-02-12..2026-02-24", "2026-02-11..2026-02-15", "2026-02-13..2026-02-13"], "2026-03-20"),
        # only days off are suspended
        (["2026-02-15..2026-02-23"], "2026-03-13"),
        # before the trigger, on it, after the end
        (["2026-01-01..2026-02-09"], "2026-03-13"),
        (["2026-03-14..2026-04-30"], "2026-03-13"),
        # on the last day itself
        (["2026-03-13..2026-03-13"], "2026-03-16"),
    ],
)
def test_suspended_working_days_are_not_counted(suspended: list[str], expected: str) -> None:
    assert end_of(work_out("xk_decide", "2026-02-09", *suspended)) == expected


@pytest.mark.parametrize(
    ("key", "trigger", "suspended", "expected"),
    [
        # 1 Jul + 60 days = 30 Aug (Sun), so 31 Aug
        ("fy_decide", "2026-07-01", [], "2026-08-31"),
        # ten days more: 9 Sep
        ("fy_decide", "2026-07-01", ["2026-08-01..2026-08-10"], "2026-09-09"),
        # a second suspension that the first one brings within reach
        ("fy_decide", "2026-07-01", ["2026-08-01..2026-08-10", "2026-09-05..2026-09-06"], "2026-09-11"),
        # suspended only on the day to which the end would move: the period had run out on Sunday 30 August
        ("fy_decide", "2026-07-01", ["2026-08-31..2026-09-01"], "2026-09-02"),
        # 31 Jan + 3 months = 30 Apr, ten days more = 10 May (Sun), so 11 May
        ("pc_sue", "2026-01-31", ["2026-03-01..2026-03-10"], "2026-05-11"),
        # a floor: 30 days and the five that did not count
        ("jc_comment", "2026-03-06", ["2026-03-09..2026-03-13"], "2026-04-10"),
        # counting back and fixed dates know no suspension
        ("xk_hearing_notice", "2026-03-02", ["2026-02-01..2026-02-28"], "2026-02-13"),
        ("xx_annual_dept", "2026-01-01", ["2026-01-05..2026-01-20"], "2026-01-31"),
    ],
)
def test_suspended_days_move_the_end(key: str, trigger: str, suspended: list[str], expected: str) -> None:
    result = work_out(key, trigger, *suspended)
    assert end_of(result) == expected
    assert not result.paused


def test_a_suspension_without_end_leaves_the_end_open() -> None:
    result = work_out("xk_decide", "2026-02-09", "2026-02-11..")
    assert result.paused
    assert (result.date, result.at, result.opens) == (None, None, None)
    assert "期限处于中止状态，恢复计算后才能确定到期日。" in result.steps
    assert "中止：自2026年2月11日起，尚未恢复（专家评审）。" in result.steps


def test_a_suspension_without_end_comes_too_late_for_a_period_that_is_over() -> None:
    assert end_of(work_out("xk_decide", "2026-02-09", "2026-03-14..")) == "2026-03-13"
    assert work_out("xk_decide", "2026-02-09", "2026-03-13..").paused
    assert work_out("fy_decide", "2026-07-01", "2026-08-31..").paused  # the day to which the end would move
    assert work_out("pc_sue", "2026-01-31", "2026-04-30..").paused


def test_a_suspension_must_not_end_before_it_begins() -> None:
    with pytest.raises(LimitError, match="中止的结束时间早于开始时间"):
        Suspension(date(2026, 3, 2), date(2026, 3, 1))
    with pytest.raises(LimitError, match="早于开始时间"):
        Suspension(datetime(2026, 3, 2, 10), datetime(2026, 3, 2, 9))
    Suspension(datetime(2026, 3, 2, 10), date(2026, 3, 2))


def test_a_day_limit_stops_on_every_day_that_an_instant_touches() -> None:
    assert end_of(work_out("xk_decide", "2026-02-09", "2026-02-11T16:00..2026-02-12T09:00")) == "2026-03-17"


# Extensions


@pytest.mark.parametrize(
    ("key", "trigger", "suspended", "expected"),
    [
        # 20 + 10 working days are 30: ..., 16 to 20 Mar = 25, 23 to 27 Mar = 30
        ("xk_decide", "2026-02-09", [], "2026-03-27"),
        ("xk_decide", "2026-02-09", ["2026-03-16..2026-03-17"], "2026-03-31"),
        # 60 + 30 natural days from the trigger, not from the Monday to which 60 days would have moved
        ("fy_decide", "2026-07-01", [], "2026-09-29"),
        # 3 + 3 months are six months from the trigger: 30 May, not 28 May (a Saturday, so 1 June)
        ("rd_suggest_bj", "2025-11-30", [], "2026-06-01"),
    ],
)
def test_an_extension_continues_the_base_period(key: str, trigger: str, suspended: list[str], expected: str) -> None:
    extension = limit(key, moment(trigger)).extension
    result = work_out(key, trigger, *suspended, extension=extension)
    assert end_of(result) == expected
    assert any(step.startswith("延长：") for step in result.steps)


def test_an_extension_in_another_unit_is_counted_from_the_unrolled_end() -> None:
    # 31 Jan + 3 months = 30 Apr; 10 natural days more = 10 May (Sun), so 11 May
    assert end_of(work_out("pc_sue", "2026-01-31", extension=Extension(10, "natural_day"))) == "2026-05-11"


def test_an_extension_to_a_day_ends_there_or_on_the_next_working_day() -> None:
    assert end_of(work_out("xk_decide", "2026-02-09", extension=date(2026, 3, 25))) == "2026-03-25"
    assert end_of(work_out("xk_decide", "2026-02-09", extension=date(2026, 3, 22))) == "2026-03-23"
    with pytest.raises(LimitError, match="早于原届满日2026-03-13"):
        work_out("xk_decide", "2026-02-09", extension=date(2026, 3, 12))


@pytest.mark.parametrize("key", ["xk_hearing_notice", "xk_decide_on_spot", "xx_annual_dept", "xf_lecture_gov"])
def test_what_is_no_period_cannot_be_extended(key: str) -> None:
    with pytest.raises(LimitError, match="不能延长"):
        work_out(key, "2026-03-02", extension=Extension(5, "working_day"))


# Hours


@pytest.mark.parametrize(
    ("suspended", "expected"),
    [
        ([], "2026-10-01T17:30"),  # no holiday moves it
        (["2026-09-30T20:00..2026-09-30T22:15"], "2026-10-01T19:45"),
        (["2026-09-30T20:00..2026-09-30T22:00", "2026-09-30T21:00..2026-09-30T23:00"], "2026-10-01T20:30"),
        (["2026-10-01"], "2026-10-01T17:30"),
        (["2026-10-01..2026-10-01"], "2026-10-02T17:30"),
        (["2026-09-30T10:00..2026-09-30T18:00"], "2026-10-01T18:00"),
        (["2026-10-01T17:30..2026-10-01T18:00"], "2026-10-01T17:30"),
    ],
)
def test_hours_run_to_the_minute(suspended: list[str], expected: str) -> None:
    result = work_out("ys_transfer", "2026-09-30T17:30", *[text for text in suspended if ".." in text])
    assert end_of(result) == expected
    assert result.date == datetime.fromisoformat(expected).date()


def test_hours_from_a_bare_day_run_from_its_first_minute_and_say_so() -> None:
    result = work_out("ys_transfer", "2026-09-30")
    assert end_of(result) == "2026-10-01T00:00"
    assert any("按当日0时起计算" in step for step in result.steps)


def test_an_aware_instant_is_read_in_beijing() -> None:
    trigger = datetime(2026, 9, 30, 18, 0, tzinfo=UTC)  # 2 o'clock on 1 October in Beijing
    assert due(trigger, limit("ys_transfer", trigger), CALENDAR).at == datetime(2026, 10, 2, 2, 0, tzinfo=BEIJING)
    west = datetime(2026, 2, 8, 20, 0, tzinfo=timezone(timedelta(hours=-8)))  # noon of 9 February in Beijing
    assert due(west, limit("xk_decide", west), CALENDAR).date == date(2026, 3, 13)


def test_hours_are_extended_by_hours_only() -> None:
    assert end_of(work_out("ys_transfer", "2026-09-30T17:30", extension=Extension(12, "hour"))) == "2026-10-02T05:30"
    with pytest.raises(LimitError, match="只能按小时延长"):
        work_out("ys_transfer", "2026-09-30T17:30", extension=Extension(1, "natural_day"))


def test_open_suspension_of_an_hour_limit() -> None:
    assert work_out("ys_transfer", "2026-09-30T17:30", "2026-09-30T18:00..").paused
