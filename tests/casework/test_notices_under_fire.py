"""Workers are killed at any line between ringing and marking; a real relay and a real gateway count what arrives."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.faults.notices import Bench, Count

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bench(tmp_path: Path, transactional_db: None) -> Iterator[Bench]:
    made = Bench(tmp_path / "worker.log")
    yield made
    made.stop()


def test_each_reminder_once_wherever_workers_are_killed(bench: Bench) -> None:
    places, count = bench.places(), Count()

    @settings(max_examples=12, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.sampled_from(places), min_size=1, max_size=3))
    def strike(deaths: list[int]) -> None:
        notices = bench.strike(deaths, count)
        assert count.unexplained == []
        assert {one.channel for one in notices} == {"inbox", "email", "sms"}

    strike()
    assert count.kills >= 12
    assert set(count.sms) == {1}
