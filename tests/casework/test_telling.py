"""The words of a notice, and the hours in which nobody is woken."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import telling
from tests.casework.conftest import moment

HOURS = (21, 8)


def test_an_act_is_told_with_what_to_do_and_by_when() -> None:
    words = telling.of_act(
        title="公共场所卫生许可", number="东卫申〔2026〕7号", label="告知补正", place="待补正", until=date(2026, 3, 9)
    )
    assert words.subject == "公共场所卫生许可：告知补正"
    assert words.body == "案号东卫申〔2026〕7号，现处于“待补正”环节。请您最迟于2026年3月9日办理。"
    assert telling.sms(words, "东城区政务", online=True) == (
        "【东城区政务】办件东卫申〔2026〕7号：告知补正，请最迟于2026-03-09办理。请登录平台查看。"
    )
    assert telling.sms(words, "东城区政务", online=False).endswith("办理。详情请咨询受理窗口。")


@given(label=st.text(min_size=1, max_size=200), until=st.none() | st.dates(date(2000, 1, 1)), online=st.booleans())
def test_an_sms_is_one_message_and_keeps_its_signature_and_its_day(
    label: str, until: date | None, online: bool
) -> None:
    words = telling.of_act(title="示例", number="示申〔2026〕7号", label=label, place="审查中", until=until)
    text = telling.sms(words, "东城区政务", online)
    assert len(text) <= telling.LONGEST_SMS
    assert text.startswith("【东城区政务】办件示申〔2026〕7号")
    assert until is None or f"{until:%Y-%m-%d}" in text


@pytest.mark.parametrize(
    ("at", "ends_on", "until"),
    [
        ("2026-03-09T08:00", None, None),
        ("2026-03-09T20:59", None, None),
        ("2026-03-09T21:00", None, "2026-03-10T08:00"),
        ("2026-03-09T23:59", "2026-03-10", "2026-03-10T08:00"),
        ("2026-03-10T00:01", "2026-03-10", "2026-03-10T08:00"),  # the day is still long
        ("2026-03-09T22:00", "2026-03-09", None),  # in the morning it would be too late
        ("2024-02-28T22:00", None, "2024-02-29T08:00"),
        ("2026-12-31T22:00", None, "2027-01-01T08:00"),
    ],
)
def test_nobody_is_woken_unless_the_day_ends(at: str, ends_on: str | None, until: str | None) -> None:
    found = telling.quiet_until(moment(at), HOURS, date.fromisoformat(ends_on) if ends_on else None)
    assert found == (moment(until) if until else None)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)))
def test_what_waits_for_the_morning_goes_in_the_morning(naive: datetime) -> None:
    at = naive.replace(tzinfo=moment("2026-01-01T00:00").tzinfo)
    until = telling.quiet_until(at, HOURS, None)
    assert until is None or (until > at and telling.quiet_until(until, HOURS, None) is None)
