"""The provisions that an item rests on: their words on a day, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework import registry
from law.citations import Citation, find_citations
from law.models import LegalText, Provision
from law.queries import book, resolve_all, suspended
from law.statute import covers
from powerlist.rules.item import is_normative

IN_FORCE, UNREAD, UNPUBLISHED, LAPSED, NO_ARTICLE, SUSPENDED = (
    "in_force", "unread", "unpublished", "lapsed", "no_article", "suspended",
)  # fmt: skip
WORDS = {
    IN_FORCE: "现行有效",
    UNREAD: "法规库未收录原文，未核对",
    UNPUBLISHED: "尚未公布，不得作为依据",
    LAPSED: "已废止、失效或者尚未施行",
    NO_ARTICLE: "现行文本中没有这一条款",
    SUSPENDED: "这一条款停止执行",
}
FINE = (IN_FORCE, UNREAD)


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation as it stands on a day: the article's words where the statute-book has them."""

    citation: str
    state: str
    text: LegalText | None = None
    url: str = ""
    words: tuple[tuple[str, str], ...] = ()

    @property
    def told(self) -> str:
        return WORDS[self.state]

    @property
    def fine(self) -> bool:
        return self.state in FINE

    @property
    def normative(self) -> bool:
        """Whether it is a mere normative document, on which no power may rest."""
        if self.text:
            return self.text.kind == LegalText.Kind.NORMATIVE_DOCUMENT
        return any(is_normative(place.citation.title) for place in find_citations(self.citation))


def cited(citations: Iterable[str], on: date) -> list[Cited]:
    """What the citations say on a day, in their order; six queries at most, however many there are."""
    listed = list(citations)
    parsed = {words: next(iter(find_citations(words)), None) for words in listed}
    places = {words: found.citation for words, found in parsed.items() if found}
    known = book()
    text_ids = {citation: known.text_id(citation.title, on) for citation in places.values()}
    texts = LegalText.objects.in_bulk({pk for pk in text_ids.values() if pk})
    provisions = resolve_all(places.values(), on)
    articles = _articles(provisions.values())
    # Of normative documents single clauses may be suspended.
    pausing = {pk for pk, text in texts.items() if text.kind == LegalText.Kind.NORMATIVE_DOCUMENT}
    paused = suspended(pausing, on) if pausing else {}
    drafts = registry.unpublished(place.title for place in places.values() if not known.names(place.title))
    return [_cited(words, places.get(words), text_ids, texts, provisions, articles, paused, drafts) for words in listed]


def unfit(citations: Iterable[str], on: date) -> dict[str, str]:
    """The citations on which nothing may rest on a day, each with why: what is asked before every case.

    What the book does not know is none of them, unless it is a document that waits for its publication. No words are
    read: without normative documents it costs one query at most, with them two, with suspended clauses three.
    """
    known = book()
    parsed = {words: next(iter(find_citations(words)), None) for words in citations}
    places = {words: found.citation for words, found in parsed.items() if found}
    texts = {place: known.text_id(place.title, on) for place in places.values()}
    # The family of a normative document bears its number in brackets; only of these single clauses may be suspended.
    numbered = {key for place, key in texts.items() if key and place.article and _numbered(known.names(place.title))}
    paused = suspended(numbered, on) if numbered else {}
    found = resolve_all([place for place, key in texts.items() if key in paused], on)
    drafts = registry.unpublished(place.title for place in texts if not known.names(place.title))

    def why(place: Citation) -> str:
        key = texts[place]
        if key is None:
            return LAPSED if known.names(place.title) else UNPUBLISHED if place.title in drafts else ""
        named = found[place].anchor if place in found else ""
        return SUSPENDED if any(covers(anchor, named) for anchor in paused.get(key, ())) else ""

    return {words: WORDS[state] for words, place in places.items() if (state := why(place))}


def _numbered(families: Iterable[str]) -> bool:
    return any(family.endswith("）") for family in families)


def _cited(
    words: str,
    place: Citation | None,
    text_ids: dict[Citation, int | None],
    texts: dict[int, LegalText],
    provisions: dict[Citation, Provision],
    articles: dict[tuple[int, int, int, int], list[Provision]],
    paused: Mapping[int, Sequence[str]],
    drafts: Collection[str],
) -> Cited:
    if place is None:
        return Cited(words, UNREAD)
    text = texts.get(text_ids[place] or 0)
    if text is None:
        if place.title in drafts:
            return Cited(words, UNPUBLISHED)
        return Cited(words, LAPSED if book().names(place.title) else UNREAD)
    provision = provisions.get(place)
    if provision is None:
        url = text.get_absolute_url()
        return Cited(words, NO_ARTICLE if place.article else IN_FORCE, text, url)
    pieces = articles[provision.text_id, provision.annex, provision.article, provision.bis]
    held = any(covers(anchor, provision.anchor) for anchor in paused.get(text.pk, ()))
    state = SUSPENDED if held else IN_FORCE
    return Cited(words, state, text, provision.get_absolute_url(), tuple(_read(provision, pieces)))


def _articles(provisions: Iterable[Provision]) -> dict[tuple[int, int, int, int], list[Provision]]:
    """Every piece of the articles concerned. One query."""
    wanted = {(one.text_id, one.annex, one.article, one.bis) for one in provisions}
    found: dict[tuple[int, int, int, int], list[Provision]] = {key: [] for key in wanted}
    if wanted:
        pieces = Provision.objects.filter(
            text__in={key[0] for key in wanted}, article__in={key[2] for key in wanted}
        ).defer("tokens", "search")
        for piece in pieces.order_by("text", "order"):
            key = (piece.text_id, piece.annex, piece.article, piece.bis)
            if key in found:
                found[key].append(piece)
    return found


def _read(provision: Provision, pieces: list[Provision]) -> Iterable[tuple[str, str]]:
    """(label, words) of the place cited: a whole article, or a paragraph or an item with what belongs to it."""
    for piece in pieces:
        inside = (
            (not provision.paragraph or piece.paragraph == provision.paragraph)
            and (not provision.item or piece.item == provision.item)
            and (not provision.subitem or piece.subitem == provision.subitem)
        )
        if inside and (piece.content or piece.label):
            yield piece.label, piece.content
