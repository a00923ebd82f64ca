"""What anybody may know of an official paper: whose it is, its number and date, and whether it still stands."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.utils import timezone

from casework import registry
from casework.models import Document
from casework.printing.signing import verify_pdf
from casework.printing.verification import Verification
from law.wording import instant_zh

DAY = 24 * 3600
WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{1,22}")
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
    rows: tuple[tuple[str, str], ...] = ()  # what the chapter adds: the standing of a licence

    @property
    def words(self) -> tuple[str, str, str]:
        """The standing in a word, its colour, and a sentence about it."""
        return STANDINGS[self.standing]


def paper(token: str) -> PaperFacts | None:
    """The paper under a verification code; None for material, drafts and unknown codes."""
    if not WELL_FORMED.fullmatch(token):
        return None
    found = Document.objects.filter(token=token, kind=Document.Kind.PAPER).defer("context")
    document = found.select_related("organ", "case").first()
    if document is None or document.organ is None or document.case is None:
        return None
    told = registry.chapter_of(document.case.procedure).public.get(document.paper)
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
        rows=tuple(told(document)) if told else (),
    )


def issued(sha256: str) -> bool:
    """Whether a file with this SHA-256 is, byte for byte, a paper of this house, whatever became of it since."""
    return Document.objects.filter(sha256=sha256, kind=Document.Kind.PAPER, made_at__isnull=False).exists()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether a file is byte for byte the paper that was issued, and what the signature in it is worth."""

    same: bool
    sha256: str
    signature: str


def compare(paper: PaperFacts, content: bytes) -> Comparison:
    """Compare a file with the paper by SHA-256, and judge its signature."""
    found = hashlib.sha256(content).hexdigest()
    return Comparison(paper.made and hmac.compare_digest(found, paper.sha256), found, _words(verify_pdf(content)))


def signature(paper: PaperFacts) -> str:
    """What the signature of the issued file is worth, in words; nothing before it is made. Remembered for a day."""
    if not paper.made:
        return ""
    key = f"casework:signature:{paper.token}:{paper.sha256}"
    words = cache.get(key)
    if words is None:
        document = Document.objects.defer("context").get(token=paper.token)
        with document.file.open("rb") as stored:
            words = _words(verify_pdf(stored.read()))
        cache.set(key, words, DAY)
    return words


def _words(found: Verification) -> str:
    if not found.valid:
        return f"电子签名无效：{found.reason or '不能确认。'}"
    signed_at = f"，签名时间{instant_zh(timezone.localtime(found.signed_at))}" if found.signed_at else ""
    return f"电子签名有效，由{found.signer}签署{signed_at}，签名后没有改动。"
