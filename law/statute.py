"""Reads the text of a law, regulation or rule as it is published in Markdown. Pure.

The form: `# title`, lines with the dates of adoption, publication and amendment, `<!-- INFO END -->`, then chapters
(`## 第一章 总则`), sections and parts as headings, and one line for each paragraph: `第一条 …`, further paragraphs of
the article, items `（一）…`, sub-items `1.…`. What does not fit is kept as text and reported, never dropped.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date

from law.numerals import CHARACTERS, to_chinese, to_int

END_OF_HEAD = "<!-- INFO END -->"
N = f"[{CHARACTERS}]+"
_HEADING = re.compile(rf"第({N})(编|分编|章|节)[\s　]*(.*)")
_LIST_HEADING = re.compile(rf"({N})、(.*)")
_ARTICLE = re.compile(rf"第({N})条(?:之({N}))?[\s　]+(.*)")
_ITEM = re.compile(rf"[（(]({N})[）)][\s　]*(.*)")
_SUBITEM = re.compile(r"(?:(\d{1,2})[.．、]|[（(](\d{1,2})[）)])[\s　]*(.*)")
_RUN_IN = re.compile(rf"(?<=[。；：])[\s　]+(?=第{N}条)")
_RUN_IN_ARTICLE = re.compile(rf"第({N})条[\s　]*(.*)")
_CLOSING_CHAPTER = re.compile(r"附[\s　]*则")
_ANNEX = re.compile(rf"附[件录表图]?[\s　]*(?:{N}|\d+)?[\s　]*(?:[：:].*|[\s　].*)?")
_DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_NUMBER = re.compile(r"第(\d+)号")
_FILE_DATE = re.compile(r"\((\d{4})-(\d{2})-(\d{2})\)$")
_IN_FORCE = re.compile(
    rf"自(?P<year>\d{{4}}|[{CHARACTERS}]{{4}})年(?P<month>\d{{1,2}}|{N})月(?P<day>\d{{1,2}}|{N})日起(?:正式)?(?:施行|实施|实行|生效|执行)"
)
_IN_FORCE_AT_ONCE = re.compile(r"自(?:公布|发布|颁布|印发|通过)之日起(?:施行|实施|实行|生效|执行)")
LEVELS = {"编": "part", "分编": "subpart", "章": "chapter", "节": "section"}
_EVENTS = (
    ("amended", re.compile("修正|修改")),
    ("revised", re.compile("修订")),
    ("adopted", re.compile("通过|批准|审议")),
    ("promulgated", re.compile("公布|发布|颁布")),
    ("effective", re.compile("施行")),
)
_ISSUERS = (
    (re.compile("中共中央"), "party_rule", "中国共产党中央委员会"),
    (re.compile("最高人民法院|最高人民检察院"), "judicial_interpretation", "最高人民法院、最高人民检察院"),
    (re.compile("北京市.*人民代表大会"), "local_regulation", "北京市人民代表大会及其常务委员会"),
    (re.compile("北京市人民政府"), "local_rule", "北京市人民政府"),
    (re.compile("全国人民代表大会"), "statute", "全国人民代表大会及其常务委员会"),
    (re.compile("中央军事委员会|中央军委"), "administrative_regulation", "国务院、中央军事委员会"),
    (re.compile("国务院"), "administrative_regulation", "国务院"),
    (re.compile("部令|总局令|总署|委员会|办公室|[部局]发布|[部局]公布"), "department_rule", "国务院部门"),
)


@dataclass(slots=True)
class Node:
    """A piece of a text: a heading, an article, a paragraph, an item or a sub-item.

    The numbers place it: article 32, paragraph 1, item 4; 0 where a level does not apply. bis: 一百二十条之一.
    annex: how often the articles have begun again from the first.
    """

    kind: str
    label: str
    content: str
    article: int = 0
    bis: int = 0
    paragraph: int = 0
    item: int = 0
    subitem: int = 0
    annex: int = 0

    @property
    def anchor(self) -> str:
        """Name of the place within its text: a32p1i4s2; headings have none of their own."""
        if not self.article and not self.paragraph:
            return ""
        levels = (("x", self.annex), ("a", self.article), ("b", self.bis), ("p", self.paragraph), ("i", self.item))
        return "".join(f"{letter}{number}" for letter, number in (*levels, ("s", self.subitem)) if number)


def covers(anchor: str, other: str) -> bool:
    """Whether what stands at an anchor includes what stands at another: a3 includes a3p1i2, but not a31 nor a3b1."""
    rest = other.removeprefix(anchor)
    return other.startswith(anchor) and (not rest or rest[0] in "pis")


@dataclass(slots=True)
class Statute:
    """A text that was read, with what could not be read."""

    title: str
    kind: str = "other"
    issuer: str = ""
    number: str = ""
    adopted_on: date | None = None
    promulgated_on: date | None = None
    revised_on: date | None = None
    rewritten: bool = False
    version_on: date | None = None
    effective_from: date | None = None
    effective_basis: str = ""
    history: list[str] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    digest: str = ""


def family(title: str) -> str:
    """The name that versions of a text share and citations use: without 中华人民共和国, spaces, a version note."""
    title = re.sub(r"[\s　]|中华人民共和国", "", title).replace("〈", "《").replace("〉", "》")
    return re.sub(r"（\d{4}.*?）$", "", title)


def read_statute(text: str, file_name: str) -> Statute:
    """Read one file. file_name: its stem; a date in brackets at its end is the date of the version.

    Never fails on a text; what it could not make sense of is in `problems`.
    """
    head, mark, body = text.partition(END_OF_HEAD)
    statute = Statute(title="", digest=hashlib.sha256(text.encode()).hexdigest())
    if not mark:
        statute.problems.append("缺少卷首结束标记，按首个标题之后为正文处理")
        head, _, body = text.partition("\n")
    _read_head(statute, head, file_name)
    Body(statute).read(body)
    _date_version(statute, file_name)
    return statute


def _read_head(statute: Statute, head: str, file_name: str) -> None:
    lines = [line.strip() for line in head.splitlines() if line.strip()]
    if lines and lines[0].startswith("# "):
        statute.title = re.sub(r"[\s　]+", "", lines.pop(0)[2:])
    else:
        statute.title = _FILE_DATE.sub("", file_name)
        statute.problems.append("没有标题行，以文件名为标题")
    for line in lines:
        statute.history.append(line)
        dates = [date(int(y), int(m), int(d)) for y, m, d in _DATE.findall(line)]
        events = [name for name, pattern in _EVENTS if pattern.search(_without_titles(line))]
        if not dates and "之日施行" not in line:
            statute.problems.append(f"卷首无法识别：{line}")
        for on in dates[-1:]:
            _record(statute, events, on, by_decision="《" in line)
        if not statute.number and (number := _NUMBER.search(line)) and "令" in line:
            statute.number = f"令第{number[1]}号"
    described = " ".join(statute.history)
    for pattern, kind, issuer in _ISSUERS:
        if pattern.search(described):
            statute.kind, statute.issuer = kind, issuer
            break
    else:
        if statute.title.endswith("条例"):
            # 《行政法规制定程序条例》第五条: rules of departments and governments may not be called 条例.
            statute.kind, statute.issuer = "administrative_regulation", "国务院"
        statute.problems.append("卷首没有写明制定机关" + ("，按名称归入行政法规" if statute.issuer else ""))


def _without_titles(line: str) -> str:
    return re.sub(r"《[^》]*》", "", line) if line.count("《") == line.count("》") else line


def _record(statute: Statute, events: list[str], on: date, by_decision: bool) -> None:
    """Note what happened on a day. A decision that amends single articles does not rewrite the text."""
    if "amended" in events or "revised" in events:
        if statute.revised_on is None or on >= statute.revised_on:
            statute.revised_on, statute.rewritten = on, "revised" in events and not by_decision
    elif "effective" in events:
        statute.effective_from, statute.effective_basis = on, "卷首"
    elif "promulgated" in events:
        statute.promulgated_on = statute.promulgated_on or on
    elif not statute.adopted_on:
        statute.adopted_on = on


def _date_version(statute: Statute, file_name: str) -> None:
    """Date the version and find the day from which it applies.

    The closing article of a text amended later still names the day of its first version, so a day before the
    version is not the day of this version: then the day of the amendment is assumed, and said to be assumed.
    """
    known = [on for on in (statute.adopted_on, statute.promulgated_on, statute.revised_on) if on]
    dated = _FILE_DATE.search(file_name)
    statute.version_on = date(int(dated[1]), int(dated[2]), int(dated[3])) if dated else max(known, default=None)
    if statute.version_on is None:
        statute.problems.append("没有任何日期，无法确定版本")
        return
    if statute.effective_from and statute.effective_from < statute.version_on:
        statute.effective_from = None
    if statute.effective_from is None:
        stated = [on for on in (_stated(node.content) for node in statute.nodes[-60:]) if on]
        later = [on for on in stated if on >= statute.version_on]
        at_once = any(_IN_FORCE_AT_ONCE.search(node.content) for node in statute.nodes[-30:])
        if later:
            statute.effective_from, statute.effective_basis = later[-1], "附则"
        elif at_once and (statute.rewritten or statute.version_on in (statute.adopted_on, statute.promulgated_on)):
            statute.effective_from = max(statute.promulgated_on or statute.version_on, statute.version_on)
            statute.effective_basis = "公布之日"
        else:
            statute.effective_from, statute.effective_basis = statute.version_on, "推定"


def stated_day(nodes: list[Node]) -> date | None:
    """The last day that the closing words name as the one from which they apply."""
    return next((on for node in reversed(nodes[-60:]) if (on := _stated(node.content))), None)


def _stated(content: str) -> date | None:
    for match in _IN_FORCE.finditer(content):
        try:
            return date(to_int(match["year"]), to_int(match["month"]), to_int(match["day"]))
        except ValueError:
            continue
    return None


class Body:
    """Places every line of the body under its article."""

    def __init__(self, statute: Statute) -> None:
        self.statute = statute
        self.article = self.bis = self.paragraph = self.item = self.subitem = self.annex = 0
        self.listed = False

    def read(self, body: str) -> None:
        lines = [line for raw in body.replace("\u200b", "").splitlines() if (line := raw.strip())]
        self.listed = not any(_ARTICLE.fullmatch(line) for line in lines)
        for line in lines:
            first, *others = _RUN_IN.split(line)
            self._line(first)
            for piece in others:
                self._run_in(piece)
        if not any(node.kind == "article" for node in self.statute.nodes):
            self.statute.problems.append("正文没有条文，只作为段落收录")

    def _line(self, line: str) -> None:
        if line.startswith("#"):
            self._heading(line.lstrip("# "))
        elif match := _ARTICLE.fullmatch(line):
            self._article(to_int(match[1]), to_int(match[2]) if match[2] else 0, match[3])
        elif self.listed and (match := _LIST_HEADING.fullmatch(line)):
            self._article(to_int(match[1]), 0, match[2], label=f"{match[1]}、")
        elif match := _ITEM.fullmatch(line):
            self._item(to_int(match[1]), f"（{match[1]}）", match[2])
        elif self.item and (match := _SUBITEM.fullmatch(line)):
            number = match[1] or match[2]
            self._subitem(int(number), f"{number}." if match[1] else f"（{number}）", match[3])
        elif _CLOSING_CHAPTER.fullmatch(line):
            self.statute.nodes.append(Node("chapter", "", "附则"))
        elif self.article and _ANNEX.fullmatch(line):
            self._annex(line)
        elif not self.statute.nodes and family(line) == family(self.statute.title):
            return  # the title once more
        else:
            self._paragraph(line)

    def _run_in(self, piece: str) -> None:
        """An article printed in the line of the one before it; anything else that merely begins so is a paragraph."""
        match = _RUN_IN_ARTICLE.fullmatch(piece)
        if match and to_int(match[1]) == self.article + 1:
            self.statute.problems.append(f"第{match[1]}条与前文同处一行，已分开收录")
            self._article(self.article + 1, 0, match[2])
        else:
            self._paragraph(piece)

    def _annex(self, line: str) -> None:
        self.annex += 1
        self.article = self.bis = self.paragraph = self.item = self.subitem = 0
        self.statute.nodes.append(Node("annex", "", line, annex=self.annex))

    def _add(self, kind: str, label: str, content: str) -> None:
        place = (self.article, self.bis, self.paragraph, self.item, self.subitem, self.annex)
        self.statute.nodes.append(Node(kind, label, content, *place))

    def _heading(self, text: str) -> None:
        match = _HEADING.fullmatch(text)
        if match:
            label, name, kind = f"第{match[1]}{match[2]}", re.sub(r"[\s　]+", "", match[3]), LEVELS[match[2]]
        elif self.listed and (match := _LIST_HEADING.fullmatch(text)):
            self._article(to_int(match[1]), 0, re.sub(r"[\s　]+", "", match[2]), label=f"{match[1]}、")
            return
        else:
            label, name, kind = "", text, "chapter"
            self.statute.problems.append(f"标题无法识别：{text}")
        self.statute.nodes.append(Node(kind, label, name))

    def _article(self, number: int, bis: int, content: str, label: str = "") -> None:
        if number == 1 and not bis and self.article:
            self.annex += 1
            self.statute.problems.append("条文重新从第一条编号，其后作为附件收录")
        elif (number, bis) not in ((self.article + 1, 0), (self.article, self.bis + 1)):
            self.statute.problems.append(f"第{to_chinese(self.article)}条之后为第{to_chinese(number)}条，编号不连续")
        if (number, bis) <= (self.article, self.bis) and not (number == 1 and not bis):
            self._paragraph(f"第{to_chinese(number)}条 {content}")
            return
        self.article, self.bis = number, bis
        self.paragraph = self.item = self.subitem = 0
        label = label or f"第{to_chinese(number)}条" + (f"之{to_chinese(bis)}" if bis else "")
        self._add("article", label, "")
        self._paragraph(content)

    def _paragraph(self, content: str) -> None:
        self.item = self.subitem = 0
        self.paragraph += 1
        self._add("paragraph" if self.article else "preamble", "", content)

    def _item(self, number: int, label: str, content: str) -> None:
        if not self.paragraph:
            self._paragraph("")
        if number <= self.item:
            self.statute.problems.append(f"{self._place()}（{to_chinese(number)}）项编号重复或者倒退，作为段落收录")
            self._paragraph(label + content)
            return
        self.item, self.subitem = number, 0
        self._add("item", label, content)

    def _subitem(self, number: int, label: str, content: str) -> None:
        if number <= self.subitem:
            self.statute.problems.append(f"{self._place()}目编号重复或者倒退，作为段落收录")
            self._paragraph(label + content)
            return
        self.subitem = number
        self._add("subitem", label, content)

    def _place(self) -> str:
        return f"第{to_chinese(self.article)}条第{to_chinese(self.paragraph)}款"
