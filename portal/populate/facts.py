"""What was stated with each step of a sample case."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.populate import words
from portal.populate.calendar import Days
from portal.populate.people import Applicant, Person


@dataclass(slots=True)
class Moment:
    """A step about to be written down: the place of its day, and who belongs to the case."""

    chance: random.Random
    days: Days
    day: int
    officers: list[Person]
    applicant: Applicant
    presider: int
    materials: list[str]

    def iso(self, ahead: int = 0) -> str:
        return self.days.iso[self.day + ahead]

    def some(self, among: tuple[str, ...]) -> str:
        return self.chance.choice(among)


def _deficiency(now: Moment) -> dict[str, Any]:
    return {"items": now.materials[:1], "requirements": now.some(words.LACKING), "correct_by": now.iso(10)}


def _assigned(now: Moment) -> dict[str, Any]:
    return {"officers": _pair(now), "verify_on": now.iso(1)}


def _pair(now: Moment) -> list[str]:
    return sorted(str(each.user) for each in now.officers)


def _verified(now: Moment) -> dict[str, Any]:
    return {
        "signed_by": _pair(now), "verified_on": now.iso(), "place": "经营场所", "findings": now.some(words.FINDINGS),
        "conclusion": "fits",
    }  # fmt: skip


def _granted(now: Moment) -> dict[str, Any]:
    return {"reasons": now.some(words.GRANTED), "valid_from": now.iso(), "scope": "按照申请的项目"}


def _hearing_date(now: Moment) -> dict[str, Any]:
    on = now.iso(9)
    return {"hearing_on": on, "hearing_time": "上午9时30分", "place": "区政务服务中心听证室（示例）", "until": on}


STATED: dict[str, Callable[[Moment], dict[str, Any]]] = {
    "notify_deficiency": _deficiency,
    "assign_verification": _assigned,
    "record_verification": _verified,
    "grant": _granted,
    "refuse": lambda now: {"reasons": now.some(words.REFUSED)},
    "refuse_not_competent": lambda now: {"reasons": "申请事项不属于本机关职权。", "competent_organ": "市级主管部门"},
    "tell_no_licence_needed": lambda now: {"reasons": "申请的活动依法不需要取得行政许可。"},
    "withdraw": lambda now: {"reasons": now.some(words.REASONS)},
    "terminate": lambda now: {"reasons": now.some(words.REASONS)},
    "extend": lambda now: {"reasons": "情况复杂，需要进一步核实，经本机关负责人批准延长。"},
    "order_expert_review": lambda now: {"body": "示例专家评审组", "until": now.iso(12)},
    "record_special_result": lambda now: {"result": "评审认为符合有关技术要求。"},
    "notify_hearing_right": lambda now: {"interest": "与相邻单位的通行和采光有重大利益关系。"},
    "record_hearing_right_told": lambda now: {
        "told_on": now.iso(), "recipients": f"电子送达，{now.applicant.filer.name}",
    },
    "appoint_presider": lambda now: {"presider": str(now.presider)},
    "notify_hearing_date": _hearing_date,
    "hold_hearing": lambda now: {
        "attendants": f"申请人{now.applicant.filer.name}，承办人{now.officers[0].name}",
        "evidence": "核查笔录、申请材料。", "arguments": now.some(words.STATEMENTS),
    },
    "advise": lambda now: {"proposal": "agree", "reasons": now.some(words.OPINIONS)},
    "pass_legal_review": lambda now: {"opinion": now.some(words.OPINIONS)},
    "make_statement": lambda now: {"statement": now.some(words.STATEMENTS)},
    "deliver": lambda now: {"method": "electronic", "recipient": now.applicant.filer.name, "served_on": now.iso()},
}  # fmt: skip
