"""An official's work list: 25 rows of the unit, exact counts on the tabs, the colour of every clock."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

from bench import helpdesk
from bench.arena import Arena, turns
from bench.client import ask, request
from bench.figures import median_of, ratio
from bench.goals import Finding, Goal
from bench.guards import answered, demand, holding, listing, tabs
from bench.rounds import Loop, Series, Web

PEER = Goal("P1.peer", "work list: requests a second, beside django-helpdesk", 25, 40, "×", most=False)
PLAIN = Goal("P1.plain", "work list: CPU for each request, beside plain Django", 0.75, 0.37, "×")
P95 = Goal("P1.p95", "work list: p95 of one client", 25, 5, "ms")
GOALS = (PEER, PLAIN, P95)

PATH = "/desk/?tab=open"
SLOW = 3  # rounds in which the peer is asked, and the seconds of each
ROWS = """
SELECT number FROM casework_case WHERE organ_id = %s AND ended_at IS NULL ORDER BY due_on, id LIMIT 25
"""
COUNTS = """
SELECT count(*) FILTER (WHERE ended_at IS NULL), count(*) FILTER (WHERE ended_at IS NOT NULL),
       count(*) FILTER (WHERE ended_at IS NULL AND handler_id IS NULL),
       count(*) FILTER (WHERE ended_at IS NULL AND due_on < %s)
FROM casework_case WHERE organ_id = %s
"""
FLOOR = """
SELECT c.due_on, c.code, c.number, c.title, c.applicant_name, o.short_name, h.display_name, c.state
FROM casework_case c JOIN accounts_organisation o ON o.id = c.organ_id LEFT JOIN accounts_user h ON h.id = c.handler_id
WHERE c.organ_id = %s AND c.ended_at IS NULL ORDER BY c.due_on, c.id LIMIT 25
"""


def run(arena: Arena) -> Iterator[Finding]:
    largest = arena.sizes.largest
    expected = numbers(arena, largest)
    guard(arena, expected)
    official = arena.officials(largest)
    runners = [
        Web(arena.main, turns([request(PATH, one) for one in official]), listing(expected), "ours"),
        Web(arena["plain"], turns([request("/queue/", arena.floor_session("plain"))]), listing(expected)),
        Web(arena["lean"], turns([request("/queue/", arena.floor_session("lean"))]), listing(expected)),
        Web(arena["bare"], turns([request("/", {})]), holding("ok")),
    ]
    with arena.cluster.cursor(arena.database(largest)) as cursor:

        def statement() -> None:
            cursor.execute(FLOOR, [arena.unit])
            assert len(cursor.fetchall()) == len(expected)

        found = arena.rounds.often([*runners, Loop("SQL alone", statement)])
    # The peer takes seconds for each answer: rounds of its own, or everybody would have to wait for it.
    found |= arena.rounds.compare(peers(arena), number=SLOW, seconds=SLOW)
    for name, series in found.items():
        arena.bars[name] = tuple(series.median(figure) for figure in ("rate", "p95", "cpu"))
    yield from judged(found)


def judged(found: dict[str, Series]) -> Iterator[Finding]:
    ours, plain, lean = found["ours"], found["plain"], found["lean"]
    stronger = helpdesk.stronger(found)
    yield Finding(
        PEER, ratio(ours.of("rate"), stronger.of("rate")),
        f"{ours.median('rate'):,.0f} req/s", f"{stronger.median('rate'):,.1f} req/s",
    )  # fmt: skip
    yield Finding(
        PLAIN, ratio(ours.of("cpu"), plain.of("cpu")), f"{ours.median('cpu'):.2f} ms",
        f"{plain.median('cpu'):.2f} ms (lean {lean.median('cpu'):.2f} ms)",
    )  # fmt: skip
    yield Finding(
        P95, median_of(ours.of("p95")), f"{ours.median('p95'):.1f} ms",
        f"plain {plain.median('p95'):.1f}, lean {lean.median('p95'):.1f}, helpdesk {stronger.median('p95'):.0f} ms",
    )  # fmt: skip


def numbers(arena: Arena, size: int) -> list[str]:
    """The numbers that the first page must show, as SQL says."""
    return [number for (number,) in arena.rows(ROWS, arena.unit, size=size)]


def guard(arena: Arena, expected: list[str]) -> None:
    """Right rows and counts for the unit's people, and nothing of it for others."""
    official = arena.officials(arena.sizes.largest)[0]
    answer = ask(arena.main.port, request(PATH, official))
    demand("work list", listing(expected)(answer))
    still_open, ended, unassigned, overdue = arena.rows(COUNTS, arena.today, arena.unit)[0]
    wanted = {"全部在办": still_open, "已办结": ended, "待分派": unassigned, "已超期": overdue}
    shown = tabs(answer)
    differing = {label: (shown.get(label), count) for label, count in wanted.items() if shown.get(label) != count}
    demand("counts on the tabs (shown, true)", str(differing) if differing else "")
    stranger = arena.call(
        arena.sizes.largest, "people.officials", arena.as_owner(arena.sizes.largest),
        organ=arena.other_unit, role="case_officer", number=1,
    )[0]  # fmt: skip
    demand("work list of another unit", listing([], expected)(ask(arena.main.port, request(PATH, stranger))))
    code = arena.rows("SELECT code FROM casework_case WHERE number = %s", expected[0])[0][0]
    demand("case of another unit", answered(404)(ask(arena.main.port, request(f"/cases/{code}/", stranger))))


def peers(arena: Arena) -> list[Web]:
    """The peer's open rows of the same unit, in the order of its own list: the lighter of its page's two requests."""
    wanted = {
        "filtering": {"status__in": [1, 2], "queue__id__in": [1]},
        "sorting": "created", "search_string": "", "sortreverse": False,
    }  # fmt: skip
    path = "/datatables_ticket_list/" + base64.b64encode(json.dumps(wanted).encode()).decode()
    path += "?draw=1&start=0&length=25&order%5B0%5D%5Bcolumn%5D=5&order%5B0%5D%5Bdir%5D=asc"
    cookie = {"sessionid": helpdesk.SESSION}
    rows = "SELECT id FROM helpdesk_ticket WHERE queue_id = 1 AND status IN (1, 2) ORDER BY created, id LIMIT 25"
    found = []
    for database, name in helpdesk.NAMES.items():
        tickets = [f'"id": {pk},' for (pk,) in arena.cluster.rows(database, rows)]
        found.append(Web(arena[name], turns([request(path, cookie)]), holding(*tickets)))
    return found
