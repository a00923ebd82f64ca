"""A document hurried from its draft to its number by the rows that ask for the least, for tests of what comes after."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from casework.models import Case
from regulations.actions import writing
from regulations.models import Manuscript
from tests.regulations.ground import GAZETTE, MEETING, House, moment

BODY = "第一条 为了示例，制定本办法。\n第二条 街道办事处公布示例名单。"


class Days:
    """Days that go on from a first one, at nine in the morning."""

    def __init__(self, first: str) -> None:
        self.day = date.fromisoformat(first)

    def next(self, days: int = 1) -> str:
        self.day += timedelta(days=days)
        return f"{self.day}T09:00"

    @property
    def here(self) -> str:
        return f"{self.day}T09:00"


def write(house: House, case: Case, at: str, **content: str) -> None:
    """Save the manuscript of a case; what is not named is as it always is."""
    found = Manuscript.objects.filter(case=case).first()
    given = {"title": house.title, "body": BODY, "necessity": "需要。", "measures": "名单。", **content}
    revision = found.revision if found else 0
    writing.save(case, house.user("scj-officer"), moment(at), given, revision=revision)


def begun(house: House, case: Case, days: Days) -> None:
    """From the plan to the drafting."""
    drafters = [str(house.user("scj-officer").pk)]
    house.act(case, "scj-head", "start_drafting", days.next(), drafters=drafters, business="no")


def sent(house: House, case: Case, days: Days) -> None:
    """A version that was formed goes to the legality review."""
    house.act(case, "scj-head", "exempt_secret_from_comment", days.next(), basis="定密依据", approver="局长")
    house.act(case, "scj-officer", "record_not_economic", days.here, reasons="不涉及。")
    house.send(case, days.here)


def adopted(house: House, case: Case, days: Days) -> None:
    """From the version that was formed to the meeting, for a document of the department."""
    sent(house, case, days)
    house.check(case, "scj-legal", days.next())
    house.act(case, "scj-legal", "pass_legality_review", days.here, opinion="符合。", urgent="急需。")
    held = f"{days.day + timedelta(days=1)}"
    house.act(case, "secretary", "put_on_agenda", days.here, meeting="办公会（示例）", meeting_on=held)
    house.act(case, "scj-head", "adopt", days.next(), **MEETING | {"held_on": held})


def published(house: House, case: Case, days: Days, effective_on: str, **more: Any) -> None:
    """Numbered, printed and published, with more than thirty days to its day."""
    house.number(case, days.next(), effective_on=effective_on, **more)
    house.print_official(case, days.here)
    house.act(case, "secretary", "publish_delayed", days.here, effective_on=effective_on, **GAZETTE)
