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


def term_not_longer(s: Situation) -> bool:
    """载明的有效期不超过有效期制度规定的最长期限"""
    ends, longest = s.facts.get("valid_until"), s.known.get("longest_term")
    return not isinstance(ends, date) or longest is None or ends <= longest


def replaces_own(s: Situation) -> bool:
    """代替的文件由本机关制定；区政府文件可以代替本区各机关的文件"""
    return not s.known.get("foreign_replaced")


def still_amendable(s: Situation) -> bool:
    """修改的文件到施行之日仍然有效，形成本稿以后没有新的文本，也没有另一件已编号尚未施行的修改"""
    return not s.known.get("amends") or bool(s.known.get("still_amendable"))


def official_print_made(s: Situation) -> bool:
    """正式文本已经印制并加盖印章"""
    return bool(s.known.get("printed"))


def day_as_printed(s: Situation) -> bool:
    """施行日期为正式文本载明的日期"""
    printed = printed_day(s)
    return printed is not None and s.facts.get("effective_on") == printed


def printed_day(s: Situation) -> date | None:
    """正式文本载明的施行日期"""
    numbered = s.last("register_and_number", "reprint")
    day = numbered.facts.get("effective_on") if numbered else None
    return day if isinstance(day, date) else None


def printed_day_too_near(s: Situation) -> bool:
    """正式文本载明的施行日期已过，或者距公布已经不足规定的期间"""
    day, least = printed_day(s), s.due("gfxwj_effective_delay", s.at)
    return day is not None and (day < s.today or (least is not None and day <= least))


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


def still_stands(s: Situation) -> bool:
    """文件没有在施行以前撤销或者废止"""
    return not s.known.get("ended")


def ended_before_effect(s: Situation) -> bool:
    """文件在施行以前已经撤销或者废止"""
    return bool(s.known.get("ended"))


def effective_day_reached(s: Situation) -> bool:
    """文件载明的施行日期已到"""
    published = s.last(*PUBLISHED)
    begins = published.facts.get("effective_on") if published else None
    return isinstance(begins, date) and begins <= s.today
