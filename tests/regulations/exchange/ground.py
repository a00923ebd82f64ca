"""A document of the government that is to be filed with the city, its papers printed, and a city that answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from casework.actions.make import make_paper
from casework.models import Case, Message
from exchange.actions.deliver import deliver_batch
from exchange.actions.inbox import receive
from exchange.actions.take_in import take_in
from regulations.queries.filing import materials
from tests.exchange.conftest import City
from tests.exchange.samples import letter
from tests.regulations.ground import House, child_of, make_house, moment

REPORT = {"report": "报请备案。\n制定目的：方便居民。", "contact": "王示例，12345"}
AT = "2026-04-23T09:00"
OFFICE = "北京市司法局"
MORE = {
    "registered": {"number": "京规备〔2026〕1号"}, "out_of_scope": {"reasons": "属于内部管理。"},
    "incomplete": {"missing": "起草说明"}, "explain": {"questions": "第二条的依据", "explain_by": "2026-05-20"},
    "extended": {"extend_to": "2026-09-01", "reasons": "疑难。"}, "accepted": {"reasons": "说明成立。"},
    "correct": {"articles": "第二条", "superior": "示例条例第二条", "reasons": "没有依据。"},
    "revoked": {"articles": "第二条", "reasons": "没有纠正。"},
}  # fmt: skip


def with_papers(house: House) -> Case:
    """A document of the government that is to be filed, its papers printed."""
    filing = child_of(house.published("government"), "regulations.filing")
    for paper in materials(filing).values():
        assert paper
        assert paper.made_at or make_paper(paper, moment("2026-04-22T10:00"))
    return filing


@pytest.fixture(scope="module")
def printed(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[int]:
    """The same, made once and undone at the end."""
    place = tmp_path_factory.mktemp("town")
    (place / "media").mkdir()
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=place / "media"), transaction.atomic():
        yield with_papers(make_house(place / "laws")).pk
        transaction.set_rollback(True)


@pytest.fixture
def house(printed: int, db: None) -> House:
    return House()


@pytest.fixture
def due(house: House, printed: int, city: City) -> Case:
    return Case.objects.get(pk=printed)


@pytest.fixture
def filed(house: House, due: Case) -> Case:
    """Sent, and received by the city; its receipt waits there."""
    house.act(due, "bgs-head", "submit_filing", AT, **REPORT)
    return due


class Answers:
    """The city answers by itself or by hand, at moments that the test names."""

    def __init__(self, city: City) -> None:
        self.city, self.number = city, 0

    def say(self, case: Case | str, outcome: str, at: str, **more: str) -> Message:
        """An answer arrives and is looked at."""
        self.number += 1
        number = case if isinstance(case, str) else case.number
        body = {"case": number, "outcome": outcome, "office": OFFICE, "at": f"{at}:00+08:00"}
        one = letter("document_filing_answer", {**body, **MORE.get(outcome, {}), **more}, f"BJ-{self.number}")
        receive(self.city.written(one, moment(at)), moment(at))
        take_in(moment(at), 5)
        if isinstance(case, Case):
            case.refresh_from_db()
        return Message.objects.get(key=one.id)


@pytest.fixture
def answers(city: City) -> Answers:
    return Answers(city)


def passed_on(city: City, at: datetime) -> None:
    """What waits on both sides goes over, and ours is looked at."""
    while deliver_batch(timezone.now()).done:
        pass
    for one in city.book.waiting(50):
        receive(city.written(one, at), at)
        city.book.tried(one, True)
    take_in(at, 50)


def state_of(case: Case) -> str:
    case.refresh_from_db()
    return case.state
