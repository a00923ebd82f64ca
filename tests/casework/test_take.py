"""The one door: what it lets through, what it refuses, and that a refusal changes nothing."""

from datetime import date

import pytest

from casework.actions import Offer, open_case, settle, take
from casework.models import Act, Case, Deadline, Decision, Document, Notice
from casework.queries.rights import LAW
from casework.refusal import Conflict, NotAllowed, Refused
from tests.casework import sample
from tests.casework.conftest import World, moment

COMPLETE = Offer(attested=["材料齐全"])


def reasons(error: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {reason.code for reason in error.value.reasons}


def accepted(world: World) -> Case:
    case = world.file()
    take(case, "accept", world.actor(world.officer, "case_officer"), moment("2026-03-04T10:00"), COMPLETE)
    case.refresh_from_db()
    return case


def test_filing_opens_a_numbered_case_with_its_clock(world: World) -> None:
    case = world.file()
    assert (case.number, case.state, case.act_count, case.due_on) == ("示示申〔2026〕1号", "filed", 1, date(2026, 3, 9))
    clock = Deadline.objects.get(case=case)
    assert clock.ring_on == date(2026, 3, 4)  # three working days before the last day
    assert any("5" in line or "五" in line for line in clock.explanation)
    assert Notice.objects.filter(case=case).count() == 2  # both case officers, the case has no handler yet


def test_a_step_moves_stops_and_starts(world: World) -> None:
    case = accepted(world)
    assert (case.state, case.handler, case.due_on) == ("review", world.officer, date(2026, 4, 1))
    assert list(Deadline.objects.filter(case=case).order_by("id").values_list("key", "stopped_by__step")) == [
        ("sample_answer", "accept"),
        ("sample_decide", None),
    ]


def test_a_refusal_names_the_article_and_changes_nothing(world: World) -> None:
    case = world.file()
    before = Act.objects.count()
    with pytest.raises(Refused) as error:
        take(case, "accept", world.actor(world.officer, "case_officer"), moment("2026-03-04T10:00"))
    assert reasons(error) == {"not_attested"}
    assert "《示例条例》第二条" in str(error.value)
    assert Act.objects.count() == before
    assert Case.objects.get().state == "filed"


def test_a_computed_gate_refuses(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "complete", False)
    with pytest.raises(Refused) as error:
        world.file()
    assert reasons(error) == {"everything_given"}
    assert not Case.objects.exists()


def test_the_wrong_state_is_refused(world: World) -> None:
    with pytest.raises(Refused) as error:
        take(world.file(), "grant", world.actor(world.head, "head_of_organ"), moment("2026-03-04T10:00"))
    assert reasons(error) == {"wrong_state"}


def test_nobody_acts_without_a_seat(world: World) -> None:
    case = world.file()
    for user, role in ((world.head, "head_of_organ"), (world.stranger, "citizen"), (world.citizen, "citizen")):
        with pytest.raises(NotAllowed):
            take(case, "accept", world.actor(user, role), moment("2026-03-04T10:00"), COMPLETE)


def test_a_forged_capacity_is_refused(world: World) -> None:
    forged = world.actor(world.officer, "case_officer")
    with pytest.raises(NotAllowed):
        take(
            world.file(),
            "accept",
            type(forged)(world.stranger, "case_officer", "x", world.organ),
            moment("2026-03-04T10:00"),
            COMPLETE,
        )


def test_only_the_handler_goes_on_with_a_case(world: World) -> None:
    case = accepted(world)
    with pytest.raises(NotAllowed):
        take(
            case,
            "note",
            world.actor(world.other_officer, "case_officer"),
            moment("2026-03-05T10:00"),
            Offer(facts={"text": "x"}),
        )
    take(
        case,
        "assign",
        world.actor(world.section_head, "section_head"),
        moment("2026-03-05T11:00"),
        Offer(facts={"handler": str(world.other_officer.pk)}),
    )
    take(
        case,
        "note",
        world.actor(world.other_officer, "case_officer"),
        moment("2026-03-05T12:00"),
        Offer(facts={"text": "x"}),
    )


def test_a_recused_officer_is_out(world: World) -> None:
    case = accepted(world)
    offer = Offer(facts={"officer": str(world.officer.pk), "ground": "kin", "reasons": "与申请人系近亲属"})
    take(case, "recuse", world.actor(world.head, "head_of_organ"), moment("2026-03-05T09:00"), offer)
    case.refresh_from_db()
    assert case.handler is None
    with pytest.raises(NotAllowed):
        take(
            case,
            "note",
            world.actor(world.officer, "case_officer"),
            moment("2026-03-05T10:00"),
            Offer(facts={"text": "x"}),
        )


def test_the_second_person_cannot_have_acted_in_another_role(world: World) -> None:
    from accounts.models import Seat

    Seat.objects.create(user=world.officer, role="head_of_organ", organisation=world.organ, since=date(2026, 1, 1))
    case = accepted(world)
    with pytest.raises(Refused) as error:
        take(
            case,
            "grant",
            world.actor(world.officer, "head_of_organ"),
            moment("2026-03-05T10:00"),
            Offer(facts={"reasons": "符合条件"}),
        )
    assert "second_person" in reasons(error)


def test_facts_are_checked_and_nothing_unknown_is_kept(world: World) -> None:
    case = accepted(world)
    actor = world.actor(world.officer, "case_officer")
    with pytest.raises(Refused) as error:
        take(case, "note", actor, moment("2026-03-05T10:00"), Offer(facts={"other": 1}))
    assert reasons(error) == {"fact_missing", "unknown_fact"}


def test_nothing_is_back_dated(world: World) -> None:
    case = accepted(world)
    with pytest.raises(Refused) as error:
        take(
            case,
            "note",
            world.actor(world.officer, "case_officer"),
            moment("2026-03-03T10:00"),
            Offer(facts={"text": "x"}),
        )
    assert reasons(error) == {"back_dated"}


def test_two_people_never_act_on_one_picture(world: World) -> None:
    case = accepted(world)
    actor = world.actor(world.officer, "case_officer")
    take(case, "note", actor, moment("2026-03-05T10:00"), Offer(facts={"text": "x"}, seen=2))
    with pytest.raises(Conflict) as error:
        take(case, "note", actor, moment("2026-03-05T10:01"), Offer(facts={"text": "y"}, seen=2))
    assert error.value.acts == ["记录"]


def test_a_pause_moves_the_last_day_and_the_detour_returns(world: World) -> None:
    case = accepted(world)
    actor = world.actor(world.officer, "case_officer")
    take(case, "suspend", actor, moment("2026-03-09T10:00"), Offer(facts={"until": "2026-03-13"}))
    case.refresh_from_db()
    assert (case.state, case.due_on, case.detours) == ("suspended", None, ["review"])
    take(case, "resume", actor, moment("2026-03-16T10:00"))
    case.refresh_from_db()
    assert (case.state, case.due_on, case.detours) == (
        "review",
        date(2026, 4, 9),
        [],
    )  # five working days and a holiday later


def test_an_extension_is_counted_on(world: World) -> None:
    case = accepted(world)
    take(case, "extend", world.actor(world.head, "head_of_organ"), moment("2026-03-20T10:00"))
    case.refresh_from_db()
    assert case.due_on == date(2026, 4, 16)  # ten working days after 1 April, with the holiday of 6 April


def test_silence_of_the_office_is_acceptance_dated_back(world: World) -> None:
    case = world.file()
    assert settle(case, moment("2026-03-09T23:59")) == []
    assert [act.step for act in settle(case, moment("2026-03-10T00:01"))] == ["deem_accepted"]
    assert settle(case, moment("2026-03-10T00:02")) == []
    case.refresh_from_db()
    assert (case.state, case.due_on) == ("review", date(2026, 3, 30))  # twenty working days from the receipt on 2 March


def test_a_lamp_step_of_the_law_is_taken_once(world: World) -> None:
    case = accepted(world)
    assert [act.step for act in settle(case, moment("2026-04-02T00:01"))] == ["flag_overdue"]
    assert settle(case, moment("2026-04-03T00:01")) == []
    assert Notice.objects.filter(case=case, to=world.section_head, subject__contains="逾期").count() == 1


def test_nobody_takes_a_step_of_the_law_and_the_law_none_of_theirs(world: World) -> None:
    case = world.file()
    with pytest.raises(NotAllowed):
        take(case, "deem_accepted", world.actor(world.officer, "case_officer"), moment("2026-03-20T10:00"))
    with pytest.raises(NotAllowed):
        take(case, "accept", LAW, moment("2026-03-04T10:00"), COMPLETE)


def test_a_decision_has_its_paper_with_a_number(world: World) -> None:
    case = accepted(world)
    take(
        case,
        "grant",
        world.actor(world.head, "head_of_organ"),
        moment("2026-03-10T10:00"),
        Offer(facts={"reasons": "符合条件"}),
    )
    decision = Decision.objects.get()
    assert decision.document
    assert (decision.document.number, decision.outcome) == ("示示决〔2026〕1号", "准予")
    assert decision.document.context["elements"] == {"reasons": "符合条件"}
    case.refresh_from_db()
    assert case.ended_at == moment("2026-03-10T10:00")
    assert not Deadline.objects.filter(case=case, stopped_at=None).exists()


def test_a_bar_stands_against_the_person_for_this_matter(world: World) -> None:
    case = accepted(world)
    take(case, "refuse_false", world.actor(world.head, "head_of_organ"), moment("2026-03-10T10:00"))
    again = world.file("2026-06-01T09:00")
    with pytest.raises(Refused) as error:
        take(again, "accept", world.actor(world.officer, "case_officer"), moment("2026-06-02T10:00"), COMPLETE)
    assert reasons(error) == {"not_barred"}
    after = world.file("2027-03-11T09:00")
    take(after, "accept", world.actor(world.officer, "case_officer"), moment("2027-03-11T10:00"), COMPLETE)


def test_an_ended_case_can_be_acted_in_where_the_table_says_so(world: World) -> None:
    case = accepted(world)
    head = world.actor(world.head, "head_of_organ")
    take(case, "refuse_false", head, moment("2026-03-10T10:00"))
    take(case, "reopen", head, moment("2026-03-11T10:00"))
    case.refresh_from_db()
    assert (case.state, case.ended_at) == ("review", None)


def test_a_child_that_arrives_lets_the_parent_go_on(world: World) -> None:
    parent = accepted(world)
    part = world.file("2026-03-05T09:00", parent=parent)
    take(part, "accept", world.actor(world.officer, "case_officer"), moment("2026-03-06T09:00"), COMPLETE)
    assert settle(parent, moment("2026-03-09T09:00")) == []
    take(
        part,
        "grant",
        world.actor(world.head, "head_of_organ"),
        moment("2026-03-09T10:00"),
        Offer(facts={"reasons": "符合"}),
    )
    parent.refresh_from_db()
    assert parent.state == "granted"


def test_a_procedure_that_is_not_live_takes_no_case(world: World) -> None:
    with pytest.raises(Refused) as error:
        open_case(
            "sample.closed",
            "file",
            world.actor(world.citizen, "citizen"),
            moment("2026-03-02T09:00"),
            organ=world.organ,
            title="x",
            applicant=world.applicant,
        )
    assert reasons(error) == {"not_open"}


def test_a_paper_without_a_required_element_stops_the_whole_step(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = accepted(world)
    monkeypatch.setitem(sample.CHAPTER.contexts, "sample_decision", lambda case, act: {"elements": {"reasons": " "}})
    with pytest.raises(Refused) as error:
        take(
            case,
            "grant",
            world.actor(world.head, "head_of_organ"),
            moment("2026-03-10T10:00"),
            Offer(facts={"reasons": "符合"}),
        )
    assert reasons(error) == {"paper_incomplete"}
    assert not Decision.objects.exists()
    assert Document.objects.filter(paper="sample_decision").count() == 0


def test_the_remedy_names_the_government_of_the_day_and_no_former_one(world: World) -> None:
    from accounts.models import Organisation
    from casework.actions.issue import reconsideration_organ

    Organisation.objects.create(
        code="110103",
        name="已撤销的区人民政府",
        short_name="旧区政府",
        kind="district_government",
        until=date(2010, 7, 1),
    )
    assert reconsideration_organ(world.organ, date(2026, 3, 2)) == "示例区人民政府"
