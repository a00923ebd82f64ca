"""Numbers that identify people and bodies: checking, normal form, and how they are shown to others.

The checks raise IdentityError with a sentence for the person who typed the number.
"""

from __future__ import annotations

import re
from datetime import date

from stdnum.cn import ric, uscc


class IdentityError(ValueError):
    """The number cannot be right; the text says why, in Chinese, to whoever typed it."""


# First two digits of GB/T 2260, and 81–83 of the residence permits for Hong Kong, Macau and Taiwan residents.
_PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_EARLIEST_BIRTH = date(1900, 1, 1)

_OTHER_PAPERS = {
    "passport": (re.compile(r"[A-Z0-9]{5,17}"), "护照号码应为5至17位字母或者数字"),
    "hk_macau_pass": (
        re.compile(r"[HM]\d{8}(\d{2})?"),
        "港澳居民来往内地通行证号码应为H或者M加8位或者10位数字",
    ),
    "taiwan_pass": (re.compile(r"\d{8}"), "台湾居民来往大陆通行证号码应为8位数字"),
    "foreign_permanent": (re.compile(r"9\d{16}[\dX]|[A-Z]{3}\d{12}"), "外国人永久居留身份证号码格式不正确"),
}


def _compact(number: str) -> str:
    """Without blanks and hyphens, full-width characters made half-width, letters in capitals."""
    narrow = number.translate({code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)})
    return re.sub(r"[\s\-－—]", "", narrow).upper()


def resident_id(number: str, on: date) -> str:
    """The 18 characters of a resident identity number, checked as GB 11643 says: region, date of birth, check digit.

    `on` is the day of the check: nobody is born after it.
    """
    compact = _compact(number)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", compact):
        raise IdentityError("居民身份证号码应为18位，前17位是数字，最后一位是数字或者X")
    if not _PROVINCES.fullmatch(compact[:2]):
        raise IdentityError("居民身份证号码的地区代码不正确")
    try:
        born = birth_date(compact)
    except ValueError as error:
        raise IdentityError("居民身份证号码中的出生日期不正确") from error
    if not _EARLIEST_BIRTH <= born <= on:
        raise IdentityError("居民身份证号码中的出生日期不正确")
    if compact[-1] != ric.calc_check_digit(compact):
        raise IdentityError("居民身份证号码有误，请核对每一位数字")
    return compact


def birth_date(resident_number: str) -> date:
    """The date of birth within a resident identity number; ValueError if there is no such day."""
    return date(int(resident_number[6:10]), int(resident_number[10:12]), int(resident_number[12:14]))


def credit_code(number: str) -> str:
    """The 18 characters of a unified social credit code, checked as GB 32100 says: alphabet and check character."""
    compact = _compact(number)
    if not re.fullmatch(r"[1-9ANY][0-9A-HJ-NPQRTUWXY][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}", compact):
        raise IdentityError("统一社会信用代码应为18位，由数字和大写字母组成（不使用I、O、S、V、Z）")
    if compact[-1] != uscc.calc_check_digit(compact[:17]):
        raise IdentityError("统一社会信用代码有误，请核对每一位")
    return compact


def paper_number(kind: str, number: str, on: date) -> str:
    """The normal form of the number of any identity paper of `Party.IdKind`."""
    if kind == "resident_id":
        return resident_id(number, on)
    if kind == "credit_code":
        return credit_code(number)
    pattern, message = _OTHER_PAPERS[kind]
    compact = _compact(number)
    if not pattern.fullmatch(compact):
        raise IdentityError(message)
    return compact


def mobile(number: str) -> str:
    """The eleven digits of a mainland mobile number."""
    compact = _compact(number).removeprefix("+86")
    if not re.fullmatch(r"1[3-9][0-9]{9}", compact):
        raise IdentityError("手机号码应为11位数字")
    return compact


def telephone(number: str) -> str:
    """A mobile number or a landline with area code, for reaching a party."""
    compact = _compact(number).removeprefix("+86")
    if not re.fullmatch(r"1[3-9][0-9]{9}|0[0-9]{9,11}|[48]00[0-9]{7}", compact):
        raise IdentityError("联系电话应为手机号码，或者带区号的固定电话")
    return compact


def mask_number(number: str) -> str:
    """110***********1234: three characters in front and four behind stay; of short numbers one and two."""
    front, behind = (3, 4) if len(number) >= 15 else (1, 2)
    if len(number) <= front + behind:
        return "*" * len(number)
    return number[:front] + "*" * (len(number) - front - behind) + number[-behind:]


def mask_phone(number: str) -> str:
    """138****5678; of a landline only the area code and the last two digits stay."""
    if len(number) < 7:
        return "*" * len(number)
    behind = 4 if number.startswith("1") else 2
    return number[:3] + "*" * (len(number) - 3 - behind) + number[-behind:]


def mask_name(name: str) -> str:
    """王*燕: the first and last character stay; of two characters the first."""
    if len(name) <= 2:
        return name[:1] + "*" * (len(name) - 1)
    return name[0] + "*" * (len(name) - 2) + name[-1]


def mask_address(address: str) -> str:
    """Down to the district; the rest is stars."""
    if not address:
        return ""
    district = re.match(r".{0,16}?[区县旗]", address)
    return (district.group() if district else address[:3]) + "******"


def mask_email(email: str) -> str:
    """w***@example.com"""
    name, at, domain = email.partition("@")
    return f"{name[:1]}***{at}{domain}" if at else ""
