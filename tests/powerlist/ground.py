"""The district, the two people of an organ, and a catalogue that they have published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from accounts.actions import load_organisations
from accounts.models import Organisation, User
from powerlist.actions import disclosure, purchases
from powerlist.models import Catalogue, Project
from powerlist.queries.purchases import finest
from tests.accounts.people import BEIJING, official

HEADINGS = [("A", "公共服务"), ("A09", "社会治理服务"), ("A0901", "社区治理服务"), ("B", "政府履职辅助性服务")]
EXCLUDED = [purchases.Excluded("融资行为", "示例依据", verified=True)]
STREET = "110101001"


def moment(text: str) -> datetime:
    """2026-03-02T09:00 in Beijing."""
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


SEATED = moment("2026-01-02T09:00")


@dataclass
class Ground:
    """A subdistrict and the finance bureau, each with one who enters and one who publishes."""

    street: Organisation
    clerk: User
    head: User
    bookkeeper: User
    treasurer: User

    def catalogue(self, since: date, at: datetime, headings: list[tuple[str, str]] = HEADINGS) -> Catalogue:
        """A version that is published."""
        row = purchases.enter_catalogue("示例目录", since, headings, EXCLUDED, self.bookkeeper, at)
        return disclosure.publish(row, self.treasurer, at)

    def given(self, catalogue: Catalogue, **other: Any) -> dict[str, Any]:
        """What is entered of a project."""
        return {
            "heading": finest(catalogue).earliest("code"), "name": "社区治理项目", "year": 2026,
            "amount": Decimal("1000.50"), "receiver": "示例中心", "receiver_kind": "social", "method": "open",
            "contracted_on": date(2026, 3, 2), "outside_exclusions": True, **other,
        }  # fmt: skip

    def project(self, catalogue: Catalogue, published: bool = True, **other: Any) -> Project:
        at = moment("2026-03-05T09:00")
        row = purchases.enter_project(self.street, self.given(catalogue, **other), self.clerk, at)
        return disclosure.publish(row, self.head, at) if published else row


def make_ground() -> Ground:
    load_organisations()
    street, finance = Organisation.objects.get(code=STREET), Organisation.objects.get(code="DC-CZJ")
    return Ground(
        street,
        clerk=official("case_officer", street, at=SEATED),
        head=official("head_of_organ", street, at=SEATED),
        bookkeeper=official("case_officer", finance, at=SEATED),
        treasurer=official("section_head", finance, at=SEATED),
    )


@pytest.fixture
def ground(db: None) -> Ground:
    return make_ground()


@pytest.fixture
def catalogue(ground: Ground) -> Catalogue:
    """In force from 8 January 2026."""
    return ground.catalogue(date(2026, 1, 8), moment("2026-01-05T09:00"))
