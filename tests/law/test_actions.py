"""law.actions: loading the tables, importing texts and calendars."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from shutil import copytree

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from law.actions import CalendarError, import_calendar, import_laws, load_law
from law.models import CalendarDay, LegalText, Provision, PublishedYear, Relation, Stamp, Threshold, TimeLimit
from law.queries import limit_for, resolve, threshold, work_calendar
from tests.law.conftest import DATA, table

pytestmark = pytest.mark.django_db

TEXTS = Path(__file__).parent / "texts"


def stamp() -> object:
    return Stamp.objects.values_list("value", flat=True).first()


# Tables


def test_every_row_of_the_tables_is_loaded() -> None:
    load_law()
    assert TimeLimit.objects.count() == len(table(DATA / "time_limits.csv"))
    assert TimeLimit.objects.filter(is_setting=True, quantity=None).count() == 12
    assert Threshold.objects.count() == len(table(DATA / "thresholds.csv"))
    assert CalendarDay.objects.count() == len(table(DATA / "calendar.csv"))
    assert list(PublishedYear.objects.values_list("year", flat=True)) == list(range(2015, 2027))


def test_loading_again_changes_nothing_and_keeps_ids_and_stamp() -> None:
    load_law()
    ids, before = set(TimeLimit.objects.values_list("id", flat=True)), stamp()
    counts = load_law()
    assert not any(count.changed for count in counts.values())
    assert set(TimeLimit.objects.values_list("id", flat=True)) == ids
    assert stamp() == before


def test_loading_repairs_what_was_changed_by_hand() -> None:
    load_law()
    row = TimeLimit.objects.get(key="xk_decide")
    TimeLimit.objects.filter(pk=row.pk).update(quantity=99)
    TimeLimit.objects.filter(key="xk_deliver").delete()
    Threshold.objects.filter(key="xs_simple_max").update(value=1)
    strange = TimeLimit.objects.create(
        key="strange", chapter="approvals", law_zh="示例", effective_from=date(2020, 1, 1), verified=False,
        procedure_zh="示例", trigger_zh="示例", trigger_en="sample", is_setting=True,
    )  # fmt: skip
    before = stamp()
    counts = load_law()["期限"]
    assert (counts.created, counts.updated, counts.removed) == (1, 1, 1)
    assert TimeLimit.objects.get(key="xk_decide").pk == row.pk
    assert TimeLimit.objects.get(key="xk_decide").quantity == 20
    assert not TimeLimit.objects.filter(pk=strange.pk).exists()
    assert Threshold.objects.get(key="xs_simple_max").value == 2000
    assert stamp() != before


def test_loading_takes_few_statements() -> None:
    with CaptureQueriesContext(
        connection,
    ) as first:
        load_law()
    with CaptureQueriesContext(connection) as again:
        load_law()
    assert len(first) < 30
    assert len(again) < 10


def test_a_limit_that_a_case_rests_on_is_kept(law: None, monkeypatch: pytest.MonkeyPatch) -> None:
    row = TimeLimit.objects.create(
        key="old", chapter="approvals", law_zh="示例", effective_from=date(2020, 1, 1), verified=False,
        procedure_zh="示例", trigger_zh="示例", trigger_en="sample", is_setting=True,
    )  # fmt: skip

    def refuse(self: TimeLimit, *args: object, **kwargs: object) -> None:
        raise ProtectedError("a clock runs under it", {self})

    monkeypatch.setattr(TimeLimit, "delete", refuse)
    counts = load_law()["期限"]
    assert (counts.kept, counts.removed) == (1, 0)
    assert TimeLimit.objects.filter(pk=row.pk).exists()


# Calendars


def notice(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "2027.csv"
    path.write_text("\n".join(("date,name,kind", *lines)), encoding="utf-8-sig")
    return path


def test_a_notice_publishes_its_year(law: None, tmp_path: Path) -> None:
    assert not work_calendar().is_published(date(2027, 1, 4))
    assert work_calendar().is_working(date(2027, 2, 8))
    path = notice(
        tmp_path, "2027-01-01,元旦,off", "2027-02-08,春节,off", "2027-02-13,春节,work", "2026-12-26,元旦,work"
    )
    done = import_calendar(path)
    assert (done.year, done.days, done.overrides, done.first_time) == (2027, 3, 1, True)
    calendar = work_calendar()
    assert calendar.published_through == date(2027, 12, 31)
    assert not calendar.is_working(date(2027, 2, 8))
    assert calendar.is_working(date(2027, 2, 13))
    assert calendar.is_working(date(2026, 12, 26))  # a Saturday of a year published before


def test_the_same_notice_twice_changes_nothing(law: None, tmp_path: Path) -> None:
    path = notice(tmp_path, "2027-01-01,元旦,off", "2027-02-08,春节,off")
    import_calendar(path)
    before = stamp()
    again = import_calendar(path)
    assert (again.days, again.overrides, again.first_time) == (0, 0, False)
    assert stamp() == before


def test_a_later_notice_overrides_and_survives_the_next_load(law: None, tmp_path: Path) -> None:
    import_calendar(notice(tmp_path, "2026-11-26,特别休假,off", "2026-10-10,国庆节,off"))
    load_law()
    calendar = work_calendar()
    assert not calendar.is_working(date(2026, 11, 26))
    assert not calendar.is_working(date(2026, 10, 10))  # was to be worked
    assert CalendarDay.objects.filter(overrides=True).count() == 2
    import_calendar(notice(tmp_path, "2026-10-10,国庆节,work"))
    assert work_calendar().is_working(date(2026, 10, 10))


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["2027-13-01,元旦,off"], "第2行的日期无法识别：2027-13-01"),
        (["2027-01-01,元旦,holiday"], "第2行应当写明名称"),
        (["2027-01-01,,off"], "第2行应当写明名称"),
        (["2027-01-01,元旦,off", "2027-01-01,元旦,off"], "第3行的日期重复"),
        (["2027-02-08,春节,work"], "不是周末"),
        (["2027-01-01,元旦,off", "2030-01-01,元旦,off"], "相隔过远"),
        ([], "没有内容"),
    ],
)
def test_a_faulty_notice_changes_nothing(law: None, tmp_path: Path, lines: list[str], message: str) -> None:
    before = CalendarDay.objects.count()
    with pytest.raises(CalendarError, match=message):
        import_calendar(notice(tmp_path, *lines))
    assert CalendarDay.objects.count() == before
    assert not PublishedYear.objects.filter(year=2027).exists()


def test_a_notice_that_is_not_there(law: None, tmp_path: Path) -> None:
    with pytest.raises(CalendarError, match="没有这个文件"):
        import_calendar(tmp_path / "nothing.csv")


# Texts


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return copytree(TEXTS, tmp_path / "texts")


def outcomes(directory: Path) -> dict[str, str]:
    return {report.name: report.outcome for report in import_laws(directory)}


def test_texts_are_imported_with_their_provisions(texts: Path) -> None:
    reports = {report.name: report for report in import_laws(texts)}
    assert {report.outcome for report in reports.values()} == {"新增"}
    assert reports["示例管理规定(2020-03-01).md"].articles == 6
    assert reports["示例管理规定(2020-03-01).md"].problems == []
    assert len(reports["示例管理规定实施细则.md"].problems) == 5
    text = LegalText.objects.get(family="示例管理规定", version_on=date(2020, 3, 1))
    item = text.provisions.get(anchor="a3p1i2")
    assert (item.label, item.content) == ("（二）", "材料不齐全的，在五日内告知：")
    assert "受理" in text.provisions.get(anchor="a3").tokens.split()
    assert text.provisions.filter(kind="paragraph").exclude(tokens="").count() == 0


def test_versions_follow_one_another(texts: Path) -> None:
    import_laws(texts)
    older, newer = LegalText.objects.filter(family="示例管理规定").order_by("effective_from")
    assert (older.effective_from, older.effective_to, older.ended) == (date(2020, 5, 1), date(2024, 8, 31), "revised")
    assert (newer.effective_from, newer.effective_to, newer.ended) == (date(2024, 9, 1), None, "")


def test_importing_again_changes_nothing(texts: Path) -> None:
    import_laws(texts)
    ids, before = set(Provision.objects.values_list("id", flat=True)), stamp()
    assert set(outcomes(texts).values()) == {"未变"}
    assert set(Provision.objects.values_list("id", flat=True)) == ids
    assert stamp() == before


def test_another_transcription_replaces_the_words_and_keeps_the_address(texts: Path) -> None:
    import_laws(texts)
    text = LegalText.objects.get(family="示例管理规定", version_on=date(2020, 3, 1))
    path = texts / "示例管理规定(2020-03-01).md"
    path.write_text(path.read_text(encoding="utf-8").replace("二十日内", "三十日内"), encoding="utf-8")
    changed = outcomes(texts)
    assert changed.pop(path.name) == "更新"
    assert set(changed.values()) == {"未变"}
    assert text.provisions.get(anchor="a4p1").content == "示例机关应当自受理之日起三十日内作出决定。"
    assert LegalText.objects.filter(family="示例管理规定").count() == 2


def test_a_new_version_is_added_and_ends_the_one_before(texts: Path) -> None:
    import_laws(texts)
    words = (texts / "示例管理规定(2024-06-01).md").read_text(encoding="utf-8")
    newest = words.replace("2024年6月1日", "2026年1月5日").replace("二〇二四年九月一日", "2026年3月1日")
    (texts / "示例管理规定(2026-01-05).md").write_text(newest, encoding="utf-8")
    assert outcomes(texts)["示例管理规定(2026-01-05).md"] == "新增"
    ends = (
        LegalText.objects.filter(family="示例管理规定")
        .order_by("effective_from")
        .values_list("effective_to", flat=True)
    )
    assert list(ends) == [date(2024, 8, 31), date(2026, 2, 28), None]


def test_a_file_that_is_no_text_is_reported_and_the_others_come_in(texts: Path) -> None:
    (texts / "坏.md").write_bytes(b"\xff\xfe\x00bad")
    found = outcomes(texts)
    assert found.pop("坏.md") == "未导入"
    assert set(found.values()) == {"新增"}


def test_relations_and_aliases_are_kept(texts: Path) -> None:
    (texts / "行政许可法(2019-04-23).md").write_text("# 行政许可法\n<!-- INFO END -->\n第一条 示例。", encoding="utf-8")
    import_laws(texts)
    assert set(Relation.objects.filter(source__version_on=date(2020, 3, 1)).values_list("kind", "target_family")) == {
        ("based_on", "示例法"),
        ("based_on", "示例条例"),
        ("repeals", "示例暂行办法"),
    }
    assert LegalText.objects.get(family="行政许可法").aliases == ["许可法"]
    assert resolve("《许可法》第一条", date(2026, 1, 1)) is not None


def test_what_was_loaded_is_answered_at_once(law: None) -> None:
    assert limit_for("xk_decide", date(2026, 1, 1)).quantity == 20
    TimeLimit.objects.filter(key="xk_decide").update(quantity=21)
    load_law()
    assert limit_for("xk_decide", date(2026, 1, 1)).quantity == 20
    assert threshold("onspot_penalty_citizen", date(2021, 7, 14)) == Decimal(50)
    assert threshold("onspot_penalty_citizen", date(2021, 7, 15)) == Decimal(200)
