"""What a channel must do, and the four ways in which it can fail.

The failures differ in what is certain, since nothing may be sent twice and nothing lost: after `NotTaken` the other
side does not have the letter, after `Unanswered` nobody knows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class Letter:
    """One notice on its way. `key` is the same at every try; an SMS has no subject."""

    key: str
    to: str
    text: str
    subject: str = ""


class NotTaken(Exception):
    """The other side did not take the letter; it may later."""


class Away(NotTaken):
    """The other side was not reached at all; nor would the next letter reach it now."""


class Rejected(Exception):
    """The other side will never take this letter."""


class Unanswered(Exception):
    """The letter was offered and no answer came: it may have been taken."""


class Channel(Protocol):
    """One connection's worth of sending; entered for a batch and left after it."""

    def __enter__(self) -> Channel: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def send(self, letter: Letter, offer: Callable[[], None]) -> None:
        """Hand the letter over; returning means that the other side has it.

        Calls `offer` at the last moment before which the other side cannot have taken it; if that raises, the letter
        is not handed over. Raises NotTaken, Away, Rejected or Unanswered.
        """

    def taken(self, key: str) -> bool | None:
        """Whether a letter that was offered earlier was taken; None while the other side does not say."""

    @property
    def can_tell(self) -> bool:
        """Whether `taken` will ever say; if not, a letter in doubt stays so."""


def available() -> list[str]:
    """The channels that this deployment has, besides the inbox."""
    return list(settings.NOTICE_CHANNELS)


def opened(name: str, at: datetime) -> Channel:
    """The channel of that name, for letters sent at this moment; KeyError if the deployment has none."""
    return cast(Channel, import_string(settings.NOTICE_CHANNELS[name])(at))
