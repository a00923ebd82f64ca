"""The record holds, and shows every hand that touches it, even that of somebody who switches the triggers off."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from casework.actions import Offer, take
from casework.models import Act, Case
from casework.queries import audit
from tests.casework.conftest import World, moment
from tests.casework.test_take import accepted


def tamper(sql: str) -> None:
    """What the owner of the tables can do by hand: switch the triggers off, change a row, switch them on again."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("casework_act", "casework_case"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql)
        for table in ("casework_act", "casework_case"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def case(world: World) -> Case:
    case = accepted(world)
    for hour in (11, 12, 13):
        offer = Offer(facts={"text": f"记录{hour}"}, address="127.0.0.1")
        take(case, "note", world.actor(world.officer, "case_officer"), moment(f"2026-03-05T{hour}:00"), offer)
    case.refresh_from_db()
    return case


def test_an_untouched_record_holds(case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_audit", "--jobs", "1")
    assert capsys.readouterr().out.startswith("5 acts in 1 lanes hold")


@pytest.mark.parametrize(
    ("sql", "kind", "seq"),
    [
        ('UPDATE casework_act SET facts = \'{"text": "改动"}\' WHERE seq = 3', "content", 3),
        ("UPDATE casework_act SET at = at - interval '1 second' WHERE seq = 2", "content", 2),
        ("UPDATE casework_act SET actor_name = actor_name || ' ' WHERE seq = 4", "content", 4),
        ("UPDATE casework_act SET attested = '[]' WHERE seq = 2", "content", 2),
        ("UPDATE casework_act SET address = '127.0.0.2' WHERE seq = 3", "content", 3),
        ("DELETE FROM casework_act WHERE seq = 3", "gap", 4),
    ],
)
def test_the_first_broken_link_is_named(case: Case, sql: str, kind: str, seq: int) -> None:
    act = Act.objects.get(case=case, seq=seq).pk
    tamper(sql)
    first = audit.faults()[0]
    assert (first.kind, first.act) == (kind, act)
    with pytest.raises(CommandError, match=f"act {act} ") as error:
        call_command("verify_audit", "--jobs", "1")
    assert error.value.returncode == 1


def test_a_rehashed_act_breaks_the_next_link(case: Case) -> None:
    tamper("UPDATE casework_act SET hash = sha256('x'::bytea), facts = '{}' WHERE seq = 3")
    assert [fault.kind for fault in audit.faults()][:2] == ["content", "previous"]


def test_a_cut_tail_shows(case: Case) -> None:
    tamper("DELETE FROM casework_act WHERE seq = 5")
    assert "tail" in {fault.kind for fault in audit.faults()}


def test_a_state_without_its_act_shows(case: Case) -> None:
    tamper("UPDATE casework_case SET state = 'granted'")
    assert [fault.kind for fault in audit.faults()] == ["state"]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE casework_case SET state = 'granted'",
        "UPDATE casework_case SET act_count = act_count + 1",
        "DELETE FROM casework_case",
        "UPDATE casework_act SET facts = '{}'",
        "DELETE FROM casework_act",
        "TRUNCATE casework_act CASCADE",
    ],
)
def test_the_database_refuses_by_itself(case: Case, sql: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_no_case_begins_in_the_middle(world: World) -> None:
    with pytest.raises(IntegrityError, match="starts in state new"), transaction.atomic():
        Case.objects.create(
            number="x",
            procedure="sample.permit",
            version="2020-01-01",
            title="x",
            state="granted",
            organ=world.organ,
            opened_at=moment("2026-03-02T09:00"),
        )


def test_an_act_of_an_earlier_transaction_moves_nothing(case: Case) -> None:
    """The trigger wants the act of this very transaction, for exactly this move."""
    Case.objects.filter(pk=case.pk).update(title="标题可以更正")
    with pytest.raises(IntegrityError, match="no state without its act"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="suspended")


def test_a_hash_written_by_hand_is_overwritten(case: Case) -> None:
    """Raw SQL cannot choose lane, link, transaction or hash: PostgreSQL writes them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO casework_act (case_id, seq, step, label, actor_id, actor_name, role, at, from_state, to_state,"
            " facts, attested, basis, lane, link, hash, transaction)"
            " VALUES (%s, 6, 'note', 'x', %s, 'x', 'case_officer',"
            " now(), 'review', 'review', '{}', '[]', '', 3, 99, 'x', 1)",
            [case.pk, case.handler_id],
        )
    act = Act.objects.get(case=case, seq=6)
    assert act.link == 6
    assert len(bytes(act.hash)) == 32
