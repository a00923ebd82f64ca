"""law.numerals: numbers as statutes write them."""

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.numerals import to_chinese, to_int


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("九十九", 99), ("一百", 100), ("一百零五", 105),
        ("一百一十", 110), ("一百二十三", 123), ("一千二百六十", 1260), ("两千零一", 2001), ("二〇一九", 2019),
        ("42", 42),
    ],
)  # fmt: skip
def test_reads(numeral: str, number: int) -> None:
    assert to_int(numeral) == number


@pytest.mark.parametrize("text", ["", "甲", "第一", "1.5", "一点五", "-1"])
def test_refuses(text: str) -> None:
    with pytest.raises(ValueError, match="not a Chinese numeral"):
        to_int(text)


@given(st.integers(0, 9999))
def test_writes_what_it_reads_and_what_others_write(number: int) -> None:
    written = to_chinese(number)
    assert to_int(written) == number
    assert written == cn2an.an2cn(number)


@pytest.mark.parametrize("number", [-1, 10_000])
def test_writes_no_more(number: int) -> None:
    with pytest.raises(ValueError, match="no numeral"):
        to_chinese(number)
