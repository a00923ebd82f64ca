"""When a period ends, and why: the one place where a due date is worked out.

Pure: no database, no clock. `due()` takes the day (or instant) of the trigger, one version of a time limit, the
calendar, the suspensions and the extension, and answers with the date and an explanation in Chinese, line by line.

What every law shares (《民事诉讼法》第八十五条, 《民法典》第二百零一条至第二百零三条): the day or hour of the trigger
is not counted; a month or year ends on the corresponding day, or on the month's last day when there is none; a
last day that is a holiday moves to the first working day after it. What a law says otherwise is in the columns
`unit` and `end_rule` of its row. docs/decisions/law-computing-periods.md tells what was chosen where laws are silent.
"""

from collections.abc import Iterable
from datetime import date, datetime, time

from law import explanation
from law.calendar import ONE_DAY, WorkCalendar
from law.periods import Paused, Period
from law.terms import BEIJING, Due, Extension, Limit, LimitError, Suspension, day_of, local, version_on

__all__ = ["Due", "Extension", "Limit", "LimitError", "Suspension", "due", "version_on"]

ROLLS = {
    "nth_working_day",
    "roll_to_next_working_day",
    "same_day_of_month_or_month_end_then_roll",
    "same_day_of_year_or_month_end_then_roll",
}
STAYS = {
    "minimum_duration",
    "earliest_start_after",
    "blocked_until",
    "no_action_after",
    "ends_automatically",
    "same_day_of_year_no_roll",
    "accrual_daily",
    "no_roll",
}
HOLDS_OFF = {"minimum_duration", "earliest_start_after", "blocked_until"}
BACKWARD = "latest_compliant_date_no_roll"
ON_A_DATE = ("fixed_date:", "fixed_date_before:", "calendar_year_end", "immediate")


def due(
    trigger: date | datetime,
    limit: Limit,
    calendar: WorkCalendar,
    suspensions: Iterable[Suspension] = (),
    extension: Extension | date | None = None,
) -> Due:
    """When the period that the trigger starts ends (for limits that count back: the last day in time for the event).

    trigger: a day; an instant for hour limits (a bare day then means its first minute). Aware instants are read
    in Beijing time. extension: what was approved (`limit.extension` for what the law allows), or the last day fixed.
    Raises LimitError when the row carries no number, an unknown rule, or cannot be extended.
    """
    moment = local(trigger)
    period = Period(day_of(moment), calendar, tuple(suspensions))
    if limit.quantity is None:
        raise LimitError(f"{limit.key}（{limit.procedure_zh}）法律未规定具体期限，应当先由门户设置确定")
    if extension is not None and (limit.end_rule == BACKWARD or limit.end_rule.startswith(ON_A_DATE)):
        raise LimitError(f"{limit.key}（{limit.procedure_zh}）不能延长")
    end: date | None = None
    at: datetime | None = None
    try:
        if limit.unit == "hour":
            at = _last_instant(moment, limit, period, extension)
            end = at.date()
        else:
            end = _last_day(limit, limit.quantity, period, extension)
    except Paused:
        pass
    steps = tuple(explanation.steps(moment, limit, period, extension, end, at))
    if at and isinstance(trigger, datetime) and trigger.tzinfo:
        at = at.replace(tzinfo=BEIJING)
    return Due(
        key=limit.key,
        trigger=trigger,
        date=end,
        at=at,
        opens=end + ONE_DAY if end and limit.end_rule in HOLDS_OFF else None,
        provisional=period.provisional,
        paused=end is None,
        law=limit.law_zh,
        article=limit.article,
        steps=steps,
    )


def _last_instant(
    moment: date | datetime, limit: Limit, period: Period, extension: Extension | date | None
) -> datetime:
    """Hour limits run from the instant and do not roll."""
    start = moment if isinstance(moment, datetime) else datetime.combine(moment, time.min)
    hours = limit.quantity or 0
    if isinstance(extension, Extension) and extension.unit == "hour":
        hours += extension.quantity
    elif extension is not None:
        raise LimitError(f"{limit.key}（{limit.procedure_zh}）以小时计算，只能按小时延长")
    return period.hours(start, hours)


def _last_day(limit: Limit, quantity: int, period: Period, extension: Extension | date | None) -> date:
    rule, start = limit.end_rule, period.start
    if rule == "immediate":
        return start
    if rule == "calendar_year_end":
        return date(start.year, 12, 31)
    if rule.startswith("fixed_date"):
        return _next_date(rule, start)
    if rule == BACKWARD:
        return period.back(quantity, limit.unit)
    if rule not in ROLLS and rule not in STAYS:
        raise LimitError(f"{limit.key}（{limit.procedure_zh}）的届满规则“{rule}”无法识别")
    end = _forward(limit, quantity, period, extension)
    return period.roll(end) if rule in ROLLS else end


def _forward(limit: Limit, quantity: int, period: Period, extension: Extension | date | None) -> date:
    """Base period and extension as one: 20 + 10 working days are 30, 3 + 3 months are 6 from the trigger.

    An extension in another unit is counted on from the end of the base period before it rolls.
    """
    if isinstance(extension, Extension) and extension.unit == limit.unit:
        return period.forward(period.start, quantity + extension.quantity, limit.unit)
    end = period.forward(period.start, quantity, limit.unit)
    if isinstance(extension, Extension):
        return period.forward(end, extension.quantity, extension.unit)
    if extension is not None:
        if extension < end:
            raise LimitError(f"延长后的日期{extension.isoformat()}早于原届满日{end.isoformat()}")
        return extension
    return end


def _next_date(rule: str, start: date) -> date:
    """The first such date on or after the start; "before 1 April" is met on 31 March at the latest."""
    name, _, month_day = rule.partition(":")
    month, day = int(month_day[:2]), int(month_day[3:])
    for year in (start.year, start.year + 1):
        end = date(year, month, day) - (ONE_DAY if name == "fixed_date_before" else ONE_DAY * 0)
        if end >= start:
            return end
    raise AssertionError("a yearly date comes every year")
