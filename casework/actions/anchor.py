"""Once a day the state of the record is written down outside the database, signed, so that its owner is bound too."""

from __future__ import annotations

import base64
import fcntl
import json
import os
from datetime import date, datetime
from pathlib import Path

from cryptography.hazmat.primitives import hashes as digests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone

from casework.printing.certificates import Certificates
from casework.queries import anchors, audit


def anchor(at: datetime, *, daily: bool = False) -> str | None:
    """Append one signed line to the file of anchors; the line, or None where `daily` and the day has one already.

    It is mailed to `settings.ANCHOR_MAIL` too, if anybody is named there: what somebody else keeps, nobody here can
    change.
    """
    path = anchors.file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        before = file.read().splitlines()
        if daily and before and _day(before[-1]) >= timezone.localdate(at):
            return None
        line = _line(at, before)
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())
    if settings.ANCHOR_MAIL:
        subject = f"审计记录锚定 {timezone.localdate(at):%Y-%m-%d}"
        send_mail(subject, line, None, settings.ANCHOR_MAIL)
    return line


def _day(line: str) -> date:
    return timezone.localdate(datetime.fromisoformat(json.loads(line)["at"]))


def _line(at: datetime, before: list[str]) -> str:
    heads = [(table, lane, link, made.hex()) for table, lane, link, made in audit.heads()]
    made = {
        "number": len(before) + 1,
        "at": at.isoformat(),
        "previous": anchors.digest(before[-1]) if before else "",
        "root": anchors.merkle_root(heads),
        "heads": heads,
    }
    identity = Certificates(Path(settings.SIGNING_KEY_DIR)).of(anchors.SIGNER, at)
    key = serialization.load_pem_private_key(identity.key.read_bytes(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise ValueError(f"unexpected kind of key in {identity.key}")
    signature = key.sign(anchors.signed_text(made), ec.ECDSA(digests.SHA256()))
    return json.dumps({**made, "signature": base64.b64encode(signature).decode()}, sort_keys=True)
