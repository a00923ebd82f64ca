"""Both sides compare their books: nothing is lost without being seen, and what a lie lost is sent again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casework.models import Message
from exchange.actions.deliver import deliver_batch
from exchange.actions.inbox import receive
from exchange.actions.reconcile import reconcile, reconcile_due
from exchange.models import Reconciliation
from exchange.rules import ledger
from tests.accounts.people import sign_in
from tests.approvals.conftest import World
from tests.exchange.conftest import City, official
from tests.exchange.samples import STATUS, letter
from tests.exchange.test_deliver import drain, write

pytestmark = pytest.mark.django_db
State = Message.State


def today() -> Any:
    return timezone.localdate()


def run() -> Reconciliation:
    return reconcile(today(), timezone.now())


def from_city(city: City, stream: str = "BJ-1") -> Any:
    """The city writes a message; the caller decides what becomes of it."""
    return city.book.write("status", stream, {**STATUS}, timezone.localtime(), city.platform.ends)


def test_equal_books_are_found_equal(city: City) -> None:
    write(3, each=2)
    drain()
    one = from_city(city)
    receive(city.written(one), timezone.now())
    city.book.tried(one, True)
    found = run()
    assert (found.equal, found.count, found.pending, found.error) == (True, 0, 0, "")
    assert [(row["direction"], row["kind"], row["ours"], row["theirs"]) for row in found.figures] == [
        ("in", "status", 1, 1), ("out", "status", 6, 6),
    ]  # fmt: skip


def test_an_empty_day_is_equal(city: City) -> None:
    assert run().equal


def test_what_is_on_its_way_is_no_difference(city: City) -> None:
    write(1)
    from_city(city)
    found = run()
    assert (found.equal, found.count, found.pending) == (False, 0, 2)


def test_a_lie_is_found_out_and_the_message_sent_again(city: City) -> None:
    written = write(4)
    city.misbehave(lie=100)
    drain()
    city.misbehave()
    found = run()
    assert (found.equal, found.count) == (False, 4)
    assert {one["what"] for one in found.differences} == {ledger.MISSING_THERE}
    assert {one["key"] for one in found.differences} == {one.key for one in written}
    assert Message.objects.filter(state=State.WAITING).count() == 4
    drain()
    assert run().equal
    assert Reconciliation.objects.count() == 2


def test_what_the_city_thinks_that_we_have_is_shown(city: City) -> None:
    one = from_city(city)
    city.book.tried(one, True)
    found = run()
    assert [(each["direction"], each["key"], each["what"]) for each in found.differences] == [
        ("in", one.id, ledger.MISSING_HERE)
    ]


def test_what_the_city_never_sent_is_shown(city: City) -> None:
    stray = letter("status", STATUS, written_at=timezone.localtime().isoformat())
    receive(city.written(stray), timezone.now())
    assert [each["what"] for each in run().differences] == [ledger.MISSING_THERE]


def test_another_content_is_shown(city: City) -> None:
    (message,) = write(1)
    drain()
    with city.book.writing() as book:
        book.execute("UPDATE message SET digest = ?", ["0" * 64])
    (found,) = run().differences
    assert (found["key"], found["what"]) == (message.key, ledger.DIFFERENT)


def test_long_books_are_compared_page_by_page(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "PAGE", 3)
    write(11)
    drain()
    gone = sorted(Message.objects.values_list("key", flat=True))[4:7]
    with city.book.writing() as book:
        book.executemany("DELETE FROM message WHERE id = ?", [(key,) for key in gone])
    assert sorted(one["key"] for one in run().differences) == gone


def test_nobody_there_is_a_row_too(city: City) -> None:
    city.misbehave(down=100)
    found = run()
    assert not found.equal
    assert found.error
    city.misbehave(bad_signature=0)


def test_days_are_compared_until_they_are_equal(city: City) -> None:
    write(1)
    tomorrow = timezone.now() + timedelta(days=1)
    assert reconcile_due(timezone.now()) == 1  # yesterday, on which nothing was written; today is not over
    assert reconcile_due(timezone.now()) == 0
    assert reconcile_due(tomorrow) == 1
    assert [run.equal for run in Reconciliation.objects.all()] == [False, True]
    deliver_batch(timezone.now())
    assert reconcile_due(tomorrow) == 1
    assert reconcile_due(tomorrow) == 0
    assert Reconciliation.objects.first().equal  # type: ignore[union-attr]


def test_a_day_of_which_only_the_city_has_something_is_compared_until_it_came(city: City) -> None:
    one = from_city(city)
    tomorrow = timezone.now() + timedelta(days=1)
    for _ in range(2):
        assert reconcile_due(tomorrow) == 1
        found = Reconciliation.objects.all()[0]
        assert (found.equal, found.count, found.pending) == (False, 0, 1), "the totals of both sides are equal"
    receive(city.written(one), timezone.now())
    city.book.tried(one, True)
    assert reconcile_due(tomorrow) == 1
    assert Reconciliation.objects.all()[0].equal
    assert reconcile_due(tomorrow) == 0


def test_what_comes_for_a_day_that_was_found_equal_opens_it_again(city: City) -> None:
    assert reconcile_due(timezone.now()) == 1
    assert Reconciliation.objects.get().equal
    late = city.book.write("status", "BJ-1", {**STATUS}, timezone.localtime() - timedelta(days=1), city.platform.ends)
    receive(city.written(late), timezone.now())
    city.book.tried(late, True)
    assert reconcile_due(timezone.now()) == 1
    found = Reconciliation.objects.all()[0]
    assert (found.equal, [row["ours"] for row in found.figures]) == (True, [1])
    assert reconcile_due(timezone.now()) == 0


def test_days_that_nobody_compared_are_made_up_for(city: City) -> None:
    """The worker was away for three days, on which nothing was written here."""
    reconcile_due(timezone.now())
    assert reconcile_due(timezone.now() + timedelta(days=3)) == 3
    assert reconcile_due(timezone.now() + timedelta(days=3)) == 0


def test_runs_stand(city: City) -> None:
    run()
    with pytest.raises(Exception, match="Cannot"):
        Reconciliation.objects.update(equal=True)


def test_an_auditor_reads_and_takes_away(world: World, city: City) -> None:
    write(2)
    city.misbehave(lie=100)
    drain()
    city.misbehave()
    found = run()
    client = sign_in(Client(), official("aud", "auditor", "DC-SJJ"))
    assert "不一致" in client.get("/desk/exchange/days/").content.decode()
    page = client.get(f"/desk/exchange/days/{found.pk}/").content.decode()
    assert found.differences[0]["key"] in page
    for kind, begins in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        taken = client.get(f"/desk/exchange/days/{found.pk}/{kind}/")
        assert taken.status_code == 200
        assert taken.content.startswith(begins)
    assert client.get(f"/desk/exchange/days/{found.pk}/exe/").status_code == 404
    assert client.post("/desk/exchange/days/", {}).status_code == 403


def test_a_keeper_compares_at_once(world: World, city: City) -> None:
    client = sign_in(Client(), official("one", "exchange_officer", "DC-ZFJ"))
    assert client.post("/desk/exchange/days/", {"day": today().isoformat()}).status_code == 302
    assert Reconciliation.objects.get().by is not None
    assert client.post("/desk/exchange/days/", {"day": "2099-01-01"}).status_code == 422
