"""What the gates look at once a licence is in force: its change, its renewal, its supervision and its end."""

from __future__ import annotations

from datetime import date

from approvals.rules.applications import BEIJING
from casework.situation import Situation

ORDERS = ("order_correction", "order_commitment_correction")
INTENTS = ("notify_revocation_intent", "notify_taking_back_intent")
ENDED = frozenset(
    {"expired", "revoked", "taken_back", "stripped", "holder_ended", "impossible", "cancellation_requested"}
)


def applies_as_holder(s: Situation) -> bool:
    """申请人是被许可人"""
    return bool(s.known.get("is_holder"))


def licence_in_force(s: Situation) -> bool:
    """许可证件现行有效"""
    return bool(s.known.get("licence_in_force"))


def licence_not_ended(s: Situation) -> bool:
    """许可没有被撤销、撤回、吊销或者注销"""
    return bool(s.known.get("licence_valid"))


def deciding_organ(s: Situation) -> bool:
    """向作出行政许可决定的机关提出"""
    return bool(s.known.get("same_organ"))


def none_pending(s: Situation) -> bool:
    """没有正在办理的同类申请"""
    return not s.known.get("same_pending")


def expiry_of_the_licence(s: Situation) -> bool:
    """所填的截止日期与许可证件载明的一致"""
    return s.facts.get("expires_on") is not None and s.facts.get("expires_on") == s.known.get("valid_to")


def later_than_the_law_says(s: Situation) -> bool:
    """提出时间晚于有效期届满三十日前"""
    return not s.is_ahead("xk_renew_apply", "expires_on")


def late_or_ended(s: Situation) -> bool:
    """申请逾期提出，或者许可已经被撤销、撤回、吊销、注销"""
    return s.taken("apply_late") or not licence_not_ended(s)


def delivered_and_filed(s: Situation) -> bool:
    """准予许可决定及证件已经送达并存入许可档案"""
    return bool(s.known.get("delivered"))


def has_a_term(s: Situation) -> bool:
    """证件载明有效期"""
    return s.known.get("valid_to") is not None


def has_no_term(s: Situation) -> bool:
    """证件没有载明有效期"""
    return s.known.get("valid_to") is None


def renewal_decided(s: Situation) -> bool:
    """延续案件已经准予延续或者视为准予延续"""
    return s.facts.get("renewal_case") in s.known.get("renewals_decided", ()) and expiry_of_the_licence(s)


def change_decided(s: Situation) -> bool:
    """变更案件已经准予变更"""
    return s.facts.get("change_case") in s.known.get("changes_decided", ())


def no_renewal_in_time_open(s: Situation) -> bool:
    """没有按期提出而尚未决定的延续申请"""
    return not s.known.get("timely_renewal_open")


def term_is_over(s: Situation) -> bool:
    """有效期已经届满，未准予延续"""
    valid_to = s.known.get("valid_to")
    return isinstance(valid_to, date) and valid_to < s.today


def granted_on_commitment(s: Situation) -> bool:
    """许可系以告知承诺方式作出"""
    return bool(s.known.get("granted_on_commitment"))


def two_inspectors(s: Situation) -> bool:
    """由两名以上工作人员进行，记录人是其中之一"""
    officers = {int(pk) for pk in s.facts.get("inspectors", [])}
    return len(officers) >= 2 and s.actor in officers


def correction_day_ahead(s: Situation) -> bool:
    """已经确定改正期限，期限在今日之后"""
    correct_by = s.facts.get("correct_by")
    return isinstance(correct_by, date) and correct_by > s.today


def order_period_over(s: Situation) -> bool:
    """责令改正文书确定的期限已经届满"""
    order = s.last(*ORDERS)
    return order is not None and order.facts.get("correct_by", date.max) < s.today


def ordered_on_commitment(s: Situation) -> bool:
    """责令履行的是告知承诺的内容"""
    order = s.last(*ORDERS)
    return order is not None and order.step == "order_commitment_correction"


def revocation_intended(s: Situation) -> bool:
    """此前告知的是拟撤销许可"""
    told = s.last(*INTENTS)
    return told is not None and told.step == "notify_revocation_intent"


def taking_back_intended(s: Situation) -> bool:
    """此前告知的是拟撤回或者变更许可"""
    told = s.last(*INTENTS)
    return told is not None and told.step == "notify_taking_back_intent"


def told_after_the_intent(s: Situation) -> bool:
    """送达日期不早于告知书的日期，也不晚于今日"""
    told, on = s.last(*INTENTS), s.facts.get("told_on")
    return told is not None and isinstance(on, date) and told.at.astimezone(BEIJING).date() <= on <= s.today


def intent_not_told_before(s: Situation) -> bool:
    """本次告知的送达尚未登记"""
    return not s.after("record_intent_told", *INTENTS)


def no_request_for_hearing(s: Situation) -> bool:
    """期限内没有人申请听证"""
    return not s.after("request_hearing", *INTENTS)


def presider_kept_out(s: Situation) -> bool:
    """听证主持人没有承办本案"""
    presider = s.facts.get("presider")
    return presider is not None and int(presider) not in s.actors_of(*INTENTS, *ORDERS, "record_inspection")


def presider_of_the_notice_holds(s: Situation) -> bool:
    """由通知书载明的主持人主持"""
    notice = s.last("notify_hearing_date")
    return notice is not None and s.actor == int(notice.facts.get("presider", 0))


def no_case_against_the_holder(s: Situation) -> bool:
    """被许可人没有正在接受调查的案件"""
    return not s.known.get("investigated")


def ground_on_record(s: Situation) -> bool:
    """第七十条所列情形之一已有记载"""
    return s.state in ENDED


def later_than_the_old_term(s: Situation) -> bool:
    """延续后的有效期晚于原有效期"""
    until, valid_to = s.facts.get("valid_to"), s.known.get("valid_to")
    return until is None or (isinstance(until, date) and isinstance(valid_to, date) and until > valid_to)
