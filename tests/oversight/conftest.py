"""The district in which somebody complains of an organ, and the steps of the office."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.models import Party
from accounts.queries import parties_of
from casework import registry
from casework.actions import Offer, take
from casework.models import Act, Case
from casework.models.case import new_code
from casework.queries.rights import Standing
from casework.refusal import NotAllowed
from oversight.actions.complaining import complain
from oversight.queries.complaints import PROCEDURE
from tests.powerlist.conftest import FOOD, Town, make_town, moment

SAID = {"concerned": "DC-SCJ", "power": FOOD, "facts": "2026年3月1日窗口要求补交没有依据的材料。", "wish": "请纠正"}


@pytest.fixture
def town(db: None, tmp_path: Path, settings: Any) -> Town:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    (tmp_path / "laws").mkdir()
    return make_town(tmp_path / "laws")


def own(town: Town, name: str = "citizen") -> Party:
    return next(p for p in parties_of(town.user(name), date(2026, 3, 2)) if p.kind == Party.Kind.NATURAL)


def named(town: Town, at: str = "2026-03-02T09:00", **said: str) -> Case:
    draft = complain(
        new_code(), SAID | said, moment(at), user=town.user("citizen"), party=own(town), address="127.0.0.9"
    )
    assert draft.case
    return draft.case


def unnamed(at: str = "2026-03-02T09:00", **said: str) -> Case:
    draft = complain(new_code(), SAID | said, moment(at))
    assert draft.case
    return draft.case


def act(town: Town, case: Case, by: str, step: str, at: str, **facts: Any) -> Act:
    case.refresh_from_db()
    row = registry.procedure(PROCEDURE).step(step)
    actors = Standing(town.user(by), moment(at).date()).actors(case, row)
    if not actors:
        raise NotAllowed([], row.label)
    attested = [gate.words for gate in row.needs if gate.attested]
    return take(case, step, actors[0], moment(at), Offer(facts=facts, attested=attested))


def checking(town: Town, case: Case) -> Case:
    act(town, case, "legal-office", "register", "2026-03-03T09:00")
    act(town, case, "legal-office", "investigate", "2026-03-04T09:00", done_on="2026-03-04", persons="甲\n乙",
        findings="窗口确实要求补交了没有依据的材料")  # fmt: skip
    return case


def ordered(town: Town, case: Case) -> Case:
    checking(town, case)
    act(town, case, "legal-office2", "order_correction", "2026-03-05T09:00", findings="要求补交没有依据的材料",
        measures="停止索要，退还已收材料", correct_by="2026-03-20")  # fmt: skip
    return case


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.status_code
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", " ", answer.content.decode()))
