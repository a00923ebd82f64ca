"""Does the record still say what it said when it was last anchored outside the database?

Each line of the file of anchors names the last row of every lane on that day, with its hash, the Merkle root over all
of them and the hash of the line before, and is signed. Whoever owns the database can switch triggers off and write a
lane anew from some row to its end, hashes, head and all; the rows that an anchor names then have other hashes.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes as digests
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from casework.printing.certificates import Certificates
from casework.queries import audit
from casework.queries.audit import Fault

SIGNER = "审计记录锚定"


def file() -> Path:
    """Where the anchors are. A deployment puts the directory on other ground than the database."""
    return Path(settings.ANCHOR_DIR) / "anchors.jsonl"


def lines() -> list[str]:
    """The anchors as they stand in the file, oldest first."""
    return file().read_text().splitlines() if file().exists() else []


def merkle_root(heads: Sequence[tuple[str, int, int, str]]) -> str:
    """The Merkle root over (table, lane, link, hash), RFC 6962 style: leaves begin with 0, knots with 1."""
    level = [hashlib.sha256(f"\0{table}:{lane}:{link}:{made}".encode()).digest() for table, lane, link, made in heads]
    while len(level) > 1:
        pairs = [level[place : place + 2] for place in range(0, len(level), 2)]
        level = [hashlib.sha256(b"\1" + b"".join(pair)).digest() if len(pair) == 2 else pair[0] for pair in pairs]
    return (level[0] if level else hashlib.sha256(b"").digest()).hex()


def signed_text(anchor: dict[str, Any]) -> bytes:
    """What the signature of an anchor is made over."""
    return json.dumps({key: value for key, value in anchor.items() if key != "signature"}, sort_keys=True).encode()


def digest(line: str) -> str:
    """What the next line names this one by."""
    return hashlib.sha256(line.encode()).hexdigest()


def anchor_faults(found: Iterable[str]) -> list[Fault]:
    """What does not agree between these anchors and the record, oldest anchor first."""
    faults: list[Fault] = []
    before = ""
    for number, line in enumerate(found, 1):
        try:
            anchor = json.loads(line)
            genuine = _genuine(anchor)
        except (ValueError, KeyError, TypeError):
            anchor, genuine = {}, False
        if not genuine or anchor["number"] != number or anchor["previous"] != before:
            faults.append(Fault("anchor", f"anchor {number} was changed, or one before it is missing"))
        else:
            faults += _disagreement(anchor)
        before = digest(line)
    return faults


def _genuine(anchor: dict[str, Any]) -> bool:
    certificates = Certificates(Path(settings.SIGNING_KEY_DIR))
    identity = certificates.of(SIGNER, datetime.fromisoformat(anchor["at"]))
    key = x509.load_pem_x509_certificate(identity.certificate.read_bytes()).public_key()
    if not isinstance(key, ec.EllipticCurvePublicKey):
        return False
    try:
        key.verify(base64.b64decode(anchor["signature"]), signed_text(anchor), ec.ECDSA(digests.SHA256()))
    except InvalidSignature:
        return False
    return bool(merkle_root(anchor["heads"]) == anchor["root"])


def _disagreement(anchor: dict[str, Any]) -> list[Fault]:
    faults = []
    for chain in audit.CHAINS:
        named = {(lane, link): made for table, lane, link, made in anchor["heads"] if table == chain.table and link}
        now = audit.hashes(chain.table, named) if named else {}
        faults += [
            Fault("anchor", f"lane {lane} of {chain.table} is not what it was at link {link} on {anchor['at']}")
            for (lane, link), made in sorted(named.items())
            if now.get((lane, link), b"").hex() != made
        ]
    return faults
