"""The scan of a text: what its words say, what it cites, and which documents say the same already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.db import connection

from law.citations import find_citations
from law.documents import read_document
from law.queries import book, cited_words, resolve_all, suspended
from law.statute import Node, covers, family
from regulations.models import DocumentVersion, NormativeDocument
from regulations.queries.catalogue import public, standing_on
from regulations.rules.scan import (
    DUPLICATE,
    LAPSED,
    UNKNOWN,
    Finding,
    Passage,
    beyond,
    long_sentences,
    resting,
    suspicions,
)
from regulations.rules.standing import CURRENT

MOST_LOOKED_UP = 200  # sentences of one text that are looked for in other documents
# What is cited as law; forms, plans, books and papers stand in 《》 as well.
_RULES = re.compile(
    r"(?:法|条例|规定|办法|细则|规则|决定|解释|命令|通告|公告|意见|通知|规程|规范|通则|准则)(?:（[^（）]*）)?$"
)
_OWN = ("opening", "paragraph")  # what a document hands on begins with its title in a line of its own
_HEADINGS = ("opening", "closing", "annex", "part", "subpart", "chapter", "section")
_SAME = """
SELECT said.place, other.id FROM unnest(%s::text[]) WITH ORDINALITY AS said (words, place)
CROSS JOIN LATERAL (
    SELECT d.id FROM regulations_normativedocument d
    WHERE casework_search_tokens(d.words, d.subject, d.organ_id, d.published_on)
          @@ (SELECT casework_search_query(ARRAY[said.words], '{{}}', 'document_words'))
      AND d.published_on IS NOT NULL AND strpos(d.words, casework_plain(said.words)) > 0 AND d.id IN ({standing})
    ORDER BY d.published_on DESC, d.id DESC LIMIT 1
) other ORDER BY said.place
"""


def scan(
    text: str, on: date, *, title: str = "", without: NormativeDocument | None = None,
    beside: NormativeDocument | None = None,
) -> list[Finding]:  # fmt: skip
    """Findings for a text as it would be published, in the order of its articles. Eight queries at most.

    on: the day for which what it cites must be in force. title: of the text, so that it does not find itself cited.
    without: the document that the text is a version of. beside: another that says the same of necessity: the one that
    the text amends, or the one that amends it.
    """
    nodes = read_document(text, title=title, issuer="", number="", published_on=on).nodes
    passages = list(passages_of(nodes))
    found = [
        *suspicions(passages),
        *_beyond(passages, on),
        *_citations(passages, on, [title, *(node.content for node in nodes if node.kind in _OWN)]),
        *_duplicates(passages, on, [one.pk for one in (without, beside) if one and one.pk]),
    ]
    order = {passage.anchor: place for place, passage in enumerate(passages)}
    return sorted(found, key=lambda one: order[one.anchor])


def scan_of(document: NormativeDocument, version: DocumentVersion, on: date) -> list[Finding]:
    """Findings in a published version, each once. Seven queries at most."""
    return list(dict.fromkeys(scan(version.body, on, title=document.title, without=document)))


def passages_of(nodes: Iterable[Node]) -> Iterator[Passage]:
    """The pieces of a text that say something, each with the number of its article."""
    label = ""
    for number, node in enumerate(nodes):
        if node.kind == "article":
            label = node.label
        elif node.kind in _HEADINGS:
            label = label if node.kind in ("chapter", "section") else ""
        elif node.content:
            yield Passage(node.anchor or f"n{number}", label, node.content)


def _beyond(passages: Sequence[Passage], on: date) -> Iterator[Finding]:
    """What goes beyond the article that it rests on, in the version of the day. One query."""
    found = list(resting(passages))
    yield from beyond(found, cited_words({place for _, _, places in found for place in places}, on))


def _citations(passages: Sequence[Passage], on: date, own: Iterable[str]) -> Iterator[Finding]:
    """What is cited and not in force: each text once, where it is first cited, and clauses that are suspended.

    own: what the document itself is called, and the texts that it hands on. The texts are in memory (`book`), what is
    suspended is one query, the places in these texts another.
    """
    known, seen = book(), {family(name) for name in own if name}
    places = [(passage, place) for passage in passages for place in find_citations(passage.words)]
    texts = {place.citation: known.text_id(place.citation.title, on) for _, place in places}
    paused = suspended({key for cited, key in texts.items() if key and cited.article}, on)
    resolved = resolve_all([cited for cited, key in texts.items() if key in paused], on)
    for passage, place in places:
        cited, words = place.citation, passage.words[place.start : place.end]
        name, text_id = cited.title, texts[cited]
        if text_id:
            meant = resolved.get(cited)
            if meant and any(covers(anchor, meant.anchor) for anchor in paused[text_id]):
                yield Finding(LAPSED, passage.anchor, passage.label, passage.words, words, "这一条款停止执行")
        elif name not in seen and _RULES.search(name):
            seen.add(name)
            kind = LAPSED if known.names(name) else UNKNOWN
            yield Finding(kind, passage.anchor, passage.label, passage.words, words)


def _duplicates(passages: Sequence[Passage], on: date, without: Sequence[int]) -> Iterator[Finding]:
    """Articles of which a sentence stands, word for word, in a document in force. Two queries."""
    asked = long_sentences(passages)[:MOST_LOOKED_UP]
    if not asked:
        return
    rows = public().filter(standing_on(on, CURRENT), published_on__lte=on)
    if without:
        rows = rows.exclude(pk__in=without)
    standing, values = rows.order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_SAME.format(standing=standing), [[words for _, words in asked], *values])
        same = {int(place): int(key) for place, key in cursor.fetchall()}
    documents = NormativeDocument.objects.defer("words").in_bulk(same.values())
    for place, key in same.items():
        passage, words = asked[place - 1]
        document = documents[key]
        yield Finding(DUPLICATE, passage.anchor, passage.label, words, words[:40], str(document))
