"""Hostile and friendly files, made by code: what attackers send, and what honest people send."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Specimen:
    """One file: the name that it bears, how it is made, and the code of the refusal (empty: it has to be taken)."""

    label: str
    name: str
    make: Callable[[], bytes]
    code: str = ""

    def __str__(self) -> str:
        return self.label
