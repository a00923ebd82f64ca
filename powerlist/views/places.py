"""The place in the list where a page goes on, as it stands in an address: nobody makes one up."""

from __future__ import annotations

import json

from django.core import signing

_PLACE = signing.Signer(salt="powerlist.list")


def place_of(text: str) -> tuple[str, int] | None:
    """The place that was written; None for anything that is none."""
    try:
        name, pk = json.loads(_PLACE.unsign(text))
    except (signing.BadSignature, ValueError):
        return None
    return name, pk


def written(place: tuple[str, int]) -> str:
    return _PLACE.sign(json.dumps(place))
