"""The term of documents that were not made here, and its end when something else ends a document."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.models import Organisation
from casework.actions.ring import ring_all
from casework.models import Case, Deadline, Series
from casework.refusal import Refused
from regulations.actions.entering import end
from regulations.actions.importing import import_lines
from regulations.actions.opening import close_terms
from regulations.models import NormativeDocument
from regulations.queries.about import matter_of
from tests.regulations.ground import House, child_of, moment
from tests.regulations.test_every_row import DISCUSSED, EVALUATED, REPORT, in_force

TODAY = timezone.localdate()
BODY = "第一条 为了示例，制定本办法。\n第二条 街道办事处公布名单。"
OPINION = {"articles": "第二条", "superior": "示例条例第二条", "reasons": "没有依据。"}


def line(number: int, **more: str) -> bytes:
    given = {
        "title": f"示例名录办法{number}", "issuer": Organisation.objects.get(code="DC-SCJ").name,
        "document_number": f"东市监发〔{TODAY.year}〕{number}号", "published": f"{TODAY.year - 1}-01-02", "text": BODY,
    }  # fmt: skip
    return json.dumps(given | more, ensure_ascii=False).encode()


def term_of(document: NormativeDocument) -> Case:
    return Case.objects.get(procedure="regulations.validity", matter=matter_of(document))


def state_of(case: Case) -> str:
    case.refresh_from_db()
    return case.state


def later(days: int) -> str:
    return (TODAY + timedelta(days=days)).isoformat()


def test_what_is_imported_gets_its_term_once(house: House) -> None:
    lines = [line(7, valid_until=later(400)), line(8), line(9, valid_until=later(-3))]
    for outcome in ("新增", "未变"):
        assert [(row.outcome, row.problems) for row in import_lines(lines, "示例").rows] == [(outcome, ())] * 3
    stated, unstated, over = NormativeDocument.objects.order_by("number")
    term = term_of(stated)
    assert (term.state, term.organ.code) == ("in_force", "DC-SCJ")
    assert Deadline.objects.get(case=term, key="gfxwj_validity_ordinary").due_on == TODAY + timedelta(days=400)
    assert term_of(unstated).state == "term_unstated"
    assert not Deadline.objects.filter(case=term_of(unstated)).exists()
    assert not Case.objects.filter(matter=matter_of(over)).exists()  # it has lapsed
    outside = line(1, issuer="示例外部机关", document_number="示〔2020〕1号")
    import_lines([outside], "示例")
    assert not Case.objects.filter(matter=matter_of(NormativeDocument.objects.get(number="示〔2020〕1号"))).exists()


def test_the_office_fixes_the_term_of_what_states_none(house: House) -> None:
    import_lines([line(8), line(9, title="示例名录办法（试行）")], "示例")
    ordinary, trial = (term_of(one) for one in NormativeDocument.objects.order_by("number"))
    said = {"validity_ends_on": later(500), "reasons": "逐件确定。"}
    with pytest.raises(Refused, match="截止日期不早于今天"):
        house.act(
            ordinary, "legal-office", "fix_ordinary", f"{later(1)}T09:00", **said | {"validity_ends_on": later(0)}
        )
    with pytest.raises(Refused, match="暂行"):
        house.act(ordinary, "legal-office", "fix_trial", f"{later(1)}T09:00", **said)
    with pytest.raises(Refused, match="不含"):
        house.act(trial, "legal-office", "fix_ordinary", f"{later(1)}T09:00", **said)
    house.act(ordinary, "legal-office", "fix_ordinary", f"{later(1)}T09:00", **said)
    house.act(trial, "legal-office", "fix_trial", f"{later(1)}T09:00", **said)
    for term in (ordinary, trial):
        assert state_of(term) == "in_force"
        found = NormativeDocument.objects.get(pk=term.matter.partition(":")[2])
        assert found.valid_until == TODAY + timedelta(days=500)
    ring_all(moment(f"{later(501)}T00:10"))
    assert [state_of(term) for term in (ordinary, trial)] == ["ended_unpublished"] * 2


def test_an_imported_document_is_suspended_extended_and_repealed_like_any_other(house: House) -> None:
    import_lines([line(7, valid_until=later(400))], "示例")
    document = NormativeDocument.objects.get()
    term, at = term_of(document), f"{later(1)}T09:00"
    house.act(term, "legal-office", "suspend_clauses", at, clauses=["a2"], reasons="明显违法。")
    house.act(term, "scj-head", "evaluate", f"{later(2)}T09:00", conclusion="keep", **EVALUATED)
    house.act(term, "scj-head", "propose_extension", f"{later(3)}T09:00", validity_ends_on=later(900), reasons="需要。")
    house.act(term, "legal-office", "pass_extension_review", f"{later(3)}T10:00", opinion="同意。")
    house.act(term, "scj-head", "extend_ordinary", f"{later(4)}T09:00", validity_ends_on=later(900), **DISCUSSED)
    document.refresh_from_db()
    assert document.valid_until == TODAY + timedelta(days=900)
    house.act(term, "scj-head", "repeal", f"{later(5)}T09:00", reasons="x", pending="x", **DISCUSSED)
    assert state_of(term) == "repealed"


def test_numbers_go_on_behind_those_that_were_imported(house: House) -> None:
    year = "2026"
    import_lines([line(41, document_number=f"东市监发〔{year}〕41号", published="2026-01-05")], "示例")
    assert house.document(house.published()).number == f"东市监发〔{year}〕42号"
    import_lines([line(5, document_number=f"东市监发〔{year}〕5号", published="2026-01-02")], "示例")
    assert house.document(house.published()).number == f"东市监发〔{year}〕43号"  # it never goes back
    # Other words of documents are other series; that of the cases of this chapter counts for itself.
    before = Series.objects.get(organ=house.organ(), word="规", year=TODAY.year).last
    import_lines([line(6, document_number=f"东市监规〔{TODAY.year}〕900号", published="2026-01-02")], "示例")
    assert Series.objects.get(organ=house.organ(), word="规", year=TODAY.year).last == before + 1


def test_a_revocation_closes_the_term_whatever_goes_on_in_it(house: House) -> None:
    document, term = in_force(house)
    assert term.parent
    filing = child_of(term.parent, "regulations.filing")
    house.act(term, "scj-head", "evaluate", "2026-06-02T09:00", conclusion="keep", **EVALUATED)
    house.act(
        term, "scj-head", "propose_extension", "2026-06-03T09:00", validity_ends_on="2033-06-01", reasons="需要。"
    )
    house.act(filing, "scj-head", "submit_filing", "2026-06-03T09:00", **REPORT)
    house.act(filing, "legal-office", "register", "2026-06-04T09:00")
    house.act(filing, "legal-office", "issue_correction_opinion", "2026-06-05T09:00", **OPINION)
    house.act(filing, "scj-head", "contest_opinion", "2026-06-08T09:00", report="依据充分。")
    house.act(filing, "government", "revoke_document", "2026-06-09T09:00", articles="全文", reasons="没有依据。")
    assert state_of(term) == "revoked"
    assert not Deadline.objects.filter(case=term, stopped_at=None).exists()
    ring_all(moment("2031-06-03T00:10"))  # nothing rings, and nothing is refused at its ring
    document.refresh_from_db()
    assert (document.ended, state_of(term)) == ("revoked", "revoked")


def test_the_laws_own_step_does_not_fail_where_the_document_ended_before(house: House) -> None:
    """A term that nobody has closed, as before: it closes at its own ring, and the end stays as it is."""
    document, term = in_force(house)
    end(document, date(2027, 1, 31), NormativeDocument.Ended.LAPSED, by="示例决定")
    ring_all(moment("2031-06-02T00:10"))
    assert state_of(term) == "ended_unpublished"
    document.refresh_from_db()
    assert (document.ended, document.ended_on, document.ended_by) == ("lapsed", date(2027, 1, 31), "示例决定")


@pytest.mark.parametrize(("reason", "state"), [("repealed", "repealed"), ("replaced", "replaced")])
def test_what_ends_elsewhere_closes_a_suspended_term(house: House, reason: str, state: str) -> None:
    document, term = in_force(house)
    house.act(term, "legal-office", "suspend", "2026-07-01T09:00", reasons="明显违法。")
    end(document, date(2026, 7, 31), reason, by="示例")
    close_terms(matter_of(document), moment("2026-08-01T09:00"))
    assert state_of(term) == state
