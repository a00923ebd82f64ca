"""What a text says about other texts: its basis, what it implements, what it repeals or amends. Pure."""

import re
from collections.abc import Iterator

from law.statute import Node, Statute, family

_TITLE = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_BASIS = re.compile(r"(?:根据|依据|依照|按照)(.+?)(?:，|,)?(?:并?结合|制定)")
_IMPLEMENTS = re.compile(r"实施《((?:[^《》]|《[^《》]*》)+)》|^(.+[法例])(?:实施条例|实施细则|实施办法)$")
_AMENDS = re.compile(r"关于修改《((?:[^《》]|《[^《》]*》)+)》")
_CLOSING = 12


def relations(statute: Statute) -> Iterator[tuple[str, str]]:
    """Pairs of kind and title of the other text, each pair once, in the order found."""
    yield from dict.fromkeys(_found(statute))


def _found(statute: Statute) -> Iterator[tuple[str, str]]:
    own = family(statute.title)
    for match in _IMPLEMENTS.finditer(own):
        yield "implements", match[1] or match[2]
    for match in _AMENDS.finditer(own):
        yield "amends", match[1]
    for node in statute.nodes:
        if node.article == 1 and not node.annex and node.kind == "paragraph" and (basis := _BASIS.search(node.content)):
            yield from (("based_on", title) for title in _TITLE.findall(basis[1]) if family(title) != own)
    for node in _words(statute)[-_CLOSING:]:
        for sentence in node.content.split("。"):
            if sentence.endswith("废止"):
                yield from (("repeals", title) for title in _TITLE.findall(sentence))


def _words(statute: Statute) -> list[Node]:
    return [node for node in statute.nodes if node.content and not node.annex]
