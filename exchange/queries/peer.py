"""Who we are to the city, whose signatures count, and a stored row as the message that it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.utils import timezone

from casework.models import Message
from exchange.rules import signed
from exchange.rules.letters import Letter

OUT, IN = Message.Direction.OUT, Message.Direction.IN


def connected() -> bool:
    """Whether this deployment has a municipal platform at all."""
    return bool(settings.EXCHANGE_URL)


def ours() -> signed.Signer:
    """Our signature: the newest of our keys."""
    version = max(settings.EXCHANGE_KEYS)
    return _signer(settings.EXCHANGE_SELF, version, settings.EXCHANGE_KEYS[version])


def theirs() -> Mapping[str, Ed25519PublicKey]:
    """The city's keys by name. More than one while a key is being changed."""
    return _keys(settings.EXCHANGE_PEER, tuple(settings.EXCHANGE_PEER_KEYS.items()))


_signer = lru_cache(4)(signed.signer)


@lru_cache(4)
def _keys(side: str, keys: tuple[tuple[int, str], ...]) -> Mapping[str, Ed25519PublicKey]:
    return {f"{side}-{version}": signed.public(key) for version, key in keys}


def moment(at: datetime) -> str:
    """A moment as messages write it."""
    return timezone.localtime(at).isoformat()


def letter_of(message: Message) -> Letter:
    """The row as it goes over the wire, or came over it."""
    ends = (settings.EXCHANGE_SELF, message.peer)
    sender, receiver = ends if message.direction == OUT else ends[::-1]
    return Letter(
        id=message.key, sender=sender, receiver=receiver, kind=message.kind, stream=message.stream,
        sequence=message.sequence, written_at=moment(message.written_at),
        body=message.body,
    )  # fmt: skip
