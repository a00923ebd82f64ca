"""Many do the same thing at the same moment: submit (R9), receive a number (R10), act on one case (R11)."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from tests.drills.faults import tell
from tests.drills.town import FULL, Client, Ledger, Town


def together(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each came to. All begin at one moment."""
    gate = threading.Barrier(len(works))

    def begin(work: Callable[[], Any]) -> Any:
        gate.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(begin, works))


def duplicates(town: Town) -> tuple[bool, str]:
    """R9: one form sent many times at once, again after a time-out, and a key used for something else."""
    rounds = 1000 if FULL else 60
    ledger, dice, posts = Ledger(), random.Random(9), 0
    for session, draft in town.seed(rounds):
        client = Client(town, session, ledger)
        many = dice.randint(2, 50)
        posts += many
        if dice.random() < 0.3:  # somebody who does not wait for the answer, and asks again
            threading.Thread(target=client.submit, args=(draft, 1)).start()
        together([partial(client.submit, draft)] * many)
    first = Client(town, town.people["citizens"][0], ledger)
    key = {"Idempotency-Key": f"drill-{time.time()}"}
    same = {begun(first, "DC-SCJ-SPJY", key) for _ in range(5)}
    other = first.ask("begin", "POST", "/api/v1/drafts/", {"item": "DC-YLJ-LSZY"}, **key)
    clash = other.status_code if other is not None else 0
    faults = town.sound(ledger) + ledger.contradicted
    cases = town.rows(
        "SELECT count(*) FROM casework_draft WHERE case_id IS NOT NULL AND code = ANY(%s)", list(ledger.acknowledged)
    )
    if cases != [(rounds,)]:
        faults.append(f"{cases} cases from {rounds} drafts")
    fine = not faults and len(same) == 1 and clash == 409 and ledger.errors == 0
    return fine, (
        f"{rounds} forms, {posts} posts in parallel (2-50 each): {len(ledger.acknowledged)} cases, one number each, "
        f"{ledger.errors} errors; same key begins {len(same)} draft, with another body {clash}; {len(faults)} faults"
        + tell(faults)
    )


def begun(client: Client, item: str, key: dict[str, str]) -> str:
    answer = client.ask("begin", "POST", "/api/v1/drafts/", {"item": item}, **key)
    return str(answer.json().get("code")) if answer is not None else "broken"


def numbers(town: Town) -> tuple[bool, str]:
    """R10: 64 at a time file with one organ, all of one series; then with sixteen organs, each with its own."""
    amount = 10_000 if FULL else 320
    one, spread = Ledger(), Ledger()
    series, sixteen = town.seed(amount, people=64), town.seed(amount, people=64, organs=16)
    half = amount // 2
    # One, sixteen, sixteen, one: what has to warm up, and papers that are printed meanwhile, meet both alike.
    took_one = storm(town, series[:half], one)
    took_spread = storm(town, sixteen[:half], spread) + storm(town, sixteen[half:], spread)
    took_one += storm(town, series[half:], one)
    faults = town.sound(one) + town.sound(spread) + one.contradicted + spread.contradicted
    given = len({number for _, number in one.acknowledged.values()})
    ratio = took_spread / took_one
    errors = one.errors + spread.errors
    fine = not faults and errors == 0 and given == len(spread.acknowledged) == amount and ratio >= 0.8
    return fine, (
        f"{amount} filings by 64 at a time: {given} numbers, no gap, {errors} errors, {len(faults)} faults; "
        f"{amount / took_one:.0f}/s in one series, {amount / took_spread:.0f}/s in sixteen: ratio {ratio:.2f}"
        + tell(faults)
    )


def storm(town: Town, drafts: list[tuple[str, str]], ledger: Ledger) -> float:
    """Seconds until all of them are filed."""
    begun = time.monotonic()
    with ThreadPoolExecutor(64) as pool:
        list(pool.map(lambda one: Client(town, one[0], ledger).submit(one[1]), drafts))
    return time.monotonic() - begun


def officials(town: Town) -> tuple[bool, str]:
    """R11: two officials take different steps of one case at one moment."""
    amount = 1000 if FULL else 120
    ledger, outcomes, faults = Ledger(), Counter[str](), []
    for session, draft in town.seed(amount):
        Client(town, session, ledger).submit(draft)
    people = [Client(town, town.people[who], ledger) for who in ("officer", "second")]
    cases = [case for case, _ in ledger.acknowledged.values()]
    words = {name: step["attest"] for name, step in people[0].steps(cases[0]).items()}
    reasons = {"reasons": "不需要取得行政许可。"}
    for case in cases:
        answers = together(
            [
                partial(people[0].take, case, "accept", 1, words["accept"], {}),
                partial(people[1].take, case, "tell_no_licence_needed", 1, words["tell_no_licence_needed"], reasons),
            ]
        )
        outcomes[" and ".join(sorted(map(str, answers)))] += 1
    acts = town.rows("SELECT act_count, count(*) FROM casework_case WHERE code = ANY(%s) GROUP BY 1", cases)
    if acts != [(2, len(cases))]:
        faults.append(f"acts of the cases: {acts}")
    faults += town.sound(ledger)
    fine = not faults and outcomes == {"200 and 409": len(cases)}
    words_of = ", ".join(f"{name}: {number}" for name, number in outcomes.items())
    return (
        fine,
        f"{len(cases)} cases, two steps each at one moment: {words_of}; {len(faults)} lost or half done" + tell(faults),
    )
