"""What a text says about other texts: its basis, what it implements, what it repeals or amends. Pure."""

import re
from collections.abc import Iterator

from law.statute import Node, Statute, family

_TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_BASIS = re.compile(r"(?:根据|依据|依照|按照)(.+?)(?:，|,)?(?:并?结合|制定)")
_IMPLEMENTS = re.compile(r"实施《((?:[^《》]|《[^《》]*》)+)》|^(.+[法例])(?:实施条例|实施细则|实施办法)$")
# A document names what it rests on before its first article, and more freely.
_DOCUMENT_BASIS = re.compile(r"(?:根据|依据|依照|按照)(.+?)(?:，|,|。|$)")
_CARRIES_OUT = re.compile(r"(?:贯彻落实|贯彻执行|落实|实施)(《.+?》)(?:，|,|。|、|和|及|$)")
_AMENDS = re.compile(r"关于修改《((?:[^《》]|《[^《》]*》)+)》")
_CLOSING = 12


def relations(statute: Statute) -> Iterator[tuple[str, str]]:
    """Pairs of kind and title of the other text, each pair once, in the order found.

    Of a normative document also every text that it merely cites; what has another relation is not cited besides.
    """
    found = dict.fromkeys(_found(statute))
    yield from found
    if statute.kind == "normative_document":
        known = {family(title) for _, title in found} | {family(statute.title)}
        titles = dict.fromkeys(title for node in statute.nodes for title in _TITLE.findall(node.content))
        yield from (("cites", title) for title in titles if family(title) not in known)


def _found(statute: Statute) -> Iterator[tuple[str, str]]:
    own = family(statute.title)
    for match in _IMPLEMENTS.finditer(own):
        yield "implements", match[1] or match[2]
    for match in _AMENDS.finditer(own):
        yield "amends", match[1]
    for node in statute.nodes:
        if node.article == 1 and not node.annex and node.kind == "paragraph" and (basis := _BASIS.search(node.content)):
            yield from (("based_on", title) for title in _TITLE.findall(basis[1]) if family(title) != own)
    if statute.kind == "normative_document":
        yield from _introduced(statute, own)
    for node in _words(statute)[-_CLOSING:]:
        for sentence in node.content.split("。"):
            if sentence.endswith("废止"):
                yield from (("repeals", title) for title in _TITLE.findall(sentence))


def _introduced(statute: Statute, own: str) -> Iterator[tuple[str, str]]:
    """What the introduction or the first article of a document rests on and carries out."""
    for node in statute.nodes:
        if node.kind != "preamble" and not (node.article == 1 and node.kind == "paragraph"):
            continue
        for kind, pattern in (("based_on", _DOCUMENT_BASIS), ("implements", _CARRIES_OUT)):
            for match in pattern.finditer(node.content):
                yield from ((kind, title) for title in _TITLE.findall(match[1]) if family(title) != own)


def _words(statute: Statute) -> list[Node]:
    return [node for node in statute.nodes if node.content and not node.annex]
