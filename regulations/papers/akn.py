"""A document as Akoma Ntoso 3.0 (OASIS LegalDocML), for whoever exchanges law. Pure.

Everything stands in the order of the text: what opens it is the preface, what comes before the first number the
preamble, what closes it the conclusions; what stands in between (a text that is handed on, an annex) is a container
of the body. The words of `num`, `heading` and `p` in their order are the words of the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from urllib.parse import quote
from xml.etree import ElementTree as tree

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
CONTENT_TYPE = "application/akn+xml"
LANGUAGE = "zho"
_LEVELS = {"part": 1, "subpart": 2, "chapter": 3, "section": 4}
_ELEMENTS = {"part": "part", "subpart": "subpart", "chapter": "chapter", "section": "section"}
_FILLED = {f"{{{NAMESPACE}}}{name}" for name in (*_ELEMENTS.values(), "hcontainer", "article")}


class Piece(Protocol):
    """What is needed of a provision."""

    kind: str
    label: str
    content: str
    annex: int
    article: int
    bis: int
    paragraph: int
    item: int
    subitem: int

    @property
    def anchor(self) -> str:
        """The name of its place in the text: a3p1i2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is said of the document: who made it, its number and days, and where its page is.

    `suspended` are the times in which it, or a clause, is not applied: anchor (empty for the whole), name, first day,
    and the day from which it is applied again.
    """

    title: str
    issuer: str
    number: str
    published_on: date
    version_on: date
    effective_from: date | None = None
    effective_to: date | None = None
    source: str = ""
    cites: Sequence[str] = ()
    suspended: Sequence[tuple[str, str, date, date | None]] = ()


def written(about: About, pieces: Iterable[Piece]) -> bytes:
    """The document in UTF-8; it validates against the schema of the standard."""
    tree.register_namespace("", NAMESPACE)
    root = tree.Element(_tag("akomaNtoso"))
    act = _add(root, "act", name="normativeDocument", contains="singleVersion")
    _meta(act, about)
    _Body(act, list(pieces), _periods(about)).write()
    tree.indent(root, space=" ")
    return tree.tostring(root, encoding="utf-8", xml_declaration=True)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _add(parent: tree.Element, element: str, text: str | None = None, **attributes: str) -> tree.Element:
    made = tree.SubElement(parent, _tag(element), attributes)
    if text is not None:
        made.text = _written(text)
    return made


def _written(text: str) -> str:
    """Signs that XML 1.0 cannot carry are left to a sign that says so."""
    return "".join(
        sign
        if sign in "\t\n\r" or " " <= sign <= "\ud7ff" or "\ue000" <= sign <= "\ufffd" or sign > "\uffff"
        else "\ufffd"
        for sign in text
    )


def _meta(act: tree.Element, about: About) -> None:
    work = f"/akn/cn/act/normativeDocument/{about.published_on:%Y-%m-%d}/{quote(about.number)}"
    expression = f"{work}/{LANGUAGE}@{about.version_on:%Y-%m-%d}"
    meta = _add(act, "meta")
    identification = _add(meta, "identification", source="#portal")
    levels = (
        ("FRBRWork", work, about.published_on, "publication"),
        ("FRBRExpression", expression, about.version_on, "version"),
        ("FRBRManifestation", f"{expression}/document.xml", about.version_on, "version"),
    )
    for level, uri, day, name in levels:
        own = _add(identification, level)
        _add(own, "FRBRthis", value=f"{uri}/!main" if level == "FRBRWork" else uri)
        _add(own, "FRBRuri", value=uri)
        _add(own, "FRBRdate", date=f"{day:%Y-%m-%d}", name=name)
        _add(own, "FRBRauthor", **{"href": "#issuer", "as": "#author"})
        if level == "FRBRWork":
            _add(own, "FRBRcountry", value="cn")
            _add(own, "FRBRnumber", value=about.number)
            _add(own, "FRBRname", value=about.title)
        elif level == "FRBRExpression":
            _add(own, "FRBRlanguage", language=LANGUAGE)
        else:
            _add(own, "FRBRformat", value=CONTENT_TYPE)
    published = f"{about.published_on:%Y-%m-%d}"
    _add(meta, "publication", date=published, name="publication", showAs=about.issuer, number=about.number)
    events = _add(meta, "lifecycle", source="#portal")
    happened = (
        ("e_made", "generation", about.published_on),
        ("e_in", "generation", about.effective_from),
        ("e_out", "repeal", about.effective_to),
    )
    for eid, kind, on in happened:
        if on:
            _add(events, "eventRef", eId=eid, date=f"{on:%Y-%m-%d}", type=kind, source="#original")
    if about.suspended:
        _suspensions(meta, events, about)
    references = _add(meta, "references", source="#portal")
    _add(references, "original", eId="original", href=work, showAs=about.title)
    for number, title in enumerate(about.cites, 1):
        _add(references, "activeRef", eId=f"ref_{number}", href=f"/akn/cn/act/{quote(title)}", showAs=title)
    _add(references, "TLCOrganization", eId="issuer", href="/akn/ontology/organization/cn/issuer", showAs=about.issuer)
    _add(
        references,
        "TLCOrganization",
        eId="portal",
        href="/akn/ontology/organization/cn/portal",
        showAs="东城区法治政府门户",
    )
    if about.suspended:
        _add(
            references,
            "TLCConcept",
            eId="suspension",
            href="/akn/ontology/concept/cn/suspension",
            showAs="停止执行",
        )
    _add(references, "TLCRole", eId="author", href="/akn/ontology/role/cn/author", showAs="制定机关")


def _periods(about: About) -> dict[str, str]:
    """For each clause that is or was suspended the group of its times."""
    return {clause: f"#tg_{clause or 'whole'}" for clause, _, _, _ in about.suspended}


def _suspensions(meta: tree.Element, events: tree.Element, about: About) -> None:
    """Each suspension begins and ends with an event; the times of a clause are one group, to which it points."""
    groups: dict[str, list[dict[str, str]]] = {}
    for number, (clause, _, since, until) in enumerate(about.suspended, 1):
        times = {"start": f"#e_stop_{number}", "refersTo": "#suspension"}
        _add(events, "eventRef", eId=f"e_stop_{number}", date=f"{since:%Y-%m-%d}", type="amendment", source="#original")
        if until:
            times["end"] = f"#e_go_{number}"
            _add(
                events, "eventRef", eId=f"e_go_{number}", date=f"{until:%Y-%m-%d}", type="amendment", source="#original"
            )
        groups.setdefault(clause, []).append(times)
    data = _add(meta, "temporalData", source="#portal")
    for clause, listed in groups.items():
        group = _add(data, "temporalGroup", eId=f"tg_{clause or 'whole'}")
        for times in listed:
            _add(group, "timeInterval", **times)


class _Body:
    """Writes the pieces one after another; remembers which element each level of them is in."""

    def __init__(self, act: tree.Element, pieces: list[Piece], periods: Mapping[str, str]) -> None:
        self.act, self.pieces, self.periods = act, pieces, periods
        self.within: list[tuple[int, tree.Element]] = []
        self.loose: tree.Element | None = None
        self.loose_kind = ""
        self.containers = self.headings = 0
        self.article: tree.Element | None = None
        self.paragraph: tree.Element | None = None
        self.item: tree.Element | None = None
        self.ids: set[str] = set()

    def write(self) -> None:
        pieces = self.pieces
        opening = self._run(0, ("opening",))
        before = self._run(opening, ("preamble",))
        closing = len(pieces)
        while closing > before and pieces[closing - 1].kind == "closing":
            closing -= 1
        if opening:
            self._lines("preface", pieces[:opening])
        if before > opening:
            self._lines("preamble", pieces[opening:before])
        self.body = self._timed(_add(self.act, "body"), "")
        self.within = [(0, self.body)]
        for piece in pieces[before:closing]:
            self._piece(piece)
        if not len(self.body):
            self._container("empty", 9)
        for made in list(self.body.iter()):
            self._fill(made)
        if closing < len(pieces):
            self._lines("conclusions", pieces[closing:])

    def _fill(self, made: tree.Element) -> None:
        """A level that holds nothing below its number and heading holds empty words: the schema wants some."""
        if made.tag in _FILLED and all(part.tag in (_tag("num"), _tag("heading")) for part in made):
            self._content(made, "")

    def _run(self, begin: int, kinds: tuple[str, ...]) -> int:
        end = begin
        while end < len(self.pieces) and self.pieces[end].kind in kinds and not self.pieces[end].annex:
            end += 1
        return end

    def _lines(self, name: str, pieces: Sequence[Piece]) -> None:
        made = _add(self.act, name)
        for piece in pieces:
            _add(made, "p", piece.label + piece.content)

    def _piece(self, piece: Piece) -> None:
        kind = piece.kind
        if kind != self.loose_kind:
            self.loose, self.loose_kind = None, ""
        if kind == "annex":
            self._leave(1)
            self._container("annex", 1)
            if piece.content:
                _add(self.within[-1][1], "heading", piece.content)
        elif kind in _LEVELS:
            self._heading(piece)
        elif kind == "article":
            self._article(piece)
        elif kind == "item" and self.paragraph is not None:
            self.item = self._numbered(self.paragraph, "point", piece)
        elif kind == "subitem" and self.item is not None:
            self._numbered(self.item, "indent", piece)
        elif kind == "paragraph" and self.article is not None:
            self._paragraph(piece)
        else:
            self._loose(piece)

    def _leave(self, level: int) -> None:
        while self.within[-1][0] >= level:
            self.within.pop()
        self.article = self.paragraph = self.item = None

    def _container(self, name: str, level: int) -> None:
        self.containers += 1
        parent = self.within[-1][1]
        self.within.append(
            (level, _add(parent, "hcontainer", eId=self._id(f"hcontainer_{self.containers}"), name=name))
        )

    def _heading(self, piece: Piece) -> None:
        level = 1 + _LEVELS[piece.kind]
        self._leave(level)
        self.headings += 1
        made = _add(self.within[-1][1], _ELEMENTS[piece.kind], eId=self._id(f"{piece.kind}_{self.headings}"))
        if piece.label:
            _add(made, "num", piece.label)
        _add(made, "heading", piece.content)
        self.within.append((level, made))

    def _article(self, piece: Piece) -> None:
        if self.within[-1][0] == 9:
            self.within.pop()
        bis = f"-{piece.bis}" if piece.bis else ""
        prefix = f"annex_{piece.annex}__" if piece.annex else ""
        self.article = _add(self.within[-1][1], "article", eId=self._id(f"{prefix}art_{piece.article}{bis}"))
        self._timed(self.article, piece.anchor)
        _add(self.article, "num", piece.label)
        self.paragraph = self.item = None

    def _paragraph(self, piece: Piece) -> None:
        parent = self.article
        assert parent is not None  # noqa: S101 - the caller looked
        self.paragraph = _add(parent, "paragraph", eId=self._id(f"{parent.get('eId')}__para_{piece.paragraph}"))
        self._timed(self.paragraph, piece.anchor)
        self._content(self.paragraph, piece.label + piece.content)
        self.item = None

    def _numbered(self, parent: tree.Element, name: str, piece: Piece) -> tree.Element:
        """A point below a paragraph, an indent below a point: what its parent said before is its introduction."""
        for content in parent.findall(_tag("content")):
            content.tag = _tag("intro")
        number = piece.subitem if name == "indent" else piece.item
        made = _add(parent, name, eId=self._id(f"{parent.get('eId')}__{name}_{number}"))
        self._timed(made, piece.anchor)
        _add(made, "num", piece.label)
        self._content(made, piece.content)
        return made

    def _loose(self, piece: Piece) -> None:
        """Lines without a number of their own, gathered in one container for each stretch."""
        if self.loose is None:
            self._leave(9)
            self._container(piece.kind, 9)
            self.loose = _add(self.within[-1][1], "content")
            self.loose_kind = piece.kind
        _add(self.loose, "p", piece.label + piece.content)

    def _timed(self, made: tree.Element, anchor: str) -> tree.Element:
        """A clause that is or was suspended points to its times."""
        if period := self.periods.get(anchor):
            made.set("period", period)
        return made

    def _content(self, parent: tree.Element, words: str) -> None:
        _add(_add(parent, "content"), "p", words)

    def _id(self, wanted: str) -> str:
        """The identifier; where two places have one, the later says so."""
        made, number = wanted, 1
        while made in self.ids:
            number += 1
            made = f"{wanted}-bis{number}"
        self.ids.add(made)
        return made
