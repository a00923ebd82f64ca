"""A running portal under load, whose clients write down what was acknowledged to them."""

from __future__ import annotations

import json
import os
import queue
import re
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import requests

from portal import environment
from portal.embedded.postgres import Postgres
from portal.embedded.valkey import Valkey
from portal.environment import BASE_DIR
from tests.running import Portal

FULL = bool(os.environ.get("FULL"))
TRUTH = "本人承诺所提交的材料真实，并对其真实性负责"
TOKEN = "d" * 32  # of the protection against forged requests: cookie and header must agree
CALM = {200, 201, 302, 303}
LIMITED = 429


class Town:
    """`manage.py run` with a broker and a cache of their own, so that each can be taken away alone."""

    def __init__(self) -> None:
        self.directory = environment.var() / "drill"
        shutil.rmtree(self.directory, ignore_errors=True)
        for part in ("broker", "cache", "portal"):
            (self.directory / part).mkdir(parents=True)
        self.broker = Valkey(self.directory / "broker")
        self.cache = Valkey(self.directory / "cache")
        self.portal = Portal(self.directory / "portal")
        self.database = Postgres(self.directory / "portal")
        self.people: dict[str, Any] = {}
        self.drafts: queue.Queue[tuple[str, str]] = queue.Queue()

    def start(self) -> None:
        self.portal.surroundings |= {
            "REDIS_URL": self.broker.start()["REDIS_URL"],
            "CACHE_URL": self.cache.start()["REDIS_URL"],
            "PORTAL_SOURCE_CROWD": "1000",
        }
        self.portal.start()

    def stop(self) -> None:
        self.portal.remove()
        self.broker.stop()
        self.cache.stop()

    def seed(self, drafts: int, people: int = 32, organs: int = 1) -> list[tuple[str, str]]:
        """(session, code) of so many applications that only wait to be submitted."""
        order = json.dumps({"drafts": drafts, "people": people, "organs": organs})
        done = subprocess.run(
            [sys.executable, "-m", "tests.drills.seed", order],
            cwd=BASE_DIR, env=self.inside() | ({"PORTAL_AS_OWNER": "1"} if organs > 1 else {}),
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-600:]
        self.people = json.loads(done.stdout.strip().splitlines()[-1])
        return [(self.people["citizens"][who], code) for who, code in self.people["drafts"]]

    def inside(self) -> dict[str, str]:
        """The environment of a process that is one of the portal's own."""
        return {**self.portal.surroundings, **self.database.addresses, "PORTAL_DEMO": "1"}

    def web_master(self) -> int:
        """The process whose children answer requests."""
        assert self.portal.process
        return next(pid for pid in children_of(self.portal.process.pid) if "gunicorn" in command_of(pid))

    def web_workers(self) -> list[int]:
        return sorted(children_of(self.web_master()))

    def rows(self, statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
        return self.portal.rows(statement, parameters)

    def sound(self, ledger: Ledger) -> list[str]:
        """What is wrong between what was acknowledged and what is kept; nothing, if all is well."""
        faults = []
        kept = dict(self.rows("SELECT code, number FROM casework_case"))
        for draft, (case, number) in ledger.acknowledged.items():
            if kept.get(case) != number:
                faults.append(f"{draft} was acknowledged as {number}, kept is {kept.get(case)}")
        twice = self.rows("SELECT number FROM casework_case GROUP BY number HAVING count(*) > 1")
        faults += [f"the number {number} was given twice" for (number,) in twice]
        acts = "(SELECT count(*) FROM casework_act WHERE case_id = c.id)"
        half = self.rows(f"SELECT code FROM casework_case c WHERE act_count <> {acts}")
        faults += [f"case {code} and its acts disagree" for (code,) in half]
        faults += [f"the series {name} has a gap: {there} of {last}" for name, there, last in gaps(kept.values())]
        try:
            self.portal.manage("verify_audit")
        except AssertionError as error:
            faults.append(f"the record does not verify: {str(error)[-300:]}")
        return faults


def gaps(numbers: Any) -> Iterator[tuple[str, int, int]]:
    """Series of case numbers in which one is missing."""
    series = defaultdict(set)
    for number in numbers:
        if match := re.fullmatch(r"(.*?)(\d+)号", number):
            series[match[1]].add(int(match[2]))
    for name, there in series.items():
        if len(there) != max(there):
            yield name, len(there), max(there)


def children_of(parent: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                after_name = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(after_name[1]) == parent and after_name[0] != "Z":
                found.append(int(entry.name))
    return found


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


class Ledger:
    """What clients were told, written down by them at that moment. Threads share it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.acknowledged: dict[str, tuple[str, str]] = {}  # draft → code and number of the case
        self.contradicted: list[str] = []
        self.answers: Counter[str] = Counter()
        self.seconds: dict[str, list[float]] = defaultdict(list)

    def took(self, kind: str, status: int | str, seconds: float) -> None:
        with self.lock:
            self.answers[f"{kind} {status}"] += 1
            self.seconds[kind].append(seconds)

    def acknowledge(self, draft: str, case: str, number: str) -> None:
        with self.lock:
            before = self.acknowledged.setdefault(draft, (case, number))
            if before != (case, number):
                self.contradicted.append(f"{draft}: {before[1]}, then {number}")

    def p95(self, kind: str) -> float:
        """Seconds."""
        times = self.seconds[kind]
        return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else 0.0

    def count(self, words: str) -> int:
        """Answers whose kind or status contains the words."""
        return sum(number for name, number in self.answers.items() if words in name)

    @property
    def errors(self) -> int:
        return sum(
            number for name, number in self.answers.items() if name.split()[-1] in ("broken", "500", "502", "503")
        )


class Client:
    """A person at work with a program: a connection for each request, as if each came from another place."""

    def __init__(self, town: Town, session: str, ledger: Ledger) -> None:
        self.url, self.ledger = town.portal.url, ledger
        self.cookies = {"sessionid": session, "csrftoken": TOKEN}

    def ask(self, kind: str, method: str, address: str, body: Any = None, **headers: str) -> requests.Response | None:
        """The answer, or nothing where the connection broke."""
        headers |= {"X-CSRFToken": TOKEN, "Connection": "close"}
        begun = time.monotonic()
        try:
            answer = requests.request(
                method, self.url + address, json=body, cookies=self.cookies, headers=headers, timeout=30,
                allow_redirects=False,
            )  # fmt: skip
        except requests.RequestException:
            self.ledger.took(kind, "broken", time.monotonic() - begun)
            return None
        self.ledger.took(kind, answer.status_code, time.monotonic() - begun)
        return answer

    def submit(self, draft: str, most: int = 60) -> bool:
        """Until it is acknowledged, as a person would: again after an error, with the same application."""
        for _ in range(most):
            answer = self.ask("submit", "POST", f"/api/v1/drafts/{draft}/submission/", {"attested": [TRUTH]})
            if answer is not None and answer.status_code in (200, 201):
                told = answer.json()
                self.ledger.acknowledge(draft, told["case"], told["number"])
                return True
            time.sleep(0.5)
        return False

    def steps(self, case: str) -> dict[str, Any]:
        answer = self.ask("steps", "GET", f"/api/v1/cases/{case}/steps/")
        return {step["name"]: step for step in answer.json()} if answer is not None and answer.ok else {}

    def take(self, case: str, step: str, seen: int, attested: list[str], facts: dict[str, Any]) -> int | str:
        """The status of the answer."""
        body = {"facts": facts, "attested": attested, "seen": seen}
        key = {"Idempotency-Key": uuid4().hex}
        answer = self.ask("take", "POST", f"/api/v1/cases/{case}/steps/{step}/", body, **key)
        return answer.status_code if answer is not None else "broken"


@contextmanager
def load(
    town: Town, ledger: Ledger, drafts: list[tuple[str, str]], readers: int = 3, writers: int = 3
) -> Iterator[None]:
    """People at work for as long as it lasts: some read, some submit; then all come to rest."""
    over = threading.Event()
    waiting: queue.Queue[tuple[str, str]] = queue.Queue()
    for one in drafts:
        waiting.put(one)

    def read(number: int) -> None:
        officer, citizen = town.people["officer"], town.people["citizens"][number % len(town.people["citizens"])]
        pages = [(officer, "queue", "/desk/"), (citizen, "guides", "/services/"), (citizen, "own", "/my/")]
        turn = number
        while not over.is_set():
            session, kind, page = pages[turn % len(pages)]
            Client(town, session, ledger).ask(kind, "GET", page)
            turn += 1
            time.sleep(0.05)

    def write() -> None:
        while not over.is_set():
            try:
                session, draft = waiting.get_nowait()
            except queue.Empty:
                return
            Client(town, session, ledger).submit(draft)
            time.sleep(0.05)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(readers)]
    threads += [threading.Thread(target=write) for _ in range(writers)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


def until(condition: Callable[[], object], seconds: float) -> float:
    """Waits for it; the seconds that it took. Fails after so many."""
    begun = time.monotonic()
    while not condition():
        if time.monotonic() - begun > seconds:
            raise AssertionError(f"it did not come to pass within {seconds:.0f} s")
        time.sleep(0.05)
    return time.monotonic() - begun
