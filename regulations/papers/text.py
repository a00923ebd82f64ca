"""What a printed text is filled with: the words of the document and nothing else but its heading."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from law.models import Provision
from regulations.models import DocumentVersion, NormativeDocument
from regulations.papers.akn import About
from regulations.queries.document import suspensions

_PLAIN = ("opening", "closing", "annex", "part", "subpart", "chapter", "section")


def context_of(document: NormativeDocument, version: DocumentVersion, pieces: Iterable[Provision]) -> dict[str, Any]:
    """Lines in their order: (how a line stands, its words). An article's number stands before its first paragraph."""
    lines: list[tuple[str, str]] = []
    number = ""
    for piece in pieces:
        if piece.kind == "article":
            lines += [("line", number)] if number else []  # of an article without words
            number = piece.label
            continue
        style = piece.kind if piece.kind in _PLAIN else "line"
        gap = "　" if number and not number.endswith("、") else ""
        words = f"{number}{gap}{piece.label}{piece.content}"
        number = ""
        if words:
            lines.append((style, words))
    lines += [("line", number)] if number else []
    return {
        "title": document.title,
        "number": document.number,
        "organ": document.issuer,
        "issued_on": version.text.version_on,
        "lines": lines,
        "demo": False,
        "verify_url": "",
    }


def about(document: NormativeDocument, version: DocumentVersion, pieces: Iterable[Provision] = ()) -> About:
    """What an export says of a document. Two queries."""
    text = version.text
    published = document.published_on
    assert published is not None  # noqa: S101 - only what is public is exported
    return About(
        title=document.title,
        issuer=document.issuer,
        number=document.number,
        published_on=published,
        version_on=text.version_on or published,
        effective_from=text.effective_from,
        effective_to=text.effective_to,
        source=document.source,
        suspended=[(one.clause, one.name, one.since, one.until) for one in suspensions(document, pieces)],
        cites=[row.target_title for row in text.relations.order_by("pk")],
    )
