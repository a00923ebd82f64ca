"""Clauses of a draft that the scan marks, each under a key that stays while its words stay."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from regulations.models import NormativeDocument, TextVersion
from regulations.queries.scan import scan
from regulations.rules.scan import Finding


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A clause that a reviewer has to answer. `key` comes from the kind of the finding, its sentence and its words."""

    key: str
    finding: Finding


def suspicions(version: TextVersion, on: date) -> list[Suspicion]:
    """What the scan marks in a version on a day, in the order of the text. A help for the reviewer, never a verdict."""
    own = NormativeDocument.objects.filter(case=version.case_id).first()
    found: dict[str, Suspicion] = {}
    for finding in scan(version.body, on, title=version.title, without=own):
        key = _key(finding)
        found.setdefault(key, Suspicion(key, finding))
    return list(found.values())


def _key(finding: Finding) -> str:
    said = f"{finding.kind}\n{finding.sentence}\n{finding.words}"
    return f"{finding.kind}-{hashlib.sha256(said.encode()).hexdigest()[:24]}"
