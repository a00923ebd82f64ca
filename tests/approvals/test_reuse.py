"""What the house holds is offered to whom it belongs instead of an upload; each use is on record and can be seen."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import AccessEvent
from approvals.actions import DraftError
from approvals.actions.reuse import use_again
from approvals.models import Licence
from approvals.queries import reuse
from casework.models import Document, Draft
from tests.approvals.conftest import World, moment
from tests.approvals.pages import Applicant, text

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


def test_a_licence_of_that_name_is_offered_while_it_is_valid(world: World, draft: Draft) -> None:
    case = world.granted("2026-03-06T10:00")
    certificate = Document.objects.create(
        kind="paper", case=case, organ=world.organ, paper="xk_licence", title="食品经营许可证", number="某号",
        added_at=AT, made_at=AT, sha256="f" * 64, file="x.pdf",
    )  # fmt: skip
    licence = Licence.objects.get(case=case)
    material = world.item().materials.get(code="M2")
    material.name = licence.title
    assert certificate.pk in [offer.document.pk for offer in reuse.offers(draft, material, ON)]
    Licence.objects.filter(pk=licence.pk).update(valid_to=date(2026, 3, 9))
    assert reuse.offers(draft, material, ON) == []


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
