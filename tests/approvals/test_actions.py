"""Drafts, files, and that a draft becomes exactly one case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from approvals import actions
from approvals.actions import DraftError
from approvals.models import Application, Licence
from casework.actions import settle
from casework.inspection.kinds import FileRefused
from casework.models import Case, Deadline, Decision, Document, Draft
from casework.refusal import NotAllowed, Refused
from tests.approvals.conftest import ANSWERS, CONTACT, TRUTH, World, moment, ofd, pdf, png

AT = moment("2026-03-02T09:00")


def codes(error: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {reason.code for reason in error.value.reasons}


# --- drafts ------------------------------------------------------------------------------------------------------


def test_a_draft_is_sealed_in_the_database(world: World) -> None:
    draft = world.draft()
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM casework_draft WHERE id = %s", [draft.pk])
        stored = cursor.fetchone()[0]
    assert CONTACT["name"] not in stored
    assert CONTACT["phone"] not in stored
    assert Draft.objects.get(pk=draft.pk).content["contact"] == CONTACT


def test_a_key_of_the_client_makes_one_draft(world: World) -> None:
    first = actions.begin(world.citizen, world.item(), AT, key="k1")
    assert actions.begin(world.citizen, world.item(), AT, key="k1") == first
    assert actions.begin(world.stranger, world.item(), AT, key="k1") != first
    assert actions.begin(world.citizen, world.item(), AT) != first
    with pytest.raises(Refused, match="已经用于另一事项"):
        actions.begin(world.citizen, world.item("DC-YLJ-LSZY"), AT, key="k1")


def test_pages_saved_side_by_side_do_not_lose_one_another(world: World) -> None:
    draft = actions.begin(world.citizen, world.item(), AT)
    one, other = Draft.objects.get(pk=draft.pk), Draft.objects.get(pk=draft.pk)
    actions.save(one, lambda locked: {"contact": CONTACT}, AT)
    actions.save(other, lambda locked: {"delivery": {"way": "mail"}}, AT)
    draft.refresh_from_db()
    assert draft.content["contact"] == CONTACT
    assert draft.content["delivery"] == {"way": "mail"}


def test_a_submitted_draft_stands(world: World) -> None:
    case = world.file()
    for change in (
        lambda: actions.save(case.draft, lambda locked: {"contact": {}}, AT),
        lambda: actions.keep_file(case.draft, world.item().materials.get(code="M2"), pdf(), world.citizen, AT),
        lambda: actions.discard(case.draft),
    ):
        with pytest.raises((DraftError, FileRefused)):
            change()
    assert Draft.objects.get(case=case).content == {}  # sealed in the application now, and once is enough
    assert Application.objects.get(case=case).answers == ANSWERS


# --- files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [pdf, png, ofd])
def test_files_of_the_listed_kinds_are_kept(world: World, make: Callable[[], SimpleUploadedFile]) -> None:
    draft, material = world.draft(files=False), world.item().materials.get(code="M2")
    kept = actions.keep_file(draft, material, make(), world.citizen, AT)
    assert (kept.slot, kept.kind, kept.case, len(kept.sha256)) == ("M2", "material", None, 64)
    assert str(kept.file).startswith("documents/")
    assert "平面图" not in str(kept.file)  # stored under a name that says nothing
    assert actions.keep_file(draft, material, make(), world.citizen, AT) == kept
    actions.discard_file(kept)
    assert not Document.objects.filter(pk=kept.pk).exists()


def test_a_file_taken_back_leaves_the_disk(world: World, django_capture_on_commit_callbacks: Any) -> None:
    kept = actions.keep_file(world.draft(files=False), world.item().materials.get(code="M2"), pdf(), world.citizen, AT)
    path = Path(kept.file.path)
    assert path.read_bytes().startswith(b"%PDF")
    with django_capture_on_commit_callbacks(execute=True):
        actions.discard_file(kept)
    assert not path.exists()


def test_a_material_takes_only_its_own_kinds(world: World) -> None:
    draft = actions.begin(world.citizen, world.item("DC-ZJW-SGXK"), AT)
    drawings = world.item("DC-ZJW-SGXK").materials.get(code="M4")
    with pytest.raises(FileRefused, match="PDF、OFD"):
        actions.keep_file(draft, drawings, png(), world.citizen, AT)


# --- filing ------------------------------------------------------------------------------------------------------


def test_filing_opens_the_case_with_everything_in_it(world: World) -> None:
    case = world.file()
    assert (case.number, case.state, case.matter) == ("东市监许申〔2026〕1号", "filed", "DC-SCJ-SPJY")
    assert case.due_on == date(2026, 3, 9)
    assert {document.slot for document in case.documents.filter(kind="material")} == {"M2", "M3", "M4"}
    assert case.documents.get(paper="xk_intake_receipt").act == case.acts.get()
    application = Application.objects.get(case=case)
    assert (application.contact, application.delivery) == (CONTACT, "electronic")
    assert application.item == world.item()


def test_filing_again_answers_the_same_case(world: World) -> None:
    case = world.file()
    again = actions.file_application(case.draft, world.citizen, moment("2026-03-02T09:05"), attested=[TRUTH])
    assert again == case
    assert Case.objects.count() == 1


def test_what_is_missing_stops_the_filing(world: World) -> None:
    with pytest.raises(Refused) as error:
        actions.file_application(world.draft(files=False), world.citizen, AT, attested=[TRUTH])
    assert {reason.field for reason in error.value.reasons} == {"materials"}
    with pytest.raises(Refused) as error:
        actions.file_application(world.draft(), world.citizen, AT)
    assert codes(error) == {"not_attested"}
    assert not Case.objects.exists()


def test_nobody_files_for_a_party_of_others(world: World) -> None:
    draft = world.draft()
    Draft.objects.filter(pk=draft.pk).update(party=world.stranger.representations.get().party)
    with pytest.raises(NotAllowed):
        actions.file_application(draft, world.citizen, AT, attested=[TRUTH])
    with pytest.raises(Draft.DoesNotExist):
        actions.file_application(draft, world.stranger, AT, attested=[TRUTH])


def test_an_item_that_is_no_longer_published_takes_no_application(world: World) -> None:
    draft = world.draft()
    world.item().__class__.objects.filter(code=draft.matter).update(published=False)
    with pytest.raises(Refused) as error:
        actions.file_application(draft, world.citizen, AT, attested=[TRUTH])
    assert codes(error) == {"item_in_force"}


# --- after filing ------------------------------------------------------------------------------------------------


def test_the_statute_of_the_item_sets_the_clock(world: World) -> None:
    """建筑法 8(2): seven days instead of the general twenty working days."""
    item = world.item("DC-ZJW-SGXK")
    draft = actions.begin(world.citizen, item, AT)
    answers = {
        "project": "示例工程",
        "project_address": "示例街",
        "floor_area": 900,
        "price": "1000000.00",
        "start_on": "2026-05-01",
        "contractor": "示例建筑公司",
        "project_manager": "李示例",
    }

    def fill(locked: Draft) -> dict[str, object]:
        locked.party = world.company
        return {"contact": CONTACT, "answers": answers, "seen": [1, 2], "delivery": {"way": "electronic"}}

    actions.save(draft, fill, AT)
    for material in item.materials.all():
        if material.asked:
            actions.keep_file(draft, material, pdf(words=material.code.encode()), world.citizen, AT)
    case = actions.file_application(draft, world.citizen, AT, attested=[TRUTH])
    settle(case, moment("2026-03-10T09:00"))  # nobody answered: deemed accepted, the clock counts from the receipt
    clock = Deadline.objects.get(case=case, key="xk_decide")
    assert (clock.rule, clock.due_on) == ("xk_decide_construction", date(2026, 3, 9))


def test_a_correction_joins_the_case(world: World) -> None:
    case = world.file()
    world.take(
        case,
        "notify_deficiency",
        world.officer,
        "2026-03-03T10:00",
        items=["M2"],
        requirements="重画平面图",
        correct_by="2026-03-20",
    )
    at = moment("2026-03-05T09:00")
    draft = actions.begin_correction(case, world.citizen, at)
    assert actions.begin_correction(case, world.citizen, at) == draft
    with pytest.raises(Refused) as error:
        actions.correct(case, draft, world.citizen, at)
    assert codes(error) == {"no_material"}
    kept = actions.keep_file(draft, world.item().materials.get(code="M2"), pdf("新图.pdf", b"new"), world.citizen, at)
    act = actions.correct(case, draft, world.citizen, at)
    kept.refresh_from_db()
    case.refresh_from_db()
    assert (kept.case, kept.act, case.state) == (case, act, "filed")
    assert not Draft.objects.filter(pk=draft.pk).exists()
    receipt = Document.objects.get(act=act, paper="xk_intake_receipt")
    assert receipt.context["elements"]["materials"] == [
        {"name": "经营场所布局图、设备设施和操作流程说明", "form": "电子件", "copies": 1}
    ]


def test_a_grant_is_public_and_a_refusal_is_not(world: World) -> None:
    case = world.granted()
    assert Decision.objects.get(case=case).public
    other = world.accepted()
    world.take(other, "refuse", world.head, "2026-03-06T11:00", reasons="不符合条件。")
    assert not Decision.objects.get(case=other).public
    assert not Licence.objects.filter(case=other).exists()


def test_delivery_dates_decision_and_licence(world: World) -> None:
    case = world.granted()
    world.take(
        case, "deliver", world.officer, "2026-03-09T10:00", method="direct", recipient="王示例", served_on="2026-03-09"
    )
    assert Licence.objects.get(case=case).delivered_on == date(2026, 3, 9)
    assert Decision.objects.get(case=case).served_on == date(2026, 3, 9)


def test_whoever_has_an_interest_can_be_told(world: World) -> None:
    case = world.accepted()
    party = actions.add_interested(
        case,
        kind="natural",
        name="邻居示例",
        phone="13900000000",
        address="示例街2号",
        reason="油烟",
        by=world.officer,
        at=AT,
    )
    world.take(
        case,
        "tell_interested_party",
        world.officer,
        "2026-03-04T10:00",
        third_party=str(party.pk),
        interest="油烟排放",
        answer_by="2026-03-11",
    )
    notice = Document.objects.get(case=case, paper="xk_third_party_notice")
    assert notice.context["addressee"] == "邻居示例"
    with pytest.raises(Refused) as error:
        world.take(
            case,
            "tell_interested_party",
            world.officer,
            "2026-03-04T11:00",
            third_party="999999",
            interest="x",
            answer_by="2026-03-11",
        )
    assert codes(error) == {"fact_malformed"}
