"""Finding items, published results, a case by its receipt; and what an uploaded file really is."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from approvals.actions import import_service_items
from approvals.queries import items, limits, questions, results, tracking
from approvals.queries.files import FileRefused, inspect, plain_name
from tests.approvals.conftest import FOOD, MADE, World, ofd, pdf, png
from tests.approvals.test_catalogue import REGISTER

ON = date(2026, 3, 2)
ALL = ("pdf", "ofd", "jpg", "png")


# --- the catalogue -----------------------------------------------------------------------------------------------


def names(**wanted: Any) -> list[str]:
    return [item.name for item in items.page(items.Wanted(**wanted), ON, 100).items]


def test_items_are_found_by_the_words_people_use(world: World) -> None:
    assert names(words="饭店") == ["食品经营许可（新办）"]
    assert names(words="网吧") == ["互联网上网服务营业场所筹建审批"]
    assert names(words="食品 市场监管") == ["食品经营许可（新办）"]
    assert names(words="饭店 网吧") == []
    assert names(words="%") == []


def test_filters(world: World) -> None:
    assert len(names(organ="DC-WLJ")) == 3
    assert names(theme="c-project") == ["临时占用绿地审批", "建筑工程施工许可"]
    assert "建筑工程施工许可" not in names(audience="personal")
    assert "危险化学品经营许可" in names()
    assert "危险化学品经营许可" not in names(open_only=True)


def test_pages_follow_one_another_without_gap_or_double(world: World) -> None:
    import_service_items(REGISTER, MADE)
    seen: list[int] = []
    wanted = items.Wanted()
    while True:
        page = items.page(wanted, ON)
        seen += [item.pk for item in page.items]
        if page.next is None:
            break
        wanted = items.Wanted(after=page.next)
    assert len(seen) == len(set(seen)) == items.in_force(ON).count() == 210


def test_a_page_costs_one_query_whatever_its_place(world: World, django_assert_num_queries: Any) -> None:
    import_service_items(REGISTER, MADE)
    place = items.page(items.Wanted(), ON, 150).next
    for after in (None, place):
        with django_assert_num_queries(1):
            [item.organ.short_name for item in items.page(items.Wanted(after=after), ON).items]


def test_a_version_counts_on_its_days_only(world: World) -> None:
    assert items.item(FOOD, date(2025, 12, 31)) is None
    assert items.item(FOOD, ON) == world.item()
    assert items.serves(world.point, FOOD, ON)
    assert not items.serves(world.point, "DC-NOTHING", ON)
    assert not items.serves(None, FOOD, ON)


def test_themes_count_only_what_is_there(world: World) -> None:
    counted = {code: count for code, _, count in items.themes(ON, "corporate")}
    assert counted["c-project"] == 2
    assert "c-other" not in counted


def test_times_come_from_the_statute_of_the_item(world: World) -> None:
    food, school = limits.of(world.item(), ON), limits.of(world.item("DC-JW-MBXX"), ON)
    assert (food.legal, food.promised) == ("20个工作日", "8个工作日")
    assert school.legal == "3个月"
    assert "民办教育促进法" in school.law
    assert limits.outlook(world.item(), ON).answer_by == date(2026, 3, 9)
    stages = limits.stages(world.item("DC-WLJ-YLCS"), ON)
    assert any("听证" in stage.text for stage in stages)


def test_answers_in_words(world: World) -> None:
    asked = questions.asks(world.item())
    shown = dict(questions.shown(asked, {"area": 60, "business_type": "catering", "projects": ["hot", "cold"]}))
    assert shown == {
        "使用面积（平方米）": "60",
        "主体业态": "餐饮服务经营者",
        "经营项目": "热食类食品制售、冷食类食品制售",
    }


# --- results -----------------------------------------------------------------------------------------------------


def test_results_mask_natural_persons(world: World) -> None:
    world.granted()
    person = world.accepted(party=world.person)
    world.take(person, "grant", world.head, "2026-03-07T10:00", reasons="符合。", valid_from="2026-03-07")
    found, following = results.page("", "", None)
    assert [result.holder for result in found] == ["王*例", "示例（北京）餐饮管理有限公司"]
    assert following is None
    assert found[0].valid_to == date(2031, 3, 6)
    assert results.organs() == [("DC-SCJ", "区市场监管局")]


def test_natural_persons_cannot_be_searched_for(world: World) -> None:
    person = world.accepted(party=world.person)
    world.take(person, "grant", world.head, "2026-03-07T10:00", reasons="符合。", valid_from="2026-03-07")
    assert results.page("王示例", "", None)[0] == []
    world.granted()
    assert len(results.page("餐饮管理", "", None)[0]) == 1
    assert len(results.page("许准〔2026〕", "", None)[0]) == 2
    assert results.page("", "DC-WJW", None)[0] == []


def test_results_cost_one_query(world: World, django_assert_num_queries: Any) -> None:
    world.granted()
    for count in (1, 3):
        while results.published().count() < count:
            world.granted()
        with django_assert_num_queries(1):
            assert len(results.page("", "", None)[0]) == count


# --- a case by its receipt ---------------------------------------------------------------------------------------


def test_number_and_code_together_open_the_progress(world: World) -> None:
    case = world.accepted()
    case.refresh_from_db()
    assert tracking.find(case.number, "X" * 15) is None
    assert tracking.find("东市监许申〔2026〕9号", case.code) is None
    found = tracking.find(case.number, case.code)
    assert found == case
    progress = tracking.progress(case)
    assert (progress.state, [label for label, _ in progress.past]) == ("审查中", ["提出申请", "受理"])
    assert progress.due_on == case.due_on
    said = repr(progress)
    assert "示例（北京）" not in said
    assert "officer" not in said


# --- files -------------------------------------------------------------------------------------------------------


def zipped(**entries: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("_", "."), data)
    return content.getvalue()


HOSTILE = {
    "programme": ("发票.pdf", b"MZ\x90\x00" + b"\0" * 200),
    "page": ("图.png", b"<!doctype html><script>alert(1)</script>"),
    "drawing": ("图.png", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    "script in PDF": ("a.pdf", b"%PDF-1.4\n1 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj\n%%EOF"),
    "launching PDF": ("a.pdf", b"%PDF-1.4\n1 0 obj<</S/Launch/F(cmd.exe)>>endobj\n%%EOF"),
    "locked PDF": ("a.pdf", b"%PDF-1.4\ntrailer<</Encrypt 2 0 R>>\n%%EOF"),
    "half a PDF": ("a.pdf", b"%PDF-1.4\n1 0 obj<<"),
    "half a picture": ("a.png", png().read()[:40]),
    "office document": ("a.ofd", zipped(word_document_xml=b"<x/>")),
    "archive that explodes": ("a.ofd", zipped(OFD_xml=b"<OFD/>", pages_xml=b"\0" * 500_000_000)),
    "broken archive": ("a.ofd", ofd().read()[:-30]),
    "empty": ("a.pdf", b""),
    "too large": ("a.pdf", b"%PDF-1.4\n" + b"0" * (20 * 1024 * 1024)),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_files_are_refused(kind: str) -> None:
    name, content = HOSTILE[kind]
    with pytest.raises(FileRefused):
        inspect(SimpleUploadedFile(name, content, "application/pdf"), ALL)


def test_content_decides_not_the_name() -> None:
    found = inspect(SimpleUploadedFile("看起来是文书.exe", pdf().read(), "text/html"), ALL)
    assert (found.extension, found.content_type) == ("pdf", "application/pdf")
    with pytest.raises(FileRefused):
        inspect(png(), ("pdf",))


def test_words_inside_packed_data_are_no_script() -> None:
    packed = b"%PDF-1.4\n1 0 obj<</Length 40>>stream\n\x00/JS /JavaScript /Encrypt\x01\nendstream endobj\n%%EOF"
    assert inspect(SimpleUploadedFile("a.pdf", packed), ALL).extension == "pdf"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("C:\\Users\\x\\平面图.pdf", "平面图.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\u202egpj.pdf", "agpj.pdf"),
        ('<b>"x"</b>.png', "b.png"),
        ("图" * 300 + ".pdf", "图" * 100 + ".pdf"),
        ("...", "文件"),
        ("", "文件"),
    ],
)
def test_names_are_made_plain(given: str, shown: str) -> None:
    assert plain_name(given) == shown
