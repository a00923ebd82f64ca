"""The exchange with the city while everything goes wrong that can go wrong between two processes (EX)."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests

from portal.environment import BASE_DIR
from portal.supervisor import end_with_parent
from tests.drills.faults import tell
from tests.drills.town import FULL, Town, until

FAULTS = {
    "down": 10, "slow": 2, "duplicate": 10, "reorder": 20, "lie": 3, "forget": 5, "bad_signature": 5, "wrong_answer": 5,
}  # fmt: skip
STATUS = {
    "organ": "北京市市场监督管理局", "state": "reviewing", "label": "市级会审中", "at": "2026-03-02T09:00:00+08:00",
    "ended": False,
}  # fmt: skip
PATIENCE = 3600.0 if FULL else 900.0


def messages(town: Town) -> tuple[bool, str]:
    """EX: messages in both directions while the city is down, slow, doubles, reorders and lies."""
    amount = int(os.environ.get("MESSAGES") or (10_000 if FULL else 1000))
    filings = amount // 50
    with _city(town) as url:
        _control(url, faults=FAULTS)
        begun = time.monotonic()
        bodies = _inside(town, {"filings": {"number": filings}})
        _write(url, [{"kind": "filing", "stream": f"BJ-{n}", "body": body} for n, body in enumerate(bodies)])
        _inside(town, {"write": {"streams": filings, "each": (amount // 2 - filings) // filings}})
        until(lambda: _cases(town) == filings, PATIENCE)
        numbers = [number for (number,) in town.rows(_NUMBERS)]
        each = (amount // 2 - filings) // filings
        _write(url, [
            {"kind": "status", "stream": f"S-{number}", "body": {**STATUS, "case": number}}
            for _ in range(each) for number in numbers
        ])  # fmt: skip
        until(lambda: _settled(town, url), PATIENCE)
        took, happened = time.monotonic() - begun, _control(url)["happened"]
        _control(url, faults={})
        runs = list(_compared(town, url))
        faults = _faults(town, url, filings)
    total = sum(count for (count,) in town.rows("SELECT count(*) FROM casework_message"))
    equal = runs[-1]["equal"]
    words = ", ".join(f"{name} {number}" for name, number in sorted(happened.items()))
    return not faults and equal and total >= amount * 0.98, (
        f"{total} messages, {filings} filings among them, in {took:.0f} s ({total / took:.0f}/s); faults: {words}; "
        f"first comparison {runs[0]['count']} differences, the {len(runs)}. "
        f"{'equal' if equal else 'NOT equal'}; {len(faults)} lost or doubled" + tell(faults)
    )


_NUMBERS = "SELECT number FROM casework_case WHERE channel = 'exchange' ORDER BY id"


@contextmanager
def _city(town: Town) -> Iterator[str]:
    """The simulator as a process of its own, and the portal started anew beside it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    town.portal.interrupt()
    connected = {"PORTAL_EXCHANGE_URL": url, "PORTAL_EXCHANGE_PAUSES": "0.5 5"}
    town.portal.surroundings |= connected
    town.portal.start()
    command = ["municipal_simulator", "--port", str(port), "--district", town.portal.url]
    process = subprocess.Popen(
        [sys.executable, "manage.py", *command], cwd=BASE_DIR, env=town.inside(), preexec_fn=end_with_parent,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout
    assert process.stdout.readline(), "the city did not start"
    try:
        yield url
    finally:
        process.terminate()
        process.wait(60)
        for name in connected:
            del town.portal.surroundings[name]


def _control(url: str, **order: Any) -> dict[str, Any]:
    return requests.post(f"{url}/control", json.dumps(order), timeout=60).json()


def _write(url: str, messages: list[dict[str, Any]]) -> None:
    for place in range(0, len(messages), 200):
        _control(url, write=messages[place : place + 200])


def _inside(town: Town, order: dict[str, Any]) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "tests.drills.letters", json.dumps(order)], cwd=BASE_DIR, env=town.inside(),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-600:]
    return json.loads(done.stdout.strip().splitlines()[-1])


def _cases(town: Town) -> int:
    return len(town.rows(_NUMBERS))


def _settled(town: Town, url: str) -> bool:
    time.sleep(0.5)
    waiting = town.rows("SELECT count(*) FROM casework_message WHERE done_at IS NULL")
    return waiting == [(0,)] and _control(url)["counts"]["in_waiting"] == 0


def _compared(town: Town, url: str) -> Iterator[dict[str, Any]]:
    """Comparisons until both books are equal: what the city's lies lost is sent again after each."""
    for _ in range(5):
        run = _inside(town, {"compare": {}})
        yield run
        if run["equal"]:
            return
        until(lambda: _settled(town, url), PATIENCE)


def _faults(town: Town, url: str, filings: int) -> list[str]:
    """What was lost, doubled or brought out of its order."""
    found = []
    here = dict(town.rows("SELECT direction, count(*) FROM casework_message GROUP BY 1"))
    city = _control(url, standing=True)
    there = {name: city["counts"][name] for name in ("out", "in")}
    if here != there:
        found.append(f"here {here}, there {there}")
    found += [f"a gap in {stream}" for stream in city["broken"]]
    if _cases(town) != filings:
        found.append(f"{_cases(town)} cases of {filings} filings")
    states = dict(town.rows("SELECT number, state FROM casework_case WHERE channel = 'exchange'"))
    found += [f"{number}: {state} here" for number, state in states.items() if city["standing"].get(number) != state]
    odd = "SELECT key, state FROM casework_message WHERE state <> 'done'"
    return found + [f"{key} is {state}" for key, state in town.rows(odd)]
