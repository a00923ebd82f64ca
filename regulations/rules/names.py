"""What a document is called: the kinds of official papers, subjects, and what its number says. Pure."""

from __future__ import annotations

import re

from law.statute import family

LONGEST = 200  # `LegalText.family`
LONGEST_COUNT = 6  # digits: what is longer is no count of a year

# 《党政机关公文处理工作条例》第八条: the kinds of official papers; 令 carries rules and regulations.
KINDS = {
    "decision": "决定",
    "order": "命令（令）",
    "bulletin": "公报",
    "announcement": "公告",
    "notice_public": "通告",
    "opinion": "意见",
    "notice": "通知",
    "circular": "通报",
    "reply": "批复",
    "letter": "函",
    "minutes": "纪要",
    "rules": "规定、办法、细则",
    "other": "其他",
}
# The subjects under which the gazette of the State Council sorts documents.
SUBJECTS = {
    "organisation": "机构编制",
    "affairs": "综合政务",
    "economy": "国民经济管理、国有资产监管",
    "finance": "财政、金融、审计",
    "land": "国土资源、能源",
    "agriculture": "农业、林业、水利",
    "industry": "工业、交通",
    "trade": "商贸、海关、旅游",
    "market": "市场监管、安全生产监管",
    "building": "城乡建设、环境保护",
    "science": "科技、教育",
    "culture": "文化、广电、新闻出版",
    "health": "卫生、体育",
    "family": "人口与计划生育、妇女儿童工作",
    "labour": "劳动、人事、监察",
    "justice": "公安、安全、司法",
    "welfare": "民政、扶贫、救灾",
    "ethnic": "民族、宗教",
    "foreign": "对外事务",
    "hongkong": "港澳台侨工作",
    "defence": "国防",
    "other": "其他",
}
_ENDINGS = (
    ("decision", "决定"),
    ("notice", "通知"),
    ("circular", "通报"),
    ("notice_public", "通告"),
    ("announcement", "公告"),
    ("opinion", "意见"),
    ("reply", "批复"),
    ("letter", "函"),
    ("letter", "答复"),
    ("minutes", "纪要"),
    ("rules", "规定"),
    ("rules", "办法"),
    ("rules", "细则"),
    ("rules", "条例"),
    ("rules", "规则"),
)
_HANDED_ON = re.compile(r"关于(?:印发|转发|公布|发布)(.{4,})的(?:通知|公告|函)$")
_NUMBER = re.compile(r"(?P<word>.*?)[〔\[［(（【](?P<year>\d{4})[〕\]］)）】](?P<count>\d+)号")


def kind_of(title: str) -> str:
    """The kind of paper that a title names at its end, 试行 and 暂行 in brackets left out."""
    bare = re.sub(r"(（[^（）]*）|\([^()]*\))+$", "", title.strip())
    return next((kind for kind, ending in _ENDINGS if bare.endswith(ending)), "other")


def names_of(title: str) -> list[str]:
    """The names under which a document is cited: its own, and that of the text that it hands on (关于印发…的通知)."""
    found = [family(title)]
    if handed := _HANDED_ON.search(found[0]):
        inner = handed[1]
        found.append(
            inner[1:-1] if inner.startswith("《") and inner.endswith("》") and "《" not in inner[1:] else inner
        )
    return found


def normal_number(number: str) -> str:
    """国办发〔2018〕115号, however the brackets were typed and with no blanks."""
    number = re.sub(r"[\s　]+", "", number)
    found = _NUMBER.fullmatch(number)
    return f"{found['word']}〔{found['year']}〕{found['count']}号" if found else number


def issuer_and_number(line: str) -> tuple[str, str]:
    """What somebody wrote to name a document: its number, with the name of its organ before it or without.

    东城区市场监管局 东市监发〔2026〕1号 is both; a blank inside of a number parts nothing.
    """
    *named, last = line.split() or [""]
    found = _NUMBER.fullmatch(normal_number(last))
    if named and found and found["word"]:
        return "".join(named), normal_number(last)
    return "", normal_number(line)


def year_of(number: str) -> int | None:
    """The year in a number."""
    found = _NUMBER.fullmatch(normal_number(number))
    return int(found["year"]) if found else None


def counted(number: str, of: str) -> tuple[str, int, int] | None:
    """Word, year and count of a number of the organ with this code word: (发, 2024, 3) of 东政发〔2024〕3号, 东政."""
    found = _NUMBER.fullmatch(normal_number(number))
    if not found or not of or not found["word"].startswith(of) or len(found["count"]) > LONGEST_COUNT:
        return None
    return found["word"].removeprefix(of), int(found["year"]), int(found["count"])


def book_name(title: str, number: str) -> str:
    """The family of a document in the statute-book: two organs may use one title, so it bears the number besides."""
    return f"{family(title)[: LONGEST - len(number) - 2]}（{number}）"
