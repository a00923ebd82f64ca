"""What the administrators fill in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from accounts import roles
from accounts.models import AccessEvent, Organisation, Post, ServicePoint, User


class _Words(forms.CharField):
    def __init__(self, label: str, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 60)
        super().__init__(label=label, **kwargs)


class _Day(forms.DateField):
    """A day in one box, as administrators type it."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        hint = kwargs.pop("help_text", "")
        kwargs["help_text"] = f"{hint}；例如2026-11-22" if hint else "例如2026-11-22"
        super().__init__(label=label, input_formats=["%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d"], **kwargs)
        self.widget.format = "%Y-%m-%d"


class StaffForm(forms.Form):
    username = _Words(
        "账号",
        help_text="字母、数字、连字符或者下划线，不能全是数字",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    name = _Words("姓名")
    kind = forms.ChoiceField(
        label="账号类别",
        choices=[choice for choice in User.Kind.choices if choice[0] != User.Kind.PERSON],
        help_text="管理员账号只能担任系统管理员、安全管理员或者审计管理员之一，不能办理案件",
    )
    staff_number = _Words("工号", max_length=40, help_text="一人一号，同一工号不能有两个账号")
    phone = _Words("手机号码", required=False, widget=forms.TextInput(attrs={"inputmode": "tel"}))


class SeatForm(forms.Form):
    organisation = forms.ModelChoiceField(label="机构", queryset=Organisation.objects.none(), empty_label="请选择")
    role = forms.ChoiceField(label="角色")
    post = forms.ModelChoiceField(label="职务", queryset=Post.objects.none(), required=False, empty_label="不填")
    service_point = forms.ModelChoiceField(
        label="服务网点",
        queryset=ServicePoint.objects.none(),
        required=False,
        empty_label="不填",
        help_text="窗口人员请选择所在网点",
    )
    since = _Day("起始日期")
    until = _Day("终止日期", required=False, help_text="从这一天起不再任职；不填表示长期")
    reason = _Words("理由", max_length=200, help_text="例如任职文件的文号")

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        administrator = user.kind == User.Kind.ADMINISTRATOR
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            choice for choice in roles.SEAT_CHOICES if (choice[0] in roles.ADMINISTRATOR_ROLES) == administrator
        ]
        for name, model in (("organisation", Organisation), ("post", Post), ("service_point", ServicePoint)):
            self.fields[name].queryset = model.objects.at(on)  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = Organisation.objects.at(on).select_related("parent")  # type: ignore
        self.fields["organisation"].label_from_instance = lambda one: one.full_name  # type: ignore[attr-defined]
        self.fields["post"].queryset = Post.objects.at(on).select_related("organisation")  # type: ignore[attr-defined]
        self.fields["post"].label_from_instance = lambda post: f"{post.organisation.short_name} {post.title}"  # type: ignore
        self.initial.setdefault("since", on)


class EndSeatForm(forms.Form):
    on = _Day("终止日期", help_text="从这一天起不再任职")
    reason = _Words("理由", max_length=200)


class ReasonForm(forms.Form):
    reason = _Words("理由", max_length=200)


class DecisionForm(forms.Form):
    opinion = _Words("审批意见", max_length=200, required=False, help_text="不予批准的必须写明理由")


class EventFilterForm(forms.Form):
    kind = forms.ChoiceField(label="事件", required=False, choices=[("", "全部"), *AccessEvent.Kind.choices])
    account = _Words("账号", required=False)
    matter = _Words("案号", required=False, max_length=60)
    since = _Day("起始日期", required=False)
    until = _Day("终止日期（含当日）", required=False)
