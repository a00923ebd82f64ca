"""Where the words that were looked for stand in a document: the first articles that hold them. One query a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from casework.search import marked, terms
from regulations.models import NormativeDocument

ARTICLES = 2  # shown of a document
SIGNS = 120
CHINESE = re.compile("[\u4e00-\u9fff]+")
# What is the same sign the database says; for Chinese signs alone nobody has to ask it.
_BARE, _PLAIN = "strpos(piece.content, %s) > 0", "strpos(casework_plain(piece.content), casework_plain(%s)) > 0"

_HITS = """
SELECT asked.text, hit.anchor, hit.label, hit.content
FROM unnest(%s::bigint[]) AS asked (text) CROSS JOIN LATERAL (
    SELECT piece.anchor, piece.content, (
        SELECT article.label FROM law_provision article
        WHERE article.text_id = piece.text_id AND article.annex = piece.annex AND article.article = piece.article
          AND article.bis = piece.bis AND article.kind = 'article'
    ) AS label
    FROM law_provision piece
    WHERE piece.text_id = asked.text AND piece.kind NOT IN ('opening', 'closing') AND ({holds})
    ORDER BY piece.order LIMIT {most}
) hit
"""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A place in a document: its anchor, the number of its article, its words in pieces and whether each is a hit."""

    anchor: str
    label: str
    words: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A document of a page of the catalogue as it is drawn."""

    document: NormativeDocument
    title: list[tuple[str, bool]]
    snippets: Sequence[Snippet]


def hits(documents: Sequence[NormativeDocument], words: str) -> list[Hit]:
    """The documents with what was found in each, in their order."""
    parts = terms(words)
    found: dict[int, list[Snippet]] = {}
    if parts and documents:
        holds = " OR ".join(_BARE if CHINESE.fullmatch(part) else _PLAIN for part in parts)
        with connection.cursor() as cursor:
            cursor.execute(_HITS.format(holds=holds, most=ARTICLES), [[one.text_id for one in documents], *parts])
            for text, anchor, label, content in cursor.fetchall():
                found.setdefault(text, []).append(Snippet(anchor, label or "", marked(content, parts, SIGNS)))
    return [Hit(one, marked(one.title, parts, len(one.title)), found.get(one.text_id or 0, ())) for one in documents]
