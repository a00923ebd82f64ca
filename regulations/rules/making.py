"""Gates of the making of a document up to its legality review; their docstrings are what people read. Pure."""

from __future__ import annotations

from datetime import date

from casework.situation import Situation

DRAFTED = ("propose_project", "start_drafting", "commission_draft", "form_text", "send_to_legality_review")
COMPETITION = (
    "pass_fair_competition", "pass_fair_competition_exception", "fail_fair_competition", "record_not_economic",
)  # fmt: skip
PLANNED = ("include_in_plan", "add_out_of_plan")
STARTED = ("start_drafting", "commission_draft")


def level(s: Situation) -> str:
    """部门文件或者区政府文件；列入计划时确定"""
    planned = s.last(*PLANNED)
    return str(planned.facts.get("level", "")) if planned else ""


def business(s: Situation) -> bool:
    """启动起草时确认与经营主体的生产经营活动密切相关；确认以后不因委托起草而改变"""
    return any(act.step in STARTED and act.facts.get("business") == "yes" for act in s.acts)


def of_the_government(s: Situation) -> bool:
    """属于区政府文件"""
    return level(s) == "government"


def finishes_later(s: Situation) -> bool:
    """完成时间在今天之后"""
    return _day(s, "finish_on") > s.today


def replaced_found(s: Situation) -> bool:
    """写明代替的文件，均为登记簿中本区的现行文件；几个机关用过同一文号的，文号前写明机关"""
    return not s.known.get("unfound")


def amended_found(s: Situation) -> bool:
    """写明修改的文件，为登记簿中制定机关自己的现行文件，不同时写明代替"""
    return bool(s.known.get("amends_found"))


def plan_not_out(s: Situation) -> bool:
    """完成时间所在年度的计划尚未公布；已经公布的，计划外增列"""
    return not s.known.get("plan_is_out")


def reply_day_ahead(s: Situation) -> bool:
    """反馈期限在今天之后"""
    return _day(s, "reply_by") > s.today


def held_by_now(s: Situation) -> bool:
    """会议日期不晚于今天"""
    return date.min < _day(s, "held_on") <= s.today


def has_text(s: Situation) -> bool:
    """已形成草案文本及其说明"""
    return bool(s.known.get("number"))


def draft_complete(s: Situation) -> bool:
    """草案的标题、正文、必要性和主要措施均已写好；修改现行文件的，修改后的全文也已写好"""
    return bool(_formed(s)) and s.known.get("draft_gaps") == []


def amends_something(s: Situation) -> bool:
    """修改现行文件的，修改后的全文与现行文本不同"""
    return bool(_formed(s)) and not s.known.get("amends_nothing_new")


def draft_differs(s: Situation) -> bool:
    """草案与上一稿不同"""
    drafted = s.known.get("draft_digest")
    return bool(_formed(s) and drafted) and drafted != s.known.get("digest")


def opinions_in(s: Situation) -> bool:
    """征求部门意见的，各机关意见均已收到，或者反馈期限已经届满"""
    asked = s.last("ask_departments")
    if asked is None or not s.known.get("unanswered_organs"):
        return True
    until = asked.facts.get("reply_by")
    return isinstance(until, date) and until < s.today


def somebody_disagrees(s: Situation) -> bool:
    """被征求意见的机关有不同意见"""
    return bool(s.known.get("disagreeing"))


def nobody_disagrees_unsettled(s: Situation) -> bool:
    """有关机关没有不同意见，或者争议已经第三方评估并由区政府协调决定"""
    return not s.known.get("disagreeing")


def evaluated_by_third_party(s: Situation) -> bool:
    """本次争议已有第三方评估报告"""
    return s.after("commission_evaluation", "record_dispute")


def competition_reviewer(s: Situation) -> bool:
    """区政府文件由市场监督管理部门审查，部门、街道文件由本机关未参与起草的人员审查"""
    if level(s) == "government":
        return s.role == "market_regulator"
    return s.role == "case_officer" and s.actor not in _drafters(s)


def competition_cleared(s: Situation) -> bool:
    """公平竞争审查已就现在这一稿通过，或者已就现在这一稿记录不涉及经营者经济活动"""
    found = s.last(*COMPETITION)
    return found is not None and found.step != "fail_fair_competition" and s.after(found.step, "form_text")


def never_sent_for_competition(s: Situation) -> bool:
    """此前没有作为涉及经营者经济活动的草案送公平竞争审查"""
    return not s.taken("send_to_fair_competition")


def reviewer_of(level: str) -> str:
    """The role that reviews the legality of a document of this level."""
    return "district_legal_office" if level == "government" else "departmental_legal_unit"


def reviews_for_this_maker(s: Situation) -> bool:
    """区政府文件由政府法制机构审核，部门、街道文件由本机关法制机构审核"""
    return s.role == reviewer_of(level(s))


def reviewer_did_not_draft(s: Situation) -> bool:
    """审核人员未参与起草"""
    return s.actor not in _drafters(s)


def checklist_answered(s: Situation) -> bool:
    """审核清单各项均已就现在这一稿答复"""
    return s.known.get("unanswered_checks") == []


def no_prohibition_touched(s: Situation) -> bool:
    """未设定行政许可、行政处罚、行政强制、行政收费，没有依据的不减损权利、不增加义务（国发〔2008〕17号（十三）、优化营商环境条例第六十四条）"""
    return s.known.get("touched_checks") == []


def suspicions_answered(s: Situation) -> bool:
    """系统标出的可疑条款已逐条答复"""
    return s.known.get("unanswered_suspicions") == []


def no_suspicion_confirmed(s: Situation) -> bool:
    """系统标出的可疑条款，没有审核认为有问题、须修改的"""
    return s.known.get("confirmed_suspicions") == []


def long_enough_or_urgent(s: Situation) -> bool:
    """最短审核时间已满，或者已写明紧急情况"""
    return s.clock_elapsed("gfxwj_legality_review_min") or bool(s.facts.get("urgent"))


def _formed(s: Situation) -> object:
    """What is said of the version. Before it is said the gates above are not judged: the step is the way to the pages
    on which the text is written."""
    return s.facts.get("changes")


def _drafters(s: Situation) -> set[int]:
    return s.actors_of(*DRAFTED) | set(s.known.get("drafters") or ())


def _day(s: Situation, name: str) -> date:
    """A day that is stated; the first of all days while it is not."""
    day = s.facts.get(name)
    return day if isinstance(day, date) else date.min
