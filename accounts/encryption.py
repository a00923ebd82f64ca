"""Personal data at rest: authenticated encryption under versioned keys, and blind indexes for equality search.

Every value has its own data key; the master key of `settings.ENCRYPTION_KEYS` (version → 32 bytes in base64) only
wraps data keys. A rotation therefore re-wraps 32 bytes per value and never sees a clear text.
个人信息保护法 第五十一条第三项.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models

ALGORITHM = "aesgcm"
SECOND_FACTOR = "mfa.authenticator"  # purpose of the secrets of second factors
_NONCE, _KEY, _TAG = 12, 32, 16  # bytes
_WRAPPED = _KEY + _TAG
_SHORTEST = _NONCE + _WRAPPED + _NONCE + _TAG


class DecryptionError(Exception):
    """The stored value was changed, moved to another column, or its key is gone."""


def _master_keys() -> dict[int, bytes]:
    configured = settings.ENCRYPTION_KEYS
    pairs = configured.items() if isinstance(configured, dict) else configured
    keys = {int(version): base64.b64decode(key) for version, key in pairs}
    if not keys or any(len(key) != _KEY for key in keys.values()):
        raise ImproperlyConfigured("ENCRYPTION_KEYS needs at least one version with a key of 32 bytes in base64.")
    return keys


def current_version() -> int:
    """The key version that new values are written under: the highest configured."""
    return max(_master_keys())


def _bind(purpose: str) -> bytes:
    return purpose.encode()


def encrypt(clear: str, purpose: str) -> str:
    """Seal `clear` for one `purpose` (the column's name: a value moved to another column does not open)."""
    version = current_version()
    data_key, wrap_nonce, nonce = os.urandom(_KEY), os.urandom(_NONCE), os.urandom(_NONCE)
    wrapped = AESGCM(_master_keys()[version]).encrypt(wrap_nonce, data_key, _bind(purpose))
    sealed = AESGCM(data_key).encrypt(nonce, clear.encode(), _bind(purpose))
    return _join(version, wrap_nonce + wrapped, nonce + sealed)


def decrypt(token: str, purpose: str) -> str:
    """Open what `encrypt` sealed for the same purpose; DecryptionError otherwise."""
    data_key, body = _unwrap(token, purpose)
    try:
        return AESGCM(data_key).decrypt(body[:_NONCE], body[_NONCE:], _bind(purpose)).decode()
    except InvalidTag as error:
        raise DecryptionError(f"cannot open a value of {purpose}") from error


def rewrap(token: str, purpose: str) -> str:
    """The same sealed value with its data key wrapped under the current master key; the clear text is not touched."""
    data_key, body = _unwrap(token, purpose)
    version, nonce = current_version(), os.urandom(_NONCE)
    return _join(version, nonce + AESGCM(_master_keys()[version]).encrypt(nonce, data_key, _bind(purpose)), body)


def version_of(token: str) -> int:
    """The master key version that a stored value needs."""
    return _split(token)[0]


def _join(version: int, wrapped: bytes, body: bytes) -> str:
    return f"{ALGORITHM}.{version}.{base64.urlsafe_b64encode(wrapped + body).decode()}"


def _split(token: str) -> tuple[int, bytes, bytes]:
    try:
        algorithm, version, payload = token.split(".")
        raw = base64.urlsafe_b64decode(payload)
        if algorithm != ALGORITHM or len(raw) < _SHORTEST:
            raise ValueError(token)
        return int(version), raw[: _NONCE + _WRAPPED], raw[_NONCE + _WRAPPED :]
    except (ValueError, binascii.Error) as error:
        raise DecryptionError("not a sealed value") from error


def _unwrap(token: str, purpose: str) -> tuple[bytes, bytes]:
    version, wrapped, body = _split(token)
    try:
        master = _master_keys()[version]
    except KeyError as error:
        raise DecryptionError(f"key version {version} is not configured") from error
    try:
        return AESGCM(master).decrypt(wrapped[:_NONCE], wrapped[_NONCE:], _bind(purpose)), body
    except InvalidTag as error:
        raise DecryptionError(f"cannot open a value of {purpose}") from error


def blind_index(value: str, purpose: str) -> str:
    """64 hexadecimal digits that find equal values of one purpose without revealing them; "" stays ""."""
    if not value:
        return ""
    key = base64.b64decode(settings.BLIND_INDEX_KEY)
    return hmac.new(key, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField):
    """Text that only ever reaches the database sealed. It cannot be searched: keep a blind index beside it."""

    @property
    def purpose(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return decrypt(value, self.purpose) if value else value

    def get_prep_value(self, value: Any) -> str | None:
        value = super().get_prep_value(value)
        return encrypt(value, self.purpose) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed and cannot be searched; use its blind index.")
        return super().get_lookup(lookup_name)
