"""The two years from one full clean-up to the next: who is reminded, and what does not count as one."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from casework.actions.ring import ring_all
from casework.lamps import RINGS, ring_day
from casework.models import Act, Case, Deadline, Notice
from law.queries import work_calendar
from regulations.actions.portions import go_on
from regulations.models import NormativeDocument
from regulations.queries.cleanup import CYCLE, cycle
from tests.powerlist.conftest import Town, make_town, moment
from tests.regulations.test_cleanup import act, begun, document, items, state

MEETING = {"meeting": "常务会议", "present": "区长（示例）", "opinions": "同意"}
DUE = date(2028, 3, 2)  # two years from 2 March 2026


@pytest.fixture
def town(db: None, tmp_path: Path, settings: Any) -> Town:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "laws").mkdir()
    return make_town(tmp_path / "laws")


@pytest.fixture
def two(town: Town) -> list[NormativeDocument]:
    return [document(organ, f"示例规〔2025〕{place}号") for place, organ in enumerate(("DC-SCJ", "DC-WJW"))]


def finished(town: Town) -> Case:
    """A full clean-up launched on 2 March 2026, published on 8 March."""
    case = begun(town)
    for each, head in zip(items(case), ("scj-head", "wjw-head"), strict=True):
        act(town, each, head, "propose_keep", "2026-03-03T09:00", reasons="仍有必要")
        act(town, each, "legal-office", "agree", "2026-03-04T09:00", checked="同意")
    act(town, case, "legal-office", "collect", "2026-03-05T09:00")
    act(town, case, "legal-office", "send_to_decision", "2026-03-06T09:00")
    act(town, case, "government", "decide", "2026-03-07T09:00", **MEETING)
    act(town, case, "legal-office", "publish_results", "2026-03-08T09:00")
    go_on(lambda: moment("2026-03-08T09:01"))
    assert state(case) == "published"
    return case


def ring(day: date) -> None:
    ring_all(moment(f"{day}T00:10"))


def reminded() -> list[tuple[str, set[str]]]:
    """How the cycle rang, and who heard of it."""
    heard: dict[str, set[str]] = {}
    for one in Notice.objects.filter(deadline__key=CYCLE, channel="inbox").select_related("to").order_by("pk"):
        assert "：下一次规范性文件清理" in one.subject
        heard.setdefault(one.subject.partition("规范性文件清理")[2], set()).add(one.to.username)  # type: ignore[union-attr]
    return list(heard.items())


def flagged() -> set[str]:
    told = Notice.objects.filter(act__step="flag_cycle_overdue")
    return set(told.values_list("to__username", flat=True))


def test_whoever_begins_clean_ups_is_reminded_of_the_next(town: Town, two: list[NormativeDocument]) -> None:
    case = finished(town)
    found = cycle()
    assert found
    assert (found.case_id, found.due_on, found.organ) == (case.pk, DUE, case.organ)
    office = {"legal-office", "legal-office2"}
    days = [ring_day(one, DUE, work_calendar()) for one in RINGS]
    ring(days[0] - timedelta(days=1))
    assert reminded() == []
    for day in days:
        ring(day)
    words = dict(reminded())
    for said in (RINGS[0].words, RINGS[1].words, RINGS[2].words):
        assert office <= words[said]
    assert flagged() >= {*office, "supervisor", "congress-review"}
    ring(days[-1] + timedelta(days=30))
    assert Act.objects.filter(case=case, step="flag_cycle_overdue").count() == 1
    assert state(case) == "published"


def test_a_new_full_clean_up_silences_the_old_clock(town: Town, two: list[NormativeDocument]) -> None:
    finished(town)
    anew = begun(town, at="2028-02-01T09:00", reply_by="2028-02-20")
    ring(DUE + timedelta(days=10))
    assert (reminded(), flagged()) == ([], set())
    found = cycle()
    assert found
    assert found.case_id == anew.pk


def test_a_cancelled_clean_up_was_none(town: Town, two: list[NormativeDocument]) -> None:
    case = finished(town)
    broken = begun(town, at="2028-02-01T09:00", reply_by="2028-02-20")
    ring(DUE + timedelta(days=10))
    act(town, broken, "legal-office", "cancel", "2028-03-20T09:00", approval="局长", reasons="合并进行")
    found = cycle()
    assert found
    assert found.case_id == case.pk
    assert "supervisor" in flagged()  # its day had passed while the other one ran


@pytest.mark.parametrize("narrowing", [{"organs": ["DC-WJW"]}, {"subjects": ["health"]}, {"before": "2026-01-01"}])
def test_a_narrowed_clean_up_is_no_full_one(
    town: Town, two: list[NormativeDocument], narrowing: dict[str, Any]
) -> None:  # fmt: skip
    NormativeDocument.objects.filter(pk=two[1].pk).update(subject="health")
    case = begun(town, **narrowing)
    assert Deadline.objects.get(case=case, key=CYCLE).stopped_at
    assert cycle() is None


def test_a_clean_up_by_subject(town: Town, two: list[NormativeDocument]) -> None:
    NormativeDocument.objects.filter(pk=two[1].pk).update(subject="health")
    case = begun(town, subjects=["health", "culture"])
    assert [one.matter for one in items(case)] == [f"document:{two[1].pk}"]
    ordered = begun(town, "launch_on_order", order="上级通知", subjects=["health"])
    assert len(items(ordered)) == 1
    form = town.client("legal-office").get("/desk/cleanups/new/launch_periodic/").content.decode()
    assert "卫生、体育" in form


def test_the_board_says_that_it_is_late(town: Town, two: list[NormativeDocument]) -> None:
    board, office = "/desk/cleanups/", town.client("legal-office")
    assert "还没有在本平台进行过全面清理" in office.get(board).content.decode()
    case = begun(town)
    page = office.get(board).content.decode()
    assert "应当在" in page
    assert "已经逾期" not in page
    past = timezone.localdate() - timedelta(days=30)
    Deadline.objects.filter(case=case, key=CYCLE).update(due_on=past)
    page = office.get(board).content.decode()
    assert "已经逾期，请尽快启动" in page
    assert "超期" in page
