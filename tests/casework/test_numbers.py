"""Numbers without gaps, however many people file at once and however many filings fail."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import IntegrityError, connections, transaction

from casework.actions.numbers import give_number
from casework.models import Case
from tests.casework.conftest import World, make_world, moment


@pytest.mark.django_db(transaction=True)
def test_parallel_filings_take_every_number_once() -> None:
    world = make_world()
    cases = [unnumbered(world) for _ in range(200)]

    def give(n: int) -> str | None:
        try:
            with transaction.atomic():
                give_number(cases[n], world.organ, "示题", 2026)
                if n % 5 == 0:
                    raise ValueError("the filing fails after it took a number")
                return cases[n].number
        except ValueError:
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        numbers = [number for number in pool.map(give, range(200)) if number]
    assert sorted(numbers, key=lambda text: int(text.split("〕")[1][:-1])) == [
        f"示示题〔2026〕{n}号" for n in range(1, 161)
    ]
    assert set(Case.objects.filter(number__contains="示题").values_list("number", flat=True)) == set(numbers)


def unnumbered(world: World) -> Case:
    """A case as it stands before the end of the transaction that opens it."""
    case = Case(procedure="sample.permit", version=date(2026, 1, 1), organ=world.organ, title="示例事项")
    case.opened_at, case.number = moment("2026-03-02T09:00"), case.code
    case.save()
    return case


def test_each_organ_word_and_year_has_its_own_series(world: World) -> None:
    given = []
    for word, year in (("甲", 2026), ("乙", 2026), ("甲", 2027), ("甲", 2026)):
        case = unnumbered(world)
        give_number(case, case.organ, word, year)
        given.append(case.number)
    assert given == ["示甲〔2026〕1号", "示乙〔2026〕1号", "示甲〔2027〕1号", "示甲〔2026〕2号"]


def test_a_number_is_given_once(world: World) -> None:
    case = unnumbered(world)
    give_number(case, case.organ, "甲", 2026)
    with pytest.raises(IntegrityError, match="keeps its number"):
        give_number(case, case.organ, "甲", 2026)


@pytest.mark.django_db(transaction=True)
def test_two_people_acting_at_once_one_wins_and_one_is_told() -> None:
    from casework.actions import Offer, take
    from casework.refusal import Conflict
    from tests.casework.test_take import accepted

    world = make_world()
    case = accepted(world)
    actor = world.actor(world.officer, "case_officer")

    def act(n: int) -> str:
        try:
            take(case, "note", actor, moment("2026-03-05T10:00"), Offer(facts={"text": str(n)}, seen=2))
            return "won"
        except Conflict:
            return "told"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(act, range(8))) == ["told"] * 7 + ["won"]
    assert Case.objects.get(pk=case.pk).act_count == 3
