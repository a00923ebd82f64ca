"""Forms of the service window: who stands there, and whose interest a licence concerns."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from accounts import identity
from accounts.models import Party
from approvals.forms.application import PageForm
from approvals.queries import presence
from casework.fields import PhoneField
from casework.forms import MomentField


class PersonForm(PageForm):
    """The applicant at the window, identified by a paper that the clerk has seen."""

    kind = forms.ChoiceField(label="申请人类型", choices=Party.Kind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label="姓名或者名称", max_length=120, help_text="与证件记载一致。")
    id_kind = forms.ChoiceField(label="证件类型", choices=Party.IdKind.choices)
    id_number = forms.CharField(
        label="证件号码",
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
    )
    phone = PhoneField(label="联系电话")
    address = forms.CharField(label="地址", required=False, max_length=200)
    legal_representative = forms.CharField(label="法定代表人或者负责人", required=False, max_length=60)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind, paper = cleaned.get("kind"), cleaned.get("id_kind")
        if kind == Party.Kind.LEGAL and paper and paper != Party.IdKind.CREDIT_CODE:
            self.add_error("id_kind", "法人和其他组织请选择统一社会信用代码")
        if kind == Party.Kind.NATURAL and paper == Party.IdKind.CREDIT_CODE:
            self.add_error("id_kind", "自然人请选择个人证件")
        return cleaned


class PresenceForm(PageForm):
    """Who is at the window, by which paper the clerk knows it, and when an application on paper came."""

    way = forms.ChoiceField(label="申请怎样提交的？", choices=presence.WAYS, widget=forms.RadioSelect)
    received_at = MomentField(
        label="收到纸质申请的时间", required=False,
        help_text="补录和邮寄的填写：窗口收下或者签收邮件的时间。办理期限自该日起算，不是自录入之日。",
    )  # fmt: skip
    who = forms.ChoiceField(
        label="谁提交的？",
        choices=presence.WHO,
        widget=forms.RadioSelect,
        help_text="邮寄的，按随信附的证件复印件核验。",
    )
    name = forms.CharField(label="提交人姓名", max_length=60, help_text="与证件记载一致。")
    id_kind = forms.ChoiceField(
        label="核验的证件", choices=[one for one in Party.IdKind.choices if one[0] != Party.IdKind.CREDIT_CODE]
    )
    id_number = forms.CharField(
        label="证件号码", max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
    )  # fmt: skip
    authority = forms.BooleanField(
        label="已经查验授权委托书和委托人证件", required=False, help_text="代理人提交的，应当查验。"
    )

    def __init__(self, party: Party | None, at: datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.party, self.at = party, at

    def clean_id_number(self) -> str:
        try:
            number = identity.paper_number(
                self.cleaned_data.get("id_kind", ""), self.cleaned_data["id_number"], timezone.localdate(self.at)
            )
        except identity.IdentityError as error:
            raise forms.ValidationError(str(error), code="malformed") from None
        except KeyError:
            raise forms.ValidationError("请先选择证件类型", code="malformed") from None
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        earlier = cleaned.get("way") in (presence.EARLIER, presence.POST)
        came, who = cleaned.get("received_at"), cleaned.get("who")
        if earlier and not came and "received_at" not in self.errors:
            self.add_error("received_at", forms.ValidationError("请填写收到纸质申请的时间", code="required"))
        if earlier and came and came > self.at:
            self.add_error("received_at", "收到申请的时间不能晚于现在")
        if not earlier:
            cleaned["received_at"] = None
        if who == presence.AGENT and not cleaned.get("authority"):
            self.add_error("authority", forms.ValidationError("代理人提交的，请查验授权委托书", code="required"))
        if who != presence.AGENT:
            cleaned["authority"] = False
        self._same_person(who, cleaned.get("id_number"))
        return cleaned

    def _same_person(self, who: str | None, number: str | None) -> None:
        """The applicant in person is who was registered as the applicant."""
        party = self.party
        if party is None or who is None:
            return
        natural = party.kind == Party.Kind.NATURAL
        if natural and who == presence.HEAD:
            self.add_error("who", "申请人是自然人，没有法定代表人")
        elif not natural and who == presence.SELF:
            self.add_error("who", "申请人是单位的，请选择法定代表人、负责人或者代理人")
        elif who == presence.SELF and number and party.id_number and number != party.id_number:
            self.add_error("id_number", "与已经登记的申请人证件号码不一致")


class VisitForm(PresenceForm):
    """The same for somebody who comes about a case under way: and what for."""

    what = forms.ChoiceField(label="办理什么？", widget=forms.RadioSelect)
    field_order = ("what", "way", "received_at", "who", "name", "id_kind", "id_number", "authority")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].label = "怎样提交的？"
        self.fields["received_at"].label = "收到纸质材料的时间"


class InterestedForm(forms.Form):
    """Somebody whose major interest the licence concerns."""

    kind = forms.ChoiceField(label="类型", choices=Party.Kind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label="姓名或者名称", max_length=120)
    id_kind = forms.ChoiceField(label="证件类型", choices=[("", "没有登记证件"), *Party.IdKind.choices], required=False)
    id_number = forms.CharField(
        label="证件号码", required=False, max_length=30,
        help_text="登记后，本人登录即可查看告知内容、陈述意见、申请听证。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "govuk-input--width-20"}),
    )  # fmt: skip
    phone = PhoneField(label="联系电话", required=False)
    address = forms.CharField(label="地址", required=False, max_length=200)
    reason = forms.CharField(label="直接关系其重大利益的事由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("id_kind")) != bool(cleaned.get("id_number")):
            self.add_error("id_number", "证件类型和证件号码应当一并填写")
        return cleaned
