"""The counters of cases: exact after every kind of change, also when many change at once."""

from __future__ import annotations

import threading
from datetime import date

import pgtrigger
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from casework.actions import Offer, take
from casework.actions.counts import derive, recount
from casework.models import Case, Count, Deadline
from casework.models.count import FOLD_EVERY
from casework.queries.counts import drift
from tests.casework.conftest import World, make_world, moment
from tests.casework.test_queue import stored


def number(kind: str, **key: object) -> int:
    return sum(Count.objects.filter(kind=kind, **key).values_list("number", flat=True))


def accept(world: World, case: Case) -> None:
    officer = world.actor(world.officer, "case_officer")
    take(case, "accept", officer, moment("2026-03-04T10:00"), Offer(attested=["材料齐全"]))


def grant(world: World, case: Case, at: str) -> None:
    take(case, "grant", world.actor(world.head, "head_of_organ"), moment(at), Offer(facts={"reasons": "符合条件"}))


def test_a_case_is_counted_on_every_step_of_its_way(world: World) -> None:
    case = world.file()
    officer = world.actor(world.officer, "case_officer")
    assert number("state", state="filed", handler=0, organ=world.organ.pk) == number("opened") == 1
    accept(world, case)
    assert number("state", state="filed") == 0
    assert number("state", handler=world.officer.pk, proposed_by="") == 1
    take(case, "advise", officer, moment("2026-03-05T10:00"), Offer(facts={"proposal": "agree", "reasons": "符合"}))
    assert number("state", proposed_by="case_officer") == 1
    due = Case.objects.get(pk=case.pk).due_on
    assert number("day", day=due) == 1
    grant(world, case, "2026-03-09T10:00")
    assert (number("state"), number("day"), number("over"), number("ended", late=False)) == (0, 0, 1, 1)
    assert drift() == []


@pytest.mark.parametrize(("at", "late"), [("2026-03-30T23:59", False), ("2026-06-01T09:00", True)])
def test_whoever_ends_behind_the_due_day_ends_late(world: World, at: str, late: bool) -> None:
    case = world.file()
    accept(world, case)
    grant(world, case, at)
    assert Case.objects.get(pk=case.pk).late is late
    assert number("ended", late=late, day=date.fromisoformat(at[:8] + "01")) == 1


def test_one_statement_over_many_cases_is_counted_once_for_each_key(world: World) -> None:
    cases = stored(world, 300)
    lines = Count.objects.count()
    with CaptureQueriesContext(connection) as queries:
        Case.objects.filter(pk__in=[case.pk for case in cases]).update(due_on=date(2026, 4, 1))
    assert len(queries) == 1
    assert Count.objects.count() <= lines + 22  # the days they had, and the one they have
    assert number("day", day=date(2026, 4, 1)) == 300
    assert drift() == []


def test_what_gathers_is_folded(world: World) -> None:
    case = stored(world, 1)[0]
    for n in range(FOLD_EVERY * 2):
        Case.objects.filter(pk=case.pk).update(due_on=date(2026, 4, 1 + n % 2))
    assert Count.objects.count() <= FOLD_EVERY + 10
    assert drift() == []


def test_a_drift_is_named_and_counted_away(world: World) -> None:
    stored(world, 3)
    call_command("verify_counts")
    Count.objects.filter(kind="state").update(number=4)
    with pytest.raises(CommandError, match="says 4, but there are 3 cases") as error:
        call_command("verify_counts")
    assert error.value.returncode == 1
    call_command("recount_cases")
    assert drift() == []
    assert number("state") == 3


def test_a_load_without_triggers_is_derived_and_counted(world: World) -> None:
    case = world.file()
    officer = world.actor(world.officer, "case_officer")
    accept(world, case)
    take(case, "advise", officer, moment("2026-03-05T10:00"), Offer(facts={"proposal": "agree", "reasons": "符合"}))
    late = world.file()
    accept(world, late)
    grant(world, late, "2026-06-01T09:00")
    kept = list(Case.objects.order_by("pk").values_list("proposed_by", "late"))
    assert kept == [("case_officer", False), ("", True)]
    with pgtrigger.ignore(*(f"casework.Case:{name}" for name in ("count_update", "derived"))):
        Case.objects.update(proposed_by="x", late=False)
    derive()
    recount()
    assert list(Case.objects.order_by("pk").values_list("proposed_by", "late")) == kept
    assert Deadline.objects.filter(case=late, stopped_at=None).count() == 0
    assert drift() == []


@pytest.mark.django_db(transaction=True)
def test_many_at_once_leave_no_drift_and_wait_for_nobody() -> None:
    world = make_world()
    cases = stored(world, 40)
    failed: list[BaseException] = []
    gate = threading.Barrier(4)

    def change(part: list[Case], back: bool) -> None:
        try:
            gate.wait()
            for n, case in enumerate(part * 6):
                try:
                    with transaction.atomic():
                        Case.objects.filter(pk=case.pk).update(due_on=date(2026, 4, 1 + n % 9))
                        if back and n % 3 == 0:
                            raise Undone
                except Undone:
                    pass
        except BaseException as error:
            failed.append(error)
        finally:
            connections.close_all()

    # Two threads for each half: they meet on the cases, on the keys and in folding.
    threads = [threading.Thread(target=change, args=(cases[n % 2 :: 2], n > 1)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert drift() == []
    assert number("state") == number("day") == 40


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_stays_open_holds_no_counter() -> None:
    """Another one in the same organ changes, folds and is seen meanwhile."""
    world = make_world()
    one, other = stored(world, 2)
    opened, done = threading.Event(), threading.Event()

    def stay() -> None:
        with transaction.atomic():
            Case.objects.filter(pk=one.pk).update(due_on=date(2026, 5, 1))
            opened.set()
            done.wait(20)
        connections.close_all()

    thread = threading.Thread(target=stay)
    thread.start()
    assert opened.wait(20)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '2s'")
    for n in range(FOLD_EVERY):
        Case.objects.filter(pk=other.pk).update(due_on=date(2026, 5, 1 + n % 2))
    assert number("day", day=date(2026, 5, 2)) == 1
    done.set()
    thread.join()
    with connection.cursor() as cursor:
        cursor.execute("RESET lock_timeout")
    assert number("day", day=date(2026, 5, 1)) == 1
    assert drift() == []


class Undone(Exception):
    """A transaction that is taken back."""
