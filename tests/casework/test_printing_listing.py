"""Long lists: a head on every page, nothing lost, nothing taken for markup, within limits."""

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from casework.printing.listing import MOST_ROWS, Column, Listing, render_listing
from casework.printing.worker import RenderFailed, RenderTimeout

COLUMNS = [Column("序号", 1, centred=True), Column("行政相对人", 3), Column("事项", 3)]


def listing(count: int, name: str = "示例单位", **more: object) -> Listing:
    rows = [(f"{number}", f"{name}{number}", "食品经营许可") for number in range(1, count + 1)]
    return Listing("行政许可决定清单", COLUMNS, rows, date(2026, 11, 28), "东城区法治政府门户", **more)  # type: ignore[arg-type]


def texts(pdf: bytes) -> list[str]:
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]


def test_every_row_is_printed_and_the_head_stands_on_every_page() -> None:
    pages = texts(render_listing(listing(120, note="仅列出符合筛选条件的案件。")))
    assert len(pages) >= 3
    assert all("行政相对人" in page for page in pages)
    assert all(f"—{number}—" in page for number, page in enumerate(pages, 1))
    assert re.findall(r"示例单位(\d+?)食品", "".join(pages)) == [f"{number}" for number in range(1, 121)]
    assert "来源：东城区法治政府门户" in pages[0]
    assert "2026年11月28日" in pages[0]
    assert "共120行" in pages[0]
    assert "仅列出符合筛选条件的案件。" in pages[0]


def test_a_list_is_a_tagged_archive_file_and_the_same_each_time() -> None:
    made = render_listing(listing(3))
    assert made == render_listing(listing(3))
    reader = PdfReader(BytesIO(made))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "zh-CN"
    assert reader.metadata
    assert reader.metadata.title == "行政许可决定清单"
    assert b"<pdfaid:part>3" in root["/Metadata"].get_data()


def test_words_are_never_markup_and_rare_characters_are_printed() -> None:
    (page,) = texts(render_listing(listing(1, name="#panic() *重* $x$ \\ @a <b> 王㛃𠮷")))
    assert "#panic()*重*$x$\\@a<b>王㛃𠮷1" in page


def test_wide_lists_lie() -> None:
    box = PdfReader(BytesIO(render_listing(listing(1, landscape=True)))).pages[0].mediabox
    assert box.width > box.height


def test_too_many_rows_and_odd_rows_are_refused() -> None:
    with pytest.raises(ValueError, match=str(MOST_ROWS)):
        render_listing(listing(MOST_ROWS + 1))
    with pytest.raises(ValueError, match="3 cells"):
        render_listing(Listing("x", COLUMNS, [("1",)], date(2026, 11, 28), "x"))


def test_a_list_that_wants_too_much_ends_alone() -> None:
    with pytest.raises(RenderFailed):
        render_listing(listing(500), memory_mb=64)
    with pytest.raises(RenderTimeout):
        render_listing(listing(500), timeout_s=0.05)
    assert render_listing(listing(1))
