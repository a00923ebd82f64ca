"""What the city cannot use does not block its stream for ever: two people put another message in its place."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AccessEvent, User
from casework.models import Message, Notice
from casework.refusal import Refused
from exchange.actions import desk
from exchange.actions.deliver import deliver_batch
from exchange.actions.reconcile import reconcile, reconcile_due
from exchange.queries.peer import letter_of
from exchange.rules import bodies
from tests.accounts.people import sign_in
from tests.approvals.conftest import World
from tests.exchange.conftest import Arrives, City
from tests.exchange.samples import STATUS
from tests.exchange.test_deliver import drain, kept, write
from tests.exchange.test_desk import words

State = Message.State
Keepers = tuple[User, User]
RIGHT = {**STATUS, "case": "许申〔2026〕0号", "label": "更正的环节"}


@pytest.fixture
def refused(world: World, city: City) -> list[Message]:
    """Three messages of one stream, of which the city refuses the first: it knows the id from somewhere else."""
    written = write(1, each=3)
    city.book.keep(replace(letter_of(written[0]), stream="其他", body={"other": "content"}))
    deliver_batch(timezone.now())
    assert Message.objects.get(pk=written[0].pk).state == State.HELD
    return written


def set_aside(message: Message, keepers: Keepers, body: dict[str, object] | None = None) -> Message:
    one, two = keepers
    seen = AccessEvent.objects.filter(subject=f"message:{message.pk}").count()
    desk.propose(message, "replace", one, timezone.now(), reason="环节名称有误", body=body or RIGHT)
    desk.decide(message, True, two, timezone.now(), seen=seen + 1)
    return Message.objects.get(replaces=message)


def test_the_stream_goes_on_with_another_message_at_the_same_number(
    city: City, refused: list[Message], keepers: Keepers
) -> None:
    new = set_aside(refused[0], keepers)
    old = Message.objects.get(pk=refused[0].pk)
    assert (old.state, old.body, new.body) == (State.REPLACED, refused[0].body, RIGHT)
    assert (new.sequence, new.stream, new.state) == (1, old.stream, State.WAITING)
    assert new.key != old.key
    drain()
    assert [sequence for stream, sequence in kept(city) if stream == old.stream] == [1, 2, 3]
    letters = city.book.read("SELECT letter FROM message WHERE stream = ? AND sequence = 1", old.stream)
    assert json.loads(letters[0][0])["body"] == RIGHT
    with city.book.writing() as book:
        book.execute("DELETE FROM message WHERE stream = '其他'")
    assert reconcile(timezone.localdate(), timezone.now()).equal, "what was set aside stands in neither book"


def test_nobody_replaces_a_message_alone(refused: list[Message], keepers: Keepers) -> None:
    one, two = keepers
    with pytest.raises(Refused, match="与原消息相同"):
        desk.propose(refused[0], "replace", one, timezone.now(), reason="x", body=refused[0].body)
    with pytest.raises(Refused, match="仍不符合规定"):
        desk.propose(refused[0], "replace", one, timezone.now(), reason="x", body={"case": 1})
    for what in ("repair", "reject"):
        with pytest.raises(Refused, match="由他人处理"):
            desk.propose(refused[0], what, one, timezone.now(), reason="x", body=RIGHT)
    with pytest.raises(Refused, match="由他人处理"):
        desk.propose(refused[1], "replace", one, timezone.now(), reason="x", body=RIGHT)
    desk.propose(refused[0], "replace", one, timezone.now(), reason="环节名称有误", body=RIGHT)
    with pytest.raises(Refused, match="另一人"):
        desk.decide(refused[0], True, one, timezone.now(), seen=1)
    desk.decide(refused[0], False, two, timezone.now(), seen=1, reason="原消息没有错误")
    held = Message.objects.get(pk=refused[0].pk)
    assert (held.state, held.repaired, held.proposal) == (State.HELD, {}, "")
    assert not Message.objects.filter(replaces=held).exists()


def test_what_was_replaced_is_over(refused: list[Message], keepers: Keepers) -> None:
    set_aside(refused[0], keepers)
    with pytest.raises(Refused):
        desk.retry(refused[0], keepers[0], timezone.now())
    with pytest.raises(Refused):
        desk.propose(refused[0], "replace", keepers[0], timezone.now(), reason="x", body=RIGHT)


def test_where_the_city_has_it_the_replacement_comes_last(
    world: World, city: City, arrives: Arrives, keepers: Keepers
) -> None:
    first, second = write(1, each=2)
    assert [deliver_batch(timezone.now()).done for _ in range(2)] == [1, 1]
    arrives("rejection", {"message": first.key, "reason": "环节名称不能识别"})
    back = Message.objects.get(pk=first.pk)
    assert (back.state, back.returned_at is not None) == (State.HELD, True)
    new = set_aside(back, keepers)
    assert new.sequence == 3
    drain()
    assert [sequence for stream, sequence in kept(city) if stream == first.stream] == [1, 2, 3]
    run = reconcile(timezone.localdate(), timezone.now())
    assert [one["direction"] for one in run.differences] in ([], ["in"])
    assert {one["key"] for one in run.differences}.isdisjoint({first.key, second.key, new.key})


def test_where_the_place_is_taken_a_second_replacement_comes_last(world: World, city: City, keepers: Keepers) -> None:
    first, second = write(1, each=2)
    city.book.keep(replace(letter_of(first), id="00000000-0000-0000-0000-000000000000"))
    deliver_batch(timezone.now())
    again = set_aside(first, keepers)
    assert again.sequence == 1
    deliver_batch(timezone.now())
    again.refresh_from_db()
    assert again.state == State.HELD, "the city has another message at that number"
    last = set_aside(again, keepers, {**RIGHT, "label": "再次更正"})
    assert last.sequence == 3
    drain()
    assert not Message.objects.filter(state__in=[State.WAITING, State.HELD]).exists()
    second.refresh_from_db()
    assert second.state == State.DONE


def test_in_the_browser(refused: list[Message], keepers: Keepers) -> None:
    one, two = (sign_in(Client(), keeper) for keeper in keepers)
    place = f"/desk/exchange/{refused[0].pk}/"
    assert "以新的消息代替" in words(one.get(place))
    assert "提出以新的消息代替" in words(one.post(f"{place}content/", {"why": "核对环节名称"}))
    shown = json.dumps(bodies.shown(RIGHT), ensure_ascii=False)
    assert one.post(f"{place}replace/", {"body": "{}", "reason": "x"}).status_code == 422
    assert one.post(f"{place}replace/", {"body": shown, "reason": "环节名称有误"}).status_code == 302
    assert "label" in words(two.get(place))
    assert two.post(f"{place}decide/", {"agreed": "yes", "seen": 1}).status_code == 302
    new = Message.objects.get(replaces=refused[0])
    assert f"/desk/exchange/{new.pk}/" in two.get(place).content.decode()
    assert place in two.get(f"/desk/exchange/{new.pk}/").content.decode()
    assert "已代替" in words(one.get("/desk/exchange/?tab=replaced"))


# --- who is told -----------------------------------------------------------------------------------------------------


def told(user: User) -> list[str]:
    return list(
        Notice.objects.filter(to=user, key__startswith="exchange:").order_by("pk").values_list("subject", flat=True)
    )


def test_keepers_are_told_of_a_held_message_and_not_of_each_of_many(world: World, city: City, keepers: Keepers) -> None:
    for message in write(4):
        city.book.keep(replace(letter_of(message), stream=f"其他{message.pk}", body={"other": "content"}))
    deliver_batch(timezone.now())
    assert Message.objects.filter(state=State.HELD).count() == 4
    for keeper in keepers:
        assert told(keeper) == ["市级交换：发出的消息未被市级平台接收，待人工处理"]
    assert told(world.officer) == []


def test_keepers_are_told_of_what_cannot_be_taken_in(world: World, keepers: Keepers, arrives: Arrives) -> None:
    assert arrives("filing", {"item": "x"}).state == State.HELD
    assert told(keepers[0]) == ["市级交换：收到的消息不能接收，待人工处理"]


def test_keepers_are_told_of_unequal_books_once_a_day(world: World, city: City, keepers: Keepers) -> None:
    written = write(2)
    assert not reconcile(timezone.localdate(), timezone.now()).equal
    assert told(keepers[0]) == [], "what is on its way is no news"
    city.misbehave(lie=100)
    drain()
    for _ in range(2):
        Message.objects.filter(pk__in=[one.pk for one in written]).update(state=State.DONE, done_at=timezone.now())
        reconcile(timezone.localdate(), timezone.now())
    assert [subject for subject in told(keepers[0]) if "核对不一致" in subject] == told(keepers[0])[:1]
    assert len(told(keepers[0])) == 1
    city.misbehave(down=100)
    reconcile_due(timezone.now() + timedelta(days=1))
    assert len(told(keepers[0])) == 2, "nor could it be compared on the next day"
