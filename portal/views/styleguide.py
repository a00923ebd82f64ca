"""The style guide: every component with invented sample data, for engineers, and for the tests that look at it.

There only in demonstrations and while developing.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import segno
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from casework.fields import ChineseDateField, MoneyField, PhoneField, UploadField
from portal.context import shell
from portal.navigation import Link, bar


@dataclass(frozen=True)
class Lamp:
    """Looks like casework.lamps.Lamp."""

    code: str
    words: str


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone())


class SampleForm(forms.Form):
    """One of each field; the look of form-errors."""

    applicant = forms.ChoiceField(
        label="申请人类型",
        choices=[("person", "公民"), ("body", "法人或者其他组织")],
        widget=forms.RadioSelect,
        initial="person",
    )
    name = forms.CharField(
        label="姓名",
        max_length=40,
        help_text="请填写与有效身份证件一致的姓名。",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(label="联系电话", help_text="用于发送办理进度短信，例如 13800138000。")
    description = forms.CharField(
        label="所需政府信息的名称、文号或者其他特征性描述",
        max_length=1000,
        help_text="描述越具体，越便于我们检索。请勿填写他人隐私。",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    delivery = forms.MultipleChoiceField(
        label="获取方式",
        choices=[("email", "电子邮件"), ("post", "邮寄"), ("collect", "自行领取")],
        widget=forms.CheckboxSelectMultiple,
        help_text="可多选。",
    )
    unit = forms.ChoiceField(label="承办单位", choices=[("", "请选择"), ("zjw", "区住房城市建设委")])
    formed_on = ChineseDateField(label="信息形成日期（大致即可）", latest=date(2026, 11, 22))
    fee = MoneyField(label="愿意承担的费用", required=False)
    password = forms.CharField(
        label="登录密码", required=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    proof = UploadField(label="身份证明", required=False)
    truthful = forms.BooleanField(label="我承诺以上内容真实")


class SampleFilter(forms.Form):
    """The filters of a work queue."""

    q = forms.CharField(label="案号、当事人或关键词", required=False)
    kind = forms.ChoiceField(label="事项类型", required=False, choices=[("", "全部类型"), ("xk", "行政许可")])
    unit = forms.ChoiceField(label="承办单位", required=False, choices=[("", "全部单位"), ("scj", "区市场监管局")])


# lamp, due date, number, item, applicant, unit, officer, state, colour of the state
SAMPLE_ROWS = """
overdue 2026-11-20 东政开〔2026〕第0187号 政府信息公开申请 王晓燕 区住房城市建设委 李建国 答复拟稿 blue
today 2026-11-22 东行复〔2026〕第0042号 行政复议申请 北京东华餐饮管理有限公司 区司法局 张敏 受理审查 purple
soon 2026-11-24 东许可〔2026〕第1093号 食品经营许可（新办） 北京隆福寺小吃店 区市场监管局 陈思远 现场核查 teal
soon 2026-11-25 12345-20261119-00871 投诉举报·噪声扰民 匿名 和平里街道 未分派 待分派 grey
fine 2026-12-03 东政开〔2026〕第0191号 政府信息公开申请 某律师事务所 区规自分局 李建国 征求第三方意见 yellow
fine 2026-12-06 东规审〔2026〕第0013号 规范性文件合法性审核 区城市管理委 区司法局 赵婉清 公开征求意见 orange
fine 2026-12-08 东许可〔2026〕第1101号 户外广告设施设置 示例科技股份有限公司 区城市管理委 刘洋 联合审批（3/5） green
"""
WORDS = ["超期 2 个工作日", "今日到期", *(f"剩 {days} 个工作日" for days in (2, 3, 9, 10, 12))]
ROWS = [line.split() for line in SAMPLE_ROWS.strip().splitlines()]
LAMPS = [Lamp(row[0], words) for row, words in zip(ROWS, WORDS, strict=True)]

ENTRIES = [
    {
        "title": "作出受理决定",
        "byline": "区政务公开办 李建国",
        "at": _at("2026-11-09 09:12"),
        "text": "经审查，您的申请符合《中华人民共和国政府信息公开条例》第二十九条规定，予以受理。",
        "documents": [{"label": "受理通知书（东政开受字〔2026〕187号）.pdf", "url": "#"}],
    },
    {
        "title": "补正材料已收到",
        "byline": "王晓燕",
        "at": _at("2026-11-06 16:40"),
        "text": "您补充了信息的文号“东建发〔2026〕22号”。答复期限自收到补正之日起重新计算。",
    },
    {
        "title": "要求补正",
        "byline": "区政务公开办 李建国",
        "at": _at("2026-11-04 10:05"),
        "text": "请补充所需信息的具体名称或者文号，并于2026年11月18日前提交。",
        "documents": [{"label": "补正告知书.pdf", "url": "#"}],
    },
    {
        "title": "提交申请",
        "byline": "王晓燕",
        "at": _at("2026-11-03 20:31"),
        "text": "通过“北京东城”网上申请提交，回执编号 DC-7Q4K-28MX。",
    },
]

TASKS = [
    {"title": "区住房城市建设委：提供信息", "hint": "承办人 李建国　期限 2026年11月20日", "status": "已完成"},
    {
        "title": "第三方：书面征求意见",
        "hint": "征求意见时间不计入答复期限",
        "status": "等待第三方",
        "tone": "yellow",
        "url": "#task",
    },
    {"title": "区司法局：合法性审核", "status": "尚未开始", "tone": "grey"},
]

STEPS = [
    "2026年11月6日收到补正材料，自次日起计算。",
    "答复期限为20个工作日，遇法定节假日、调休休息日顺延。",
    "2026年11月10日至11月17日征求第三方意见，不计入期限（6个工作日）。",
    "最后一日为2026年12月4日。",
]


def clock(lamp: Lamp, *, provisional: bool = False) -> dict[str, Any]:
    law = "《政府信息公开条例》第三十三条第二款"
    return {
        "name": "作出答复", "lamp": lamp, "due_on": date(2026, 12, 4), "steps": STEPS, "law": law,
        "provisional": provisional,
    }  # fmt: skip


@login_not_required
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component once."""
    messages.success(request, "材料已经提交。")
    messages.error(request, "期限已过，不能再撤回。")
    messages.info(request, "周六、周日不办理现场业务。")
    code = segno.make("http://127.0.0.1/v/EXAMPLE/", error="m").svg_inline(scale=4, svgclass=None, lineclass=None)
    context = {
        "lamps": [*LAMPS[:5], Lamp("none", "不计期限")],
        "due_on": date(2026, 12, 4),
        "clocks": [clock(Lamp("soon", "剩 3 个工作日"), provisional=True)],
        "tones": ("grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow"),
        "entries": ENTRIES,
        "tasks": TASKS,
        "rows": [
            {"key": "申请人", "value": "王晓燕", "url": "#applicant"},
            {"key": "收件日期", "value": "2026年11月3日", "url": "#received"},
        ],
        "files": [
            {"name": "营业执照.pdf", "url": "#file", "size": 345_678, "state": "可用", "tone": "green"},
            {
                "name": "平面图.png",
                "size": 5_345_678,
                "state": "正在安全检查",
                "tone": "yellow",
                "remove_url": "#remove",
            },
        ],
        "crumbs": [{"label": "我的办件", "url": "#mine"}, {"label": "东政开〔2026〕第0187号"}],
        # segno draws the code from our own constant.
        "qr": mark_safe(code.replace("<svg", '<svg role="img" aria-label="回执二维码"', 1)),  # noqa: S308
    }
    return render(request, "portal/styleguide/components.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest) -> HttpResponse:
    """A form: empty, and with its errors once it was sent."""
    sample = SampleForm(request.POST, request.FILES) if request.method == "POST" else SampleForm()
    return render(request, "portal/styleguide/form.html", {"form": sample, "accepted": sample.is_valid()})


@login_not_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The officers' shell with a work queue."""
    frame = shell(request)["shell"] | {  # type: ignore[operator]
        "desk": True,
        "name": "办理端",
        "user_name": "李建国",
        "sign_in": "",
        "navigation": bar(
            [Link(label, f"#{n}", n == 0) for n, label in enumerate(("待办", "查询", "统计", "期限日历"))]
        ),
    }
    names = ("number", "item", "applicant", "unit", "officer", "state", "tone")
    rows = [
        {"lamp": lamp, "due_on": date.fromisoformat(row[1])} | dict(zip(names, row[2:], strict=True))
        for lamp, row in zip(LAMPS, ROWS, strict=True)
    ]
    tabs = [
        {"label": "我的待办", "url": "?", "count": 7, "current": True},
        {"label": "待分派", "url": "?view=1", "count": 23},
        {"label": "三日内到期", "url": "?view=2", "count": 9},
        {"label": "已超期", "url": "?view=3", "count": 2},
        {"label": "＋ 保存当前视图", "url": "?view=new"},
    ]
    context = {
        "shell": frame,
        "rows": rows,
        "tabs": tabs,
        "filter": SampleFilter(request.GET or None),
        "sort": request.GET.get("sort", "due"),
        "actions": [{"value": "assign", "label": "分派所选"}, {"value": "transfer", "label": "转办"}],
    }
    return render(request, "portal/styleguide/queue.html", context)


@login_not_required
@require_safe
def case(request: HttpRequest) -> HttpResponse:
    """A citizen's case page."""
    frame = shell(request)["shell"] | {"user_name": "王晓燕", "sign_in": ""}  # type: ignore[operator]
    facts = [
        {"key": "申请人", "value": "王晓燕"},
        {"key": "收件日期", "value": "2026年11月3日"},
        {"key": "收费", "value": "¥0.00（人民币零元整）"},
    ]
    context = {
        "shell": frame,
        "crumbs": [{"label": "我的办件", "url": "#mine"}, {"label": "东政开〔2026〕第0187号"}],
        "entries": ENTRIES,
        "tasks": TASKS,
        "facts": facts,
        "clocks": [clock(Lamp("fine", "剩 10 个工作日"))],
    }
    return render(request, "portal/styleguide/case.html", context)
