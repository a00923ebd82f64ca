"""What the house holds is offered to whom it belongs instead of an upload; each use is on record and can be seen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from accounts.actions import record
from accounts.models import AccessEvent, Organisation
from approvals import actions
from approvals.actions import DraftError, load_items
from approvals.actions.catalogue import DATA, CatalogueError
from approvals.actions.reuse import use_again
from approvals.models import Licence, LicensingItem, Material
from approvals.queries import reuse
from casework.models import Case, Document, Draft
from tests.approvals.bundle_world import FOOD, TRADE, Street, make_street
from tests.approvals.conftest import MADE, World, moment, pdf
from tests.approvals.pages import Applicant, text
from tests.approvals.test_window import at_window

KIND = AccessEvent.Kind
AT = moment("2026-03-10T09:00")
ON = date(2026, 3, 10)


@pytest.fixture
def draft(world: World) -> Draft:
    """A second application of a company that handed everything in once."""
    case = world.file()
    Document.objects.filter(case=case, kind="material").update(scan="clean")
    return world.draft("2026-03-09T09:00", files=False)


def test_what_was_handed_in_once_is_offered_for_the_same_material(world: World, draft: Draft) -> None:
    material = world.item().materials.get(code="M2")
    [offer] = reuse.offers(draft, material, ON)
    assert offer.document.slot == "M2"
    kept = use_again(draft, material, offer.document.token, world.citizen, AT, None)
    assert (kept.draft, kept.sha256, kept.case) == (draft, offer.document.sha256, None)
    event = AccessEvent.objects.get(kind="material_reused")
    assert (event.subject, event.detail["document"]) == (f"party:{world.company.pk}", offer.document.pk)
    assert material.name in event.detail["reason"]


def test_only_what_is_clean_and_of_the_applicant(world: World, draft: Draft) -> None:
    material = world.item().materials.get(code="M2")
    [offer] = reuse.offers(draft, material, ON)
    Draft.objects.filter(pk=draft.pk).update(party=world.person)
    draft.refresh_from_db()
    assert reuse.offers(draft, material, ON) == []
    with pytest.raises(DraftError, match="不能使用"):
        use_again(draft, material, offer.document.token, world.citizen, AT, None)
    Draft.objects.filter(pk=draft.pk).update(party=None)
    draft.refresh_from_db()
    assert reuse.offers(draft, material, ON) == []
    Draft.objects.filter(pk=draft.pk).update(party=world.company)
    draft.refresh_from_db()
    Document.objects.filter(pk=offer.document.pk).update(scan="infected")
    assert reuse.offers(draft, material, ON) == []
    assert not AccessEvent.objects.filter(kind="material_reused").exists()


def certificate(case: Case, title: str) -> Document:
    """The print of the certificate that a case gave."""
    paper = Document.objects.filter(case=case, paper="xk_licence").first()
    if paper is None:
        paper = Document(kind="paper", case=case, organ=case.organ, paper="xk_licence", number="某号", added_at=AT)
    paper.title, paper.made_at, paper.sha256 = title, AT, "f" * 64
    paper.file.save("x.pdf", pdf("x.pdf"), save=False)
    paper.save()
    return paper


def traded(world: World) -> Street:
    """A person got everything for a restaurant at once, the business licence first of all."""
    street = make_street(world)
    case = street.accepted(registered="no", books="no", lodging="no", banner="no")
    street.agree(TRADE, "2026-03-09T10:00")
    street.agree(FOOD, "2026-03-09T11:00")
    street.take(case, "grant_all", "head", "2026-03-09T15:00")
    certificate(street.part(TRADE), "营业执照")
    Document.objects.filter(case=case, kind="material").update(scan="clean")
    return street


def of_person(world: World) -> Draft:
    return world.draft("2026-03-09T16:00", party=world.person, files=False)


def test_a_licence_that_is_the_material_is_offered_while_it_is_valid(world: World) -> None:
    """As the items are shipped: the business licence that the district issued is one for a food licence."""
    part = traded(world).part(TRADE)
    draft, material = of_person(world), world.item(FOOD).materials.get(code="M1")
    assert material.satisfied_by == ["营业执照"]
    [offer] = reuse.offers(draft, material, ON)
    assert (offer.document.case_id, offer.document.paper) == (part.pk, "xk_licence")
    kept = use_again(draft, material, offer.document.token, world.citizen, AT, None)
    assert (kept.draft, kept.slot) == (draft, "M1")
    licence = Licence.objects.get(case=part)
    for change in (
        {"valid_to": licence.valid_from}, {"valid_from": date(2026, 3, 11)}, {"state": "suspended"},
        {"holder": world.company},
    ):  # fmt: skip
        before = {name: getattr(licence, name) for name in change}
        Licence.objects.filter(pk=licence.pk).update(**change)
        assert reuse.offers(draft, material, date(2026, 3, 10)) == [], change
        Licence.objects.filter(pk=licence.pk).update(**before)
    assert len(reuse.offers(draft, material, ON)) == 1


def test_what_was_handed_in_for_a_bundle_is_offered(world: World) -> None:
    street = traded(world)
    draft, material = of_person(world), world.item(FOOD).materials.get(code="M2")
    [offer] = reuse.offers(draft, material, ON)
    assert (offer.document.slot, offer.document.case_id) == ("SPJY-M2", street.bundle.pk)
    assert street.bundle.number in offer.source


def test_every_certificate_that_a_material_names_is_issued_by_some_item(world: World, tmp_path: Path) -> None:
    issued = set(LicensingItem.objects.values_list("result_name", flat=True))
    named = [name for one in Material.objects.exclude(satisfied_by=[]) for name in one.satisfied_by]
    assert named
    assert set(named) <= issued
    written = (DATA / f"{FOOD}.toml").read_text().replace('["营业执照"]', '["没有的证"]')
    (tmp_path / "x.toml").write_text(written)
    with pytest.raises(CatalogueError, match="没有的证"):
        load_items(MADE, tmp_path)


def test_the_day_is_that_of_beijing(world: World, draft: Draft) -> None:
    Document.objects.filter(case__isnull=False, slot="M2").update(added_at=moment("2026-03-03T06:00"))
    [offer] = reuse.offers(draft, world.item().materials.get(code="M2"), ON)
    assert offer.on == date(2026, 3, 3)


def test_the_page_offers_and_the_person_sees_the_log(world: World) -> None:
    case = world.file()
    Document.objects.filter(case=case, kind="material").update(scan="clean")
    person = Applicant(world)
    person.post("applicant", party=str(world.company.pk))
    page = person.get("materials/M2")
    assert "已有的材料，不必再传" in text(page)
    token = Document.objects.get(case=case, slot="M2").token
    assert person.client.post(f"{person.home}materials/M2/", {"reuse": "made-up"}).status_code == 422
    answer = person.client.post(f"{person.home}materials/M2/", {"reuse": token}, follow=True)
    assert "已上传 1 个文件" in text(answer)
    log = person.client.get("/my/uses/")
    assert ("再次使用材料" in text(log), "本人" in text(log)) == (True, True)
    assert "再次使用材料" not in text(world.client(world.stranger).get("/my/uses/"))


def test_a_window_looks_once_with_a_purpose_and_after_the_identity(world: World) -> None:
    case = world.file()
    Document.objects.filter(case=case, kind="material").update(scan="clean")
    draft, client = at_window(world), world.client(world.clerk)
    page = f"/apply/draft/{draft.code}/materials/M4/"
    settled = draft.content["presence"]
    actions.save(draft, lambda locked: {"presence": {}}, AT)
    shown = text(client.get(page))
    assert "核验提交人身份以后" in shown
    assert case.number not in shown
    assert client.post(page, {"purpose": "看一看"}).status_code == 422
    actions.save(draft, lambda locked: {"presence": settled}, AT)
    token = Document.objects.get(case=case, slot="M4").token
    assert case.number not in text(client.get(page)), "nothing is shown before the purpose is stated"
    assert client.post(page, {"reuse": token}).status_code == 422
    assert client.post(page, {"purpose": " "}).status_code == 422
    assert not looks()
    assert client.post(page, {"purpose": "免予重复提交"}).status_code == 302
    assert client.post(page, {"purpose": "免予重复提交"}).status_code == 302
    [event] = looks()
    assert (event.subject, event.detail["reason"], event.actor_id) == (
        f"party:{world.company.pk}", "免予重复提交", world.clerk.pk,
    )  # fmt: skip
    assert case.number in text(client.get(page))
    assert client.post(page, {"reuse": token}).status_code == 302
    log = text(world.client(world.citizen).get("/my/uses/"))
    assert "免予重复提交" in log
    assert f"{Organisation.objects.get(code='DC-ZFJ').name}工作人员" in log
    Draft.objects.filter(pk=draft.pk).update(party=world.person)
    draft.refresh_from_db()
    assert not reuse.looked(draft), "another applicant, another look"


def test_a_look_without_a_reason_is_not_given_one(world: World) -> None:
    record(KIND.PERSONAL_DATA_READ, AT, actor=world.officer, subject=f"party:{world.company.pk}")
    [use] = reuse.uses([world.company.pk], world.citizen.pk)
    assert (use.purpose, use.by) == ("未说明", f"{world.organ.name}工作人员")


def looks() -> list[AccessEvent]:
    return list(AccessEvent.objects.filter(kind=KIND.PERSONAL_DATA_READ))
