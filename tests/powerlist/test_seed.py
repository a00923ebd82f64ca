"""The list that is shipped: as many powers as were promised, of every kind, by whom, and every item has its power."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from accounts.actions import load_organisations
from accounts.models import Organisation
from powerlist.actions import stock
from powerlist.actions.stock import Report, load_powers
from powerlist.models import PowerVersion
from powerlist.rules.item import KINDS

pytestmark = pytest.mark.django_db
ITEMS = Path(settings.BASE_DIR) / "approvals" / "data" / "items"


@pytest.fixture
def report() -> Report:
    load_organisations()
    return load_powers()


def test_the_shipped_list_is_whole(report: Report) -> None:
    assert [(row.line, row.reason) for row in report.rows if row.outcome == "refused"] == []
    with (stock.DATA / "powers.csv").open(encoding="utf-8", newline="") as file:
        assert report.counts == {"created": sum(1 for _ in csv.DictReader(file))}
    listed = PowerVersion.objects.all()
    assert listed.count() >= 120
    assert set(listed.values_list("kind", flat=True)) == set(KINDS)
    holders = Organisation.objects.filter(pk__in=listed.values("organ"))
    assert holders.filter(kind=Organisation.Kind.DEPARTMENT).count() >= 10
    assert holders.filter(kind=Organisation.Kind.SUBDISTRICT_OFFICE).exists()
    assert not listed.filter(sample=False).exists()


def test_every_power_has_a_basis_and_stages(report: Report) -> None:
    assert not PowerVersion.objects.filter(bases=None).exists()
    assert not PowerVersion.objects.filter(stages=None).exists()


def test_every_item_of_the_approvals_is_bound_to_the_power_that_it_names(report: Report) -> None:
    bound = {
        code: (version.organ.code, version.power.code)
        for version in PowerVersion.objects.select_related("organ", "power")
        for code in version.items
    }
    written = [tomllib.loads(path.read_text(encoding="utf-8")) for path in ITEMS.glob("*.toml")]
    assert bound == {item["code"]: (item["organ"], item["power_code"]) for item in written}
    assert sum(len(version.items) for version in PowerVersion.objects.all()) == len(bound)  # none of them twice
