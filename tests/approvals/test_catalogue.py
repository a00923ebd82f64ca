"""Taking items in: those of the house from their files, a register of 200 rows from its table."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from datetime import date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from approvals.actions import CatalogueError, ImportFailed, import_service_items, load_items
from approvals.actions.catalogue import DATA
from approvals.models import LicensingItem, Material
from approvals.queries.limits import of
from law.queries import limit_for
from tests.approvals.conftest import BEIJING, FOOD, MADE, World

REGISTER = Path(__file__).parent / "service_items.csv"
AT = datetime(2026, 3, 2, 9, tzinfo=BEIJING)
HEAD = "department,group,name,item_code,task_type,department_code\n"


def register(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "items.csv"
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


# --- items of the house ------------------------------------------------------------------------------------------


def test_a_dozen_items_are_complete(world: World) -> None:
    prepared = LicensingItem.objects.filter(origin="prepared")
    assert prepared.count() >= 12
    for item in prepared:
        assert item.basis, item
        assert item.conditions, item
        assert item.materials.exists(), item
        assert item.points.exists() or item.outside, item  # what another house takes has its place there
        assert item.fee, item
        assert item.result_name, item
        assert item.number_limit, item
        assert item.form or not item.is_open, item
        times = of(item, date(2026, 3, 2))
        assert times.legal, item
        assert times.promised, item


def test_a_promise_is_never_longer_than_the_law(world: World) -> None:
    """Working days promised against the law's own unit; a natural day is at least as short as a working day."""
    days = {"working_day": 1, "natural_day": 5 / 7, "month": 20}
    for item in LicensingItem.objects.filter(origin="prepared"):
        limit = limit_for(item.limit_key, item.since)
        assert item.promised_days is not None
        assert limit.quantity is not None
        assert item.promised_days <= limit.quantity * days[limit.unit], item


def test_no_catch_all_is_asked_for() -> None:
    """营商环境条例 31: no 其他 or similar among the materials."""
    for path in DATA.glob("*.toml"):
        for material in tomllib.loads(path.read_text(encoding="utf-8")).get("materials", []):
            assert not re.search(r"(其他|其它|相关|有关)(材料|证明|文件|资料|手续)|等材料", material["name"]), (
                path.name,
                material["name"],
            )


def test_what_was_read_says_which_text(world: World) -> None:
    for item in LicensingItem.objects.filter(origin="prepared"):
        for entry in item.basis:
            if entry["verified"]:
                assert entry.get("version"), (item, entry)


def test_loading_again_changes_nothing(world: World) -> None:
    again = load_items(AT)
    assert (again.created, again.updated) == ([], [])
    assert len(again.unchanged) == LicensingItem.objects.filter(origin="prepared").count()


def edited(tmp_path: Path, **changes: tuple[str, str]) -> Path:
    text = (DATA / f"{FOOD}.toml").read_text(encoding="utf-8")
    for old, new in changes.values():
        assert old in text
        text = text.replace(old, new)
    (tmp_path / f"{FOOD}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_changed_file_changes_the_item(world: World, tmp_path: Path) -> None:
    again = load_items(AT, edited(tmp_path, days=("promised_days = 8", "promised_days = 5")))
    assert again.updated == [FOOD]
    assert world.item().promised_days == 5


def test_a_later_first_day_is_a_new_version(world: World, tmp_path: Path) -> None:
    load_items(AT, edited(tmp_path, since=("since = 2026-01-01", "since = 2026-06-01")))
    old, new = LicensingItem.objects.filter(code=FOOD).order_by("since")
    assert (old.until, new.since, new.until) == (date(2026, 6, 1), date(2026, 6, 1), None)
    assert Material.objects.filter(item=new).count() == Material.objects.filter(item=old).count()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('organ = "DC-SCJ"', 'organ = "DC-NOBODY"'),
        ("promised_days = 8", "promised_day = 8"),
        ('"p-business"', '"p-nonsense"'),
        ('kind = "number"', 'kind = "staff"'),
        ('name = "shop_address"', 'name = "shop_name"'),
        ("promised_days = 8", 'promised_days = 8\nlimit_key = "xk_nothing"'),
        ("promised_days = 8", "promised_days = = 8"),
    ],
)
def test_a_faulty_file_is_named_and_nothing_changes(world: World, tmp_path: Path, old: str, new: str) -> None:
    before = LicensingItem.objects.count()
    with pytest.raises(CatalogueError, match=re.escape(f"{FOOD}.toml")):
        load_items(AT, edited(tmp_path, fault=(old, new)))
    assert LicensingItem.objects.count() == before


# --- a register --------------------------------------------------------------------------------------------------


def test_a_register_is_reported_row_by_row(world: World) -> None:
    report = import_service_items(REGISTER, AT)
    assert [row.line for row in report.rows] == list(range(2, 202))
    assert report.counts == {"created": 195, "refused": 5}
    refused = {row.line: row.reason for row in report.rows if row.outcome == "refused"}
    assert refused == {
        19: "本区没有与“区行星探测局”对应的机构",
        60: "事项编码与第59行重复",
        93: "事项编码、事项名称、实施部门不能为空",
        122: "不能识别的事项类型：77",
        153: "本区没有与“广示区税务局”对应的机构",
    }


def test_imported_items_are_in_the_catalogue_and_not_open(world: World) -> None:
    import_service_items(REGISTER, AT)
    imported = LicensingItem.objects.filter(origin="imported")
    assert imported.count() == 195
    assert not any(item.is_open for item in imported)
    assert {item.kind for item in imported} == {"01", "05", "07", "08", "09", "10", "20"}
    assert not imported.filter(group="未分类").exists()
    assert set(imported.values_list("organ__short_name", flat=True)) >= {
        "区人力社保局",
        "区卫生健康委",
    }  # by other names


def test_importing_again_changes_nothing_and_a_change_is_seen(world: World, tmp_path: Path) -> None:
    import_service_items(REGISTER, AT)
    assert import_service_items(REGISTER, AT).counts == {"unchanged": 195, "refused": 5}
    rows = list(csv.reader(io.StringIO(REGISTER.read_text(encoding="utf-8"))))
    changed = tmp_path / "changed.csv"
    with changed.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([rows[0], [*rows[1][:2], "示例小餐饮经营许可（改名）", *rows[1][3:]]])
    assert import_service_items(changed, AT).counts == {"updated": 1}
    assert LicensingItem.objects.get(code=rows[1][3]).name == "示例小餐饮经营许可（改名）"


def test_a_register_does_not_overwrite_a_prepared_guide(world: World, tmp_path: Path) -> None:
    report = import_service_items(register(tmp_path, f"区市场监管局,,改写,{FOOD},1,1"), AT)
    assert report.rows[0].reason == "本事项已经编制办事指南，不由事项目录改写"
    assert world.item().name == "食品经营许可（新办）"


def test_other_names_of_organs_can_be_given(world: World, tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    names.write_text("name,organ\n区行星探测局,DC-KXJ\n", encoding="utf-8")
    assert import_service_items(REGISTER, AT, names).counts["refused"] == 4
    names.write_text("name,organ\n区行星探测局,DC-NOBODY\n", encoding="utf-8")
    with pytest.raises(ImportFailed, match="DC-NOBODY"):
        import_service_items(REGISTER, AT, names)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"a,b\n1,2\n", "缺少这些列"), (b"\xff\xfe\x00", "UTF-8"), (b"", "缺少这些列")],
)
def test_a_file_that_is_no_register(world: World, tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=words):
        call_command("import_service_items", path)
    with pytest.raises(CommandError, match="没有这个文件"):
        call_command("import_service_items", tmp_path / "nothing.csv")


def test_the_commands_say_what_they_did(world: World, tmp_path: Path) -> None:
    said, report = io.StringIO(), tmp_path / "report.csv"
    call_command("import_service_items", REGISTER, report=report, stdout=said)
    lines = said.getvalue().splitlines()
    assert lines[-1] == "共 200 行：新增 195，更新 0，没有变化 0，不予导入 5"
    assert len(lines) == 6
    assert len(report.read_text(encoding="utf-8-sig").splitlines()) == 201
    said = io.StringIO()
    call_command("load_items", stdout=said)
    assert "没有变化 17" in said.getvalue()


def test_two_hundred_rows_cost_few_queries(world: World, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        import_service_items(REGISTER, MADE)
