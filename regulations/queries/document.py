"""One document: its words on a day, its versions, what it does to other texts and what rests on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from casework.models import Act
from law.models import LegalText, Provision, Relation
from law.queries import book
from law.statute import covers
from powerlist.models import PowerVersion
from powerlist.queries.basis_changes import names_of, resting
from regulations.models import DocumentVersion, NormativeDocument
from regulations.queries.catalogue import public
from regulations.rules.clauses import article_of, clause_zh
from regulations.rules.issuing import PUBLISHED
from regulations.rules.standing import held

MOST = 50  # of each kind of relation on a page
HEADINGS = (
    Provision.Kind.PART,
    Provision.Kind.SUBPART,
    Provision.Kind.CHAPTER,
    Provision.Kind.SECTION,
    Provision.Kind.ANNEX,
)


def versions(document: NormativeDocument) -> list[DocumentVersion]:
    """The versions of its words, the newest first, without the words. One query."""
    found = document.versions.select_related("text").defer("body", "text__history")
    return list(found.order_by("-text__version_on", "-id"))


def version_on(every: Sequence[DocumentVersion], on: date) -> DocumentVersion | None:
    """The version whose words stood on a day: the last one made until then, whether or not it still applies."""
    made = [one for one in every if one.text.version_on and one.text.version_on <= on]
    begun = [one for one in made if one.text.effective_from is None or one.text.effective_from <= on]
    return next(iter(begun or made), None)


def published_version(document: NormativeDocument) -> DocumentVersion | None:
    """The words as they were published, whole. One query."""
    return document.versions.select_related("text").order_by("text__version_on", "id").first()


def pieces(text: LegalText) -> list[Provision]:
    """Its provisions in their order. One query."""
    return list(text.provisions.defer("tokens", "search").order_by("order"))


def pieces_of(texts: Iterable[int]) -> dict[int, list[Provision]]:
    """The provisions of several texts by the text's key. One query."""
    found: dict[int, list[Provision]] = {key: [] for key in texts}
    for piece in Provision.objects.filter(text__in=found).defer("tokens", "search").order_by("text", "order"):
        found[piece.text_id].append(piece)
    return found


@dataclass(frozen=True, slots=True)
class Suspended:
    """A document, or a clause of it (`clause` empty for the whole), that is not applied for a time."""

    clause: str
    name: str
    since: date
    until: date | None

    def holds(self, on: date) -> bool:
        """Whether it is not applied on a day."""
        return held(self.since, self.until, on)


def published_with(document: NormativeDocument) -> Mapping[str, Any]:
    """What the act that published a document says of it: the gazette, the telephone. One query at most."""
    if document.case_id is None:
        return {}
    acts = Act.objects.filter(case=document.case_id, step__in=PUBLISHED).order_by("-seq")
    return acts.values_list("facts", flat=True).first() or {}


def suspensions(document: NormativeDocument, pieces: Iterable[Provision] = ()) -> list[Suspended]:
    """Its suspensions in their order, clauses as the pieces of its text call them. One query, if not read before."""
    name = _naming(pieces)
    return [
        Suspended(row.clause, name(row.clause) or "全文", row.since, row.until) for row in document.suspensions.all()
    ]


def _naming(pieces: Iterable[Provision]) -> Callable[[str], str]:
    """How a text calls what stands at an anchor: 第三条第一款, 一第一款 where its article is 一、."""
    labels = {one.anchor: one.label for one in pieces if one.anchor and one.kind == Provision.Kind.ARTICLE}
    return lambda anchor: clause_zh(anchor, labels.get(article_of(anchor), ""))


def clause_names(pieces: Iterable[Provision]) -> dict[str, str]:
    """What each piece of a text is called."""
    listed = list(pieces)
    name = _naming(listed)
    return {one.anchor: name(one.anchor) for one in listed}


def clauses(found: Iterable[Suspended]) -> list[str]:
    """The anchors of the clauses among suspensions."""
    return [one.clause for one in found if one.clause]


@dataclass(frozen=True, slots=True)
class Compared:
    """A version and the one before it, which may be that of the document that it replaced."""

    version: DocumentVersion
    before: DocumentVersion | None


def lineage(document: NormativeDocument) -> list[Compared]:
    """The versions of a document and of what it replaced, the newest first, each with the one before. Two queries."""
    earlier = public().filter(replaced_by=document).values("pk")
    found = DocumentVersion.objects.filter(Q(document=document) | Q(document__in=earlier))
    every = list(
        found.select_related("text", "document").defer("body", "document__words").order_by("-text__version_on", "-id")
    )
    return [Compared(one, before) for one, before in zip(every, [*every[1:], None], strict=True)]


@dataclass(frozen=True, slots=True)
class Related:
    """Another text or document in a relation: in which, how it is called, where its page is."""

    relation: str
    title: str
    url: str = ""
    validity: str = ""


RESTS = {
    Relation.Kind.BASED_ON: "制定依据",
    Relation.Kind.IMPLEMENTS: "贯彻实施",
    Relation.Kind.AMENDS: "修改",
    Relation.Kind.REPEALS: "废止",
    Relation.Kind.CITES: "引用",
}
RESTED = {
    Relation.Kind.BASED_ON: "依据本文件制定",
    Relation.Kind.IMPLEMENTS: "贯彻实施本文件",
    Relation.Kind.AMENDS: "修改本文件",
    Relation.Kind.REPEALS: "废止本文件",
    Relation.Kind.CITES: "引用本文件",
}


def outgoing(document: NormativeDocument, text: LegalText, on: date) -> list[Related]:
    """What the document says of other texts, what it amends and what it replaced. Three queries at most."""
    order = list(RESTS)
    strongest: dict[str, Relation] = {}
    for row in sorted(text.relations.all(), key=lambda row: (order.index(Relation.Kind(row.kind)), row.pk)):
        strongest.setdefault(row.target_family, row)
    rows = list(strongest.values())[: 2 * MOST]
    known = book()
    texts = _pages({text_id for row in rows if (text_id := known.text_id(row.target_family, on))})
    found = [
        _row(RESTS[Relation.Kind(row.kind)], row, texts.get(known.text_id(row.target_family, on) or 0), on)
        for row in rows
    ]
    replaced = public().filter(replaced_by=document).only("title", "number", "issuer")[:MOST]
    own = [Related("代替", str(one), one.get_absolute_url()) for one in replaced]
    if amended := document.amends:
        own.insert(0, Related("修改", str(amended), amended.get_absolute_url()))
    return own + found


def _row(relation: str, row: Relation, other: LegalText | None, on: date) -> Related:
    if other is None:
        return Related(relation, f"《{row.target_title}》")
    return Related(relation, f"《{row.target_title}》", address(other), other.validity(on))


def _pages(keys: Iterable[int]) -> dict[int, LegalText]:
    found = (
        LegalText.objects.filter(pk__in=set(keys))
        .select_related("normative_document")
        .defer("history", "normative_document__words")
    )
    return {one.pk: one for one in found}


def address(text: LegalText) -> str:
    """The page of a text: of a normative document its own one, of any other that of the statute-book."""
    document = getattr(text, "normative_document", None)
    return document.get_absolute_url() if document else text.get_absolute_url()


def incoming(document: NormativeDocument, text: LegalText) -> list[Related]:
    """Which texts and documents say something of this one, what amends it and what replaced it. Three queries at most.

    A text that several versions repeat counts once, by its family.
    """
    rows = Relation.objects.filter(target_family__in=names_of(text)).exclude(source__family=text.family)
    listed = rows.select_related("source__normative_document").defer(
        "source__history", "source__normative_document__words"
    )
    found: dict[tuple[str, str], Related] = {}
    for row in listed.order_by("kind", "-source__effective_from", "-source")[: 4 * MOST]:
        said = RESTED[Relation.Kind(row.kind)]
        found.setdefault((said, row.source.family), Related(said, f"《{row.source.title}》", address(row.source)))
    by = document.replaced_by
    first = [Related("代替本文件", str(by), by.get_absolute_url() if by.text_id else "")] if by else []
    amending = public().filter(amends=document).only("title", "number", "issuer").order_by("-published_on", "-pk")
    first += [Related("修改本文件", str(one), one.get_absolute_url()) for one in amending[:MOST]]
    return [*first, *list(found.values())[: 2 * MOST]]


def powers(text: LegalText, on: date) -> QuerySet[PowerVersion]:
    """The powers of the list, in force or coming, that cite this document as what they rest on."""
    return resting(text, on).select_related("power", "organ").order_by("name", "id")


def power_rows(text: LegalText, on: date) -> list[Related]:
    """The same as lines of a page. One query."""
    return [
        Related(
            "权责事项的依据", f"{one.name}（{one.organ.short_name}）", reverse("powerlist:power", args=[one.power.code])
        )
        for one in powers(text, on)[:MOST]
    ]


def by_number(number: str, issuer: str = "") -> list[NormativeDocument]:
    """The public documents that bear a number; of one issuer if it is named. One query."""
    found = public().filter(number=number)
    if issuer:
        found = found.filter(Q(issuer=issuer) | Q(organ__name=issuer) | Q(organ__code=issuer))
    return list(found.defer("words")[:2])


def told(document: NormativeDocument, version: DocumentVersion, found: Sequence[Provision], on: date) -> dict[str, Any]:
    """A document with its words as plain values, for programs, as of a day. Two queries."""
    text = version.text
    stopped = suspensions(document, found)
    resting = clauses(one for one in stopped if one.holds(on))
    return {
        **{name: getattr(document, name) for name in _TOLD},
        "organ": document.organ.code if document.organ else "",
        "version_on": text.version_on,
        "digest": version.digest,
        "body": version.body,
        "provisions": [
            {
                "kind": one.kind,
                "anchor": one.anchor,
                "label": one.label,
                "content": one.content,
                "suspended": any(covers(anchor, one.anchor) for anchor in resting),
            }
            for one in found
        ],
        "suspensions": [
            {"clause": one.clause, "name": one.name, "since": one.since, "until": one.until} for one in stopped
        ],
        "relations": [{"kind": row.kind, "title": row.target_title} for row in text.relations.order_by("pk")],
    }


_TOLD = (
    "id", "number", "title", "issuer", "kind", "subject", "index_number", "signed_on", "published_on", "effective_from",
    "valid_until", "trial", "ended", "ended_on", "ended_by", "source", "sample",
)  # fmt: skip
