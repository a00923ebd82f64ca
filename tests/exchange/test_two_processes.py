"""The whole way between two processes: an act leaves and is acknowledged, a filing of the city becomes a case."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from casework.models import Case, Message
from exchange.actions.reconcile import reconcile
from tests.approvals.conftest import make_district, make_world
from tests.exchange.processes import control, until
from tests.exchange.samples import STATUS, filing

State = Message.State


@pytest.mark.django_db(transaction=True)
def test_both_ways_between_two_processes(simulator: str, settings: Any) -> None:
    settings.EXCHANGE_PAUSES = (0.1, 0.5)
    make_district()
    case = make_world().accepted()
    control(simulator, faults={
        "down": 10, "duplicate": 30, "reorder": 30, "lie": 10, "forget": 10, "bad_signature": 10, "wrong_answer": 10,
    })  # fmt: skip
    write = [{"kind": "filing", "stream": f"BJ-{serial}", "body": filing(serial)} for serial in range(4)]
    write += [{"kind": "status", "stream": "BJ-S", "body": {**STATUS, "case": case.number}} for _ in range(4)]
    control(simulator, write=write)
    until(lambda: Message.objects.filter(direction="in").count() == 8)
    until(lambda: not Message.objects.exclude(state=State.DONE).exists())
    until(lambda: control(simulator)["counts"]["in_waiting"] == 0)
    control(simulator, faults={})
    # What the city's lies lost shows, and is sent again.
    for _ in range(2):
        reconcile(timezone.localdate(), timezone.now())
        until(lambda: not Message.objects.exclude(state=State.DONE).exists())
    assert reconcile(timezone.localdate(), timezone.now()).equal
    assert Case.objects.filter(channel="exchange").count() == 4
    city = control(simulator, standing=True)
    assert city["broken"] == []
    assert city["counts"] == {"in": 8, "in_waiting": 0, "out": Message.objects.filter(direction="out").count()}
    assert city["standing"] == dict(Case.objects.values_list("number", "state"))
