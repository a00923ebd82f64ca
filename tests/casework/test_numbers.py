"""Numbers without gaps, however many people file at once and however many filings fail."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from casework.actions.numbers import take_number
from casework.models import Case
from tests.casework.conftest import make_world


@pytest.mark.django_db(transaction=True)
def test_parallel_filings_take_every_number_once() -> None:
    world = make_world()

    def file(n: int) -> str | None:
        try:
            with transaction.atomic():
                number = take_number(world.organ, "示申", 2026)
                if n % 5 == 0:
                    raise ValueError("the filing fails after it took a number")
                return number
        except ValueError:
            return None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        numbers = [number for number in pool.map(file, range(200)) if number]
    assert sorted(numbers, key=lambda text: int(text.split("〕")[1][:-1])) == [
        f"示示申〔2026〕{n}号" for n in range(1, 161)
    ]


def test_each_organ_word_and_year_has_its_own_series(world: object) -> None:
    organ = world.organ  # type: ignore[attr-defined]
    assert [
        take_number(organ, word, year) for word, year in (("甲", 2026), ("乙", 2026), ("甲", 2027), ("甲", 2026))
    ] == [
        "示甲〔2026〕1号",
        "示乙〔2026〕1号",
        "示甲〔2027〕1号",
        "示甲〔2026〕2号",
    ]


@pytest.mark.django_db(transaction=True)
def test_two_people_acting_at_once_one_wins_and_one_is_told() -> None:
    from casework.actions import Offer, take
    from casework.refusal import Conflict
    from tests.casework.conftest import moment
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
