"""regulations.actions.entering: a published document enters the statute-book, and leaves it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from law.models import LegalText
from law.queries import resolve, text_in_force
from law.signals import Change, law_changed
from regulations.actions.entering import EnteringError, end, enter, extend, resume, suspend
from regulations.models import NormativeDocument

pytestmark = pytest.mark.django_db
Make = Callable[..., NormativeDocument]
BODY = "示例办法\n第一条　甲。\n第二条　乙。\n（一）丙；\n（二）丁。"
AFTER = "示例办法\n第一条　甲。\n第二条　戊。"
DAY = date(2025, 3, 1)


@pytest.fixture
def told() -> Any:
    """What the statute-book told."""
    heard: list[Change] = []

    def hear(changes: list[Change], **_: Any) -> None:
        heard.extend(changes)

    law_changed.connect(hear)
    yield heard
    law_changed.disconnect(hear)


def test_what_was_entered_can_be_cited_from_the_day_it_applies(made: Make) -> None:
    document = made("示〔2024〕1号", "示例办法", BODY, effective_from=date(2024, 2, 1))
    assert document.text is not None
    assert document.text.kind == LegalText.Kind.NORMATIVE_DOCUMENT
    provision = resolve("《示例办法》第二条第二项", DAY)
    assert provision is not None
    assert provision.content == "丁。"
    assert resolve("《示例办法》第二条", date(2024, 1, 31)) is None
    assert document.versions.get().body == BODY


def test_only_what_is_published_enters(organs: None) -> None:
    document = NormativeDocument.objects.create(issuer="示例机关", number="示〔2024〕1号", title="示例办法")
    with pytest.raises(EnteringError, match="尚未公布"):
        enter(document, BODY)
    document.published_on = DAY
    document.save()
    with pytest.raises(EnteringError, match="没有正文"):
        enter(document, " \n　")
    assert not LegalText.objects.exists()


def test_entering_again_changes_nothing_and_other_words_need_another_day(made: Make, told: list[Change]) -> None:
    document = made("示〔2024〕1号", "示例办法", BODY)
    text = document.text
    assert enter(document, BODY) == text
    with pytest.raises(EnteringError, match="内容不同"):
        enter(document, AFTER)
    document.refresh_from_db()
    assert (document.text, document.versions.count(), told) == (text, 1, [])
    assert resolve("《示例办法》第二条第二项", DAY)  # the words that stood still stand


def test_amended_words_are_a_further_version_under_the_same_number(made: Make, told: list[Change]) -> None:
    document = made("示〔2024〕1号", "示例办法", BODY)
    first = document.text
    second = enter(document, AFTER, version_on=date(2025, 1, 1), effective_from=date(2025, 2, 1))
    assert document.text == second
    assert text_in_force("示例办法", date(2025, 1, 31)) == getattr(first, "pk", None)
    assert text_in_force("示例办法", date(2025, 2, 1)) == second.pk
    assert [(change.text, change.kind) for change in told] == [(second, "new")]


def test_two_documents_of_one_title_stand_beside_one_another(made: Make) -> None:
    one = made("示〔2023〕1号", "示例办法", BODY, date(2023, 1, 1))
    other = made("他〔2024〕9号", "示例办法", AFTER, issuer="其他机关")
    assert one.text is not None
    assert one.text.in_force(DAY)
    assert text_in_force("示例办法", DAY) == other.text_id  # the newer one of the two
    assert text_in_force("示〔2023〕1号", DAY) == one.text_id
    end(other, date(2024, 12, 31), "repealed", by="示例决定")
    assert text_in_force("示例办法", DAY) == one.text_id


def test_a_law_of_the_same_name_comes_before_a_document(made: Make) -> None:
    document = made("国令第1号", "示例条例", BODY)
    assert text_in_force("示例条例", DAY) == document.text_id
    law = LegalText.objects.create(
        title="示例条例",
        family="示例条例",
        kind="administrative_regulation",
        effective_from=date(2020, 1, 1),
        digest="x",
    )
    from law.actions.stamping import stamp

    stamp()
    assert text_in_force("示例条例", DAY) == law.pk


@pytest.mark.parametrize(
    ("reason", "kept"),
    [("lapsed", "expired"), ("repealed", "repealed"), ("revoked", "revoked"), ("replaced", "repealed")],
)
def test_what_ends_leaves_the_book_and_the_book_says_so(
    made: Make,
    told: list[Change],
    reason: str,
    kept: str,
) -> None:
    document = made("示〔2024〕1号", "示例办法", BODY)
    end(document, DAY, reason, by="示例决定")
    text = LegalText.objects.get(normative_document=document)
    assert (text.effective_to, text.ended) == (DAY, kept)
    assert document.standing(date(2025, 3, 2)) == reason
    assert text_in_force("示例办法", DAY) == text.pk
    assert text_in_force("示例办法", date(2025, 3, 2)) is None
    assert [(change.kind, change.said) for change in told] == [("repealed", "示例决定")]
    end(document, DAY, reason)
    with pytest.raises(EnteringError, match="最后有效日期"):
        end(document, date(2025, 4, 1), reason)
    with pytest.raises(EnteringError):
        enter(document, AFTER, version_on=date(2026, 1, 1))


def test_what_is_revoked_before_it_began_never_applied(made: Make) -> None:
    document = made("示〔2024〕1号", "示例办法", BODY, effective_from=date(2025, 6, 1))
    end(document, DAY, "revoked")
    assert text_in_force("示例办法", date(2025, 7, 1)) is None
    assert LegalText.objects.get(normative_document=document).validity(date(2025, 7, 1)) == "已撤销"


def test_while_it_is_suspended_it_cannot_be_cited(made: Make) -> None:
    document = made("示〔2024〕1号", "示例办法", BODY, valid_until=date(2028, 12, 31))
    suspend(document, DAY, by="示例复议机关")
    suspend(document, DAY)
    assert (document.standing(DAY), text_in_force("示例办法", DAY)) == ("suspended", None)
    with pytest.raises(EnteringError, match="以后"):
        resume(document, DAY)
    resume(document, date(2025, 5, 1))
    assert document.standing(date(2025, 4, 30)) == "suspended"
    assert document.standing(date(2025, 5, 1)) == "current"
    assert text_in_force("示例办法", date(2025, 5, 1)) == document.text_id
    assert text_in_force("示例办法", date(2029, 1, 1)) is None
    with pytest.raises(EnteringError, match="没有停止"):
        resume(document, date(2025, 6, 1))


def test_validity_ends_by_itself_and_can_be_prolonged(made: Make) -> None:
    document = made("示〔2024〕1号", "示例办法", BODY, valid_until=date(2024, 12, 31))
    assert (document.standing(DAY), text_in_force("示例办法", DAY)) == ("lapsed", None)
    extend(document, date(2026, 12, 31))
    assert (document.standing(DAY), text_in_force("示例办法", DAY)) == ("current", document.text_id)
    extend(document, None)
    assert text_in_force("示例办法", date(2040, 1, 1)) == document.text_id


def test_nobody_else_has_organ_and_number(made: Make) -> None:
    made("示〔2024〕1号", "示例办法", BODY)
    with pytest.raises(IntegrityError), transaction.atomic():
        NormativeDocument.objects.create(issuer="示例机关", number="示〔2024〕1号", title="另一个")
    NormativeDocument.objects.create(issuer="其他机关", number="示〔2024〕1号", title="另一个")
