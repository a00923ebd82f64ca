"""Many rate one matter at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from approvals.actions.ratings import rate
from approvals.models import Rating
from approvals.queries.ratings import FOLLOW_UP
from casework.models import Case
from casework.refusal import Refused
from tests.approvals.conftest import make_district, make_world, moment


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_rates() -> None:
    make_district()
    case = make_world().ended()

    def give(level: int) -> str:
        try:
            rate(case, level, "", moment("2026-03-06T09:00"))
            return "kept"
        except Refused:
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as pool:
        assert sorted(pool.map(give, range(1, 6))) == ["kept", *["refused"] * 4]
    assert Rating.objects.count() == 1
    assert Case.objects.filter(procedure=FOLLOW_UP).count() == int(Rating.objects.get().level <= 2)
