"""What anybody may know of an official paper: whose it is, its number and date, and whether it still stands."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date

from casework.models import Document

STANDINGS = {
    "valid": ("有效", "green", "本文书由下列机关制发，现行有效。"),
    "replaced": ("已被更正替换", "orange", "本文书已经被新的文书更正替换，以新的文书为准。"),
    "void": ("已作废", "red", "本文书已经作废，不再具有效力。"),
}


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """The public facts of a paper. No names of parties, no content."""

    token: str
    organ: str
    title: str
    number: str
    issued_on: date | None
    standing: str
    void_reason: str
    replaced_by: str
    made: bool
    sha256: str

    @property
    def words(self) -> tuple[str, str, str]:
        """The standing in a word, its colour, and a sentence about it."""
        return STANDINGS[self.standing]


def paper(token: str) -> PaperFacts | None:
    """The paper under a verification code; None for material, drafts and unknown codes."""
    found = Document.objects.filter(token=token, kind=Document.Kind.PAPER).defer("context")
    document = found.select_related("organ").first()
    if document is None or document.organ is None:
        return None
    newer = Document.objects.filter(replaces=document).values_list("token", flat=True).first()
    standing = "void" if document.voided_at else "replaced" if newer else "valid"
    return PaperFacts(
        token=document.token,
        organ=document.organ.name,
        title=document.title,
        number=document.number,
        issued_on=document.issued_on,
        standing=standing,
        void_reason=document.void_reason,
        replaced_by=newer or "",
        made=document.made_at is not None,
        sha256=document.sha256,
    )


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether a file is byte for byte the paper that was issued."""

    same: bool
    sha256: str


def compare(paper: PaperFacts, content: bytes) -> Comparison:
    """Compare a file with the paper by SHA-256."""
    found = hashlib.sha256(content).hexdigest()
    return Comparison(paper.made and hmac.compare_digest(found, paper.sha256), found)
