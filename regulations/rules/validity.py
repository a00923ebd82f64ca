"""Gates of the term of a document: how it begins, is extended, and ends. Pure."""

from __future__ import annotations

from datetime import date

from casework.situation import Situation


def in_force_today(s: Situation) -> bool:
    """文件于当日施行"""
    begins = s.known.get("effective_from")
    return isinstance(begins, date) and begins <= s.today and s.known.get("ended") == ""


def no_term_stated(s: Situation) -> bool:
    """文件没有载明有效期截止日期"""
    return s.known.get("valid_until") is None


def ends_ahead(s: Situation) -> bool:
    """截止日期不早于今天"""
    until = s.facts.get("validity_ends_on")
    return isinstance(until, date) and until >= s.today


def revoked_elsewhere(s: Situation) -> bool:
    """登记簿已经记载本文件被撤销"""
    return s.known.get("ended") == "revoked"


def replaced_elsewhere(s: Situation) -> bool:
    """登记簿已经记载本文件被新文件代替"""
    return s.known.get("ended") == "replaced"


def repealed_elsewhere(s: Situation) -> bool:
    """登记簿已经记载本文件废止"""
    return s.known.get("ended") == "repealed"


def a_trial(s: Situation) -> bool:
    """标题含“暂行”或者“试行”"""
    return s.known.get("trial") is True


def not_a_trial(s: Situation) -> bool:
    """标题不含“暂行”或者“试行”"""
    return s.known.get("trial") is False


def some_clauses_suspended(s: Situation) -> bool:
    """有条款停止执行"""
    return bool(s.known.get("suspended_clauses"))


def evaluation_supports(s: Situation) -> bool:
    """评估结论支持延续"""
    found = s.last("evaluate")
    return found is not None and found.facts.get("conclusion") == "keep"


def term_not_over(s: Situation) -> bool:
    """有效期尚未届满"""
    ends = s.known.get("valid_until")
    return isinstance(ends, date) and s.today <= ends


def extends_the_term(s: Situation) -> bool:
    """新的截止日期晚于原来的截止日期"""
    ends, until = s.known.get("valid_until"), s.facts.get("validity_ends_on")
    return isinstance(until, date) and isinstance(ends, date) and until > ends


def extension_reviewed(s: Situation) -> bool:
    """延续已经合法性审核通过"""
    return s.after("pass_extension_review", "propose_extension")


def term_stands(s: Situation) -> bool:
    """原有效期截止日不变"""
    return s.clock_runs("gfxwj_validity_ordinary") or s.clock_runs("gfxwj_validity_trial")


def register_says_so(s: Situation) -> bool:
    """登记簿和目录已经记载失效"""
    return bool(s.known.get("ended"))


def left_out_of_cleanup(s: Situation) -> bool:
    """制定机关的清理结果已公布，且本文件未列入继续有效目录"""
    return bool(s.known.get("left_out"))


def revoked_by_now(s: Situation) -> bool:
    """撤销已经生效"""
    day = s.facts.get("revoked_on")
    return isinstance(day, date) and day <= s.today


def successor_in_force(s: Situation) -> bool:
    """取代它的文件已经施行"""
    wanted = s.facts.get("successor")
    return bool(wanted) and str(wanted) in (s.known.get("successors_in_force") or ())
