"""What the gates of the approval procedures look at. The docstrings are the words of the legal review.

Each predicate receives a `casework.situation.Situation`; the item, the materials and the licence stand in `known`.
"""

from __future__ import annotations

from casework.situation import Done, Situation
from law.terms import BEIJING

ACCEPTING = (
    "accept",
    "accept_with_inspection",
    "accept_company_registration",
    "accept_low_risk_project",
    "deem_accepted",
    "continue_from_bundle",
)


def item_in_force(s: Situation) -> bool:
    """事项已经公布且现行有效"""
    return bool(s.known.get("item_in_force"))


def basis_in_force(s: Situation) -> bool:
    """事项的设定依据均已公布、现行有效，没有暂停执行"""
    return not s.known.get("unfit_basis")


def power_held(s: Situation) -> bool:
    """本机关在当日依法享有这一行政许可权"""
    return bool(s.known.get("power_held"))


def point_serves_item(s: Situation) -> bool:
    """收件的服务点受理这一事项"""
    return bool(s.known.get("point_serves_item"))


def declared_to_the_city(s: Situation) -> bool:
    """市级平台已经核验申请人身份，申请人已经承诺材料真实"""
    return bool(s.known.get("declared_to_the_city"))


def collects_at_point(s: Situation) -> bool:
    """申请人选择到服务网点领取，尚未领取"""
    return bool(s.known.get("delivery_point"))


def another_point(s: Situation) -> bool:
    """改送的网点不是现在的领取网点"""
    return s.facts.get("point") != s.known.get("delivery_point")


def required_materials_given(s: Situation) -> bool:
    """清单列明的必要材料均已提交"""
    return not s.known.get("missing_materials")


def no_deficiency_notice_before(s: Situation) -> bool:
    """本案此前没有发出过补正告知：需要补正的全部内容应当一次告知"""
    return not s.taken("notify_deficiency")


def deficiency_notice_before(s: Situation) -> bool:
    """本案此前已经一次告知过需要补正的全部内容"""
    return s.taken("notify_deficiency")


def only_published_materials(s: Situation) -> bool:
    """只要求公布的材料目录以内的材料"""
    return set(s.facts.get("items", [])) <= set(s.known.get("material_codes", []))


def only_items_of_the_notice(s: Situation) -> bool:
    """只列原补正告知书所列且仍未补齐的材料"""
    notice = s.last("notify_deficiency")
    return notice is not None and set(s.facts.get("items", [])) <= set(notice.facts.get("items", []))


def nothing_told_in_time(s: Situation) -> bool:
    """期限内没有告知补正，也没有作出受理或者不予受理的决定"""
    return s.state == "filed"


def needs_inspection(s: Situation) -> bool:
    """事项依法须由本机关检验、检测、检疫"""
    return bool(s.known.get("needs_inspection"))


def goes_to_superior(s: Situation) -> bool:
    """事项依法应当先经本机关审查后报上级机关决定"""
    return bool(s.known.get("goes_to_superior"))


def is_company_registration(s: Situation) -> bool:
    """事项是企业设立登记"""
    return s.known.get("special_limit") == "bj_company_registration"


def is_low_risk_project(s: Situation) -> bool:
    """项目列入低风险工程建设项目"""
    return s.known.get("special_limit") == "bj_low_risk_project"


def ordinary_limit(s: Situation) -> bool:
    """事项适用一般审查期限"""
    return (
        not s.known.get("special_limit") and not s.known.get("needs_inspection") and not s.known.get("goes_to_superior")
    )


def safety_matter(s: Situation) -> bool:
    """事项直接关系公共安全、人身健康、生命财产安全"""
    return bool(s.known.get("safety"))


def not_safety_matter(s: Situation) -> bool:
    """事项不直接关系公共安全、人身健康、生命财产安全"""
    return not s.known.get("safety")


def on_commitment_list(s: Situation) -> bool:
    """事项列入公布的告知承诺事项清单，且不直接涉及国家安全、公共安全和人身健康"""
    return bool(s.known.get("on_commitment")) and not s.known.get("safety")


def belongs_to_market_regulation(s: Situation) -> bool:
    """许可权属于市场监督管理部门"""
    return bool(s.known.get("market_regulation"))


def verification_assigned(s: Situation) -> bool:
    """已经指派核查人员，且核查结果尚未记录"""
    return s.after("assign_verification", "record_verification")


def verification_by_assigned(s: Situation) -> bool:
    """由被指派的核查人员记录，两名以上核查人员签字"""
    assigned = s.last("assign_verification")
    if assigned is None:
        return False
    officers = {int(pk) for pk in assigned.facts.get("officers", [])}
    signed = {int(pk) for pk in s.facts.get("signed_by", [])}
    return s.actor in officers and len(signed) >= 2 and signed <= officers


def two_officers(s: Situation) -> bool:
    """核查人员不少于两名"""
    return len(set(s.facts.get("officers", []))) >= int(s.known.get("verify_staff_min", 2))


def no_verification_open(s: Situation) -> bool:
    """指派的实地核查已经记录结果"""
    return not s.taken("assign_verification") or s.after("record_verification", "assign_verification")


def no_hearing_right_open(s: Situation) -> bool:
    """没有尚未届满的申请听证期限"""
    return not s.clock_runs("xk_hearing_request")


def correction_period_over(s: Situation) -> bool:
    """补正告知书确定的合理期限已经届满"""
    notice = s.last("notify_deficiency", "return_outstanding_items")
    return notice is not None and "correct_by" in notice.facts and notice.facts["correct_by"] < s.today


def told_after_the_notice(s: Situation) -> bool:
    """收到告知书的日期不早于告知书作出之日，也不晚于今天"""
    notice, told_on = s.last("notify_hearing_right"), s.facts.get("told_on")
    return notice is not None and told_on is not None and notice.at.astimezone(BEIJING).date() <= told_on <= s.today


def not_told_before(s: Situation) -> bool:
    """本次告知的送达此前没有登记过"""
    return not s.after("record_hearing_right_told", "notify_hearing_right")


def hearing_asked_in_time(s: Situation) -> bool:
    """自被告知听证权利之日起五个工作日内提出，或者送达尚未登记"""
    clock = s.clock("xk_hearing_request")
    return clock is None or not clock.running or s.clock_within("xk_hearing_request")


def concerned_third_party_heard(s: Situation) -> bool:
    """直接关系他人重大利益的，已经告知该利害关系人"""
    return not s.known.get("third_party_interest") or s.taken("tell_interested_party")


def legal_review_passed(s: Situation) -> bool:
    """属于重大执法决定的，法制审核已经通过"""
    return not s.known.get("major") or s.after("pass_legal_review", "object_in_legal_review")


def major_decision(s: Situation) -> bool:
    """决定列入本机关重大执法决定法制审核目录"""
    return bool(s.known.get("major"))


def reviewer_did_not_handle(s: Situation) -> bool:
    """审核人员没有承办本案"""
    handlers = s.actors_of(*ACCEPTING, "record_verification", "assign_verification", "notify_deficiency")
    return s.actor not in handlers


def not_extended_before(s: Situation) -> bool:
    """审查期限此前没有延长过"""
    return not s.taken("extend")


def no_decision_yet(s: Situation) -> bool:
    """行政机关尚未作出决定"""
    return not s.taken("grant", "refuse", "refuse_false_material_at_decision")


def presider_appointed(s: Situation) -> bool:
    """已经指定听证主持人，且其没有被决定回避"""
    return _presider(s) is not None


def _presider(s: Situation) -> int | None:
    """Who was appointed last, unless a challenge ended the appointment."""
    appointed = s.last("appoint_presider")
    return int(appointed.facts.get("presider", 0)) if appointed and appointed not in _recused(s) else None


def presider_did_not_examine(s: Situation) -> bool:
    """主持人不是审查本申请的工作人员，也没有在本案中被决定回避"""
    presider = s.facts.get("presider")
    examiners = s.actors_of(*ACCEPTING, "record_verification", "notify_hearing_right")
    away = {int(act.facts.get("presider", 0)) for act in _recused(s)}
    return presider is not None and int(presider) not in examiners | away


def _recused(s: Situation) -> list[Done]:
    """The appointments that a challenge ended."""
    found, latest = [], None
    for act in s.acts:
        if act.step == "appoint_presider":
            latest = act
        elif act.step == "decide_challenge" and act.facts.get("outcome") == "recused" and latest:
            found.append(latest)
    return found


def challenge_open(s: Situation) -> bool:
    """有尚未决定的回避申请"""
    return s.after("challenge_presider", "decide_challenge")


def no_challenge_open(s: Situation) -> bool:
    """没有尚未决定的回避申请"""
    return not challenge_open(s)


def hearing_follows_notice(s: Situation) -> bool:
    """已经提前通知听证的时间、地点，且在通知的日期举行"""
    notice = s.last("notify_hearing_date")
    return notice is not None and notice.facts.get("hearing_on") == s.today


def presider_holds(s: Situation) -> bool:
    """由指定且没有被决定回避的主持人主持"""
    return s.actor is not None and s.actor == _presider(s)


def no_hearing_before(s: Situation) -> bool:
    """同一事项没有举行过听证"""
    return not s.taken("hold_hearing")
