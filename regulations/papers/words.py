"""How this chapter writes its papers down. Elements without an article are office practice."""

from __future__ import annotations

from typing import Any

from casework.paper import Element, Paper

LETTER, DOCUMENT = "papers/regulations/letter.html", "papers/regulations/elements_document.html"
SEAL = Element("seal", "机关印章和日期", filled_by="seal")
DATE = Element("issued_on", "日期", filled_by="date")
PUBLISHED, RETURNED, FILED = ("publication",), ("return_slip",), ("file",)


def element(key: str, name: str, *source: Any, **facts: Any) -> Element:
    """One element: its key in the context, its name on the paper, the articles that demand it."""
    return Element(key, name, tuple(source), **facts)


def paper(code: str, title: str, layout: str, by: str, to: str, *elements: Element, **facts: Any) -> Paper:
    """One paper; sealed by its organ, handed over against a receipt and kept for thirty years unless said otherwise."""
    facts.setdefault("seal", "organ")
    facts.setdefault("service", RETURNED)
    facts.setdefault("copies", 2)
    facts.setdefault("retention", "30年")
    templates = {"gbt9704_letter": LETTER, "gbt9704_document": DOCUMENT}
    if layout in templates:
        facts.setdefault("own_template", templates[layout])
    own = elements
    if facts["seal"] in ("organ", "special", "body"):
        own = (*elements, SEAL)
    return Paper(code, title, layout, by, to, own, **facts)
