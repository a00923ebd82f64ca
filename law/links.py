"""Citations in words as links to the text in force on a day. Knows addresses, not pages."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from law import queries
from law.citations import Citation, Found, find_citations


def linked(texts: Iterable[str], on: date, without: int | None = None) -> list[SafeString]:
    """The texts, escaped, with every citation that the statute-book can answer as a link; two queries at most.

    on: the day whose versions are meant. without: the id of a text that is not linked to (the one being read).
    """
    texts = list(texts)
    found = [list(find_citations(text)) for text in texts]
    addresses = _addresses({place.citation for places in found for place in places}, on, without)
    return [_linked(text, places, addresses) for text, places in zip(texts, found, strict=True)]


def _addresses(citations: set[Citation], on: date, without: int | None) -> dict[Citation, str]:
    provisions = queries.resolve_all(citations, on)
    addresses = {}
    for citation in citations:
        text_id = queries.text_in_force(citation.title, on)
        if text_id is None or text_id == without:
            continue
        if provision := provisions.get(citation):
            addresses[citation] = provision.get_absolute_url()
        elif not citation.article:
            addresses[citation] = reverse("law:text", args=[text_id])
    return addresses


def _linked(text: str, places: list[Found], addresses: dict[Citation, str]) -> SafeString:
    pieces, done = [], 0
    for place in places:
        if address := addresses.get(place.citation):
            pieces.append(escape(text[done : place.start]))
            words = text[place.start : place.end]
            pieces.append(format_html('<a class="govuk-link" href="{}">{}</a>', address, words))
            done = place.end
    pieces.append(escape(text[done:]))
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is escaped above
