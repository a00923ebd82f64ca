"""Messages of the city arrive: kept once, answered under our signature; what nobody signed is not kept at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casework.models import Message
from exchange.actions.inbox import receive
from exchange.queries.peer import ours
from exchange.rules import letters, signed
from exchange.rules.letters import KEPT, KNOWN, REFUSED, STALE, TAKEN, Answer, Letter
from tests.exchange.conftest import City
from tests.exchange.samples import STATUS, filing, letter

pytestmark = pytest.mark.django_db
URL = "/exchange/v1/messages/"
State = Message.State


def answer(one: Letter, data: bytes) -> Answer:
    """Our answer, as the city reads it."""
    key = ours()
    return letters.read_answer(receive(data, timezone.now()), one, {key.key: key.private.public_key()})


def send(city: City, one: Letter) -> str:
    return answer(one, city.written(one)).outcome


def test_a_message_is_kept_as_it_came(city: City) -> None:
    one = letter("filing", filing())
    assert send(city, one) == TAKEN
    message = Message.objects.get()
    assert message.body == one.body
    assert (message.direction, message.peer, message.key, message.digest) == ("in", "110000", one.id, one.digest)
    assert (message.state, message.stream, message.sequence) == (State.WAITING, "BJ-1", 1)


def test_the_same_message_again_is_known(city: City) -> None:
    one = letter("status", STATUS)
    assert [send(city, one) for _ in range(3)] == [TAKEN, KNOWN, KNOWN]
    assert Message.objects.count() == 1


def test_another_content_under_the_same_id_is_refused(city: City) -> None:
    one = letter("status", STATUS)
    send(city, one)
    assert send(city, replace(one, body={**STATUS, "label": "已办结"})) == REFUSED
    assert Message.objects.get().body["label"] == STATUS["label"]


def test_another_message_in_the_same_place_is_refused(city: City) -> None:
    send(city, letter("status", STATUS))
    assert send(city, letter("status", STATUS)) == REFUSED
    assert Message.objects.count() == 1


def test_an_old_copy_is_worth_nothing(city: City) -> None:
    one = letter("status", STATUS)
    for apart in (timedelta(minutes=11), timedelta(minutes=-11)):
        assert answer(one, city.written(one, timezone.now() + apart)).outcome == STALE
    assert not Message.objects.exists()
    assert send(city, one) == TAKEN  # sent anew


def test_a_message_for_somebody_else_is_refused(city: City) -> None:
    one = replace(letter("status", STATUS), receiver="110102")
    said = signed.opened(
        signed.ANSWER, receive(city.written(one), timezone.now()), {ours().key: ours().private.public_key()}
    )
    assert said["outcome"] == REFUSED
    assert not Message.objects.exists()


@pytest.mark.parametrize(("kind", "body"), [("filing", {"item": "X"}), ("unheard_of", {"a": 1}), ("status", {})])
def test_what_we_do_not_understand_is_kept_for_a_person(city: City, kind: str, body: dict[str, Any]) -> None:
    assert send(city, letter(kind, body)) == KEPT
    message = Message.objects.get()
    assert (message.state, message.body) == (State.HELD, body)
    assert message.error


def test_over_http_every_refusal_has_its_status(city: City, client: Client) -> None:
    good = city.says("status", STATUS)

    def post(data: bytes) -> int:
        return client.post(URL, data, content_type="application/json").status_code

    assert post(b"") == 400
    assert post(b"{}") == 401
    assert post(good.replace(b"110000-1", b"110000-9")) == 401
    assert post(b" " * (letters.MOST_BYTES + 1)) == 413
    assert not Message.objects.exists()
    assert post(good) == 200
    assert client.get(URL).status_code == 405
    assert Message.objects.count() == 1


def test_a_long_filing_is_taken(city: City, client: Client) -> None:
    long = filing()
    long["materials"][0]["content"] = "A" * 4_000_000
    assert client.post(URL, city.says("filing", long), content_type="application/json").status_code == 200
    assert Message.objects.get().body == long


def test_no_cookie_and_no_token_is_asked_for(city: City) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(URL, city.says("status", STATUS), content_type="application/json").status_code == 200


def test_without_a_city_there_is_no_such_address(client: Client, settings: Any) -> None:
    settings.EXCHANGE_URL = ""
    assert client.post(URL, b"{}", content_type="application/json").status_code == 404
