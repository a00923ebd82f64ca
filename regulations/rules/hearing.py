"""Gates of the hearing on a draft: its days, who puts their name down for it, who takes part. Pure."""

from __future__ import annotations

from datetime import date

from casework.situation import Done, Situation

CAPACITIES = (
    ("concerned", "与规定的事项有利害关系"), ("resident", "关心这一事项的居民"),
    ("organisation", "单位、行业协会商会的代表"), ("expert", "专业人员"),
)  # fmt: skip
ANNOUNCE, REGISTER, CHOOSE = "announce_hearing", "register_for_hearing", "choose_participants"


def registration_days_in_order(s: Situation) -> bool:
    """报名截止日期不早于今天，早于听证日期"""
    return s.today <= _day(s.facts.get("register_by")) < _day(s.facts.get("hearing_date"))


def registration_open(s: Situation) -> bool:
    """公告的报名截止日期尚未过去"""
    return _announced(s, "register_by") >= s.today


def registration_over(s: Situation) -> bool:
    """公告的报名截止日期已过"""
    return date.min < _announced(s, "register_by") < s.today


def not_registered_yet(s: Situation) -> bool:
    """此前没有报名参加本次听证"""
    return s.actor is None or all(act.actor != s.actor for act in _registered(s))


def participants_chosen(s: Situation) -> bool:
    """有人报名的，已确定听证参加人"""
    return not _registered(s) or s.after(CHOOSE, ANNOUNCE)


def hearing_day_here(s: Situation) -> bool:
    """公告的听证日期已到"""
    return date.min < _announced(s, "hearing_date") <= s.today


def _registered(s: Situation) -> list[Done]:
    """Who has registered since the hearing was announced last."""
    found: list[Done] = []
    for act in reversed(s.acts):
        if act.step == ANNOUNCE:
            break
        found += [act] if act.step == REGISTER else []
    return found


def _announced(s: Situation, name: str) -> date:
    announced = s.last(ANNOUNCE)
    return _day(announced.facts.get(name)) if announced else date.min


def _day(value: object) -> date:
    """A day that is stated; the first of all days while it is not."""
    return value if isinstance(value, date) else date.min
