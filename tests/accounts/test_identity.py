"""Identity numbers: what is accepted, what is refused, what is shown."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import identity
from tests.accounts.people import credit_code, resident_number

ON = date(2026, 3, 2)
BORN = st.dates(date(1900, 1, 1), ON)


@given(BORN, st.integers(0, 999))
def test_every_well_formed_resident_number_is_accepted(born: date, serial: int) -> None:
    number = resident_number(serial, born)
    assert identity.resident_id(number, ON) == number
    assert identity.birth_date(number) == born


@given(BORN, st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(born: date, serial: int, place: int, shift: int) -> None:
    number = resident_number(serial, born)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    with pytest.raises(identity.IdentityError):
        identity.resident_id(wrong, ON)


@given(BORN, st.integers(0, 999), st.integers(0, 15))
def test_two_neighbours_swapped_are_always_found(born: date, serial: int, place: int) -> None:
    number = resident_number(serial, born)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        with pytest.raises(identity.IdentityError):
            identity.resident_id(swapped, ON)


def outcome(check: Callable[[str], str], text: str) -> str:
    try:
        return check(text)
    except identity.IdentityError as error:
        return str(error)


@given(st.text(max_size=40))
def test_any_other_text_is_refused_with_a_sentence(text: str) -> None:
    for check in (identity.credit_code, identity.mobile, lambda value: identity.resident_id(value, ON)):
        said = outcome(check, text)
        assert said.isalnum() if said.isascii() else "应为" in said or "有误" in said or "不正确" in said


def test_known_numbers() -> None:
    # The example of GB 11643-1999 itself.
    assert identity.resident_id("11010519491231002X", ON) == "11010519491231002X"
    assert identity.resident_id(" 110105 19491231 002x ", ON) == "11010519491231002X"
    assert identity.resident_id("１１０１０５１９４９１２３１００２Ｘ", ON) == "11010519491231002X"
    # The example of python-stdnum's documentation.
    assert identity.credit_code("91110000600037341L") == "91110000600037341L"


@pytest.mark.parametrize(
    ("number", "word"),
    [
        ("110105194912310021", "核对"),
        ("11010519491231002", "18位"),
        ("99010519491231002X", "地区"),
        ("110105194913310020", "出生日期"),
        ("110105190002290021", "出生日期"),
    ],
)
def test_the_refusal_says_what_is_wrong(number: str, word: str) -> None:
    with pytest.raises(identity.IdentityError, match=word):
        identity.resident_id(number, ON)


def test_nobody_is_born_after_the_day_of_the_check() -> None:
    number = resident_number(1, ON + timedelta(days=1))
    with pytest.raises(identity.IdentityError):
        identity.resident_id(number, ON)
    assert identity.resident_id(number, ON + timedelta(days=1))


@given(st.integers(0, 10**7 - 1), st.integers(2, 16), st.integers(1, 9))
def test_one_wrong_digit_of_a_credit_code_is_always_found(serial: int, place: int, shift: int) -> None:
    code = credit_code(serial)
    assert identity.credit_code(code) == code
    if code[place].isdigit():
        wrong = code[:place] + str((int(code[place]) + shift) % 10) + code[place + 1 :]
        with pytest.raises(identity.IdentityError):
            identity.credit_code(wrong)


@pytest.mark.parametrize("letter", "IOSVZ")
def test_letters_that_credit_codes_avoid(letter: str) -> None:
    with pytest.raises(identity.IdentityError):
        identity.credit_code(f"9111010{1}MA000000{letter}5")


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("passport", "E12345678"),
        ("hk_macau_pass", "H12345678"),
        ("hk_macau_pass", "M1234567801"),
        ("taiwan_pass", "12345678"),
        ("foreign_permanent", "911010019900307001"),
    ],
)
def test_other_papers(kind: str, number: str) -> None:
    assert identity.paper_number(kind, number.lower(), ON) == number
    with pytest.raises(identity.IdentityError):
        identity.paper_number(kind, number + "!", ON)


def test_telephones() -> None:
    assert identity.mobile("+86 138-0000-1234") == "13800001234"
    assert identity.telephone("010-12345678") == "01012345678"
    for wrong in ("12800001234", "1380000123", "138000012345", ""):
        with pytest.raises(identity.IdentityError):
            identity.mobile(wrong)


def test_masks() -> None:
    assert identity.mask_number("110105194912311234") == "110***********1234"
    assert identity.mask_number("E12345678") == "E******78"
    assert identity.mask_number("12") == "**"
    assert identity.mask_phone("13800001234") == "138****1234"
    assert identity.mask_phone("01012345678") == "010******78"
    assert identity.mask_name("王小燕") == "王*燕"
    assert identity.mask_name("王燕") == "王*"
    assert identity.mask_name("欧阳小燕") == "欧**燕"
    assert identity.mask_address("北京市东城区示例胡同1号") == "北京市东城区******"
    assert identity.mask_address("") == ""
    assert identity.mask_email("wang@example.com") == "w***@example.com"


@given(st.text(st.characters(categories=["Lo", "Nd", "Lu"]), min_size=1, max_size=40))
def test_a_mask_keeps_the_length_and_never_shows_a_whole_number(number: str) -> None:
    masked = identity.mask_number(number)
    assert len(masked) == len(number)
    assert "*" in masked
