"""The record shows every hand that touches it, even its owner's with all triggers off; anchors bind the owner too."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from accounts import actions as people
from accounts.models import AccessEvent
from casework.actions import Offer, take
from casework.actions.anchor import anchor
from casework.models import Act
from casework.queries import anchors, audit
from casework.queries.audit import ACTS, CHAINS, EVENTS, Chain
from casework.tasks import anchor_record
from tests.casework.conftest import World, make_world, moment, renew_stamp, sample_chapter  # noqa: F401
from tests.casework.test_take import accepted

LATER = moment("2026-03-06T23:00")


def execute(sql: str, *parameters: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def triggers(how: str) -> None:
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in ("casework_act", "accounts_accessevent", "casework_case"):
        execute(f"ALTER TABLE {table} {how} TRIGGER USER")
    execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def record(world: World, settings: Settings, tmp_path: Path) -> Iterator[World]:
    """Three cases in two lanes, a dozen access events, and the triggers off: the reader owns the database."""
    settings.ANCHOR_DIR, settings.SIGNING_KEY_DIR = tmp_path / "anchors", tmp_path / "keys"
    settings.REVEALS_AN_HOUR = 100
    for _ in range(2):
        case = accepted(world)
        for hour in (11, 12, 13):
            offer = Offer(facts={"text": f"记录{hour}"}, address="127.0.0.1")
            take(case, "note", world.actor(world.officer, "case_officer"), moment(f"2026-03-05T{hour}:00"), offer)
    for number in range(6):
        at = LATER + timedelta(minutes=number)
        people.reveal(
            world.applicant, by=world.officer, reason=f"核对{number}", at=at, source="192.0.2.1", subject="case:1"
        )
        people.record(
            AccessEvent.Kind.SEAT_GRANTED,
            at,
            actor=world.head,
            user=world.officer,
            role="case_officer",
            request_=number,
        )
    assert audit.faults() == []
    triggers("DISABLE")
    yield world
    renew_stamp()


class Undo(Exception):
    """Ends a try."""


def seen_after(*statements: tuple[str, list[object]]) -> bool:
    """Whether the verification finds fault after these changes, which are then undone."""
    found = False
    try:
        with transaction.atomic():
            for sql, parameters in statements:
                execute(sql, *parameters)
            found = bool(audit.faults(1))
            raise Undo
    except Undo:
        return found


def columns(table: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s ORDER BY 1", [table]
        )
        return cursor.fetchall()


CHANGES = {
    "bigint": "COALESCE({c}, 0) + 1000003",
    "integer": "COALESCE({c}, 0) + 1",
    "smallint": "mod({c} + 1, 16)",
    "timestamp with time zone": "{c} + interval '1 microsecond'",
    "bytea": "{c} || '\\x00'::bytea",
    "character varying": "left({c}, -1) || '变'",
    "jsonb": "CASE jsonb_typeof({c}) WHEN 'array' THEN {c} || '[1]' ELSE {c} || '{{\"x\": 1}}' END",
    "inet": "COALESCE({c}, '10.0.0.0'::inet) + 1",
}


@pytest.mark.parametrize("chain", CHAINS, ids=lambda chain: chain.name)
def test_a_change_of_any_column_of_any_row_is_seen(record: World, chain: Chain) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_accessevent DROP CONSTRAINT one_access_link")
        cursor.execute("ALTER TABLE casework_act DROP CONSTRAINT one_link, DROP CONSTRAINT one_act_at_a_time")
        cursor.execute(f"SELECT id FROM {chain.table}")
        rows = [row[0] for row in cursor.fetchall()]
    known = columns(chain.table)
    assert len(known) >= 14
    tries = [(row, column, kind) for row in rows for column, kind in known]
    missed = [
        (row, column)
        for row, column, kind in tries
        if not seen_after(
            (f"UPDATE {chain.table} SET {column} = {CHANGES[kind].format(c=column)} WHERE id = %s", [row])
        )
    ]
    assert missed == []


def test_a_change_of_any_byte_of_a_text_or_hash_is_seen(record: World) -> None:
    act = Act.objects.order_by("pk")[3]
    for column, text in (("actor_name", act.actor_name), ("basis", act.basis), ("label", act.label)):
        raw = text.encode()
        for place in range(len(raw)):
            changed = (raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]).decode(errors="replace")
            assert seen_after((f"UPDATE casework_act SET {column} = %s WHERE id = %s", [changed, act.pk]))
    for column in ("hash", "previous"):
        for place in range(32):
            sql = f"UPDATE casework_act SET {column} = set_byte({column}, %s, get_byte({column}, %s) # 1) WHERE id = %s"
            assert seen_after((sql, [place, place, act.pk]))


@pytest.mark.parametrize("chain", CHAINS, ids=lambda chain: chain.name)
def test_dropped_swapped_and_inserted_rows_are_seen(record: World, chain: Chain) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, lane, link FROM {chain.table} ORDER BY lane, link")
        rows = cursor.fetchall()
    table = chain.table
    for row, _, _ in rows:
        assert seen_after((f"DELETE FROM {table} WHERE id = %s", [row]))
    by_lane: dict[int, list[tuple[int, int]]] = {}
    for row, lane, link in rows:
        by_lane.setdefault(lane, []).append((row, link))
    (first, its_link), (second, next_link) = next(places for places in by_lane.values() if len(places) > 1)[:2]
    move = f"UPDATE {table} SET link = %s WHERE id = %s"
    assert seen_after((move, [-1, first]), (move, [its_link, second]), (move, [next_link, first]))
    names = ", ".join(column for column, _ in columns(table) if column not in {"id", "link"})
    insert = f"INSERT INTO {table} ({names}, link) SELECT {names.replace('seq', 'seq + 100')}, link + 1000 FROM {table}"
    assert seen_after((f"{insert} WHERE id = %s", [first]))


@pytest.mark.parametrize("chain", CHAINS, ids=lambda chain: chain.name)
def test_an_emptied_lane_is_seen_with_its_head_and_without(record: World, chain: Chain) -> None:
    assert seen_after((f"DELETE FROM {chain.heads}", []))
    assert seen_after((f"UPDATE {chain.heads} SET link = link + 1", []))


def rewrite(chain: Chain, change: str, lane: int, link: int) -> None:
    """What the owner of the database can do: change a row, hash the lane anew from there, and set its head."""
    execute(f"UPDATE {chain.table} SET {change} WHERE lane = %s AND link = %s", lane, link)
    execute(
        f"""
        DO $do$
        DECLARE a {chain.table}%%ROWTYPE; last bytea := ''; h bytea;
        BEGIN
            FOR a IN SELECT * FROM {chain.table} WHERE lane = {lane} ORDER BY link LOOP
                h := sha256(last || convert_to({chain.hashed.replace("%", "%%")}, 'UTF8'));
                UPDATE {chain.table} SET previous = last, hash = h WHERE id = a.id;
                last := h;
            END LOOP;
            UPDATE {chain.heads} SET hash = last WHERE lane = {lane};
        END $do$
        """
    )


@pytest.mark.parametrize(
    ("chain", "change"),
    [(ACTS, "actor_name = '别人'"), (EVENTS, 'detail = \'{"reason": "别的理由"}\'')],
    ids=("act", "event"),
)
def test_a_tail_rewritten_by_the_owner_is_seen_by_the_anchors(record: World, chain: Chain, change: str) -> None:
    assert anchor(LATER)
    call_command("verify_audit", "--jobs", "1", "--anchors")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT lane, link FROM {chain.table} ORDER BY link DESC, id LIMIT 1")
        lane, link = cursor.fetchone()
    rewrite(chain, change, lane, link)
    assert audit.faults() == []
    call_command("verify_audit", "--jobs", "1")
    with pytest.raises(CommandError, match=f"lane {lane} of {chain.table} is not what it was"):
        call_command("verify_audit", "--jobs", "1", "--anchors")


def test_what_is_added_after_an_anchor_is_no_fault(record: World) -> None:
    anchor(LATER)
    triggers("ENABLE")
    people.record(AccessEvent.Kind.SIGNED_IN, LATER, actor=record.officer, user=record.officer)
    anchor(LATER + timedelta(days=1))
    assert anchors.anchor_faults(anchors.lines()) == []
    triggers("DISABLE")


def test_an_anchor_cannot_be_changed_dropped_or_forged(record: World) -> None:
    for day in range(4):
        anchor(LATER + timedelta(days=day))
    lines = anchors.lines()
    assert len(lines) == 4
    assert anchors.anchor_faults(lines) == []
    assert anchors.anchor_faults(lines[:1] + lines[2:])
    assert anchors.anchor_faults(lines[1:])
    assert anchors.anchor_faults([lines[0], lines[2], lines[1], lines[3]])
    changed = json.loads(lines[3])
    changed["heads"][0][3] = "00" * 32
    changed["root"] = anchors.merkle_root(changed["heads"])
    assert anchors.anchor_faults([*lines[:3], json.dumps(changed, sort_keys=True)])
    randomly = random.Random(7391)
    for place in randomly.sample(range(len(lines[1])), 60):
        broken = lines[1][:place] + chr(ord(lines[1][place]) ^ 1) + lines[1][place + 1 :]
        assert anchors.anchor_faults([lines[0], broken, *lines[2:]]), place


def test_once_a_day_and_by_mail_to_whoever_keeps_a_copy(record: World, settings: Settings, tmp_path: Path) -> None:
    settings.ANCHOR_MAIL = ["keeper@audit.example"]
    assert anchor(LATER, daily=True)
    assert anchor(LATER + timedelta(minutes=30), daily=True) is None
    assert anchor(LATER + timedelta(hours=2), daily=True)
    assert [message.to for message in mail.outbox] == [["keeper@audit.example"]] * 2
    copy = tmp_path / "copy.jsonl"
    copy.write_text("\n".join(str(message.body) for message in mail.outbox))
    call_command("verify_audit", "--jobs", "1", "--anchors", str(copy))
    anchors.file().unlink()
    with pytest.raises(CommandError, match="there is no anchor"):
        call_command("verify_audit", "--jobs", "1", "--anchors")


def test_the_worker_anchors_by_itself(record: World) -> None:
    anchor_record()
    anchor_record()
    assert len(anchors.lines()) == 1
    assert anchors.file().stat().st_mode & 0o077 == 0


@pytest.mark.django_db(transaction=True)
def test_lanes_are_checked_side_by_side(settings: Settings, capsys: Any) -> None:
    world = make_world()
    accepted(world)
    call_command("verify_audit", "--jobs", "2")
    assert "2 acts in 1 lanes hold" in capsys.readouterr().out
    triggers("DISABLE")
    execute("UPDATE casework_act SET actor_name = '别人' WHERE seq = 2")
    triggers("ENABLE")
    with pytest.raises(CommandError, match="its content was changed"):
        call_command("verify_audit", "--jobs", "2")
