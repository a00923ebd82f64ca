"""Whether a clause that rests on an article (依照《…》第…条) says more than it does: amounts, times, measures. Pure.

A help for who reviews, never a verdict. Compared is only what can be compared by rule: an amount with the amounts of
the article, a measure with its words. Where the article itself leaves the matter to another rule, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from law.citations import find_citations
from regulations.rules.amounts import ENDLESS, KINDS, MONEY, NEAR, SHARE, TIME, Amount, amounts
from regulations.rules.setting import words_setting
from regulations.rules.wordings import BURDENS, MEASURES, ORGANS, PEOPLE

MEASURE = "measure"
_RESTS = re.compile(r"(?:依照|依据|根据|按照|适用|依)[^，。；：《》]{0,12}$")
_PURPOSE = re.compile(r"制定(?:本|如下)|(?:结合|根据)[^。；]{0,20}实际")
_ONWARD = re.compile(
    r"(?:依照|依据|按照|适用)(?:前款|前条|本法第|本条例第|本规定第|《|有关|其他|法律|国家|治安)[^。；]{0,24}(?:处罚|处理|执行)(?:[。；]|$)"
    r"|依法(?:给予|予以|处|追究)[^。；]{0,6}(?:处罚|拘留|罚款)|由[^，。；]{2,24}(?:制定|规定|确定|另行)"
)
_CASE = re.compile(
    r"(?!罚款)(?:以上|以下|以内)?(?:不足[^，。；]{0,12})?[^，。；处罚]{0,8}的[，,、：]"
)  # 货值金额不足一万元的，
_CONDITION = re.compile(r"(?<!不得)(?<!不)(?:不足|未满|不满|超过|达到|逾期|满|累计|低于|高于)$")
_BENEFIT = re.compile("奖励|补贴|补助|资助|补偿|救助|减免|返还|退还|赔偿|贷款|贴息|工资|奖金|资金支持")
_CHARGE = re.compile("罚款|处以?|缴纳|交纳|收取|征收|加收|滞纳金|保证金|押金|费|加处")
_BAR = re.compile("不得|禁止|有效期|取消|暂停|限制|停业|停产|暂扣|拘留|查封|扣押|冻结")
_WHOM = re.compile("(?P<person>个人|公民|居民|自然人)|(?P<firm>单位|法人|企业|公司|其他组织)")


@dataclass(frozen=True, slots=True)
class Excess:
    """What a clause says beyond the article: of which kind, its own words, and what the article says of it."""

    kind: str
    words: str
    said: str


def rests_on(sentence: str) -> list[tuple[int, int]]:
    """Where the sentence cites what it rests on: the citations behind 依照 and those joined to them. No purpose clause.

    Empty unless each text is cited with its article: of a law as a whole nobody can say by rule what it allows.
    """
    if _PURPOSE.search(sentence):
        return []
    found: list[tuple[int, int]] = []
    for place in find_citations(sentence):
        joined = bool(found) and re.fullmatch("[、，和及与]|以及|或者", sentence[found[-1][1] : place.start] or "、")
        if not (joined or _RESTS.search(sentence[: place.start])):
            continue
        if not place.citation.article:
            return []
        found.append((place.start, place.end))
    return found


def excesses(sentence: str, article: str) -> Iterator[Excess]:
    """What a sentence says beyond the words of the articles that it rests on, each once.

    sentence: with or without its citations; they are left out. article: the words of all of them.
    """
    bare = without_citations(sentence)
    yield from _amounts_beyond(bare, article)
    yield from _measures_beyond(bare, article)


def without_citations(sentence: str) -> str:
    """The sentence with every citation and the word that leads to it taken out."""
    for place in reversed(list(find_citations(sentence))):
        sentence = sentence[: place.start] + sentence[place.end :]
    return re.sub(r"(?:依照|依据|根据|按照|违反)[、和及与]*(?:的?规定)?", "", sentence)


def _amounts_beyond(sentence: str, article: str) -> Iterator[Excess]:
    allowed = list(amounts(article))
    for amount in amounts(sentence):
        if _of_a_case(sentence, amount):
            continue
        before = sentence[: amount.start]
        same = [one for one in allowed if one.kind == amount.kind]
        same = _of_whom(before, same, article)
        piece = re.split("[，。；：]", sentence[amount.start :])[0]
        led = re.split("[，。；：]", before)[-1] + piece
        if amount.kind != TIME and (_BENEFIT.search(led) or not _CHARGE.search(led)):
            continue
        if same and any(amount.within(one) for one in same) and not _cut_short(amount, before, same):
            continue
        if not same and (_ONWARD.search(article) or not _matters(amount, before, led)):
            continue
        if same and amount.kind == TIME and amount.low == amount.high and not _BAR.search(led):
            continue
        said = "、".join(dict.fromkeys(f"“{one.words}”" for one in same)) or f"没有写{KINDS[amount.kind]}"
        yield Excess(amount.kind, amount.words, said)


def _of_whom(before: str, same: list[Amount], article: str) -> list[Amount]:
    """Of amounts that the article sets for persons and for firms (对个人…，对单位…) those for whom the draft names."""
    named = [match.lastgroup for match in _WHOM.finditer(before)]
    if not named:
        return same
    theirs = []
    for one in same:
        of = [match.lastgroup for match in _WHOM.finditer(re.split("[，。；、]", article[: one.start])[-1])]
        if of and of[-1] == named[-1]:
            theirs.append(one)
    return theirs or same


def _of_a_case(sentence: str, amount: Amount) -> bool:
    """Whether the amount tells one case from another (不足一万元的，…) instead of saying what follows."""
    told = _CONDITION.search(sentence[: amount.start]) and not amount.words.endswith("前")
    return bool(told or _CASE.match(sentence, amount.end))


def _cut_short(amount: Amount, before: str, same: Sequence[Amount]) -> bool:
    """Whether people get less time than the article gives them, or must come earlier; an organ may be quicker."""
    if amount.kind != TIME or not _of_people(before):
        return False
    if amount.a_limit:
        return not any(one.a_limit and amount.high >= one.high * (1 - NEAR) for one in same)
    return amount.high == ENDLESS and not any(amount.low <= one.low * (1 + NEAR) for one in same)


def _matters(amount: Amount, before: str, led: str) -> bool:
    """Whether an amount of which the article says nothing burdens somebody: a charge, a bar, a time for people."""
    if amount.kind != TIME:
        return amount.kind in (MONEY, SHARE) or bool(_CHARGE.search(led))
    return bool(_BAR.search(led)) or (amount.a_limit and _of_people(before))


def _of_people(before: str) -> bool:
    """Whether what is said next is said of people or firms: who is named first in the last piece that names anybody."""
    for piece in reversed(re.split("[，。；：]", before)):
        person, organ = PEOPLE.search(piece), ORGANS.search(piece)
        if person or organ:
            return person is not None and (organ is None or person.start() < organ.start())
    return False


def _measures_beyond(sentence: str, article: str) -> Iterator[Excess]:
    if _ONWARD.search(article):
        return
    for kind, measures in MEASURES.items():
        if not words_setting(kind, sentence):
            continue
        for said, known in measures:
            if (found := said.search(sentence)) and not known.search(article):
                yield Excess(MEASURE, found[0], _quoted(article))
    for said, known in BURDENS:
        if (found := said.search(sentence)) and not known.search(article):
            yield Excess(MEASURE, found[0], _quoted(article))


def _quoted(article: str, most: int = 60) -> str:
    plain = re.sub(r"\s+", "", article)
    return f"“{plain[:most]}{'…' if len(plain) > most else ''}”，没有写这一项"
