"""Fields take what people type and answer in Chinese."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from casework.fields import ChineseDateField, MoneyField, PhoneField, UploadField


class Form(forms.Form):
    born = ChineseDateField(label="出生日期", required=False, earliest=date(1900, 1, 1), latest=date(2026, 11, 22))
    fee = MoneyField(label="金额", required=False)
    phone = PhoneField(label="联系电话", required=False)


def cleaned(**data: str) -> dict[str, object]:
    form = Form(data)
    assert form.is_valid(), form.errors
    return form.cleaned_data


def complaint(field: str, **data: str) -> str:
    return str(Form(data).errors[field][0])


@pytest.mark.parametrize(
    "boxes", [("2000", "2", "29"), ("２０００", "２", "２９"), (" 2000", "02 ", "29")], ids=["plain", "full", "blanks"]
)
def test_a_date_is_read_from_three_boxes(boxes: tuple[str, str, str]) -> None:
    data = dict(zip(("born-year", "born-month", "born-day"), boxes, strict=True))
    assert cleaned(**data)["born"] == date(2000, 2, 29)


def test_a_date_of_an_api_or_a_saved_draft_is_read_whole() -> None:
    assert cleaned(born="2000-02-29")["born"] == date(2000, 2, 29)


def test_no_date_is_none() -> None:
    assert cleaned(**{"born-year": "", "born-month": "", "born-day": ""})["born"] is None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"born-year": "2000", "born-month": "", "born-day": ""}, "请填写出生日期的月、日"),
        ({"born-year": "2001", "born-month": "2", "born-day": "29"}, "出生日期须是真实存在的日期"),
        ({"born-year": "两千", "born-month": "2", "born-day": "2"}, "出生日期须是真实存在的日期"),
        ({"born": "2000"}, "出生日期须是真实存在的日期"),
        ({"born": "2000-1-1-1"}, "出生日期须是真实存在的日期"),
        ({"born-year": "1899", "born-month": "12", "born-day": "31"}, "出生日期不得早于 1900年1月1日"),
        ({"born-year": "2026", "born-month": "11", "born-day": "23"}, "出生日期不得晚于 2026年11月22日"),
    ],
)
def test_a_wrong_date_is_explained(data: dict[str, str], words: str) -> None:
    assert complaint("born", **data).startswith(words)


def test_refused_boxes_keep_what_was_typed() -> None:
    html = Form({"born-year": "2001", "born-month": "2", "born-day": "30"})["born"].as_widget()
    assert 'name="born-day"' in html
    assert 'value="30"' in html
    assert html.count('aria-invalid="true"') == 3


@pytest.mark.parametrize(("month", "changed"), [("02", []), ("3", ["born"]), ("13", ["born"])])
def test_a_date_changes_only_when_it_differs(month: str, changed: list[str]) -> None:
    form = Form({"born-year": "2000", "born-month": month, "born-day": "1"}, initial={"born": date(2000, 2, 1)})
    assert form.changed_data == changed


@pytest.mark.parametrize("text", ["1234.50", "1,234.50", "￥1234.50", "¥ 1234.5元", "１２３４．５０"])
def test_money_is_read_as_people_write_it(text: str) -> None:
    assert cleaned(fee=text)["fee"] == Decimal("1234.50")


@pytest.mark.parametrize(("text", "words"), [("免费", "请填写金额"), ("-1", "金额不得为负数"), ("1.234", "小数")])
def test_wrong_money_is_explained(text: str, words: str) -> None:
    assert words in complaint("fee", fee=text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("138 0013 8000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("+86 13800138000", "13800138000"),
        ("(010)65118899", "01065118899"),
        ("010-65118899-803", "010-65118899-803"),
    ],
)
def test_telephone_numbers_are_tidied(text: str, number: str) -> None:
    assert cleaned(phone=text)["phone"] == number


@pytest.mark.parametrize("text", ["1380013800", "12345678901", "65118899", "电话"])
def test_numbers_that_cannot_be_called_are_refused(text: str) -> None:
    assert complaint("phone", phone=text).startswith("请填写 11 位手机号码")


def upload(field: UploadField, *files: SimpleUploadedFile) -> forms.Form:
    form_class = type("UploadForm", (forms.Form,), {"proof": field})
    form: forms.Form = form_class(QueryDict(), MultiValueDict({"proof": list(files)}))
    return form


PDF = b"%PDF-1.7\n..."


def test_a_file_of_an_allowed_kind_is_taken_whole() -> None:
    form = upload(UploadField(), SimpleUploadedFile("身份证.PDF", PDF))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["proof"].read() == PDF


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.exe", b"MZ", "“a.exe”的格式不受支持，请上传 PDF、OFD、JPG、PNG"),
        ("a", PDF, "“a”的格式不受支持"),
        ("a.pdf", b"MZ\x90", "“a.pdf”的内容与扩展名不符"),
        ("a.png", PDF, "“a.png”的内容与扩展名不符"),
        ("a.pdf", PDF + b"x" * 1024 * 1024, "“a.pdf”超过 1 MB"),
        ("a.pdf", b"", "文件内容为空"),
    ],
)
def test_other_files_are_refused_with_the_reason(name: str, content: bytes, words: str) -> None:
    form = upload(UploadField(max_bytes=1024 * 1024), SimpleUploadedFile(name, content))
    assert str(form.errors["proof"][0]).startswith(words)


def test_several_files_are_each_checked() -> None:
    good, bad = SimpleUploadedFile("a.pdf", PDF), SimpleUploadedFile("b.pdf", b"MZ")
    form = upload(UploadField(multiple=True), SimpleUploadedFile("a.pdf", PDF), SimpleUploadedFile("c.pdf", PDF))
    assert form.is_valid(), form.errors
    assert [file.name for file in form.cleaned_data["proof"]] == ["a.pdf", "c.pdf"]
    assert "b.pdf" in str(upload(UploadField(multiple=True), good, bad).errors["proof"][0])


@pytest.mark.parametrize("multiple", [False, True])
def test_a_required_file_must_come(multiple: bool) -> None:
    assert "proof" in upload(UploadField(multiple=multiple)).errors
    assert upload(UploadField(multiple=multiple, required=False)).is_valid()


def test_the_hint_says_what_the_server_takes() -> None:
    field = UploadField(kinds=("pdf",), max_bytes=5 * 1024 * 1024)
    assert field.help_text == "支持 PDF，单个文件不超过 5 MB。"
    assert 'accept=".pdf"' in upload(field)["proof"].as_widget()
