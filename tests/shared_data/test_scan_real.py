"""The scan on real texts: the 47 documents of `../shared`, as they stand and altered, marked as a reviewer would.

`labelled.jsonl` names places and says what is to be marked there; it holds no text but the few words that name a place.
A line is a sentence of the document `in` that contains `find`. With `by` these words are replaced, with `take` by the
sentence of another document that contains the words named, with `but` changed in turn. `kinds` are those that shall be
marked; `?`: that can be seen either way, and is not counted. All other sentences shall not be marked for what they set:
everything that was marked in them was read. The part `held` was not tuned on: docs/decisions/regulations-catalogue.md.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from law.actions.repeal import end_text
from law.actions.texts import import_laws
from law.models import LegalText
from law.statute import family
from regulations.actions.entering import end
from regulations.actions.importing import import_normative_documents
from regulations.models import DocumentVersion, NormativeDocument
from regulations.queries.scan import scan
from regulations.rules.scan import BEYOND, DUPLICATE, LAPSED, UNKNOWN, Finding
from regulations.rules.wordings import COERCION, FEE, LICENCE, PENALTY, RIGHTS
from tests.regulations.library import numbered, squashed
from tests.shared_data.test_normative_documents_real import FILE, SHARED, TODAY

Row = dict[str, Any]
ROWS: list[Row] = [
    json.loads(line) for line in (Path(__file__).parent / "labelled.jsonl").read_text(encoding="utf-8").splitlines()
]
SETTING = (LICENCE, PENALTY, COERCION, FEE, RIGHTS)
# What the altered sentences cite, and the last days of what was repealed (噪声污染防治法 90，信访工作条例 50).
STATUTES = (
    "行政许可法(2019-04-23)", "行政处罚法(2021-01-22)", "环境噪声污染防治法(2018-12-29)", "信访条例(2005-01-10)",
)  # fmt: skip
REPEALED = {"环境噪声污染防治法": date(2022, 6, 4), "信访条例": date(2022, 4, 30)}
ENDED = ("国发〔1981〕88号", "国办发〔1997〕11号")

pytestmark = pytest.mark.django_db


@dataclass
class Measured:
    """Right, wrong and missed marks of one part."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def precision(self, kinds: Sequence[str]) -> float:
        right = sum(self.right[kind] for kind in kinds)
        return right / (right + sum(self.wrong[kind] for kind in kinds))

    def recall(self, kinds: Sequence[str]) -> float:
        right = sum(self.right[kind] for kind in kinds)
        return right / (right + sum(self.missed[kind] for kind in kinds))


@pytest.fixture(scope="module")
def measured(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[dict[str, Measured]]:
    """Every document is altered and scanned once, within a transaction that the end of the module undoes."""
    laws = tmp_path_factory.mktemp("laws")
    for name in STATUTES:
        shutil.copy(SHARED / "data" / "laws" / f"{name}.md", laws)
    with django_db_blocker.unblock(), transaction.atomic():
        import_laws(laws)
        import_normative_documents(FILE)
        for name, last_day in REPEALED.items():
            end_text(LegalText.objects.get(family=name), last_day, "repealed")
        for number in ENDED:
            end(numbered(number), date(2020, 12, 31), NormativeDocument.Ended.REPEALED, by="示例决定")
        yield _measure()
        transaction.set_rollback(True)


def _measure() -> dict[str, Measured]:
    bodies = {one.document.number: one.body for one in DocumentVersion.objects.select_related("document")}
    found = {part: Measured() for part in ("tuned", "held", "others")}
    for document in NormativeDocument.objects.order_by("pk"):
        rows = [row for row in ROWS if row["in"] == document.number]
        body = bodies[document.number]
        for row in rows:
            assert body.count(row["find"]) == 1, row
            body = body.replace(row["find"], _words(row, bodies))
        marks = scan(body, TODAY, title=document.title, without=document)
        _judge(found, rows, [one for one in marks if one.kind != BEYOND], bodies)
    return found


def _words(row: Row, bodies: Mapping[str, str]) -> str:
    """What stands in the altered text in the place of what is named."""
    if "take" not in row:
        return str(row.get("by", row["find"]))
    source, named = row["take"]
    taken = next(one for one in re.findall("[^。；\n]+", bodies[source]) if named in one)
    return taken.replace(*row["but"]) if "but" in row else taken


def _judge(
    found: Mapping[str, Measured], rows: Sequence[Row], marks: Sequence[Finding], bodies: Mapping[str, str]
) -> None:
    written = [squashed(_words(row, bodies)) for row in rows]
    theirs: dict[int, set[str]] = {place: set() for place in range(len(rows))}
    for one in marks:
        sentence = squashed(one.sentence)
        said = sentence if one.kind in SETTING else squashed(one.words)  # 《…》, or the beginning of what is doubled
        place = next((n for n, words in enumerate(written) if words in said or said in words), None)
        if place is not None:
            theirs[place].add(one.kind)
        elif one.kind in SETTING or _not_so(one):
            found["others"].wrong[one.kind] += 1
    for place, row in enumerate(rows):
        if "?" in row["kinds"]:
            continue
        wanted, got, part = set(row["kinds"]), theirs[place], found[row["part"]]
        part.right.update(wanted & got)
        part.missed.update(wanted - got)
        part.wrong.update(got - wanted)


def _not_so(one: Finding) -> bool:
    """Whether a mark in a sentence that was not altered is not true: the text that is cited is in force, or the
    sentence stands in one document alone."""
    if one.kind == DUPLICATE:
        said = squashed(one.sentence)
        return sum(said in squashed(other.body) for other in DocumentVersion.objects.all()) < 2
    name = family(one.words.strip("《》"))
    in_force = LegalText.objects.filter(family=name, effective_to=None)
    return in_force.exists() or NormativeDocument.objects.filter(title=name, ended="").exists()


def test_the_set_has_both_sides_and_every_kind() -> None:
    assert len({(row["in"], row["find"]) for row in ROWS}) == len(ROWS) >= 140
    kinds = Counter(kind for row in ROWS for kind in row["kinds"] or ["none"])
    assert set(kinds) == {*SETTING, LAPSED, UNKNOWN, DUPLICATE, "none", "?"}
    assert all(kinds[kind] >= 3 for kind in kinds)
    assert len({row["in"] for row in ROWS}) >= 25


@pytest.mark.parametrize(("part", "precision", "recall"), [("tuned", 0.97, 0.90), ("held", 0.93, 0.61)])
def test_what_is_set_is_marked(measured: dict[str, Measured], part: str, precision: float, recall: float) -> None:
    assert measured[part].precision(SETTING) >= precision
    assert measured[part].recall(SETTING) >= recall


def test_hardly_anything_else_is_marked(measured: dict[str, Measured]) -> None:
    """In thousands of sentences that set nothing."""
    assert not measured["others"].wrong


def test_what_is_cited_and_what_is_said_twice(measured: dict[str, Measured]) -> None:
    """Of what is said twice, changed by two signs, nothing is marked: that is not looked for."""
    whole = Measured()
    for part in measured.values():
        whole.right += part.right
        whole.wrong += part.wrong
        whole.missed += part.missed
    assert whole.precision([LAPSED, UNKNOWN, DUPLICATE]) == 1
    assert whole.recall([LAPSED, UNKNOWN]) == 1
    assert whole.recall([DUPLICATE]) >= 0.8
