"""Personal data at rest: authenticated encryption under versioned keys, and blind indexes for equality search.

Every value has its own data key; the master key of `settings.ENCRYPTION_KEYS` (version → 32 bytes in base64) only
wraps data keys. A rotation therefore re-wraps 32 bytes per value and never sees a clear text. A value of a column is
sealed for its column and row: copied anywhere else it does not open.
个人信息保护法 第五十一条第三项.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import connections, models
from django.db.models.query_utils import DeferredAttribute
from django.db.models.signals import pre_save

ALGORITHM = "aesgcm"
SECOND_FACTOR = "mfa.authenticator"  # purpose of the secrets of second factors
_NONCE, _KEY, _TAG = 12, 32, 16  # bytes
_WRAPPED = _KEY + _TAG
_SHORTEST = _NONCE + _WRAPPED + _NONCE + _TAG


class DecryptionError(Exception):
    """The stored value was changed, moved to another column or row, or its key is gone."""


def _master_keys() -> dict[int, AESGCM]:
    configured = settings.ENCRYPTION_KEYS
    pairs = configured.items() if isinstance(configured, dict) else configured
    return _read(tuple((version, key) for version, key in pairs))


@lru_cache(maxsize=4)
def _read(configured: tuple[tuple[int | str, str], ...]) -> dict[int, AESGCM]:
    keys = {int(version): base64.b64decode(key) for version, key in configured}
    if not keys or any(len(key) != _KEY for key in keys.values()):
        raise ImproperlyConfigured("ENCRYPTION_KEYS needs at least one version with a key of 32 bytes in base64.")
    return {version: AESGCM(key) for version, key in keys.items()}


def current_version() -> int:
    """The key version that new values are written under: the highest configured."""
    return max(_master_keys())


def of_row(purpose: str, key: int) -> str:
    """The purpose of a value that belongs to one row."""
    return f"{purpose}#{key}"


def _bind(purpose: str) -> bytes:
    return purpose.encode()


def encrypt(clear: str, purpose: str) -> str:
    """Seal `clear` for one `purpose`: whatever is moved to where another purpose is asked for does not open."""
    keys, bound = _master_keys(), _bind(purpose)
    version = max(keys)
    fresh = os.urandom(_KEY + 2 * _NONCE)
    data_key, wrap_nonce, nonce = fresh[:_KEY], fresh[_KEY:-_NONCE], fresh[-_NONCE:]
    wrapped = keys[version].encrypt(wrap_nonce, data_key, bound)
    sealed = AESGCM(data_key).encrypt(nonce, clear.encode(), bound)
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
    return _join(version, nonce + _master_keys()[version].encrypt(nonce, data_key, _bind(purpose)), body)


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
        return master.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], _bind(purpose)), body
    except InvalidTag as error:
        raise DecryptionError(f"cannot open a value of {purpose}") from error


def blind_index(value: str, purpose: str) -> str:
    """64 hexadecimal digits that find equal values of one purpose without revealing them; "" stays ""."""
    if not value:
        return ""
    key = base64.b64decode(settings.BLIND_INDEX_KEY)
    return hmac.new(key, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


class Sealed(str):
    """A value as it is stored. It is opened when somebody asks for it, and kept as it is when nobody changed it."""

    __slots__ = ()


class SealedAttribute(DeferredAttribute):
    """Opens the value of a row when it is read."""

    field: Any

    def __get__(self, instance: Any, cls: type | None = None) -> Any:
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = self.field.opened(value, instance)
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedTextField(models.TextField):
    """Text that only ever reaches the database sealed. It cannot be searched: keep a blind index beside it.

    It is sealed for its row, so it is written by saving the instance; `values()` gives it as it is stored.
    """

    descriptor_class = SealedAttribute

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        pre_save.connect(_number_the_row, sender=cls, dispatch_uid=f"sealed {cls.__module__} {cls.__name__}")

    @property
    def purpose(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def clear_text(self, value: Any) -> str:
        """What is sealed for a value; nothing is sealed for the empty text."""
        return "" if value is None else str(value)

    def value_of(self, clear: str) -> Any:
        """The value whose `clear_text` this is."""
        return clear

    def opened(self, token: Sealed, instance: models.Model) -> Any:
        """The value of a row. DecryptionError if it was changed or belongs to another row."""
        return self.value_of(decrypt(token, of_row(self.purpose, instance.pk)))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        if model_instance.pk is None:
            raise FieldError(f"{self.name} is sealed for its row: save each instance by itself.")
        clear = self.clear_text(value)
        return Sealed(encrypt(clear, of_row(self.purpose, model_instance.pk))) if clear else clear

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return Sealed(value) if value else value

    def get_prep_value(self, value: Any) -> str | None:
        if value and not isinstance(value, Sealed):
            raise FieldError(f"{self.name} is sealed for its row: change the instance and save it.")
        return None if value is None else str(value or "")

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed and cannot be searched; use its blind index.")
        return super().get_lookup(lookup_name)


def _number_the_row(sender: type[models.Model], instance: models.Model, using: str, **kwargs: Any) -> None:
    """A row must know its key before anything is sealed for it: a new one takes the next of its table."""
    if instance.pk is None:
        key = sender._meta.pk
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s))", [sender._meta.db_table, key.column])
            instance.pk = cursor.fetchone()[0]
