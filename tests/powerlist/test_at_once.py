"""Two people propose to change one power at the same moment: one change is under way afterwards, not two."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Barrier, BrokenBarrierError, Thread
from typing import Any

import pytest
from django.db import connection

from casework.models import Case
from casework.refusal import Refused
from powerlist.queries import known
from powerlist.queries.known import PROCEDURE
from tests.powerlist.conftest import FOOD, make_town

TOGETHER = 1.0  # seconds in which both would have looked, if one did not wait for the other


@pytest.mark.django_db(transaction=True)
def test_one_change_of_a_power_at_once(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "laws").mkdir()
    town = make_town(tmp_path / "laws")
    drafts = [
        town.draft("change", FOOD, promised="8个工作日"),
        town.draft("cancellation", FOOD, by="legal-office", of="DC-SFJ", ex_officio=True),
    ]
    honest, looked = known.others, Barrier(2)

    def others(*asked: Any) -> bool:
        """Both look before either has written."""
        found = honest(*asked)
        with suppress(BrokenBarrierError):
            looked.wait(TOGETHER)
        return found

    monkeypatch.setattr(known, "others", others)
    outcomes = list[str]()

    def propose(draft: Any) -> None:
        try:
            outcomes.append(town.propose(draft).matter)
        except Refused as refusal:
            outcomes.append(str(refusal.reasons[0]))
        finally:
            connection.close()

    people = [Thread(target=propose, args=[draft]) for draft in drafts]
    for person in people:
        person.start()
    for person in people:
        person.join()
    refused, proposed = sorted(outcomes, key=lambda said: said == FOOD)
    assert proposed == FOOD
    assert "没有其他正在办理" in refused
    assert Case.objects.filter(procedure=PROCEDURE).count() == 1
