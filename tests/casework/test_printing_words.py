"""Amounts, titles, places of signatures, filters and seals."""

import base64
import re
from datetime import UTC, date, datetime

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.printing import filters, qr, seal
from casework.printing.words import amount, amount_in_capitals, signature_place, title_lines, width


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("10", "壹拾元整"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("107000.53", "壹拾万零柒仟元伍角叁分"),
        ("100000000", "壹亿元整"),
        ("1000000001", "壹拾亿零壹元整"),
        ("200060000.005", "贰亿零陆万元零壹分"),
    ],
)
def test_amounts_in_capitals(value: str, written: str) -> None:
    assert amount_in_capitals(value) == written


@given(st.integers(1, 10**11))
def test_capitals_agree_with_an_independent_writer_but_for_optional_zeros(number: int) -> None:
    ours, theirs = amount_in_capitals(number), cn2an.an2cn(number, "rmb")
    assert ours.replace("零", "") == theirs.replace("零", "")


@pytest.mark.parametrize("value", ["-1", "1000000000000"])
def test_amounts_out_of_range_are_refused(value: str) -> None:
    with pytest.raises(ValueError, match="no capital figures"):
        amount_in_capitals(value)


def test_amounts_in_digits() -> None:
    assert amount("1234.5") == "1,234.50元"
    assert amount(2000) == "2,000元"
    assert filters.money("1234.5") == "1,234.50元（人民币壹仟贰佰叁拾肆元伍角整）"


@given(st.text("东城区关于的《》（）办法通知A1", min_size=1, max_size=60))
def test_title_keeps_its_characters_and_its_width(title: str) -> None:
    lines = title_lines(title)
    assert "".join(lines) == title
    assert all(width(line) <= 20 for line in lines)


def test_title_is_broken_evenly_and_by_sense() -> None:
    assert title_lines("行政许可受理通知书") == ["行政许可受理通知书"]
    assert title_lines("北京市东城区人民政府关于印发《行政规范性文件管理办法》的通知") == [
        "北京市东城区人民政府关于印发",
        "《行政规范性文件管理办法》的通知",
    ]


def test_date_ends_four_characters_from_the_right_with_the_name_centred_over_it() -> None:
    block, right = signature_place("示例局", "2026年11月22日")
    assert (block, right) == (width("2026年11月22日"), 4)


@given(st.integers(1, 40))
def test_long_names_stay_within_the_text_area(length: int) -> None:
    block, right = signature_place("局" * length, "2026年1月5日")
    assert right >= 0
    assert block + right <= 28


def test_dates_are_written_out() -> None:
    assert filters.zh(date(2026, 1, 5)) == "2026年1月5日"
    assert filters.zh("2026-11-22T09:05:00") == "2026年11月22日9时05分"
    assert filters.zh("编号2026-11-22") == "编号2026-11-22"
    assert filters.w3c("2026-11-22") == "2026-11-22T00:00:00+08:00"
    assert filters.w3c(datetime(2026, 11, 22, 1, tzinfo=UTC)) == "2026-11-22T01:00:00+00:00"


def test_sentences_get_one_mark() -> None:
    assert filters.full_stop("符合条件；") == "符合条件。"
    assert filters.full_stop("是否同意？") == "是否同意？"
    assert filters.no_stop("符合条件。") == "符合条件"


def test_only_pictures_of_the_context_are_shown() -> None:
    assert filters.picture("data:image/png;base64,AAAA")
    assert not filters.picture("data:image/svg+xml;base64,AAAA")
    assert not filters.picture("https://example.org/x.png")


def test_seal_is_a_picture_of_name_and_star_without_text() -> None:
    plain, special = seal.svg("北京市东城区市场监督管理局"), seal.svg("北京市东城区市场监督管理局", "行政许可专用章")
    assert "<polygon" in plain
    assert "<text" not in plain
    assert len(special) > len(plain) + 1000, "the line of the special seal is missing"
    assert seal.svg("示例局", demo=True) != seal.svg("示例局")


def test_seal_draws_rare_characters_and_stays_within_its_ring() -> None:
    for name in ("䶮𬀩㛃局", "北京市东城区人民政府国有资产监督管理委员会"):
        numbers = re.findall(r"-?\d+(?:\.\d+)?", re.search(r' d="([^"]+)"', seal.svg(name, "行政许可专用章"))[1])  # type: ignore[index]
        assert max(abs(float(number)) for number in numbers) < 200


def test_code_holds_nothing_but_the_address() -> None:
    assert qr.address("https://dc.example/", "Ab1") == "https://dc.example/v/Ab1/"
    assert qr.svg_data_uri("https://dc.example/v/Ab1/").startswith("data:image/svg+xml")
    frame = base64.b64decode(filters.frame_image().partition(",")[2]).decode()
    assert frame.count("M") == 12  # strands: three on each side
