"""Electronic signature of papers and its verification.

A reliable electronic signature stands for hand and seal (电子签名法 13, 14; 在线政务服务的若干规定 8-10). Here it is
PAdES-B with the portal's own certificates (`pades`); an organ's national seal (OFD, SM2) is another `Signer` behind the
same words. A paper is signed as final: whatever is changed or appended afterwards makes the signature fail.
"""

from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from django.conf import settings

from casework.printing.verification import Verification


class Signer(Protocol):
    """Signs papers in the name of an organ and says what a signature is worth."""

    def sign(self, document: bytes, *, organ: str, at: datetime, reason: str = "") -> bytes:
        """The document signed by the organ at an aware instant."""
        ...

    def verify(self, document: bytes, *, at: datetime | None = None) -> Verification:
        """Judge the signature at an aware instant; without one, at the time that the signer states."""
        ...


@lru_cache(maxsize=4)
def _signer(directory: Path) -> Signer:
    # pyHanko takes a second and 35 MB to load: only who signs or verifies pays for it.
    from casework.printing.pades import PyHankoSigner

    return PyHankoSigner(directory)


def default_signer() -> Signer:
    """The signer that the settings name: SIGNING_KEY_DIR holds its keys."""
    return _signer(Path(settings.SIGNING_KEY_DIR))


def verify_pdf(document: bytes, *, at: datetime | None = None) -> Verification:
    """What the signature of a PDF is worth, by the portal's own authority."""
    return default_signer().verify(document, at=at)
