"""The whole way between two processes: an act leaves and is acknowledged, a filing of the city becomes a case."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from django.utils import timezone

from casework.models import Case, Message
from exchange.actions.deliver import deliver_batch
from exchange.actions.reconcile import reconcile
from exchange.actions.take_in import take_in
from portal.environment import BASE_DIR
from portal.supervisor import end_with_parent
from tests.approvals.conftest import make_district, make_world
from tests.exchange.samples import STATUS, filing
from tests.running import surroundings

State = Message.State


@pytest.fixture
def simulator(live_server: Any, settings: Any, tmp_path: Path) -> Iterator[str]:
    """`manage.py municipal_simulator`, connected to the portal of this test and it to the simulator."""
    command = ["municipal_simulator", "--port", "0", "--book", str(tmp_path / "city.sqlite3"), "--district"]
    process = subprocess.Popen(
        [sys.executable, "manage.py", *command, live_server.url],
        cwd=BASE_DIR, env=surroundings(), stdout=subprocess.PIPE, text=True, preexec_fn=end_with_parent,
    )  # fmt: skip
    assert process.stdout
    said = process.stdout.readline()
    settings.EXCHANGE_URL = said.split()[-1]
    yield settings.EXCHANGE_URL
    process.terminate()
    assert process.wait(30) == 0


def control(simulator: str, **order: Any) -> dict[str, Any]:
    answer = requests.post(f"{simulator}/control", json.dumps(order), timeout=30)
    return answer.json()


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, list(Message.objects.values("direction", "state", "error"))
        deliver_batch(timezone.now())
        take_in(timezone.now(), 20)
        time.sleep(0.05)


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
