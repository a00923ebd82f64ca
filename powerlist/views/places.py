"""The place in a list where a page goes on, as it stands in an address: nobody makes one up."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.core import signing

_PLACE = signing.Signer(salt="powerlist.list")


def _read(text: str) -> Any:
    try:
        return json.loads(_PLACE.unsign(text))
    except (signing.BadSignature, ValueError):
        return None


def key_of(text: str) -> int:
    """The key of a row in an address; 0 for none, or for anything that is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def place_of(text: str) -> tuple[str, int] | None:
    """The place that was written; None for anything that is none."""
    match _read(text):
        case [str(name), int(pk)]:
            return name, pk
    return None


def written(place: tuple[str, int]) -> str:
    return _PLACE.sign(json.dumps(place))


def day_place(text: str) -> tuple[date, int] | None:
    """The same of something that has a day: the day and the key of a version."""
    match _read(text):
        case ["day", str(day), int(pk)]:
            return date.fromisoformat(day), pk
    return None


def day_written(place: tuple[date, int]) -> str:
    return _PLACE.sign(json.dumps(["day", place[0].isoformat(), place[1]]))
