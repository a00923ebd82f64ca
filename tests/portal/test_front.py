"""The frame of every page, the look of forms, and how things are written: what the server sends."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import path
from django.utils import timezone

from accounts.models import User
from portal import navigation, urls
from portal.context import shell
from portal.templatetags import portal_tags as tags


def explode(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("boom")


def refuse(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("您不是本案的承办人。")


# The portal with two pages that go wrong.
urlpatterns = [
    *urls.urlpatterns,
    path("explode/", login_not_required(explode)),
    path("refuse/", login_not_required(refuse)),
]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


# ---- writing ----


def test_dates_are_written_the_chinese_way_in_beijing_time() -> None:
    assert tags.day(date(2026, 3, 5)) == '<time datetime="2026-03-05">2026年3月5日</time>'
    late = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)
    assert tags.day(late) == '<time datetime="2026-11-22">2026年11月22日</time>'
    assert ">2026年11月22日 00:30</time>" in tags.moment(late)
    assert tags.day(None) == ""


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "¥0.00（人民币零元整）"),
        (10500, "¥10,500.00（人民币壹万零伍佰元整）"),
        (Decimal("1234.5"), "¥1,234.50（人民币壹仟贰佰叁拾肆元伍角）"),
        ("0.05", "¥0.05（人民币伍分）"),
        (None, ""),
    ],
)
def test_money_is_written_in_figures_and_capitals(amount: Any, words: str) -> None:
    assert tags.money(amount) == words


def test_personal_numbers_are_masked() -> None:
    assert tags.mask("110101199003071234") == "110*************34"
    assert tags.mask("13800138000", "phone") == "138****8000"
    assert tags.mask("王晓燕", "name") == "王**"
    assert tags.mask("1234") == "****"
    assert tags.mask(None) == ""


@pytest.mark.parametrize("code", ["overdue", "today", "soon", "fine", "none"])
def test_a_lamp_says_it_in_shape_and_words(code: str) -> None:
    html = render_to_string("components/lamp.html", {"lamp": SimpleNamespace(code=code, words="剩 2 个工作日")})
    assert f'data-shape="{tags.LAMP_SHAPES[code]}"' in html
    assert "剩 2 个工作日" in html


# ---- forms ----


class Sample(forms.Form):
    name = forms.CharField(label="姓名", help_text="与证件一致。")
    kind = forms.ChoiceField(label="类别（任选）", choices=[("a", "甲"), ("b", "乙")], widget=forms.RadioSelect)
    many = forms.MultipleChoiceField(label="方式", choices=[("a", "甲")], widget=forms.CheckboxSelectMultiple)
    proof = forms.FileField(label="证明")
    sure = forms.BooleanField(label="我已核对")
    note = forms.CharField(label="备注", required=False, max_length=200, widget=forms.Textarea)

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError("两处不一致")


def test_missing_answers_are_asked_for_by_name() -> None:
    form = Sample({})
    assert [error for field in form for error in field.errors] == [
        "请填写姓名",
        "请选择类别",
        "请选择方式",
        "请上传证明",
        "请勾选“我已核对”",
    ]


def test_an_own_message_for_a_missing_answer_is_kept() -> None:
    field = forms.CharField(label="姓名", error_messages={"required": "没有姓名不能受理"})
    form = type("Form", (forms.Form,), {"name": field})({})
    assert form["name"].errors == ["没有姓名不能受理"]


def test_every_link_of_the_error_summary_finds_its_field() -> None:
    form = Sample({})
    page = str(form)
    summary = render_to_string("components/error_summary.html", {"form": form})
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert len(targets) == 6
    for target in targets:
        assert f'id="{target}"' in page
    assert "两处不一致" in page
    assert "有 6 处需要修改" in summary


def test_hint_and_error_are_tied_to_the_field() -> None:
    page = str(Sample({}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'aria-invalid="true"' in page
    assert "govuk-input--error" in page
    assert " required" not in page


def test_optional_fields_say_so_and_no_others() -> None:
    assert str(Sample()).count("（选填）") == 1


def test_no_english_is_left_in_a_form() -> None:
    words = text(str(Sample({}))) + text(render_to_string("components/error_summary.html", {"form": Sample({})}))
    assert not re.search(r"[A-Za-z]{3,}", words), words


# ---- frame ----


def test_navigation_shows_only_what_exists(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = (
        navigation.Entry("首页", "home", "public"),
        navigation.Entry("使用帮助", "help", "public"),
        navigation.Entry("未建成", "no-such-name", "public"),
        navigation.Entry("隐私保护", "privacy", "desk"),
    )
    monkeypatch.setattr(navigation, "ENTRIES", entries)
    found = navigation.links("public", "/help/elder/")
    assert [(link.label, link.current) for link in found] == [("首页", False), ("使用帮助", True)]


def test_the_bar_folds_neighbours_of_a_group_and_marks_where_one_is() -> None:
    items = navigation.bar(navigation.links("public", "/law/"))
    assert [(item.label, len(item.links)) for item in items] == [
        ("办事服务", 7), ("我要查", 1), ("政务公开", 6), ("公益活动", 1), ("投诉举报", 1), ("我的办件", 1)
    ]  # fmt: skip
    assert [item.label for item in items if item.current] == ["政务公开"]
    assert not any(item.group for item in navigation.bar(navigation.links("desk")))


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "name"), [("person", "公众端"), ("staff", "办理端"), ("administrator", "办理端")])
def test_the_shell_follows_the_kind_of_account(kind: str, name: str) -> None:
    request = RequestFactory().get("/")
    request.user = User.objects.create(username="x", kind=kind, display_name="王晓燕", created_at=timezone.now())
    frame: Any = shell(request)["shell"]
    assert frame["name"] == name
    assert frame["user_name"] == "王晓燕"
    assert frame["sign_out"]
    assert not frame["sign_in"]


def test_elder_mode_is_a_class_that_the_server_sets(client: Client) -> None:
    assert b"portal-elder" not in client.get("/").content
    answer = client.post("/preference/elder/", {"elder": "1", "next": "/help/"})
    assert answer.headers["Location"] == "/help/"
    cookie = answer.cookies["elder"]
    assert (cookie["samesite"], cookie["httponly"]) == ("Lax", True)
    page = client.get("/").content.decode()
    assert "portal-elder" in page
    assert "退出长者模式" in page
    client.post("/preference/elder/", {"elder": "0", "next": "/"})
    assert b"portal-elder" not in client.get("/").content


@pytest.mark.parametrize("target", ["https://example.com/", "//example.com", "javascript:alert(1)", ""])
def test_elder_mode_leads_to_no_other_site(client: Client, target: str) -> None:
    assert client.post("/preference/elder/", {"elder": "1", "next": target}).headers["Location"] == "/"


def test_elder_mode_needs_a_post_of_our_own() -> None:
    assert Client().get("/preference/elder/").status_code == 405
    assert Client(enforce_csrf_checks=True).post("/preference/elder/", {"elder": "1"}).status_code == 403


@pytest.mark.parametrize("address", ["/", "/accessibility/", "/privacy/", "/help/", "/site-map/"])
def test_public_pages_are_open_chinese_and_without_inline_code(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert '<html lang="zh-Hans-CN"' in page
    assert len(re.findall(r"<h1", page)) == 1
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style", page)
    assert all("src=" in script for script in re.findall(r"<script[^>]*>", page))
    assert not re.search(r"[A-Za-z]{4,}", text(page[page.index("<body") :]).replace("Cookie", ""))


# ---- errors ----


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nowhere/", 404, "找不到您要的页面"),
        ("/refuse/", 403, "您不是本案的承办人。"),
        ("/explode/", 500, "系统出现故障"),
    ],
)
def test_an_error_says_what_to_do_and_its_number(address: str, status: int, words: str) -> None:
    answer = Client(raise_request_exception=False).get(address)
    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page
    assert answer.headers["X-Request-ID"] in page
    assert "12345" in page


def test_a_hostile_host_gets_a_plain_400() -> None:
    answer = Client().get("/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert "请求有误" in answer.content.decode()


def test_a_form_of_another_site_is_refused_in_chinese() -> None:
    answer = Client(enforce_csrf_checks=True).post("/preference/elder/", {"elder": "1"})
    assert answer.status_code == 403
    assert "页面已经失效" in answer.content.decode()


def test_the_number_of_the_proxy_is_kept_if_it_is_one(client: Client) -> None:
    kept = client.get("/", headers={"x-request-id": "abcdef-0123456789"})
    assert kept.headers["X-Request-ID"] == "abcdef-0123456789"
    forged = client.get("/", headers={"x-request-id": "x\u4e2d<script>"})
    assert re.fullmatch(r"[0-9a-f]{16}", forged.headers["X-Request-ID"])


def test_the_log_carries_the_number(caplog: pytest.LogCaptureFixture, client: Client) -> None:
    from portal.request_id import RequestIdFilter

    caplog.handler.addFilter(RequestIdFilter())
    client.get("/nowhere/", headers={"x-request-id": "number-of-this-request"})
    assert {getattr(record, "request_id", None) for record in caplog.records} == {"number-of-this-request"}
