"""What the database itself refuses, and what an item says of itself."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from approvals.models import Application, Licence, LicensingItem
from tests.approvals.conftest import FOOD, MADE, World, moment


def test_an_item_has_one_version_a_day(world: World) -> None:
    item = world.item()
    item.pk, item.since = None, date(2026, 6, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        item.save(force_insert=True)
    LicensingItem.objects.filter(code=FOOD).update(until=date(2026, 6, 1))
    item.save(force_insert=True)
    assert LicensingItem.objects.filter(code=FOOD).count() == 2


def test_only_a_prepared_licence_can_be_open(world: World) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        LicensingItem.objects.create(
            code="X",
            name="示例",
            organ=world.organ,
            since=date(2026, 1, 1),
            origin="imported",
            online="full",
            updated_at=MADE,
        )


def test_whoever_collects_says_where(world: World) -> None:
    case = world.file()
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(case=case).update(delivery="collect")


def test_a_licence_is_never_deleted(world: World) -> None:
    case = world.granted()
    with pytest.raises(Exception, match="Cannot delete"), transaction.atomic():
        Licence.objects.filter(case=case).delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Licence.objects.filter(case=case).update(valid_to=date(2020, 1, 1))


@pytest.mark.parametrize(("months", "words"), [(None, ""), (60, "5年"), (3, "3个月"), (24, "2年")])
def test_the_term_in_words(months: int | None, words: str) -> None:
    assert LicensingItem(validity_months=months).validity == words


def test_a_guide_with_an_unchecked_line_is_an_example(world: World) -> None:
    food = world.item()
    assert food.example  # the rule of the ministry was not at hand
    food.basis = [entry for entry in food.basis if entry["verified"]]
    checked = food.example
    food.organ_verified = False
    assert (checked, food.example) == (False, True)


def test_whom_an_item_serves(world: World) -> None:
    assert world.item().serves("natural")
    construction = world.item("DC-ZJW-SGXK")
    assert construction.serves("legal")
    assert not construction.serves("natural")


def test_what_an_applicant_hands_in(world: World) -> None:
    asked = {material.code for material in world.item().materials.all() if material.asked}
    assert asked == {"M2", "M3", "M4"}  # M1 is shared, M5 only for agents


def test_a_licence_runs_for_its_term(world: World) -> None:
    case = world.granted("2026-03-06T10:00")
    licence = Licence.objects.get(case=case)
    assert (licence.valid_from, licence.valid_to) == (date(2026, 3, 6), date(2031, 3, 5))
    assert licence.number == "东市监许证〔2026〕1号"
    assert licence.holder == world.company
    assert moment("2026-03-06T10:00").date() == licence.issued_on
