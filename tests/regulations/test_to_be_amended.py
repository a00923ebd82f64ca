"""What a clean-up wants amended by a day is watched: on the desk, and by reminders, until it is amended."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casework import registry
from casework.actions import Offer
from casework.actions.ring import ring_all
from casework.models import Case, Notice
from casework.models.case import new_code
from regulations.actions.amending import remind_of_amendments
from regulations.actions.cleanup import launch
from regulations.actions.entering import enter
from regulations.actions.portions import go_on
from regulations.models import NormativeDocument
from regulations.queries.amending import owed
from regulations.queries.cleanup import ITEM
from tests.regulations.ground import BODY, House, moment

MEETING = {"meeting": "常务会议", "present": "区长（示例）", "opinions": "同意"}


def words(response: Any) -> str:
    return re.sub(r"<[^>]+>", "", response.content.decode())


def cleaned_up(house: House, finish_on: str, number: int = 1) -> list[NormativeDocument]:
    """Documents in force from 1 June 2026 that a clean-up of June has put down to be amended by a day."""
    made = [house.published() for _ in range(number)]
    ring_all(moment("2026-06-01T00:10"))
    row = registry.procedure("regulations.cleanup").step("launch_periodic")
    attested = [gate.words for gate in row.needs if gate.attested]
    offer = Offer(facts={"reply_by": "2026-06-10"}, attested=attested)
    case = launch(new_code(), "launch_periodic", offer, moment("2026-06-02T09:00"), house.user("legal-office")).case
    assert case
    go_on(lambda: moment("2026-06-02T09:00"))
    for item in Case.objects.filter(parent=case, procedure=ITEM):
        house.act(item, "scj-head", "propose_amend", "2026-06-03T09:00", articles="第三条", reasons="需要",
                  finish_on=finish_on)  # fmt: skip
        house.act(item, "legal-office", "agree", "2026-06-04T09:00", checked="同意")
    house.act(case, "legal-office", "collect", "2026-06-05T09:00")
    house.act(case, "legal-office", "send_to_decision", "2026-06-05T10:00")
    house.act(case, "government", "decide", "2026-06-08T09:00", **MEETING)
    assert owed(date(2026, 6, 8)) == []  # it is not published
    house.act(case, "legal-office", "publish_results", "2026-06-09T09:00")
    go_on(lambda: moment("2026-06-09T09:01"))
    return [house.document(one) for one in made]


def test_reminders_come_before_on_and_after_the_day_until_it_is_amended(house: House) -> None:
    (document,) = cleaned_up(house, "2026-09-30")
    assert [(one.document, one.finish_on) for one in owed(date(2026, 6, 9))] == [(document, date(2026, 9, 30))]
    head = house.user("scj-head")

    def told() -> list[str]:
        found = Notice.objects.filter(to=head, key__startswith="amendment:").order_by("pk")
        return [re.sub(r"^.*：", "", one.subject) for one in found]

    assert remind_of_amendments(moment("2026-09-20T09:00")) == 0
    for day, said in (
        ("2026-09-25", "距清理决定的修改完成日期还有三个工作日"),
        ("2026-09-30", "今日为清理决定的修改完成日期"),
        ("2026-10-01", "已经超过清理决定的修改完成日期"),
    ):
        for _ in range(2):  # however often it is looked
            remind_of_amendments(moment(f"{day}T09:00"))
        assert told()[-1] == said
    assert len(told()) == 3
    enter(document, BODY.replace("每年", "每季度"), version_on=date(2026, 10, 9), effective_from=date(2026, 10, 9))
    assert owed(date(2026, 10, 9)) == []
    assert remind_of_amendments(moment("2026-10-12T09:00")) == 0


def test_they_stand_on_the_desk_of_the_office_and_of_the_maker(house: House) -> None:
    gone = (timezone.localdate() - timedelta(days=1)).isoformat()
    (document,) = cleaned_up(house, gone)
    for name in ("legal-office", "scj-head"):
        page = words(house.client(name).get("/desk/making/"))
        assert "清理决定修改、尚未完成的文件" in page
        assert document.number in page
        assert "已过完成日期" in page
    assert "清理决定修改" not in words(house.client("wjw-head").get("/desk/making/"))
    assert "清理决定修改" not in words(house.client("legal-office").get("/desk/making/?ended=1"))


def test_the_list_costs_the_same_for_many(house: House) -> None:
    cleaned_up(house, "2026-09-30", 3)
    with CaptureQueriesContext(connection) as asked:
        found = owed(date(2026, 6, 10))
        assert [str(one.document.organ) for one in found]
    assert (len(found), len(asked)) == (3, 1)
