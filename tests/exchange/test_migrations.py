"""The comparisons that were made while licensing had their table stand in it today."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import InternalError, transaction
from django.utils import timezone

from exchange.models import Reconciliation
from tests.migrating import migrated


@pytest.mark.django_db
def test_a_comparison_made_before_the_table_moved_stands() -> None:
    before = migrated(("exchange", None), ("approvals", "0009_service_network"))("approvals", "Reconciliation")
    said = {"day": date(2026, 3, 2), "at": timezone.now(), "equal": False, "count": 1, "differences": [{"id": "x"}]}
    made = before.objects.create(**said)
    migrated()
    kept = Reconciliation.objects.get()
    assert kept.pk == made.pk
    assert {name: getattr(kept, name) for name in said} == said
    with pytest.raises(InternalError), transaction.atomic():
        Reconciliation.objects.update(count=0)
