"""Looks through the articles of a document for what it may not do. A help for who reviews, never a verdict. Pure.

A sentence is marked for words that set a licence, a penalty, coercion or a fee, or that cut rights or add duties; not
where it says that the law does so (依法, 依照《…》), forbids it, or speaks of the organs themselves. What rests on a
cited article is compared with it (`beyond`). What is cited and what stands in other documents is looked up by the
caller (`regulations.queries.scan`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from law.citations import Citation, find_citations
from law.numerals import to_chinese
from regulations.rules.beyond import excesses, rests_on
from regulations.rules.setting import words_setting
from regulations.rules.wordings import BY_LAW, COERCION, FEE, INTERNAL, LICENCE, OTHERS, PENALTY, RIGHTS, SETS

LAPSED, UNKNOWN, DUPLICATE, BEYOND = "lapsed_law", "unknown_law", "duplicate", "beyond"
REASONS = {
    LICENCE: "疑似设定行政许可",
    PENALTY: "疑似设定行政处罚",
    COERCION: "疑似设定行政强制",
    FEE: "疑似设定行政收费",
    RIGHTS: "疑似减损权利或者增加义务",
    LAPSED: "引用的法规、文件或者条款已失效、废止、停止执行或者尚未施行",
    UNKNOWN: "引用的法规、文件没有收入法规库，未能核对",
    DUPLICATE: "与现行文件的内容重复",
    BEYOND: "疑似超出所引条款",
}
# What forbids it. 国发〔2008〕17号 is kept as the procedures cite it.
BASES = {
    LICENCE: "《中华人民共和国行政许可法》第十七条",
    PENALTY: "《中华人民共和国行政处罚法》第十六条",
    COERCION: "《中华人民共和国行政强制法》第十条第四款、第十三条",
    FEE: "国发〔2008〕17号（十三）",
    RIGHTS: "国发〔2008〕17号（十三）、《优化营商环境条例》第六十四条",
    LAPSED: "",
    UNKNOWN: "",
    DUPLICATE: "",
    BEYOND: "国发〔2008〕17号（十三）、《优化营商环境条例》第六十四条",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A suspicious place: which kind, in which article (its anchor and number), the sentence, and why it was marked."""

    kind: str
    anchor: str
    label: str
    sentence: str
    words: str
    note: str = ""

    @property
    def reason(self) -> str:
        """In words for people, with what was found."""
        return f"{REASONS[self.kind]}（“{self.words}”）" + (f"：{self.note}" if self.note else "")

    @property
    def basis(self) -> str:
        """What forbids it; empty where it is a fault of drafting only."""
        return BASES[self.kind]


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a text with its place."""

    anchor: str
    label: str
    words: str


_SENTENCE = re.compile(r"[^。；\n]+[。；]?")
Places = tuple[Citation, ...]
Resting = tuple[Passage, str, Places]


def suspicions(passages: Iterable[Passage]) -> Iterator[Finding]:
    """The suspicious sentences in their order; of each kind one finding for a sentence."""
    for passage in passages:
        for match in _SENTENCE.finditer(passage.words):
            sentence = match[0].strip()
            for kind, words in kinds(sentence):
                yield Finding(kind, passage.anchor, passage.label, sentence, words)


def kinds(sentence: str) -> Iterator[tuple[str, str]]:
    """Which kinds of suspicion a sentence raises, each with the words that do."""
    if INTERNAL.search(sentence):
        others = OTHERS.search(sentence)  # it begins with an organ, and goes on with what happens to somebody else
        if others is None:
            return
        sentence = sentence[others.start() :]
    if any(wording.search(sentence) for wording in BY_LAW):
        return
    found: dict[str, str] = {}
    for kind in SETS:
        # What sets a licence or a fee adds a duty as well: that is said once.
        if not (kind == RIGHTS and found) and (said := words_setting(kind, sentence)):
            found[kind] = said
    yield from found.items()


def long_sentences(passages: Iterable[Passage], least: int = 25) -> list[tuple[Passage, str]]:
    """The sentences that are long enough to be nobody else's by chance: the longest of each passage before all others,
    since there may be more than can be looked up."""
    first: list[tuple[Passage, str]] = []
    others: list[tuple[Passage, str]] = []
    for passage in passages:
        said = (match[0].strip("。； ") for match in _SENTENCE.finditer(passage.words))
        listed = sorted((words for words in said if len(words) >= least), key=len, reverse=True)
        first += [(passage, words) for words in listed[:1]]
        others += [(passage, words) for words in listed[1:]]
    return [*first, *others]


def resting(passages: Iterable[Passage]) -> Iterator[Resting]:
    """The sentences that rest on articles, with what they cite; what follows 下列：in its items rests on the same."""
    lead, above = "", Places()
    for passage in passages:
        inherited = above if lead and passage.anchor.startswith(f"{lead}i") else ()
        for match in _SENTENCE.finditer(passage.words):
            sentence = match[0].strip()
            spans = rests_on(sentence)
            cited = [found.citation for found in find_citations(sentence) if (found.start, found.end) in spans]
            if places := tuple(cited) or inherited:
                yield passage, sentence, places
            if sentence.endswith("：") and cited:
                lead, above = passage.anchor, tuple(cited)


def beyond(found: Iterable[Resting], book: Mapping[Citation, str]) -> Iterator[Finding]:
    """What sentences say beyond the articles that they rest on, by the words of these; silent where one is missing."""
    for passage, sentence, places in found:
        if all(place in book for place in places):
            named = "、".join(dict.fromkeys(name_of(place) for place in places))
            for excess in excesses(sentence, "\n".join(book[place] for place in places)):
                note = f"{named}写的是{excess.said}，草案写的是“{excess.words}”"
                yield Finding(BEYOND, passage.anchor, passage.label, sentence, excess.words, note)


def name_of(place: Citation) -> str:
    """《消防法》第六十条第一款"""
    bis = f"之{to_chinese(place.bis)}" if place.bis else ""
    paragraph = f"第{to_chinese(place.paragraph)}款" if place.paragraph else ""
    item = f"第{to_chinese(place.item)}项" if place.item else ""
    return f"《{place.title}》第{to_chinese(place.article)}条{bis}{paragraph}{item}"
