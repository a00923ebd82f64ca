"""regulations.rules.standing and names: whether a document applies on a day; the database says the same."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from regulations.models import DocumentSuspension, NormativeDocument
from regulations.queries.catalogue import standing_on
from regulations.rules.names import book_name, kind_of, names_of, normal_number, year_of
from regulations.rules.standing import DAYS, SHOWN, UNPUBLISHED, Dates, standing

DAY = date(2026, 6, 1)
OPEN = Dates(published_on=date(2025, 1, 1), effective_from=date(2025, 2, 1), valid_until=None, ended_on=None)
PAUSED = replace(OPEN, suspended=[(date(2026, 5, 1), None)])
TWICE = [(date(2026, 3, 1), date(2026, 4, 1)), (date(2026, 5, 1), date(2026, 5, 2))]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (OPEN, "current"),
        (replace(OPEN, published_on=None), "unpublished"),
        (replace(OPEN, published_on=DAY + timedelta(1)), "unpublished"),
        (replace(OPEN, effective_from=DAY + timedelta(1)), "not_yet"),
        (replace(OPEN, effective_from=DAY), "current"),
        (replace(OPEN, effective_from=None), "not_yet"),
        (replace(OPEN, valid_until=DAY), "current"),  # the last day still counts
        (replace(OPEN, valid_until=DAY - timedelta(1)), "lapsed"),
        (replace(OPEN, ended="repealed", ended_on=DAY), "current"),
        (replace(OPEN, ended="repealed", ended_on=DAY - timedelta(1)), "repealed"),
        (replace(OPEN, ended="revoked", ended_on=DAY - timedelta(1), valid_until=date(2025, 12, 31)), "revoked"),
        (replace(OPEN, ended="replaced", ended_on=DAY + timedelta(9), valid_until=date(2025, 12, 31)), "lapsed"),
        (PAUSED, "suspended"),
        (replace(OPEN, suspended=[(date(2026, 5, 1), DAY)]), "current"),
        (replace(OPEN, suspended=[(date(2026, 5, 1), DAY + timedelta(1))]), "suspended"),
        (replace(OPEN, suspended=[(DAY, None)]), "suspended"),
        (replace(OPEN, suspended=[(DAY + timedelta(1), None)]), "current"),
        (replace(OPEN, suspended=TWICE), "current"),
        (replace(OPEN, suspended=[*TWICE, (date(2026, 5, 20), None)]), "suspended"),
        (replace(PAUSED, effective_from=date(2027, 1, 1)), "not_yet"),
    ],
)
@pytest.mark.django_db
def test_a_standing_follows_from_the_days_here_and_in_the_database(dates: Dates, expected: str) -> None:
    assert standing(dates, DAY) == expected
    if dates.published_on is None or dates.published_on > DAY:
        assert expected == UNPUBLISHED
        return
    kept = {name: getattr(dates, name) for name in DAYS}
    made = NormativeDocument.objects.create(issuer="示例机关", number="示〔2025〕1号", title="示例", **kept)
    for since, until in dates.suspended:
        DocumentSuspension.objects.create(document=made, since=since, until=until)
    DocumentSuspension.objects.create(document=made, since=date(2026, 1, 1), clause="a3")  # not the whole
    assert made.standing(DAY) == expected
    found = [name for name in SHOWN if NormativeDocument.objects.filter(standing_on(DAY, name)).exists()]
    assert found == [expected]


def test_what_a_number_and_a_title_say() -> None:
    assert normal_number(" 国办发 [2018]115号") == "国办发〔2018〕115号"
    assert normal_number("国令第706号") == "国令第706号"
    assert (year_of("东政发（2024）3号"), year_of("无")) == (2024, None)
    assert [kind_of(title) for title in ("关于示例的通知", "示例办法（试行）", "示例条例", "示例")] == [
        "notice", "rules", "rules", "other",
    ]  # fmt: skip


def test_the_name_in_the_book_bears_the_number_however_long_the_title_is() -> None:
    assert book_name("《甲》办法", "示〔2024〕1号") == "《甲》办法（示〔2024〕1号）"
    assert len(book_name("长" * 200, "示〔2024〕1号")) == 200


def test_a_document_that_hands_on_a_text_is_cited_by_its_name_too() -> None:
    assert names_of("示例局关于印发示例管理办法的通知") == ["示例局关于印发示例管理办法的通知", "示例管理办法"]
    assert names_of("示例局关于印发《示例管理办法》的通知")[1:] == ["示例管理办法"]
    assert names_of("示例局关于印发《甲办法》和《乙办法》的通知")[1:] == ["《甲办法》和《乙办法》"]
    assert names_of("示例局关于示例的通知") == ["示例局关于示例的通知"]
