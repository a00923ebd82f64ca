"""A citizen submits an application: checked, numbered, sealed, chained, with clocks and notices, in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from bench import helpdesk
from bench.arena import Arena, turns
from bench.client import Answer, request
from bench.figures import ratio
from bench.goals import Finding, Goal
from bench.guards import answered, demand
from bench.rounds import Web
from tests.drills.town import TOKEN, TRUTH

PEER = Goal("P5.peer", "submission: requests a second, beside django-helpdesk's public form", 1.5, 2.5, "×", most=False)
PLAIN = Goal("P5.plain", "submission: CPU for each, beside plain Django that keeps two rows", 3.5, None, "×")
GOALS = (PEER, PLAIN)

FILED = "SELECT count(*), count(DISTINCT case_id) FROM casework_draft WHERE code = ANY(%s) AND case_id IS NOT NULL"
ALONE = 600  # applications for turns of one connection
A_SECOND = 180  # applications that are kept ready for each second of a round
SECONDS = 2.5
SAFE = {"csrftoken": TOKEN}


def enough(rounds: int, seconds: float) -> int:
    """How many applications so many rounds may ask for, and one round to warm up."""
    return round(A_SECOND * seconds * (rounds + 1))


def prepared(arena: Arena, size: int, drafts: int, organs: int = 1, people: int = 64) -> list[list[str]]:
    around = arena.as_owner(size) if organs > 1 else None
    return arena.call(size, "people.applications", around, drafts=drafts, people=people, organs=organs)


def post(session: str, draft: str) -> bytes:
    body = '{"attested": ["' + TRUTH + '"]}'
    return request(
        f"/api/v1/drafts/{draft}/submission/", {"sessionid": session, **SAFE}, body.encode(),
        X_CSRFToken=TOKEN, Content_Type="application/json",
    )  # fmt: skip


def posts(arena: Arena, size: int, drafts: int, organs: int = 1) -> Iterator[bytes]:
    """The submissions of so many applications, each once."""
    return iter([post(*one) for one in prepared(arena, size, drafts, organs)])


def plain(arena: Arena) -> Web:
    body = '{"title": "食品经营许可新办", "applicant": "示例公司", "answers": {"area": 60, "staff": 5}}'.encode()
    cookies = arena.floor_session("plain") | SAFE
    one = request("/submit/", cookies, body, X_CSRFToken=TOKEN, Content_Type="application/json")
    return Web(arena["plain"], turns([one]), answered(201))


def ticket(answer: Answer) -> str:
    return "" if answer.status == 302 and b"ticket=" in answer.head else f"status {answer.status}"


def run(arena: Arena) -> Iterator[Finding]:
    largest = arena.sizes.largest
    seconds = min(arena.rounds.seconds, SECONDS)
    waiting = prepared(arena, largest, enough(arena.rounds.number, seconds))
    form = urlencode({
        "csrfmiddlewaretoken": TOKEN, "title": "食品经营许可新办", "body": "材料已经上传，请予受理。",
        "submitter_email": "person1@example.org", "priority": 3,
    }).encode()  # fmt: skip
    one = request("/tickets/submit/", SAFE, form, Content_Type="application/x-www-form-urlencoded")
    ours = Web(arena.main, iter([post(*each) for each in waiting]), answered(201), "ours")
    runners = [ours, plain(arena), *(Web(arena[name], turns([one]), ticket) for name in helpdesk.NAMES.values())]
    found = arena.rounds.compare(runners, seconds=seconds)
    kept = arena.rows(FILED, [code for _, code in waiting])[0]
    fault = "" if kept == (ours.answers,) * 2 else f"{kept} for {ours.answers} answers"
    demand("cases from submissions (all, distinct)", fault)
    mine, floor = found["ours"], found["plain"]
    arena.submission = mine.median("cpu")
    stronger = helpdesk.stronger(found)
    yield Finding(
        PEER, ratio(mine.of("rate"), stronger.of("rate")),
        f"{mine.median('rate'):,.0f} a second, p95 {mine.median('p95'):.1f} ms",
        f"{stronger.median('rate'):,.0f} a second, p95 {stronger.median('p95'):.1f} ms",
    )  # fmt: skip
    yield Finding(
        PLAIN, ratio(mine.of("cpu"), floor.of("cpu")), f"{mine.median('cpu'):.2f} ms", f"{floor.median('cpu'):.2f} ms"
    )
