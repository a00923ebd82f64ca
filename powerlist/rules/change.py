"""The gates of a change of the list; their docstrings are the words that people read. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from casework.situation import Situation
from powerlist.rules import item as items

PROPOSING = (
    "propose_addition", "propose_cancellation", "propose_change", "propose_delegation", "propose_take_over",
    "propose_transfer", "propose_ex_officio",
)  # fmt: skip
# What becomes of open cases when a power goes to another organ or ends: nothing by itself, and people are told so.
PENDING = "已经立案的案件不随清单调整移交，仍由原机关在本门户办理；审定由其他机关继续办理的，由两个机关另行移交。"
AGREEING = ("confirm_taking_over", "settle_for_change")  # who receives the power agrees, or the government decides
MOVING = ("delegation", "transfer")  # kinds of change in which another organ receives the power and confirms it


def _content(s: Situation) -> Mapping[str, Any]:
    return s.known.get("content") or {}


def in_force(s: Situation) -> bool:
    """该事项现行有效，由本机关行使"""
    return bool(s.known.get("current")) and bool(s.known.get("held"))


def exists(s: Situation) -> bool:
    """该事项现行有效，或者属于新增"""
    return bool(s.known.get("current")) or s.known.get("kind") == "addition"


def not_on_the_list(s: Situation) -> bool:
    """权责编码没有使用过，清单上没有同一事项"""
    return not s.known.get("code_used") and not s.known.get("same_name")


def alone(s: Situation) -> bool:
    """同一事项没有其他正在办理或者已公布未生效的调整"""
    return not s.known.get("others")


def elements_filled(s: Situation) -> bool:
    """权责事项各要素均已填写"""
    cancelled = s.known.get("kind") == "cancellation"
    return cancelled or not [name for name, _ in items.faults(_content(s)) if name != "stages"]


def liability_complete(s: Situation) -> bool:
    """责任清单同步调整：每个环节都写明责任事项、责任主体、追责情形和方式"""
    cancelled = s.known.get("kind") == "cancellation"
    return cancelled or not [name for name, _ in items.faults(_content(s)) if name == "stages"]


def basis_in_force(s: Situation) -> bool:
    """法规库收录的依据均能找到条文并且现行有效"""
    return not s.known.get("lapsed_basis")


def liability_basis_in_force(s: Situation) -> bool:
    """责任清单引用的依据，法规库收录的均能找到条文并且现行有效"""
    return not s.known.get("lapsed_liability")


def basis_is_law(s: Situation) -> bool:
    """不以规范性文件作为设定依据（行政许可法第十七条、行政处罚法第十六条）"""
    return not s.known.get("normative_basis")


def differs(s: Situation) -> bool:
    """已对照列明变更的要素，拟调整内容与现行内容不同"""
    return bool(items.differences(s.known.get("current") or {}, _content(s)))


def items_known(s: Situation) -> bool:
    """新关联的服务事项已列入服务事项目录"""
    return not s.known.get("unknown_items")


def items_free(s: Situation) -> bool:
    """关联的服务事项没有关联其他现行有效的权责事项"""
    return not s.known.get("items_of_others")


def same_holder(s: Situation) -> bool:
    """变更要素不改变实施主体；改变实施主体的，应当申请下放、划转"""
    return (s.known.get("current") or {}).get("organ") == _content(s).get("organ")


def own_organ(s: Situation) -> bool:
    """新增事项的实施主体是本机关"""
    return _content(s).get("organ") == s.known.get("organ")


def receiver_named(s: Situation) -> bool:
    """已写明承接机关"""
    return bool(s.known.get("receiver"))


def receiver_is_agency(s: Situation) -> bool:
    """承接单位是行政机关"""
    return bool(s.known.get("receiver_is_agency"))


def not_passed_on_again(s: Situation) -> bool:
    """受委托的行政许可不得再委托"""
    current = s.known.get("current") or {}
    return not (current.get("kind") == "XK" and current.get("entrusted") and _content(s).get("entrusted"))


def needs_receiver(s: Situation) -> bool:
    """属于下放、委托或者划转，并已写明承接机关"""
    return s.known.get("kind") in MOVING and bool(s.known.get("receiver"))


def pending_have_owner(s: Situation) -> bool:
    """原机关不再行使该职权的，已写明正在办理的案件由哪一机关继续办理"""
    return not s.known.get("removes") or bool(s.facts.get("pending_owner"))


def day_not_past(s: Situation) -> bool:
    """生效日期不早于审定之日"""
    day = s.facts.get("effective_on")
    return isinstance(day, date) and day >= s.today


def day_as_approved(s: Situation) -> bool:
    """施行日期为审定的生效日期；审定日期已过的，为公布之日"""
    approved = s.last("approve")
    return approved is not None and s.facts.get("effective_on") == max(approved.facts["effective_on"], s.today)


def still_stands(s: Situation) -> bool:
    """拟调整的事项没有因其他调整发生变化"""
    return bool(s.known.get("current")) != (s.known.get("kind") in ("addition", "take_over"))


def effective_day_reached(s: Situation) -> bool:
    """公布的施行日期已到"""
    published = s.last("publish")
    return published is not None and published.facts["effective_on"] <= s.today


def pending_settled(s: Situation) -> bool:
    """原机关不再行使该职权的，审定时已明确正在办理案件的承办机关"""
    approved = s.last("approve")
    return approved is not None and (not s.known.get("removes") or bool(approved.facts.get("pending_owner")))


def opinions_in(s: Situation) -> bool:
    """各机关意见均已收到，或者征求意见函确定的期限已经届满"""
    asked = s.last("consult_organs")
    if asked is None:
        return False
    until = asked.facts.get("reply_by")
    return not s.known.get("unanswered") or (isinstance(until, date) and until < s.today)


def comment_period_over(s: Situation) -> bool:
    """公告确定的期限已经届满"""
    opened = s.last("open_public_consultation")
    until = opened.facts.get("comment_until") if opened else None
    return isinstance(until, date) and until < s.today


def _as_agreed(s: Situation) -> bool:
    """Whether the text names the organs that it named when the receiver confirmed last, or the government ruled."""
    agreed: Mapping[str, Any] = s.known.get("agreed") or {}
    return bool(agreed) and all(agreed.get(name) == _content(s).get(name) for name in ("organ", "entrusted"))


def _ruled(s: Situation) -> bool:
    """Whether the government named the organs that the text names."""
    last = s.last(*AGREEING)
    return last is not None and last.step == "settle_for_change" and _as_agreed(s)


def receiver_confirmed(s: Situation) -> bool:
    """有承接机关的，已经确认承接或者经裁定"""
    return s.known.get("kind") not in MOVING or _as_agreed(s)


def entrusted_confirms(s: Situation) -> bool:
    """新增受委托机关的，申请下放或者委托，由受委托机关确认"""
    entrusted = _content(s).get("entrusted")
    before = s.known.get("current") or {} if entrusted else {}
    return not entrusted or entrusted in (before.get("entrusted"), s.known.get("receiver")) or _ruled(s)


def _own_or_ex_officio(s: Situation) -> bool:
    return own_organ(s) or s.taken("propose_ex_officio")


_FITTING: Mapping[str, tuple[Callable[[Situation], bool], ...]] = {
    "addition": (not_on_the_list, _own_or_ex_officio),
    "cancellation": (exists,),
    "change": (same_holder, differs),
    "delegation": (receiver_named, receiver_is_agency, not_passed_on_again),
    "take_over": (not_on_the_list, _own_or_ex_officio),
    "transfer": (receiver_named, receiver_is_agency),
}


def fits_its_kind(s: Situation) -> bool:
    """拟调整内容仍属于所提出的调整类型"""
    return _ruled(s) or all(fits(s) for fits in _FITTING[s.known["kind"]])


def reviewed_this_text(s: Situation) -> bool:
    """合法性审核已通过，且审核文本与提交文本一致"""
    return s.after("pass_legal_review", *PROPOSING, "complete", "settle_for_change")


def on_the_agenda(s: Situation) -> bool:
    """已列入会议议题"""
    return s.after("put_on_agenda", "pass_legal_review")


def entrusts_a_licence(s: Situation) -> bool:
    """以委托方式下放行政许可"""
    return _content(s).get("kind") == "XK" and bool(_content(s).get("entrusted"))


def not_ex_officio(s: Situation) -> bool:
    """不是依职权启动的案件"""
    return not s.taken("propose_ex_officio")
