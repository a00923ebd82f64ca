"""law.models: what the database itself refuses, and how rows speak of themselves."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from law.models import LegalText, Threshold, TimeLimit
from law.queries import limits_in_force

pytestmark = pytest.mark.django_db


def copy(row: TimeLimit | Threshold, **changes: object) -> None:
    """A second row like this one, checked at once."""
    values = {field.name: getattr(row, field.name) for field in row._meta.fields if field.name != "id"}
    type(row).objects.create(**{**values, **changes})
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    ("begins", "ends"),
    [(date(2004, 7, 2), None), (date(1990, 1, 1), date(2004, 7, 1)), (date(2010, 1, 1), date(2010, 1, 1))],
)
def test_two_versions_of_a_limit_never_overlap(law: None, begins: date, ends: date | None) -> None:
    row = TimeLimit.objects.get(key="xk_decide")
    with pytest.raises(IntegrityError, match="one_limit_on_a_day"), transaction.atomic():
        copy(row, effective_from=begins, effective_to=ends)


def test_versions_may_follow_one_another(law: None) -> None:
    row = TimeLimit.objects.get(key="xk_decide")
    copy(row, effective_from=date(1990, 1, 1), effective_to=date(2004, 6, 30))
    assert limits_in_force(date(2004, 6, 30)).get(key="xk_decide").effective_to == date(2004, 6, 30)


def test_two_versions_of_a_threshold_never_overlap(law: None) -> None:
    row = Threshold.objects.get(key="xs_simple_max")
    with pytest.raises(IntegrityError, match="one_threshold_on_a_day"), transaction.atomic():
        copy(row, effective_from=date(2020, 1, 1))


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("limit_has_a_number_or_is_a_setting", {"quantity": None}),
        ("limit_has_a_number_or_is_a_setting", {"unit": ""}),
        ("limit_has_a_number_or_is_a_setting", {"end_rule": ""}),
        ("limit_has_a_number_or_is_a_setting", {"is_setting": True}),
        ("limit_extension_has_a_unit", {"extension_unit": ""}),
    ],
)
def test_half_a_limit_is_refused(law: None, constraint: str, changes: dict[str, object]) -> None:
    row = TimeLimit.objects.get(key="xk_decide")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        copy(row, key="new", **changes)


def test_a_text_does_not_end_before_it_begins() -> None:
    with pytest.raises(IntegrityError, match="text_ends_after_it_begins"), transaction.atomic():
        LegalText.objects.create(
            title="示例", family="示例", kind="statute", digest="1",
            effective_from=date(2020, 1, 2), effective_to=date(2020, 1, 1),
        )  # fmt: skip


def test_rows_speak_of_themselves(law: None) -> None:
    row = TimeLimit.objects.get(key="xk_hearing_notice")
    assert row.rule_zh == "提前7个工作日"
    assert row.citation == "《中华人民共和国行政许可法》第四十八条第一款第一项、第八十二条"
    assert TimeLimit.objects.get(key="xk_decide").extension_length == "10个工作日"
    assert Threshold.objects.get(key="onspot_penalty_org", effective_to=None).amount == "不超过3000元"
    assert Threshold.objects.get(key="legal_reviewer_ratio").amount == "不少于0.05比例"
    assert str(row) == "xk_hearing_notice（2004-07-01）"


@pytest.mark.parametrize(
    ("begins", "ends", "ended", "validity"),
    [
        (None, None, "", "施行日期不明"),
        (date(2026, 12, 1), None, "", "尚未施行"),
        (date(2020, 1, 1), None, "", "有效"),
        (date(2020, 1, 1), date(2026, 11, 22), "revised", "有效"),
        (date(2020, 1, 1), date(2026, 11, 21), "revised", "已被修改"),
        (date(2020, 1, 1), date(2026, 11, 21), "repealed", "已废止"),
        (date(2020, 1, 1), date(2026, 11, 21), "", "已失效"),
    ],
)
def test_validity_of_a_text(begins: date | None, ends: date | None, ended: str, validity: str) -> None:
    text = LegalText(effective_from=begins, effective_to=ends, ended=ended)
    assert text.validity(date(2026, 11, 22)) == validity
    assert text.in_force(date(2026, 11, 22)) is (validity == "有效")
