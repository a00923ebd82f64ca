"""Documents that somebody answers for: the same bytes for the same content, an Ed25519 signature, the key by its name.

A canonical text has sorted names, no blanks, UTF-8 and no fractions, so that two programs write the same bytes. The
signature covers the purpose as well: an acknowledgement is no message, whatever it says.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

MESSAGE, ANSWER, LEDGER, REQUEST = "message", "answer", "ledger", "request"
_FRONT = "dongcheng exchange 1 "
DEEPEST = 40


class Malformed(ValueError):
    """Not a document of this form; the text says why."""


class Unsigned(ValueError):
    """Nobody whom we know answers for it; the text says why."""


@dataclass(frozen=True)
class Signer:
    """One side with the key that it signs with; `key` is `side-version`."""

    key: str
    private: Ed25519PrivateKey


Keys = Mapping[str, Ed25519PublicKey]


def signer(side: str, version: int, seed: str) -> Signer:
    """The signer whose private key is this seed of 32 bytes in base64."""
    return Signer(f"{side}-{version}", Ed25519PrivateKey.from_private_bytes(base64.b64decode(seed)))


def public(key: str) -> Ed25519PublicKey:
    """A public key of 32 bytes in base64."""
    return Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))


def canonical(value: Any) -> bytes:
    """The one way to write a value. Raises Malformed for what cannot be written so."""
    try:
        _plain(value, 0)
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    except UnicodeEncodeError as error:
        raise Malformed("a text has half a sign in it") from error


def _plain(value: Any, depth: int) -> None:
    if depth > DEEPEST:
        raise Malformed("too deep")
    if isinstance(value, dict):
        for name, inner in value.items():
            if not isinstance(name, str):
                raise Malformed("names are texts")
            _plain(inner, depth + 1)
    elif isinstance(value, list | tuple):
        for inner in value:
            _plain(inner, depth + 1)
    elif value is not None and not isinstance(value, str | int):
        raise Malformed(f"{type(value).__name__} is no value of a message")


def parsed(data: bytes) -> dict[str, Any]:
    """What was written: one object, no name twice, no fractions. Raises Malformed."""
    try:
        value = json.loads(data, object_pairs_hook=_once, parse_float=_no_fraction, parse_constant=_no_fraction)
    except Malformed:
        raise
    except (ValueError, RecursionError) as error:
        raise Malformed("no JSON") from error
    if not isinstance(value, dict):
        raise Malformed("no object")
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed("a name stands twice")
    return found


def _no_fraction(text: str) -> Any:
    raise Malformed(f"{text} is no whole number")


def digest(value: Any) -> str:
    """SHA-256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(value)).hexdigest()


def sign(purpose: str, content: Mapping[str, Any], by: Signer) -> bytes:
    """The content as a signed document."""
    named = {**content, "key": by.key}
    signature = by.private.sign(_covered(purpose, named))
    return canonical({**named, "signature": base64.b64encode(signature).decode()})


def opened(purpose: str, data: bytes, keys: Keys) -> dict[str, Any]:
    """The content of a document that one of the keys signed, `key` among it. Raises Malformed or Unsigned."""
    content = parsed(data)
    signature, key = content.pop("signature", None), content.get("key")
    known = keys.get(key) if isinstance(key, str) else None
    if known is None:
        raise Unsigned("the key is not known")
    try:
        known.verify(base64.b64decode(str(signature), validate=True), _covered(purpose, content))
    except (InvalidSignature, binascii.Error, ValueError) as error:
        if isinstance(error, Malformed):
            raise
        raise Unsigned("the signature is wrong") from error
    return content


def _covered(purpose: str, content: Mapping[str, Any]) -> bytes:
    return f"{_FRONT}{purpose}\n".encode() + canonical(dict(content))
