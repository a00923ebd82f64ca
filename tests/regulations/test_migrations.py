"""What stood in the register before a table was changed stands there afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = ("regulations", "0003_cleanups"), ("regulations", "0004_suspensions")


def migrated(target: tuple[str, str]) -> Any:
    """The models as a migration left them."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    executor = MigrationExecutor(connection)
    executor.migrate([target])
    return executor.loader.project_state([target]).apps.get_model


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
    migrated(AFTER)
