"""Why a period ends when it ends, in Chinese, one line per consideration. Pure."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from law.calendar import WEEKEND, WorkCalendar
from law.periods import ONE_DAY, Period
from law.terms import Extension, Limit, Suspension, local
from law.wording import articles_zh, day_zh, instant_zh, law_zh, quantity_zh, runs_zh, weekday_zh

BACKWARD = "latest_compliant_date_no_roll"
CIVIL_CODE = date(2021, 1, 1)
CONCLUSIONS = {
    "minimum_duration": "期间不得少于上述期限，至{end}届满；此前不得结束，最早自{next}起进入下一步",
    "earliest_start_after": "等待期间至{end}届满，最早自{next}起可以进行",
    "blocked_until": "限制期间至{end}届满，自{next}起不再受限",
    "no_action_after": "时效至{end}届满，此后不得再行作出",
    "ends_automatically": "至{end}届满，届满即自动终止",
    "same_day_of_year_no_roll": "至{end}届满，未经延续即失效",
    "accrual_daily": "自{end}起按日计算",
    BACKWARD: "最迟应当于{end}完成",
    "immediate": "应当于{end}当场办理",
}


def steps(
    trigger: date | datetime,
    limit: Limit,
    period: Period,
    extension: Extension | date | None,
    end: date | None,
    at: datetime | None,
) -> Iterator[str]:
    """The lines of the explanation. end, at: the result; end None: paused."""
    yield _rule(limit, period.start)
    yield f"期限：{limit.procedure_zh}，{length_zh(limit)}。" + (f"{limit.counting}。" if limit.counting else "")
    yield _start(trigger, limit)
    if limit.unit == "working_day":
        yield from _working_days(period)
    yield from _suspensions(limit, period, paused=end is None)
    if extension is not None:
        yield _extension(limit, extension)
    yield from _moved(limit, period, end)
    yield _conclusion(limit, period, end, at)
    yield from _caveats(limit, period)


def _rule(limit: Limit, day: date) -> str:
    until = f"至{day_zh(limit.effective_to)}" if limit.effective_to else "起"
    interval = f"自{day_zh(limit.effective_from)}{until}施行的版本"
    line = f"依据：{law_zh(limit.law_zh)}{articles_zh(limit.article)}，{interval}"
    return line + ("。" if limit.in_force(day) else f"；触发日{day_zh(day)}不在该区间，按案件沿用该版本。")


def length_zh(limit: Limit) -> str:
    """20个工作日, 提前7个工作日, 每年1月31日前（含当日）."""
    rule, _, day = limit.end_rule.partition(":")
    month_day = f"{int(day[:2])}月{int(day[3:])}日" if day else ""
    if rule == "fixed_date":
        return f"每年{month_day}前（含当日）"
    if rule == "fixed_date_before":
        return f"每年{month_day}之前（不含当日）"
    if rule == "calendar_year_end":
        return "当年12月31日前"
    if rule == "immediate":
        return "当场办理"
    if rule == "accrual_daily":
        return "按日计算"
    length = quantity_zh(limit.quantity, limit.unit)
    return f"提前{length}" if rule == BACKWARD and limit.quantity else length


def _start(trigger: date | datetime, limit: Limit) -> str:
    day = trigger.date() if isinstance(trigger, datetime) else trigger
    if limit.unit == "hour":
        if isinstance(trigger, datetime):
            return f"起算：{instant_zh(trigger)}（{limit.trigger_zh}），自该时刻起计算。"
        return f"起算：{weekday_zh(day)}（{limit.trigger_zh}）；只给出日期，按当日0时起计算。"
    if limit.end_rule == BACKWARD:
        return f"倒推：以{weekday_zh(day)}（{limit.trigger_zh}）为准向前推算，当日不计入。"
    if limit.start_rule == "calendar_year_start":
        return f"起算：{weekday_zh(day)}（{limit.trigger_zh}）之日或者此后最近的一次期限日。"
    if limit.end_rule == "immediate":
        return f"起算：{weekday_zh(day)}（{limit.trigger_zh}）。"
    return f"起算：{weekday_zh(day)}（{limit.trigger_zh}）当日不计入，自次日起计算。"


def _working_days(period: Period) -> Iterator[str]:
    calendar, year = period.calendar, period.start.year
    weekends = [day for day in period.skipped if calendar.name(day) == WEEKEND]
    holidays: dict[str, list[date]] = {}
    for day in period.skipped:
        if (name := calendar.name(day)) != WEEKEND:
            holidays.setdefault(name, []).append(day)
    parts = [f"{name}{runs_zh(days, year)}（{len(days)}天）" for name, days in holidays.items()]
    if weekends:
        parts.append(f"周末{runs_zh(weekends, year)}（{len(weekends)}天）")
    if parts:
        yield "不计入的休息日：" + "；".join(parts) + "。"
    if period.made_up:
        written = "、".join(f"{runs_zh([day], year)}（{calendar.name(day)}调休）" for day in period.made_up)
        yield f"计入的调休上班日：{written}。"


def _suspensions(limit: Limit, period: Period, paused: bool) -> Iterator[str]:
    if not period.suspensions:
        return
    for suspension in period.suspensions:
        yield f"中止：{_interval(suspension)}" + (f"（{suspension.reason}）。" if suspension.reason else "。")
    if limit.end_rule in (BACKWARD, "immediate", "calendar_year_end") or limit.start_rule == "calendar_year_start":
        yield "本项期限不受中止影响。"
    elif period.excluded:
        unit = "个工作日" if limit.unit == "working_day" else "日"
        amount = _duration(period.excluded) if limit.unit == "hour" else f"{period.excluded.days}{unit}"
        yield f"中止期间有{amount}不计入期限。"
    elif not paused:
        yield "中止期间没有应当扣除的时间。"


def _interval(suspension: Suspension) -> str:
    def written(value: date | datetime) -> str:
        value = local(value)
        return instant_zh(value) if isinstance(value, datetime) else day_zh(value)

    return f"自{written(suspension.start)}" + (f"至{written(suspension.end)}" if suspension.end else "起，尚未恢复")


def _duration(length: timedelta) -> str:
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    return f"{hours}小时" + (f"{minutes}分" if minutes else "")


def _extension(limit: Limit, extension: Extension | date) -> str:
    if isinstance(extension, Extension):
        line = f"延长：{quantity_zh(extension.quantity, extension.unit)}，自原期限届满（顺延之前）接续计算"
    else:
        line = f"延长：经批准延长至{day_zh(extension)}"
    return line + (
        f"；条件：{limit.extension_condition}。" if limit.extension_condition else "；本规定未载明延长条件。"
    )


def _moved(limit: Limit, period: Period, end: date | None) -> Iterator[str]:
    if end is None:
        return
    if period.rolled_from is None:
        if period.calendar.is_made_up(end) and limit.unit != "working_day":
            yield f"期间的最后一日{weekday_zh(end)}为调休上班日（{period.calendar.name(end)}），不顺延。"
        return
    holiday, year = period.rolled_from, period.start.year
    if limit.end_rule == BACKWARD:
        yield (
            f"推算至{weekday_zh(holiday)}，该日为休息日（{period.calendar.name(holiday)}），"
            f"提前到前一个工作日{weekday_zh(end)}；此为稳妥起见的工程规则，法律未作规定。"
        )
        return
    days = [holiday + timedelta(days=n) for n in range((end - holiday).days)]
    off = [day for day in days if period.calendar.is_holiday(day)]
    basis = "民事诉讼法、民法典" if period.start >= CIVIL_CODE else "民事诉讼法"
    names = "、".join(dict.fromkeys(period.calendar.name(day) for day in off))
    yield (
        f"顺延：期间的最后一日{weekday_zh(holiday)}为休息日（{names}：{runs_zh(off, year)}），"
        f"依照{basis}关于期间的规定，以其后第一个工作日{weekday_zh(end)}为届满日。"
    )


def _conclusion(limit: Limit, period: Period, end: date | None, at: datetime | None) -> str:
    if at:
        return f"到期时间：{instant_zh(at)}；以小时计算的期限不因节假日顺延。"
    if end is None:
        return "期限处于中止状态，恢复计算后才能确定到期日。"
    template = CONCLUSIONS.get(limit.end_rule)
    line = (
        "结论：" + template.format(end=weekday_zh(end), next=weekday_zh(end + ONE_DAY))
        if template
        else f"到期日：{weekday_zh(end)}"
    )
    # A date that does not move is worth a word when nobody works on it.
    literal = limit.end_rule.startswith(("fixed_date", "calendar_year_end"))
    if literal and _known_holiday(period.calendar, end):
        line += (
            f"；该日为休息日，本项期限不因此顺延，宜提前至{weekday_zh(period.calendar.previous_working_day(end))}办结"
        )
    return line + "。"


def _known_holiday(calendar: WorkCalendar, day: date) -> bool:
    return calendar.is_published(day) and calendar.is_holiday(day)


def _caveats(limit: Limit, period: Period) -> Iterator[str]:
    if limit.consequence:
        yield f"说明：{limit.consequence}。"
    if not limit.verified:
        yield "注意：本项规定未经核对法律原文，仅供参考。"
    if period.provisional:
        yield "暂定：计算涉及尚未收录放假通知的年份，只扣除周末和固定日期的法定节日；收录通知后须重新计算。"
