"""People look after the exchange: nobody alone, nothing without a reason, everything on record."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AccessEvent, User
from casework.models import Case, Message
from casework.refusal import Refused
from exchange.actions import desk
from exchange.actions.deliver import deliver_batch
from exchange.actions.inbox import receive
from exchange.actions.take_in import take_in
from exchange.rules import bodies
from tests.accounts.people import sign_in
from tests.approvals.conftest import FOOD, World
from tests.exchange.conftest import City, official
from tests.exchange.samples import filing
from tests.exchange.test_deliver import write

State, Kind = Message.State, AccessEvent.Kind


@pytest.fixture
def held(world: World, city: City) -> Message:
    """A filing whose material has no code that is published."""
    wrong = filing()
    wrong["materials"][0]["code"] = "M22"
    receive(city.says("filing", wrong), timezone.now())
    take_in(timezone.now(), 1)
    message = Message.objects.get()
    assert message.state == State.HELD
    return message


def put_right(message: Message) -> dict[str, Any]:
    body = json.loads(json.dumps(message.body))
    body["materials"][0]["code"] = "M2"
    return body


def words(response: Any) -> str:
    return re.sub(r"<[^>]+>", "", response.content.decode())


def test_what_one_repairs_another_releases(held: Message, keepers: tuple[User, User]) -> None:
    one, two = keepers
    now = timezone.now()
    desk.propose(held, "repair", one, now, reason="市级平台的材料编码已更新", body=put_right(held))
    take_in(now, 5)
    assert not Case.objects.exists()
    with pytest.raises(Refused, match="另一人"):
        desk.decide(held, True, one, now, seen=1)
    desk.decide(held, True, two, now, seen=1)
    take_in(timezone.now(), 5)
    held.refresh_from_db()
    assert held.state == State.DONE
    assert Case.objects.get().opened_at == held.created_at
    assert held.repaired == {}
    assert held.body == {"item": FOOD}
    kinds = list(AccessEvent.objects.filter(subject=f"message:{held.pk}").order_by("pk").values_list("kind", flat=True))
    assert kinds == [Kind.MESSAGE_PROPOSED, Kind.MESSAGE_DECIDED]


def test_a_repair_that_is_none_is_refused(held: Message, keepers: tuple[User, User]) -> None:
    with pytest.raises(Refused, match="仍不符合规定"):
        desk.propose(held, "repair", keepers[0], timezone.now(), reason="x", body={"item": "x"})


def test_what_is_not_agreed_to_waits_on(held: Message, keepers: tuple[User, User]) -> None:
    one, two = keepers
    desk.propose(held, "reject", one, timezone.now(), reason="材料编码不存在")
    desk.decide(held, False, two, timezone.now(), seen=1, reason="可以修正")
    held.refresh_from_db()
    assert (held.state, held.proposal, held.proposed_by) == (State.HELD, "", None)
    desk.propose(held, "repair", two, timezone.now(), reason="修正", body=put_right(held))


def test_a_second_proposal_does_not_cover_the_first(held: Message, keepers: tuple[User, User]) -> None:
    one, two = keepers
    desk.propose(held, "reject", one, timezone.now(), reason="材料编码不存在")
    with pytest.raises(Refused):
        desk.propose(held, "repair", two, timezone.now(), reason="修正", body=put_right(held))
    with pytest.raises(Refused):
        desk.retry(held, two, timezone.now())


def test_nobody_agrees_to_what_came_after_their_look(held: Message, keepers: tuple[User, User]) -> None:
    one, two = keepers
    desk.propose(held, "repair", one, timezone.now(), reason="修正", body=put_right(held))
    desk.decide(held, False, two, timezone.now(), seen=1, reason="不妥")
    desk.propose(held, "reject", one, timezone.now(), reason="材料编码不存在")
    with pytest.raises(Refused, match="已由他人处理"):
        desk.decide(held, True, two, timezone.now(), seen=1)
    desk.decide(held, True, two, timezone.now(), seen=3)


def test_a_form_that_comes_back_shows_nothing_that_was_not_asked_for(held: Message, keepers: tuple[User, User]) -> None:
    answer = sign_in(Client(), keepers[0]).post(f"/desk/exchange/{held.pk}/repair/", {"body": "", "reason": ""})
    assert answer.status_code == 422
    assert "钱示例" not in words(answer)


def test_what_is_sent_back_tells_the_city_why(held: Message, keepers: tuple[User, User]) -> None:
    one, two = keepers
    desk.propose(held, "reject", one, timezone.now(), reason="材料编码不存在")
    desk.decide(held, True, two, timezone.now(), seen=1)
    held.refresh_from_db()
    assert held.state == State.REJECTED
    assert held.done_at
    told = Message.objects.get(direction="out")
    assert (told.kind, told.body) == ("rejection", {"message": held.key, "reason": "材料编码不存在"})
    with pytest.raises(Refused):
        desk.retry(held, one, timezone.now())


def test_once_more_is_on_record(held: Message, keepers: tuple[User, User]) -> None:
    desk.retry(held, keepers[0], timezone.now())
    held.refresh_from_db()
    assert (held.state, held.attempts, held.error) == (State.WAITING, 0, "")
    assert AccessEvent.objects.get(subject=f"message:{held.pk}").kind == Kind.MESSAGE_RETRIED


# --- pages ---------------------------------------------------------------------------------------------------------


def test_the_list_names_nobody(held: Message, keepers: tuple[User, User]) -> None:
    client = sign_in(Client(), keepers[0])
    for address in ("/desk/exchange/", f"/desk/exchange/{held.pk}/"):
        page = client.get(address)
        assert page.status_code == 200
        assert "待人工处理" in words(page)
        assert "钱示例" not in words(page)


def test_a_person_repairs_in_the_browser_and_another_agrees(held: Message, keepers: tuple[User, User]) -> None:
    one, two = (sign_in(Client(), keeper) for keeper in keepers)
    place = f"/desk/exchange/{held.pk}/"
    assert one.get(f"{place}content/").status_code == 200
    assert one.post(f"{place}content/", {"why": ""}).status_code == 422
    opened = one.post(f"{place}content/", {"why": "核对材料编码"})
    assert "钱示例" in words(opened)
    assert AccessEvent.objects.get(kind=Kind.PERSONAL_DATA_READ).detail["reason"] == "核对材料编码"
    shown = json.dumps(bodies.shown(put_right(held)), ensure_ascii=False)
    for wrong in ("{", "[]", '{"a": 1, "a": 2}'):
        assert one.post(f"{place}repair/", {"body": wrong, "reason": "x"}).status_code == 422
    assert one.post(f"{place}repair/", {"body": "{}", "reason": "x"}).status_code == 422
    assert one.post(f"{place}repair/", {"body": shown, "reason": "编码已更新"}).status_code == 302
    mine = words(one.get(place))
    assert "须由另一名数据交换管理人员复核" in mine
    theirs = words(two.get(place))
    assert "materials.0.code" in theirs
    assert "编码已更新" in theirs
    assert two.post(f"{place}decide/", {"agreed": "no", "seen": 1}).status_code == 422
    assert two.post(f"{place}decide/", {"agreed": "yes", "seen": 0}).status_code == 422
    assert two.post(f"{place}decide/", {"agreed": "yes", "seen": 1}).status_code == 302
    take_in(timezone.now(), 1)
    assert Case.objects.count() == 1


def test_sending_back_in_the_browser(held: Message, keepers: tuple[User, User]) -> None:
    client, place = sign_in(Client(), keepers[0]), f"/desk/exchange/{held.pk}/"
    assert client.post(f"{place}reject/", {"reason": ""}).status_code == 422
    assert client.post(f"{place}reject/", {"reason": "材料编码不存在"}).status_code == 302
    assert client.post(f"{place}retry/").status_code == 422
    assert client.post(f"{place}unheard-of/").status_code == 404


def test_who_reads_everything_reads_and_does_nothing(held: Message) -> None:
    client, place = sign_in(Client(), official("aud", "auditor", "DC-SJJ")), f"/desk/exchange/{held.pk}/"
    assert client.get("/desk/exchange/").status_code == 200
    assert client.get(place).status_code == 200
    for what in ("retry", "reject", "repair", "decide"):
        assert client.post(f"{place}{what}/", {"reason": "x"}).status_code == 403
    opened = client.post(f"{place}content/", {"why": "审计"})
    assert opened.status_code == 200
    assert b"<textarea" not in opened.content


def test_nobody_else_sees_anything(held: Message, world: World) -> None:
    for user in (world.officer, world.clerk, world.head, world.citizen):
        client = sign_in(Client(), user)
        for address in ("/desk/exchange/", f"/desk/exchange/{held.pk}/", "/desk/exchange/days/"):
            assert client.get(address).status_code == 403
        assert client.post(f"/desk/exchange/{held.pk}/retry/").status_code == 403


def test_the_list_costs_the_same_however_long(held: Message, keepers: tuple[User, User], city: City) -> None:
    client = sign_in(Client(), keepers[0])
    client.get("/desk/exchange/")
    with CaptureQueriesContext(connection) as few:
        client.get("/desk/exchange/")
    for number in range(30):
        receive(city.says("filing", {"item": "x"}, stream=f"BJ-{number + 10}"), timezone.now())
    with CaptureQueriesContext(connection) as many:
        page = client.get("/desk/exchange/")
    assert len(many) == len(few)
    assert "下一页" in words(page)


@pytest.mark.django_db
def test_what_a_person_sends_again_goes_first(world: Any, city: City) -> None:
    first, second = write(1, each=2)
    Message.objects.filter(pk=first.pk).update(state=State.HELD, next_try_at=None)
    assert deliver_batch(timezone.now()).claimed == 0
    desk.retry(second, world.head, timezone.now())
    assert deliver_batch(timezone.now()).claimed == 0, "the one in front still waits for a person"
    desk.retry(first, world.head, timezone.now())
    assert [deliver_batch(timezone.now()).done for _ in range(3)] == [1, 1, 0]
    desk.retry(first, world.head, timezone.now())
    assert deliver_batch(timezone.now()).done == 1
    assert not Message.objects.exclude(state=State.DONE).exists()
