"""Gates from the meeting to the day on which a document applies. Pure."""

from __future__ import annotations

from datetime import date

from casework.situation import Situation

ADOPTED = ("adopt", "issue_in_emergency")
PUBLISHED = ("publish_delayed", "publish_business", "publish_immediate")


def reviewed_text_stands(s: Situation) -> bool:
    """合法性审核已通过，且审核文本与提交文本一致（哈希值相同）"""
    return _same(s, "reviewed_digest")


def adopted_text_stands(s: Situation) -> bool:
    """正式文本与集体讨论通过的文本一致（哈希值相同）"""
    return _same(s, "adopted_digest")


def numbered_text_stands(s: Situation) -> bool:
    """公布文本与编号印发的文本一致（哈希值相同）"""
    return _same(s, "numbered_digest")


def _same(s: Situation, name: str) -> bool:
    read = s.known.get(name)
    return bool(read) and read == s.known.get("digest")


def on_the_agenda(s: Situation) -> bool:
    """已列入会议议题"""
    return s.after("put_on_agenda", "pass_legality_review")


def meeting_was_held(s: Situation) -> bool:
    """会议日期不早于列入议题所定的日期，不晚于今天"""
    agenda, held = s.last("put_on_agenda"), s.facts.get("held_on")
    planned = agenda.facts.get("meeting_on") if agenda else None
    return isinstance(held, date) and isinstance(planned, date) and planned <= held <= s.today


def signed_by_now(s: Situation) -> bool:
    """已经主要负责人签署，签署不早于集体讨论，不晚于今天"""
    adopted, signed = s.last(*ADOPTED), s.facts.get("signed_on")
    if adopted is None or not isinstance(signed, date):
        return False
    held = adopted.facts.get("held_on")
    return (held if isinstance(held, date) else date.min) <= signed <= s.today


def days_in_order(s: Situation) -> bool:
    """施行日期不早于今天，有效期截止日期在施行日期之后"""
    begins, ends = s.facts.get("effective_on"), s.facts.get("valid_until")
    if not isinstance(begins, date) or begins < s.today:
        return False
    return ends is None or (isinstance(ends, date) and ends > begins)


def official_print_made(s: Situation) -> bool:
    """正式文本已经印制并加盖印章"""
    return bool(s.known.get("printed"))


def day_as_printed(s: Situation) -> bool:
    """施行日期为正式文本载明的日期"""
    numbered = s.last("register_and_number")
    return numbered is not None and s.facts.get("effective_on") == numbered.facts.get("effective_on")


def delay_kept(s: Situation) -> bool:
    """公布与施行之间留出规定的期间"""
    return _kept(s, "gfxwj_effective_delay")


def adaptation_kept(s: Situation) -> bool:
    """公布与施行之间留出规定的期间和适应调整期"""
    return _kept(s, "gfxwj_effective_delay") and _kept(s, "gfxwj_adaptation_bj")


def _kept(s: Situation, key: str) -> bool:
    begins, least = s.facts.get("effective_on"), s.due(key, s.at)
    return isinstance(begins, date) and least is not None and begins > least


def not_before_publication(s: Situation) -> bool:
    """施行日期不早于公布之日"""
    begins = s.facts.get("effective_on")
    return isinstance(begins, date) and begins >= s.today


def effective_day_reached(s: Situation) -> bool:
    """文件载明的施行日期已到"""
    published = s.last(*PUBLISHED)
    begins = published.facts.get("effective_on") if published else None
    return isinstance(begins, date) and begins <= s.today
