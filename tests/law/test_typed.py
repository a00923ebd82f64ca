"""law.typed: days and intervals as programs and people write them."""

from datetime import date, datetime, timedelta, timezone

import pytest

from law.limits import LimitError, Suspension
from law.typed import read_moment, read_suspension, tidy_moment, tidy_suspension


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-22", date(2026, 11, 22)),
        ("2026-11-22T10:30", datetime(2026, 11, 22, 10, 30)),
        ("2026-11-22 10:30", datetime(2026, 11, 22, 10, 30)),
        ("2026-11-22T10:30:15", datetime(2026, 11, 22, 10, 30, 15)),
        ("2026-11-22T10:30+08:00", datetime(2026, 11, 22, 10, 30, tzinfo=timezone(timedelta(hours=8)))),
    ],
)
def test_reads_iso(text: str, moment: date) -> None:
    assert read_moment(text) == moment


@pytest.mark.parametrize(
    "text",
    ["", "abc", "2026-13-01", "2026-02-29", "20261122", "2026/11/22", "22.11.2026", "2026-11-22T25:00", "2026-1-2"],
)
def test_refuses_in_one_line(text: str) -> None:
    with pytest.raises(LimitError) as refusal:
        read_moment(text)
    assert str(refusal.value) == f"日期格式不正确：{text}，应当写作 2026-11-22 或者 2026-11-22T10:30"


def test_reads_suspensions() -> None:
    assert read_suspension("2026-03-02..2026-03-06") == Suspension(date(2026, 3, 2), date(2026, 3, 6))
    assert read_suspension("2026-03-02..") == Suspension(date(2026, 3, 2), None)
    assert read_suspension("2026-03-02T10:00..2026-03-02T12:00").end == datetime(2026, 3, 2, 12)


@pytest.mark.parametrize("text", ["2026-03-02", "..", "..2026-03-02", "2026-03-02..x", "2026-03-06..2026-03-02"])
def test_refuses_what_is_no_interval(text: str) -> None:
    with pytest.raises(LimitError):
        read_suspension(text)


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        (" 2026年3月2日 ", "2026-03-02"),
        ("2026/3/2", "2026-03-02"),
        ("2026.03.02", "2026-03-02"),
        ("2026年3月2日 9时30分", "2026-03-02T09:30"),
        ("2026-3-2 9：05", "2026-03-02T09:05"),
        ("2026-11-22T10:30", "2026-11-22T10:30"),
        ("明天", "明天"),
    ],
)
def test_tidies_what_people_type(typed: str, tidy: str) -> None:
    assert tidy_moment(typed) == tidy


def test_tidies_intervals() -> None:
    assert tidy_suspension("2026年3月2日至2026年3月6日") == "2026-03-02..2026-03-06"
    assert tidy_suspension("2026-03-02 ～ 2026-03-06") == "2026-03-02..2026-03-06"
    assert tidy_suspension("2026年3月2日至") == "2026-03-02.."
    assert tidy_suspension("昨天") == "昨天"
