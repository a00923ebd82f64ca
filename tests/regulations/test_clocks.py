"""A year of a document under a moved clock: reminders, lamps, the alert, the end; each on its day and not before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from casework.actions.ring import ring_all
from casework.lamps import lamp
from casework.models import Case, Deadline, Document, Notice
from casework.refusal import Refused
from law.queries import work_calendar
from law.signals import law_changed
from regulations.queries.filing import CITY_LIMIT, STATE_LIMIT, catalogue, limits_of, rates
from tests.regulations.ground import House, child_of, moment
from tests.regulations.test_every_row import DISCUSSED, EVALUATED, REPORT, in_force


def state_of(case: Case) -> str:
    case.refresh_from_db()
    return case.state


def rung(case: Case, name: str, house: House) -> list[str]:
    """What somebody's inbox says of the clocks of a case."""
    told = Notice.objects.filter(case=case, to=house.user(name), deadline__isnull=False).order_by("pk")
    return [one.urgency for one in told]


def test_filing_is_reminded_before_on_and_after_its_day_and_escalated(house: House) -> None:
    case = house.published()  # on 22 April 2026
    filing = child_of(case, "regulations.filing")
    clocks = dict(Deadline.objects.filter(case=filing, stopped_at=None).values_list("key", "due_on"))
    assert clocks == {"gfxwj_file_up_bj": date(2026, 5, 22), "seed_filing_dist": date(2026, 5, 22)}
    assert limits_of(house.document(case)) == {CITY_LIMIT: date(2026, 5, 22), STATE_LIMIT: date(2026, 5, 7)}
    calendar = work_calendar()
    seen = []
    for day in ("2026-05-18", "2026-05-19", "2026-05-22", "2026-05-23"):
        ring_all(moment(f"{day}T00:10"))
        filing.refresh_from_db()
        shown = lamp(filing.due_on, date.fromisoformat(day), calendar).code
        seen.append((day, filing.state, shown, len(set(rung(filing, "scj-head", house)))))
    assert seen == [
        ("2026-05-18", "due", "fine", 0),
        ("2026-05-19", "due", "soon", 1),
        ("2026-05-22", "due", "today", 2),
        ("2026-05-23", "overdue", "overdue", 3),
    ]
    ring_all(moment("2026-05-28T00:10"))  # three working days over: the clock runs until the filing has come
    escalated = Notice.objects.filter(case=filing, key__contains=":escalated:").values_list("to__username", flat=True)
    assert set(escalated) == {"scj-head", "scj-section"}
    house.act(filing, "scj-head", "submit_filing", "2026-05-29T09:00", **REPORT)
    assert not Deadline.objects.filter(case=filing, stopped_at=None).exists()
    assert rung(filing, "scj-officer", house) == [], "the head files"
    assert "overdue" in rung(filing, "scj-section", house)
    told = Notice.objects.filter(case=filing, act__step="mark_overdue")
    assert {house.user(name).pk for name in ("scj-head", "legal-office", "supervisor")} <= set(
        told.values_list("to", flat=True)
    )


def test_the_day_of_an_order_to_file_is_kept_in_mind(house: House) -> None:
    """What is late stays late beside it; the congress orders likewise."""
    making = house.published("government")
    filing, congress = child_of(making, "regulations.filing"), child_of(making, "regulations.filing_congress")
    ring_all(moment("2026-05-26T00:10"))
    house.act(filing, "city-review", "order_to_file", "2026-05-26T09:00", file_by="2026-06-05")
    house.act(congress, "congress-review", "order_correction", "2026-05-26T09:00", file_by="2026-06-05",
              reasons="逾期。")  # fmt: skip
    for case, key, filer in (
        (filing, "gfxwj_file_ordered", "bgs-head"), (congress, "gfxwj_rdsc_ordered", "secretary"),
    ):  # fmt: skip
        clock = Deadline.objects.get(case=case, key=key)
        assert clock.due_on == date(2026, 6, 5)
        assert case.due_on == date(2026, 5, 22)
        for day in ("2026-06-02", "2026-06-05", "2026-06-06"):
            ring_all(moment(f"{day}T00:10"))
        told = Notice.objects.filter(deadline=clock, to=house.user(filer)).order_by("pk")
        assert [one.urgency for one in told] == ["soon", "today", "overdue"]


def test_nobody_is_criticised_before_the_day_of_the_order_is_over(house: House) -> None:
    filing = child_of(house.published(), "regulations.filing")
    ring_all(moment("2026-05-23T00:10"))
    with pytest.raises(Refused, match="责令报送的期限已经届满"):  # nothing was ordered yet
        house.act(filing, "legal-office", "circulate_criticism", "2026-05-25T09:00", facts="请立即报送。")
    house.act(filing, "legal-office", "order_to_file", "2026-05-25T09:00", file_by="2026-05-28")
    with pytest.raises(Refused, match="责令报送的期限已经届满"):
        house.act(filing, "legal-office", "circulate_criticism", "2026-05-28T23:00", facts="请立即报送。")
    house.act(filing, "legal-office", "circulate_criticism", "2026-05-29T09:00", facts="请立即报送。")


def test_reviewers_are_reminded_of_a_review_and_the_makers_are_not(house: House) -> None:
    filing = child_of(house.published(), "regulations.filing")
    house.act(filing, "scj-head", "submit_filing", "2026-05-06T09:00", **REPORT)
    house.act(filing, "legal-office", "register", "2026-05-07T09:00")
    last = Deadline.objects.get(case=filing, key="gz_review").due_on
    assert last
    ring_all(moment(f"{last}T00:10"))
    assert rung(filing, "legal-office", house) == ["today"]
    ring_all(moment(f"{last + timedelta(days=1)}T00:10"))
    assert rung(filing, "legal-office", house) == ["today", "overdue"]
    flagged = Notice.objects.filter(case=filing, act__step="flag_review_overdue").values_list("to", flat=True)
    assert house.user("legal-office").pk in flagged
    for maker in ("scj-head", "scj-officer", "scj-section"):
        assert rung(filing, maker, house) == []


def test_the_legal_office_sees_who_files_in_time_and_completely(house: House) -> None:
    late = child_of(house.published(), "regulations.filing")
    in_time = child_of(house.published(), "regulations.filing")
    waiting = child_of(house.published(at="2026-05-20T09:00", effective_on="2026-07-01"), "regulations.filing")
    house.act(in_time, "scj-head", "submit_filing", "2026-05-06T09:00", **REPORT)
    house.act(in_time, "legal-office", "register", "2026-05-07T09:00")
    ring_all(moment("2026-05-23T00:10"))
    house.act(late, "scj-head", "submit_filing", "2026-05-25T09:00", **REPORT)
    house.act(late, "legal-office", "ask_supplement", "2026-05-26T09:00", missing="电子文本")
    (row,) = rates(date(2026, 1, 1), date(2026, 12, 31), date(2026, 5, 26))
    assert (row.filed, row.late, row.waiting, row.overdue) == (2, 1, 1, 0)
    assert (row.on_time, row.complete, row.correct) == ("50.0%", "50.0%", "100.0%")
    assert state_of(waiting) == "due"
    assert [one.document.number for one in catalogue(2026, 5)] == ["东市监发〔2026〕2号"]
    assert catalogue(2026, 6) == []


def test_the_legal_office_sees_what_was_corrected_within_its_time(house: House) -> None:
    opinion = {"articles": "第二条", "superior": "示例条例第二条", "reasons": "没有依据。"}
    ordered = [child_of(house.published(), "regulations.filing") for _ in range(4)]
    for filing in ordered:
        house.act(filing, "scj-head", "submit_filing", "2026-05-06T09:00", **REPORT)
        house.act(filing, "legal-office", "register", "2026-05-07T09:00")
        house.act(filing, "legal-office", "issue_correction_opinion", "2026-05-08T09:00", **opinion)
        Deadline.objects.get(case=filing, key="gz_handle")  # it runs from service, which a letter within the house is
    mended, contested, *_ = ordered
    assert mended.parent
    house.repeal(mended.parent, "2026-05-19T09:00")
    house.act(mended, "scj-head", "report_corrected", "2026-05-20T09:00", how="repealed",
              decision="东市监发〔2026〕9号", corrected_on="2026-05-19", report="已废止。")  # fmt: skip
    house.act(contested, "scj-head", "contest_opinion", "2026-05-20T09:00", report="条文有依据。")
    year = date(2026, 1, 1), date(2026, 12, 31)
    (row,) = rates(*year, date(2026, 5, 21))
    assert (row.corrected, row.mended, row.unmended) == (4, 1, 0)
    last = Deadline.objects.get(case=ordered[2], key="gz_handle").due_on
    assert last
    (on_the_day,), (after,) = rates(*year, last), rates(*year, last + timedelta(days=1))
    assert (on_the_day.unmended, after.unmended) == (0, 2)
    ring_all(moment(f"{last + timedelta(days=1)}T00:10"))
    (row,) = rates(*year, last + timedelta(days=40))
    assert (row.corrected, row.mended, row.unmended, row.correct) == (4, 1, 2, "0.0%")


def test_six_months_before_the_end_the_maker_is_told_to_evaluate(house: House) -> None:
    document, term = in_force(house)
    assert document.valid_until == date(2031, 6, 1)
    # 1 December 2030 is a Sunday: the working day before it is the last one in time.
    for day, state in (("2030-11-29", "in_force"), ("2030-11-30", "evaluation_due")):
        ring_all(moment(f"{day}T00:10"))
        assert state_of(term) == state
    told = Notice.objects.filter(case=term, act__step="alert_before_expiry").values_list("to", flat=True)
    assert {house.user(name).pk for name in ("scj-head", "legal-office")} <= set(told)


def test_what_nobody_extends_lapses_and_leaves_the_statute_book(house: House) -> None:
    document, term = in_force(house)
    ring_all(moment("2031-06-01T23:00"))
    assert document.standing(date(2031, 6, 1)) == "current"
    heard: list[str] = []
    law_changed.connect(lambda changes, **_: heard.extend(one.kind for one in changes), weak=False, dispatch_uid="here")
    try:
        ring_all(moment("2031-06-02T00:10"))
    finally:
        law_changed.disconnect(dispatch_uid="here")
    assert state_of(term) == "ended_unpublished"
    document.refresh_from_db()
    assert (document.ended, document.ended_on) == ("lapsed", date(2031, 6, 1))
    assert document.standing(date(2031, 6, 2)) == "lapsed"
    assert document.text
    assert document.text.effective_to == date(2031, 6, 1)
    assert heard == ["repealed"]  # powers and documents that rest on it are looked at again
    house.act(term, "legal-office", "publish_lapse", "2031-06-03T09:00")
    announced = Document.objects.get(case=term, paper="gfx_lapse_announcement")
    assert "有效至2031年6月1日，自次日起失效" in str(announced.context)


def test_a_term_that_is_over_is_not_extended(house: House) -> None:
    """Nor on the day after its end, before the beat has come to it."""
    _, term = in_force(house)
    extension = {"validity_ends_on": "2033-06-01"}
    house.act(term, "scj-head", "evaluate", "2031-01-06T09:00", conclusion="keep", **EVALUATED)
    with pytest.raises(Refused, match="有效期尚未届满"):
        house.act(term, "scj-head", "propose_extension", "2031-06-02T00:05", reasons="需要", **extension)
    house.act(term, "scj-head", "propose_extension", "2031-06-01T09:00", reasons="需要", **extension)
    house.act(term, "legal-office2", "pass_extension_review", "2031-06-01T10:00", opinion="同意。")
    with pytest.raises(Refused, match="有效期尚未届满"):
        house.act(term, "scj-head", "extend_ordinary", "2031-06-02T00:05", **extension, **DISCUSSED)
    house.act(term, "scj-head", "extend_ordinary", "2031-06-01T11:00", **extension, **DISCUSSED)


def test_a_revocation_is_recorded_when_it_has_taken_effect(house: House) -> None:
    document, term = in_force(house)
    said = {"decision": "京人发〔2026〕1号", "revoked_on": "2026-07-02"}
    with pytest.raises(Refused, match="撤销已经生效"):
        house.act(term, "legal-office", "record_revocation", "2026-07-01T09:00", **said)
    document.refresh_from_db()
    assert not document.ended
    house.act(term, "legal-office", "record_revocation", "2026-07-02T09:00", **said)
    document.refresh_from_db()
    assert document.ended == "revoked"


def test_an_extension_in_time_moves_the_end_and_the_alert(house: House) -> None:
    document, term = in_force(house)
    ring_all(moment("2030-12-02T00:10"))
    house.act(term, "scj-head", "evaluate", "2031-01-06T09:00", conclusion="keep", **EVALUATED)
    with pytest.raises(Refused, match="晚于原来的截止日期"):
        house.act(
            term, "scj-head", "propose_extension", "2031-01-07T09:00", validity_ends_on="2031-05-01", reasons="需要"
        )
    house.act(term, "scj-head", "propose_extension", "2031-01-07T09:00", validity_ends_on="2034-06-01", reasons="需要")
    extension = {"validity_ends_on": "2034-06-01", **DISCUSSED}
    with pytest.raises(Refused, match="延续已经合法性审核通过"):
        house.act(term, "scj-head", "extend_ordinary", "2031-01-08T09:00", **extension)
    house.act(term, "legal-office", "pass_extension_review", "2031-01-08T10:00", opinion="同意延续。")
    house.act(term, "scj-head", "extend_ordinary", "2031-01-09T09:00", **extension)
    ring_all(moment("2031-06-02T00:10"))
    assert state_of(term) == "in_force"
    document.refresh_from_db()
    assert document.standing(date(2031, 6, 2)) == "current"
    ring_all(moment("2033-12-02T00:10"))
    assert state_of(term) == "evaluation_due"
    ring_all(moment("2034-06-02T00:10"))
    assert state_of(term) == "ended_unpublished"


def test_what_is_evaluated_too_little_is_not_extended(house: House) -> None:
    _, term = in_force(house)
    house.act(term, "scj-head", "evaluate", "2027-01-06T09:00", conclusion="lapse", **EVALUATED)
    with pytest.raises(Refused, match="评估结论支持延续"):
        house.act(
            term, "scj-head", "propose_extension", "2027-01-07T09:00", validity_ends_on="2034-06-01", reasons="需要"
        )
