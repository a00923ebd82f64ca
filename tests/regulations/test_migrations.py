"""What stood in the register before a table was changed stands there afterwards."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from regulations.models import CleanupEntry
from tests.migrating import migrated
from tests.powerlist.conftest import make_town
from tests.regulations.test_cleanup import act, begun, items
from tests.regulations.test_portions import stock

BEFORE, AFTER = ("regulations", "0003_cleanups"), ("regulations", "0004_suspensions")


@pytest.mark.django_db
def test_the_one_suspension_that_was_remembered_becomes_a_row() -> None:
    documents = migrated(BEFORE)("regulations", "NormativeDocument").objects
    given = {"open": (date(2026, 3, 2), None), "ended": (date(2025, 3, 2), date(2025, 4, 1)), "never": (None, None)}
    for number, (since, until) in given.items():
        documents.create(issuer="示例机关", number=number, title="示例", suspended_from=since, suspended_until=until)
    rows = migrated(AFTER)("regulations", "DocumentSuspension").objects.order_by("document_id")
    told = rows.values_list("document__number", "clause", "since", "until", "act")
    assert list(told) == [
        ("open", "", date(2026, 3, 2), None, None),
        ("ended", "", date(2025, 3, 2), date(2025, 4, 1), None),
    ]
    back = migrated(BEFORE)("regulations", "NormativeDocument").objects
    assert {one.number: (one.suspended_from, one.suspended_until) for one in back.all()} == given
    migrated()


@pytest.mark.django_db
def test_a_clean_up_that_was_begun_before_is_listed_by_its_cases(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "laws").mkdir()
    town = make_town(tmp_path / "laws")
    stock(4)
    case = begun(town)
    kept, sent_back, again, _ = items(case)
    for item in (kept, sent_back, again):
        act(town, item, "scj-head", "propose_keep", "2026-03-03T09:00", reasons="仍有必要")
    for item in (sent_back, again):
        act(town, item, "legal-office", "disagree", "2026-03-03T10:00", reasons="与上位法抵触")
    act(town, again, "scj-head", "propose_amend", "2026-03-04T09:00", articles="第一条", reasons="需要修改",
        finish_on="2026-12-31")  # fmt: skip
    entries = CleanupEntry.objects.order_by("item").values_list(
        "case", "document", "act", "item", "proposal", "left_out"
    )
    before = list(entries)
    assert [proposal for *_, proposal, _ in before] == ["propose_keep", "", "propose_amend", ""]
    migrated(("regulations", "0002_making"))
    migrated()
    assert list(entries.all()) == before
