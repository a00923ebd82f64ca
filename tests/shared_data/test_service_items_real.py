"""A real register of 1,135 items, which is no part of the source: SHARED names the directory.

It is the register of another district, so that some of its departments have no counterpart here.
"""

import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from accounts.actions import load_organisations
from approvals.actions import import_service_items, load_items
from approvals.models import LicensingItem
from approvals.queries import items
from law.actions import load_law

SHARED = Path(os.environ.get("SHARED") or Path(__file__).resolve().parents[2].parent / "shared")
REGISTER = SHARED / "data" / "service_items.csv"
AT = datetime(2026, 11, 22, 9, tzinfo=ZoneInfo("Asia/Shanghai"))

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def district(db: None) -> None:
    load_organisations()
    load_law()
    load_items(AT)


def test_every_row_is_accounted_for_and_importing_again_changes_nothing() -> None:
    first = import_service_items(REGISTER, AT)
    assert len(first.rows) == 1135
    assert first.counts == {"created": 854, "refused": 281}
    assert {row.reason[:5] for row in first.rows if row.outcome == "refused"} == {"本区没有与"}
    assert import_service_items(REGISTER, AT).counts == {"unchanged": 854, "refused": 281}
    assert LicensingItem.objects.filter(origin="imported").count() == 854


def test_with_a_table_of_departments_every_row_finds_its_organ(tmp_path: Path) -> None:
    report = import_service_items(REGISTER, AT)
    unknown = {row.reason.split("“")[1].split("”")[0] for row in report.rows if row.outcome == "refused"}
    names = tmp_path / "departments.csv"
    names.write_text("name,organ\n" + "".join(f"{name},DC-ZFJ\n" for name in sorted(unknown)), encoding="utf-8")
    assert import_service_items(REGISTER, AT, names).counts == {"created": 281, "unchanged": 854}


def test_real_items_are_found_by_words() -> None:
    import_service_items(REGISTER, AT)
    found = items.page(items.Wanted(words="职业介绍"), AT.date(), 100).items
    assert all("职业介绍" in f"{item.name}{item.group}{item.keywords}" for item in found)
    assert items.page(items.Wanted(words="社会保险"), AT.date()).items
