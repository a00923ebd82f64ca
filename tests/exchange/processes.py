"""The city as a process of its own beside a test, and both sides at work until something holds."""

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

from casework.models import Message
from exchange.actions.deliver import deliver_batch
from exchange.actions.take_in import take_in
from portal.environment import BASE_DIR
from portal.supervisor import end_with_parent
from tests.running import surroundings


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
