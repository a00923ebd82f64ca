"""Gates of the filing of a document with the government above. Pure."""

from __future__ import annotations

from datetime import date

from casework.situation import Situation


def published_today(s: Situation) -> bool:
    """文件于当日公布"""
    return s.known.get("published_on") == s.today


def made_by_the_government(s: Situation) -> bool:
    """属于区政府规范性文件"""
    return s.known.get("of_government") is True


def made_by_a_department(s: Situation) -> bool:
    """属于部门或者街道规范性文件"""
    return s.known.get("of_government") is False


def document_published(s: Situation) -> bool:
    """文件已经公布"""
    day = s.known.get("published_on")
    return isinstance(day, date) and day <= s.today


def document_reviewed(s: Situation) -> bool:
    """文件已经本机关或者政府法制机构合法性审核"""
    return bool(s.known.get("reviewed"))


def document_discussed(s: Situation) -> bool:
    """文件已经集体讨论"""
    return bool(s.known.get("discussed"))


def filing_package_complete(s: Situation) -> bool:
    """备案材料齐全：正式文本、电子文本、起草说明、依据、合法性审核意见、集体讨论纪要"""
    return s.known.get("missing_materials") == []


def handled_here(s: Situation) -> bool:
    """没有通过市级平台报送，由审查机关在本平台办理"""
    return not s.known.get("with_the_city")


def answered_by_the_city(s: Situation) -> bool:
    """已通过市级平台报送，市级平台的答复已送达本案"""
    return bool(s.facts.get("message")) and bool(s.known.get("with_the_city")) and bool(s.known.get("city_answered"))


def file_day_ahead(s: Situation) -> bool:
    """报送期限在今天之后"""
    return _after_today(s, "file_by")


def explain_day_ahead(s: Situation) -> bool:
    """说明期限在今天之后"""
    return _after_today(s, "explain_by")


def _after_today(s: Situation, name: str) -> bool:
    day = s.facts.get(name)
    return isinstance(day, date) and day > s.today


def ordered_day_over(s: Situation) -> bool:
    """责令报送的期限已经届满"""
    return _fixed_day_over(s, "file_by", "order_to_file")


def explanation_overdue(s: Situation) -> bool:
    """函件确定的说明期限已经届满"""
    return _fixed_day_over(s, "explain_by", "ask_explanation", "city_asks_explanation")


def _fixed_day_over(s: Situation, name: str, *steps: str) -> bool:
    asked = s.last(*steps)
    day = asked.facts.get(name) if asked else None
    return isinstance(day, date) and day < s.today


def not_in_catalogue_yet(s: Situation) -> bool:
    """本文件还没有列入公布的备案目录"""
    return not s.taken("publish_catalogue")


def extension_is_longer(s: Situation) -> bool:
    """延长后的日期晚于原来的期限"""
    clock, day = s.clock("gz_review"), s.facts.get("extend_to")
    return isinstance(day, date) and clock is not None and clock.due is not None and day > max(clock.due, s.today)


def every_item_answered(s: Situation) -> bool:
    """审查清单各项和系统标出的可疑条款均已在备案材料页面逐项答复"""
    found = s.known.get("review")
    return found is not None and not found["unanswered"]


def nothing_touched(s: Situation) -> bool:
    """已答复的各项均没有问题"""
    found = s.known.get("review")
    return found is not None and not found["touched"]


def corrected_by_now(s: Situation) -> bool:
    """修改或者废止已经公布"""
    day = s.facts.get("corrected_on")
    return isinstance(day, date) and day <= s.today


def corrected_in_register(s: Situation) -> bool:
    """登记簿已经记载本文件修改、废止或者被代替，与所报告的方式相符"""
    ways, how = s.known.get("corrected") or (), s.facts.get("how")
    return how in ways if how else bool(ways)


def committee_time_runs(s: Situation) -> bool:
    """专门委员会的期限正在计算，没有延长过"""
    clock = s.clock("gfxwj_rdsc_committee")
    return clock is not None and clock.running and not clock.extended


def not_extended_yet(s: Situation) -> bool:
    """审查期限没有延长过"""
    clock = s.clock("gfxwj_rdsc_review")
    return clock is not None and clock.running and not clock.extended


def plan_day_ahead(s: Situation) -> bool:
    """完成日期在今天之后"""
    return _after_today(s, "done_by")


def plan_day_over(s: Situation) -> bool:
    """处理计划或者答复载明的日期已过"""
    planned = s.last("agree_to_correct", "answer_opinion_agreeing")
    day = planned.facts.get("done_by") if planned else None
    return isinstance(day, date) and day < s.today


def done_by_now(s: Situation) -> bool:
    """修改、废止或者处理结果已经公布"""
    day = s.facts.get("done_on")
    return isinstance(day, date) and day <= s.today
