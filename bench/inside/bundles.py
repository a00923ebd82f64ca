"""Bundles under way for the board of the lead organ: filed at the window, circulated, accepted, some agreed to."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Organisation, Party, Seat, ServicePoint, User
from accounts.snapshot import snapshot
from approvals import actions
from approvals.actions import file_application
from approvals.queries import board, bundles
from approvals.queries.bundles import PART
from casework import registry
from casework.actions import Offer, take
from casework.models import Case, Draft
from casework.queries.rights import Standing
from casework.queries.worklist import scope_of

RESTAURANT, LEAD = "DC-YJS-KBCG", "DC-SCJ"
ASKED = {"registered": "yes", "books": "yes", "lodging": "yes", "banner": "yes", "crowd": "no"}
# The same lines by one statement: bundle, parts, organs, officers, the last report of each and when it was begun.
PLAIN = """
SELECT m.code, m.number, m.title, m.applicant_name, m.state, m.due_on, p.code, p.title, p.state, o.short_name,
       h.display_name, a.step, b.at, i.days, i.first
FROM (SELECT * FROM casework_case WHERE procedure = 'approvals.bundle' AND ended_at IS NULL ORDER BY id LIMIT 20) m
JOIN casework_case p ON p.parent_id = m.id AND p.procedure = 'approvals.bundle_part'
JOIN accounts_organisation o ON o.id = p.organ_id LEFT JOIN accounts_user h ON h.id = p.handler_id
JOIN approvals_application g ON g.case_id = m.id
JOIN approvals_bundleitem i ON i.bundle_id = g.bundle_id AND i.code = p.matter
LEFT JOIN LATERAL (SELECT step FROM casework_act WHERE case_id = p.id ORDER BY seq DESC LIMIT 1) a ON true
LEFT JOIN LATERAL (
    SELECT at FROM casework_act WHERE case_id = p.id AND step IN ('start_examination', 'resume_after_prerequisite')
    ORDER BY seq DESC LIMIT 1
) b ON true
ORDER BY m.id, i."order"
"""


def load(number: int) -> dict[str, Any]:
    """So many bundles of four parts; of every second one a part is agreed to."""
    at = timezone.now() - timedelta(days=20)
    people = {organ.pk: _people(organ) for organ in Organisation.objects.filter(code__in=_organs(at))}
    clerk = User.objects.get(username="window")
    point = ServicePoint.objects.get(code="QZW")
    for serial in range(number):
        with transaction.atomic():
            main = _filed(serial, clerk, point, at)
            _take(main, "circulate_for_check", people[main.organ_id][0], at)
            parts = list(Case.objects.filter(parent=main, procedure=PART).order_by("pk"))
            for part in parts:
                _take(part, "report_complete", people[part.organ_id][0], at)
            _take(main, "accept", people[main.organ_id][0], at)
            if serial % 2:
                first = Case.objects.filter(parent=main, procedure=PART, state="examining").earliest("pk")
                _take(first, "agree", people[first.organ_id][1], at, reasons="符合法定条件、标准。")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"bundles": number}


def _organs(at: Any) -> list[str]:
    whole = bundles.whole(RESTAURANT, timezone.localdate(at), bundles.needed(_bundle(at), ASKED))
    assert whole
    return [member.item.organ.code for member in whole.members]


def _bundle(at: Any) -> Any:
    return bundles.bundle(RESTAURANT, timezone.localdate(at))


def _people(organ: Organisation) -> tuple[User, User]:
    """A case officer and a head."""
    held = Seat.objects.filter(organisation=organ, user__is_demo=True).select_related("user")
    return (
        held.filter(role="case_officer").order_by("pk")[0].user,
        held.filter(role="head_of_organ").order_by("pk")[0].user,
    )


def _filed(serial: int, clerk: User, point: ServicePoint, at: Any) -> Case:
    whole = bundles.whole(RESTAURANT, timezone.localdate(at), bundles.needed(_bundle(at), ASKED))
    assert whole
    party = Party.objects.create(kind="legal", name=f"示例餐馆{serial}", created_at=at)
    draft = actions.begin(clerk, whole, at, point=point, content={"asked": ASKED, "chosen": _chosen(whole)})

    def fill(locked: Draft) -> dict[str, Any]:
        locked.party = party
        return {
            "presence": {
                "way": "counter", "who": "head", "name": "示例经办人", "id_kind": "resident_id",
                "id_number": "110101199212120011", "checked_by": clerk.display_name, "checked_at": at.isoformat(),
            },
            "contact": {"name": "示例", "phone": "13800000000"},
            "answers": _answers(whole), "seen": list(range(1, 30)), "delivery": {"way": "electronic"},
        }  # fmt: skip

    draft = actions.save(draft, fill, at)
    words = [gate.words for gate in registry.procedure(bundles.BUNDLE).step("take_in_at_window").needs if gate.attested]
    return file_application(draft, clerk, at, attested=words)


def _chosen(whole: bundles.Whole) -> list[str]:
    return [member.code for member in whole.members]


def _answers(whole: bundles.Whole) -> dict[str, Any]:
    """Something for every question of the form, of its kind."""
    found: dict[str, Any] = {}
    for page in whole.form:
        for field in page["fields"]:
            kind, choices = field.get("kind", "line"), field.get("choices", [])
            first = choices[0][0] if choices else ""
            by_kind = {"number": 10, "date": "2026-12-01", "choice": first, "many": [first], "yes": True, "money": "1"}
            found[field["name"]] = by_kind.get(kind, "示例")
    return found


def _take(case: Case, step: str, by: User, at: Any, **facts: Any) -> None:
    case.refresh_from_db()
    row = registry.procedure(case.procedure, case.version).step(step)
    actor = Standing(by, timezone.localdate(at)).actors(case, row)[0]
    take(case, step, actor, at, Offer(facts=facts, attested=[gate.words for gate in row.needs if gate.attested]))


def compared(rounds: int, number: int) -> dict[str, Any]:
    """Milliseconds of the board's data and of one statement that reads the same, in turns; so many pages a round."""
    on = timezone.localdate()
    officer = User.objects.get(username="scj-officer")
    scope = scope_of(snapshot(officer, on))
    found: dict[str, list[float]] = {"ours": [], "plain": []}
    shown = board.page(scope, on)
    lines = [line.code for row in shown.rows for line in row.lines]
    with connection.cursor() as cursor:
        cursor.execute(PLAIN)
        if [line[6] for line in cursor.fetchall()] != lines or not lines:
            raise AssertionError("the board and the statement show other parts")
        for _ in range(rounds):
            begun = time.perf_counter()
            for _ in range(number):
                board.page(scope, on)
            middle = time.perf_counter()
            for _ in range(number):
                cursor.execute(PLAIN)
                cursor.fetchall()
            found["ours"].append(1000 * (middle - begun) / number)
            found["plain"].append(1000 * (time.perf_counter() - middle) / number)
    return {**found, "lines": len(lines)}
