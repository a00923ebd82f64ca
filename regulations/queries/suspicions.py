"""Clauses of a draft that the scan marks, each under a key that stays while its words stay."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from regulations.models import NormativeDocument, TextVersion
from regulations.queries import replacing
from regulations.queries.scan import scan
from regulations.rules.scan import Finding


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A clause that a reviewer has to answer. `key` comes from the kind of the finding, its sentence and its words."""

    key: str
    finding: Finding


def suspicions(version: TextVersion, on: date) -> list[Suspicion]:
    """What the scan marks in a version on a day, in the order of the text. A help for the reviewer, never a verdict.

    Of a decision that amends, the amended text is looked through as well, behind the decision itself.
    """
    return keyed(_findings(version, on))


def keyed(findings: Iterable[Finding]) -> list[Suspicion]:
    """Each under its key, and once."""
    found: dict[str, Suspicion] = {}
    for finding in findings:
        key = _key(finding)
        found.setdefault(key, Suspicion(key, finding))
    return list(found.values())


def _findings(version: TextVersion, on: date) -> Iterator[Finding]:
    own = NormativeDocument.objects.filter(case=version.case_id).first()
    if not version.consolidated:
        yield from scan(version.body, on, title=version.title, without=own)
        return
    amended = replacing.meant_to_amend(version.case)
    yield from scan(version.body, on, title=version.title, without=own, beside=amended)
    title = amended.title if amended else ""
    yield from scan(version.consolidated, on, title=title, without=amended, beside=own)


def _key(finding: Finding) -> str:
    said = f"{finding.kind}\n{finding.sentence}\n{finding.words}"
    return f"{finding.kind}-{hashlib.sha256(said.encode()).hexdigest()[:24]}"
