"""The review of what was filed: what is marked in the published text, and what the reviewers answered to each item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from casework.models import Case
from regulations.models import NormativeDocument, ReviewAnswer
from regulations.queries.about import document_of
from regulations.queries.document import published_version
from regulations.queries.making import CHECK, SUSPICION
from regulations.queries.scan import scan_of
from regulations.queries.suspicions import Suspicion, keyed
from regulations.rules.checklist import CHECKS, KEYS


def marked(document: NormativeDocument, on: date) -> list[Suspicion]:
    """What the scan marks in the published text on a day. A help for the reviewer, never a verdict."""
    version = published_version(document)
    return keyed(scan_of(document, version, on)) if version else []


def answers(case: Case) -> dict[str, dict[str, ReviewAnswer]]:
    """The answer that counts for each item, by its kind: the last one. One query."""
    found: dict[str, dict[str, ReviewAnswer]] = {CHECK: {}, SUSPICION: {}}
    for one in ReviewAnswer.objects.filter(filing=case).order_by("id"):
        found[one.kind][one.key] = one
    return found


def review(case: Case, on: date) -> dict[str, list[str]]:
    """Keys of the items that nobody answered, and of those in which something is wrong."""
    document, said = document_of(case), answers(case)
    wanted = {CHECK: list(KEYS), SUSPICION: [one.key for one in marked(document, on)] if document else []}
    pairs = [(key, said[kind].get(key)) for kind, keys in wanted.items() for key in keys]
    return {
        "unanswered": [key for key, answer in pairs if answer is None],
        "touched": [key for key, answer in pairs if answer is not None and not answer.clear],
    }


def listed(
    said: Mapping[str, Mapping[str, ReviewAnswer]], marks: Iterable[Suspicion]
) -> list[tuple[str, ReviewAnswer]]:
    """The items that were answered, as people call them, with their answers."""
    items = [(check.words, said[CHECK].get(check.key)) for check in CHECKS]
    items += [(f"{one.finding.label}“{one.finding.sentence}”", said[SUSPICION].get(one.key)) for one in marks]
    return [(name, answer) for name, answer in items if answer is not None]


def told(case: Case, on: date) -> tuple[list[str], list[str]]:
    """The items without a problem and those with one, with the reviewers' words, as an opinion prints them."""
    document = document_of(case)
    items = listed(answers(case), marked(document, on) if document else [])
    clear = [f"{name}：没有问题{f'。{one.words}' if one.words else ''}" for name, one in items if one.clear]
    return clear, [f"{name}：不符合。{one.words}" for name, one in items if not one.clear]
