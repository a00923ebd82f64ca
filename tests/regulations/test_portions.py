"""The long work of clean-ups: hundreds of documents, portion by portion."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Organisation
from casework.actions import settle
from casework.models import Act, Case, Notice
from casework.refusal import Refused
from regulations.actions import portions
from regulations.actions.entering import end
from regulations.actions.portions import PORTION, go_on
from regulations.models import CleanupEntry, NormativeDocument
from regulations.queries import cleanup
from regulations.queries.cleanup import ITEM
from tests.powerlist.conftest import Town, make_town, moment
from tests.regulations.test_cleanup import act, begun, items, state

MANY = 500
MEETING = {"meeting": "常务会议", "present": "区长（示例）", "opinions": "同意"}


@pytest.fixture
def town(db: None, tmp_path: Path, settings: Any) -> Town:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "laws").mkdir()
    return make_town(tmp_path / "laws")


def stock(number: int) -> None:
    """So many documents in force of one organ, in the register alone."""
    organ = Organisation.objects.get(code="DC-SCJ")
    NormativeDocument.objects.bulk_create(
        NormativeDocument(
            organ=organ, issuer=organ.name, number=f"示例规〔2025〕{place}号", title=f"示例办法{place}",
            published_on=date(2025, 6, 1), effective_from=date(2025, 7, 1), sample=True,
        )
        for place in range(1, number + 1)
    )  # fmt: skip


def once() -> Callable[[], bool]:
    """A worker with time for one portion."""
    left = iter([True])
    return lambda: next(left, False)


def costs(at: str) -> list[int]:
    """The statements of each portion until nothing is left."""
    found: list[int] = []
    while True:
        connection.queries_log.clear()  # it holds the last few thousand only
        with CaptureQueriesContext(connection) as asked:
            done = go_on(lambda: moment(at), once())
        if not done:
            return found
        found.append(len(asked))


def launched(town: Town, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A clean-up that nobody has worked on yet."""
    monkeypatch.setattr("tests.regulations.test_cleanup.go_on", lambda now: None)
    return begun(town)


def test_five_hundred_documents_cost_the_same_at_the_end_as_at_the_beginning(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(MANY)
    with CaptureQueriesContext(connection) as asked:
        case = launched(town, monkeypatch)
    assert len(asked) < 150  # the act of the launch does not grow with the documents
    assert state(case) == "listing"
    listing = costs("2026-03-02T10:00")
    assert len(listing) == MANY // PORTION
    assert max(listing) <= min(listing) * 1.1
    assert state(case) == "launched"
    assert Case.objects.filter(parent=case, procedure=ITEM).count() == MANY
    act(town, case, "legal-office", "collect_with_gaps", "2026-03-21T09:00")
    act(town, case, "legal-office", "send_to_decision", "2026-03-22T09:00")
    act(town, case, "government", "decide", "2026-03-23T09:00", **MEETING)
    with CaptureQueriesContext(connection) as asked:
        act(town, case, "legal-office", "publish_results", "2026-03-24T09:00")
    assert len(asked) < 200
    assert state(case) == "taking_effect"
    settling = costs("2026-03-24T09:05")
    assert len(settling) == MANY // PORTION
    assert max(settling) <= min(settling) * 1.1
    assert state(case) == "published"
    assert set(NormativeDocument.objects.values_list("ended", "ended_on")) == {("lapsed", date(2026, 3, 24))}


def test_until_all_are_listed_nothing_goes_on(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    stock(PORTION + 1)
    case = launched(town, monkeypatch)
    assert go_on(lambda: moment("2026-03-02T10:00"), once()) == PORTION
    first = items(case)[0]
    act(town, first, "scj-head", "propose_keep", "2026-03-03T09:00", reasons="仍有必要")
    for step in ("collect", "collect_with_gaps"):
        with pytest.raises(Refused):
            act(town, case, "legal-office", step, "2026-03-21T09:00")
    assert settle(case, moment("2026-03-21T09:00")) == []
    assert go_on(lambda: moment("2026-03-21T09:10")) == 1
    assert state(case) == "launched"
    assert state(first) == "proposed"
    act(town, case, "legal-office", "collect_with_gaps", "2026-03-21T10:00")


def test_what_is_published_takes_effect_for_all_on_one_day(town: Town) -> None:
    stock(PORTION + 2)
    case = begun(town)
    kept, silent = items(case)[0], items(case)[-1]
    act(town, kept, "scj-head", "propose_keep", "2026-03-03T09:00", reasons="仍有必要")
    act(town, kept, "legal-office", "agree", "2026-03-03T10:00", checked="同意")
    act(town, case, "legal-office", "collect_with_gaps", "2026-03-21T09:00")
    act(town, case, "legal-office", "send_to_decision", "2026-03-22T09:00")
    with pytest.raises(Refused, match="尚未报请决定"):
        act(town, silent, "scj-head", "propose_keep", "2026-03-22T10:00", reasons="补提")
    act(town, case, "government", "decide", "2026-03-23T09:00", **MEETING)
    other = NormativeDocument.objects.get(pk=int(silent.matter.partition(":")[2]))
    act(town, case, "legal-office", "publish_results", "2026-03-24T23:50")
    end(other, date(2026, 3, 24), NormativeDocument.Ended.REPEALED, by="示例决定")
    assert go_on(lambda: moment("2026-03-24T23:55"), once()) == PORTION
    assert state(case) == "taking_effect"
    assert cleanup.told_progress(case).endswith(f"已记载 {PORTION} 份。")
    # The rest is worked on the next day: the last day of all of them is that of the publication.
    go_on(lambda: moment("2026-03-25T00:05"))
    assert state(case) == "published"
    assert {state(kept), state(silent)} == {"continues", "removed"}
    ended = NormativeDocument.objects.exclude(ended="").values_list("ended", "ended_on")
    assert set(ended) == {("lapsed", date(2026, 3, 24)), ("repealed", date(2026, 3, 24))}


def test_one_that_cannot_be_worked_on_stops_nobody(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    stock(3)
    case = launched(town, monkeypatch)
    bad, honest = CleanupEntry.objects.filter(case=case).order_by("pk").first(), portions.list_item

    def failing(entry: CleanupEntry, at: Any, **more: Any) -> None:
        honest(entry, at, **more)
        if bad and entry.pk == bad.pk:
            raise ValueError("示例")

    monkeypatch.setattr(portions, "list_item", failing)
    assert go_on(lambda: moment("2026-03-02T10:00")) == 2
    assert state(case) == "listing"
    assert len(items(case)) == 2
    monkeypatch.setattr(portions, "list_item", honest)
    assert go_on(lambda: moment("2026-03-02T10:01")) == 1
    assert state(case) == "launched"


def test_what_ended_before_its_turn_is_left_out(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    stock(2)
    case = launched(town, monkeypatch)
    end(NormativeDocument.objects.earliest("pk"), date(2026, 3, 2), "repealed", by="示例决定")
    go_on(lambda: moment("2026-03-04T09:00"))
    assert state(case) == "launched"
    assert (len(items(case)), cleanup.progress(case).whole) == (1, 1)


def test_what_is_published_while_a_worker_is_at_it_is_dated_after_the_publication(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(2)
    case = begun(town)
    act(town, case, "legal-office", "collect_with_gaps", "2026-03-21T09:00")
    act(town, case, "legal-office", "send_to_decision", "2026-03-22T09:00")
    act(town, case, "government", "decide", "2026-03-23T09:00", **MEETING)
    listing = launched(town, monkeypatch)

    def now() -> datetime:
        """The worker begins with the other clean-up; half a minute later the result of this one is published."""
        if state(case) == "decided":
            act(town, case, "legal-office", "publish_results", "2026-03-24T09:10")
            return moment("2026-03-24T09:09:30")
        return moment("2026-03-24T09:10:05")

    assert go_on(now) == 4
    assert (state(listing), state(case)) == ("launched", "published")
    outcomes = Act.objects.filter(case__parent=case, step="leave_unlisted").values_list("at", flat=True)
    assert list(outcomes) == [moment("2026-03-24T09:10:05")] * 2


def told(town: Town, name: str) -> list[str]:
    found = Notice.objects.filter(to=town.user(name), channel=Notice.Channel.INBOX, subject__contains="份")
    return list(found.order_by("pk").values_list("subject", flat=True))


def test_a_maker_hears_of_all_its_documents_at_once(town: Town) -> None:
    stock(3)
    case = begun(town)
    assert told(town, "scj-head") == ["3份文件列入规范性文件清理"]
    kept = items(case)[0]
    assert kept.participants.get(role="maker").organisation == town.organ()
    act(town, kept, "scj-head", "propose_keep", "2026-03-03T09:00", reasons="仍有必要")
    act(town, kept, "legal-office", "agree", "2026-03-03T10:00", checked="同意")
    act(town, case, "legal-office", "collect_with_gaps", "2026-03-21T09:00")
    act(town, case, "legal-office", "send_to_decision", "2026-03-22T09:00")
    act(town, case, "government", "decide", "2026-03-23T09:00", **MEETING)
    act(town, case, "legal-office", "publish_results", "2026-03-24T09:00")
    go_on(lambda: moment("2026-03-24T09:05"))
    assert told(town, "scj-head")[1:] == ["规范性文件清理结束：继续有效1份、未列入继续有效目录2份"]
    assert told(town, "supervisor") == ["2份文件未列入继续有效目录"]
    assert not Notice.objects.filter(act__step__in=("list_item", "confirm_keep", "leave_unlisted")).exists()


def test_who_was_asked_hears_that_a_clean_up_is_cancelled(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    stock(2)
    asked = begun(town)
    early = launched(town, monkeypatch)
    why = {"approval": "局长（示例），2026年3月4日", "reasons": "范围有误"}
    for case in (early, asked):
        act(town, case, "legal-office2", "cancel", "2026-03-04T09:00", **why)
    heard = Notice.objects.filter(to=town.user("scj-head"), subject="规范性文件清理已经取消")
    assert [asked.number in one.body for one in heard] == [True]


def test_one_document_that_comes_in_later_is_told_of_by_itself(town: Town) -> None:
    stock(1)
    case = begun(town, before="2025-06-02")
    later = NormativeDocument.objects.create(
        organ=town.organ(), issuer=town.organ().name, number="示例规〔2025〕9号", title="示例办法",
        published_on=date(2025, 7, 1), effective_from=date(2025, 7, 1), sample=True,
    )  # fmt: skip
    facts = {"document": str(later.pk), "reasons": "遗漏"}
    act(town, case, "legal-office", "add_document", "2026-03-03T09:00", **facts)
    heard = Notice.objects.get(to=town.user("scj-head"), act__step="list_item")
    assert "示例办法" in heard.subject
