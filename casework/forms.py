"""Forms of the casework pages. The form of a step is written by its row: one field for each thing it asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from casework import facts
from casework.fields import ChineseDateField, DateBoxes, EachField, LongSelect, MoneyField, UploadField, half_width
from casework.models.case import CODE_ALPHABET
from casework.procedure import Ask, Step
from casework.queries.rights import Actor
from casework.queries.worklist import TABS
from casework.refusal import Reason

Options = Mapping[str, Sequence[tuple[str, str]]]
MOST_RADIOS = 5


class MomentBoxes(DateBoxes):
    """Five boxes 年 月 日 时 分."""

    box_labels = (  # type: ignore[assignment]
        *DateBoxes.box_labels,
        ("hour", "时", 2),
        ("minute", "分", 2),
    )

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        if isinstance(value, datetime):
            at = timezone.localtime(value)
            value = (str(at.year), str(at.month), str(at.day), str(at.hour), f"{at.minute:02d}")
        return super().get_context(name, value, attrs)


class MomentField(forms.Field):
    """A moment in Beijing time, in five boxes; an ISO time under the plain name is taken as well."""

    widget = MomentBoxes

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values or isinstance(value, datetime):
            return value or None
        try:
            if isinstance(value, str):
                found = datetime.fromisoformat(half_width(value))
                return found if found.tzinfo else timezone.make_aware(found)
            year, month, day, hour, minute = (int(text) for text in value)
            return timezone.make_aware(datetime.combine(date(year, month, day), time(hour, minute)))
        except ValueError:
            raise ValidationError("请完整填写年、月、日、时、分，例如 2026 年 3 月 5 日 9 时 30 分") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class NumberField(forms.IntegerField):
    """A whole number; takes full-width digits."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "class": "govuk-input--width-5"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)
        self.error_messages |= {"invalid": "请填写整数"}

    def to_python(self, value: Any) -> int | None:
        return super().to_python(half_width(value) if isinstance(value, str) else value)


class RefusableForm(forms.Form):
    """A form whose content the law may refuse."""

    def refuse(self, reasons: Sequence[Reason]) -> None:
        """Show why it was refused: at the field concerned, or above the form with the article."""
        for reason in reasons:
            self.add_error(reason.field if reason.field in self.fields else None, str(reason))


class StepForm(RefusableForm):
    """What somebody states and attests to take one step.

    `seen` is the number of acts that the page showed. `capacity` is asked only of people who hold the right twice.
    After `is_valid`, `given` are the facts and `attested` the words of the conditions for `casework.actions.Offer`.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, row: Step, actors: Sequence[Actor], options: Options, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.actors = row, list(actors)
        if len(self.actors) > 1:
            capacities = [(str(index), _capacity(actor)) for index, actor in enumerate(self.actors)]
            self.fields["capacity"] = forms.ChoiceField(label="以何身份办理", choices=capacities, initial="0")
        for ask in row.asks:
            self.fields[ask.name] = field_of(ask, options.get(ask.name, ask.choices))
        self.conditions = {f"attest_{index}": gate.words for index, gate in enumerate(row.needs, 1) if gate.attested}
        for name, words in self.conditions.items():
            self.fields[name] = forms.BooleanField(label=f"我确认：{words}", required=True)

    @property
    def actor(self) -> Actor:
        """The capacity in which the step is taken."""
        return self.actors[int(self.cleaned_data.get("capacity") or 0)]

    @property
    def given(self) -> dict[str, Any]:
        """The facts that were stated; what was left empty is left out."""
        values = {ask.name: self.cleaned_data.get(ask.name) for ask in self.row.asks}
        return {name: value for name, value in values.items() if value not in (None, "", [], {})}

    @property
    def attested(self) -> list[str]:
        return [words for name, words in self.conditions.items() if self.cleaned_data.get(name)]


def _capacity(actor: Actor) -> str:
    where = actor.organisation.name if actor.organisation else actor.party.name if actor.party else ""
    return f"{actor.label}（{where}）" if where else actor.label


def field_of(ask: Ask, options: Sequence[tuple[str, str]]) -> forms.Field:
    """The form field of one question; chapters use it for the questions of their own forms."""
    common: dict[str, Any] = {"label": ask.label, "required": ask.required, "help_text": ask.hint}
    match ask.kind:
        case "line":
            return forms.CharField(max_length=facts.MAX_LINE, **common)
        case "text":
            return forms.CharField(max_length=facts.MAX_TEXT, widget=forms.Textarea(attrs={"rows": 5}), **common)
        case "date":
            return ChineseDateField(**common)
        case "moment":
            return MomentField(**common)
        case "money":
            return MoneyField(**common)
        case "number":
            return NumberField(min_value=ask.at_least, **common)
        case "yes":
            return forms.BooleanField(**common)
        case "choice" | "party":
            return _one_of(options, common)
        case "each":
            return EachField(options, facts.MAX_LINE, **common)
        case "many" | "staff":
            return _some_of(options, ask.at_least, common)


def _one_of(options: Sequence[tuple[str, str]], common: dict[str, Any]) -> forms.ChoiceField:
    if len(options) <= MOST_RADIOS and common["required"]:
        return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **common)
    return forms.ChoiceField(choices=[("", "请选择"), *options], **common)


def _some_of(options: Sequence[tuple[str, str]], at_least: int, common: dict[str, Any]) -> forms.MultipleChoiceField:
    if not common["help_text"]:
        common["help_text"] = f"至少选择 {at_least} 项。" if at_least > 1 else "可以选择多项。"
    return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **common)


class QueueFilter(forms.Form):
    """The filters of the work queue as they stand in the address (`initial`); `tab` travels with them."""

    q = forms.CharField(label="案号、当事人或关键词", required=False, max_length=60)
    matter = forms.ChoiceField(label="事项", required=False, widget=LongSelect)
    organ = forms.TypedChoiceField(label="承办单位", required=False, coerce=int, empty_value=None, widget=LongSelect)
    tab = forms.ChoiceField(required=False, choices=list(TABS.items()), widget=forms.HiddenInput)

    def __init__(
        self, initial: dict[str, Any], matters: Sequence[tuple[str, str]], organs: Sequence[tuple[int, str]]
    ) -> None:
        super().__init__(initial=initial)
        self.fields["matter"].choices = [("", "全部事项"), *matters]  # type: ignore[attr-defined]
        if len(organs) > 1:
            self.fields["organ"].choices = [("", "全部单位"), *organs]  # type: ignore[attr-defined]
        else:
            del self.fields["organ"]


class ViewForm(forms.Form):
    """The name under which a view of the queue is kept."""

    name = forms.CharField(label="视图名称", max_length=20, help_text="例如：餐饮许可、本周到期。")


class ChangeViewForm(ViewForm):
    """Another name for a view, and whether the queue opens with it."""

    is_default = forms.BooleanField(label="打开待办队列时先显示这个视图", required=False)


class AssignForm(forms.Form):
    """To whom the chosen cases are given."""

    handler = forms.ChoiceField(label="承办人")

    def __init__(self, officers: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["handler"] = _one_of(officers, {"label": "承办人", "required": True, "help_text": ""})


class DelegationForm(forms.Form):
    """Which colleague acts in whose seat, from when until when, and why."""

    seat = forms.ChoiceField(label="授权代行的职务", widget=forms.RadioSelect)
    to = forms.ChoiceField(label="代行人员")
    since = ChineseDateField(label="起始日期")
    until = ChineseDateField(label="截止日期（含当日）", help_text="到期自动终止，也可以提前终止。")
    reason = forms.CharField(label="理由", max_length=200, help_text="例如：外出培训，由同科室人员代办。")

    def __init__(
        self, seats: Sequence[tuple[str, str]], colleagues: Sequence[tuple[str, str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["seat"].choices = seats
        chosen["to"].choices = [("", "请选择"), *colleagues]
        if len(seats) == 1:
            chosen["seat"].initial, chosen["seat"].widget = seats[0][0], forms.HiddenInput()


class TrackForm(forms.Form):
    """The two things that a receipt bears."""

    number = forms.CharField(label="案号", max_length=60, help_text="例如：东市监许申〔2026〕1号")
    code = forms.CharField(
        label="查询码", max_length=30, help_text="15 位，印在收件凭证上，不区分大小写。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "govuk-input--width-20"}),
    )  # fmt: skip

    def clean_number(self) -> str:
        """Any brackets and blanks that a keyboard offers stand for 〔〕."""
        text = re.sub(r"\s+", "", half_width(self.cleaned_data["number"]))
        return re.sub(r"[\[(【〔](\d{4})[\])】〕]", r"〔\1〕", text)

    def clean_code(self) -> str:
        return re.sub(r"[^0-9A-Z]", "", half_width(self.cleaned_data["code"]).upper())


class OnceForm(RefusableForm):
    """Handing something in: `token` makes one case of any number of presses."""

    token = forms.CharField(widget=forms.HiddenInput, min_length=15, max_length=15)

    def clean_token(self) -> str:
        token = str(self.cleaned_data["token"])
        if set(token) - set(CODE_ALPHABET):
            raise ValidationError("页面已经过期，请刷新后重新填写")
        return token


class OwnForm(OnceForm):
    """The same under one's own name, or that of whom one acts for."""

    party = forms.ChoiceField(label="以谁的名义提出", widget=forms.RadioSelect)

    def __init__(self, parties: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["party"]
        chosen.choices = parties
        if len(parties) == 1:
            chosen.initial = parties[0][0]


class RevealForm(forms.Form):
    """Why somebody needs personal data in clear."""

    reason = forms.CharField(label="查看理由", max_length=100, help_text="例如：电话通知申请人领取证件。")


class CompareForm(forms.Form):
    """A copy of a paper that somebody holds, to be compared with the one that was issued."""

    file = UploadField(label="您手中的文书文件", kinds=("pdf",))


class SearchForm(forms.Form):
    """What anybody looks for in everything that is public."""

    q = forms.CharField(label="搜索内容", required=False, max_length=60, widget=forms.TextInput({"type": "search"}))
    kind = forms.ChoiceField(label="类别", required=False, widget=LongSelect)
    organ = forms.ChoiceField(label="机关", required=False, widget=LongSelect)
    year = forms.TypedChoiceField(label="年份", required=False, coerce=int, empty_value=None, widget=LongSelect)

    def __init__(
        self, kinds: Sequence[tuple[str, str]], organs: Sequence[tuple[str, str]], years: Sequence[int],
        *args: Any, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["kind"].choices = [("", "全部类别"), *kinds]
        chosen["organ"].choices = [("", "全部机关"), *organs]
        chosen["year"].choices = [("", "全部年份"), *((year, f"{year}年") for year in years)]
