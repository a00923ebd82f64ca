"""A draft becomes exactly one case: fifty real requests at once, each with a connection of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from approvals import actions
from approvals.models import Application
from casework.models import Act, Case, Series
from tests.approvals.conftest import TRUTH, make_district, make_world, moment

AT = moment("2026-03-02T09:00")


@pytest.mark.django_db(transaction=True)
def test_fifty_requests_at_once_make_one_case() -> None:
    make_district()
    world = make_world()
    draft = world.draft()
    together = Barrier(10)

    def press(_: int) -> str:
        try:
            together.wait(30)
            return actions.file_application(draft, world.citizen, AT, attested=[TRUTH]).number
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        numbers = set(pool.map(press, range(50)))
    assert numbers == {"东市监许申〔2026〕1号"}
    assert (Case.objects.count(), Act.objects.count(), Application.objects.count()) == (1, 1, 1)
    assert Series.objects.get(word="许申").last == 1
