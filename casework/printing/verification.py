"""What the signature of a paper is worth."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Verification:
    """What a signature is worth.

    valid: everything below holds, for the whole file. intact: not a byte was changed since. trusted: the certificate
    comes from the portal's authority and was valid. signed_at is what the signer says. reason: why it is not valid,
    in Chinese; empty if it is.
    """

    valid: bool
    intact: bool
    trusted: bool
    signer: str
    signed_at: datetime | None
    reason: str
