"""What the dashboard can be narrowed to; complaints, and the files that come with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from casework.fields import LongSelect, UploadField
from casework.forms import OnceForm, OwnForm
from casework.inspection.kinds import MEGABYTE, words_of
from casework.models import Document
from oversight.actions.evidence import KINDS, MOST, MOST_FILES

TOTAL = 50 * MEGABYTE  # bytes of one request; more is refused before it is read (portal.settings.rates)


class Narrowing(forms.Form):
    """One organ, where there are several, and one procedure."""

    organ = forms.ChoiceField(label="单位", required=False)
    procedure = forms.ChoiceField(label="程序", required=False)

    def __init__(
        self, data: Any, organs: Sequence[tuple[str, str]], procedures: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        chosen: Any = self.fields
        chosen["procedure"].choices = [("", "全部程序"), *procedures]
        if len(organs) > 1:
            chosen["organ"].choices = [("", "全部单位"), *organs]
        else:
            del self.fields["organ"]


class OfOrgan(forms.Form):
    """One organ of those that have something to show."""

    organ = forms.ChoiceField(label="单位", required=False)

    def __init__(self, data: Any, organs: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        chosen: Any = self.fields["organ"]
        chosen.choices = [("", "全部单位"), *organs]


class Filings(forms.Form):
    """By what the filings are added up, and of which organ."""

    by = forms.ChoiceField(label="按", required=False)
    organ = forms.ChoiceField(label="单位", required=False)

    def __init__(self, data: Any, organs: Sequence[tuple[str, str]], tables: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        chosen: Any = self.fields
        chosen["by"].choices = list(tables.items())
        chosen["organ"].choices = [("", "全部单位"), *organs]


class LeftOutField(forms.MultipleChoiceField):
    """Files that are not to be handed in; what was taken away in another window is left out already."""

    def to_python(self, value: Any) -> list[str]:
        return [one for one in super().to_python(value) if self.valid_value(one)]


class EvidenceForm(OnceForm):
    """Files that come with a form, and those that came with it before something else had to be put right.

    `resumable`: whoever has signed in may send them in pieces and go on after an interruption.
    """

    field_order: Sequence[str] = ()
    left_out = LeftOutField(
        label="已经收到的文件", required=False, widget=forms.MultipleHiddenInput,
        help_text="这些文件已经收到，不必再选。不想提交的，请勾选。",
    )  # fmt: skip

    def __init__(self, *args: Any, resumable: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        together = "" if resumable else f"，一次合计不超过 {TOTAL // MEGABYTE} MB"
        self.fields["evidence"] = UploadField(
            label="证据材料", required=False, multiple=True, resumable=resumable, kinds=KINDS, max_bytes=MOST,
            total=0 if resumable else TOTAL,
            help_text=(
                f"照片、扫描件或者文档（{words_of(KINDS)}），最多 {MOST_FILES} 个，"
                f"每个不超过 {MOST // MEGABYTE} MB{together}。被反映的机关看不到这些文件。"
            ),
        )  # fmt: skip
        self.order_fields(self.field_order)

    def offer(self, received: Sequence[Document]) -> None:
        """The files that are there already, of which each may be left out."""
        chosen: Any = self.fields["left_out"]
        chosen.widget = forms.CheckboxSelectMultiple() if received else forms.MultipleHiddenInput()
        chosen.choices = [(one.token, one.title) for one in received]


class ComplaintForm(EvidenceForm):
    """What somebody complains of."""

    power = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    concerned = forms.ChoiceField(
        label="您反映哪个机关", widget=LongSelect, error_messages={"required": "请选择您反映的机关"}
    )
    facts = forms.CharField(
        label="发生了什么事", max_length=5000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="请写明时间、地点、经过和涉及的人员。不要填写与这件事无关的个人信息。",
        error_messages={"required": "请写明发生了什么事"},
    )  # fmt: skip
    field_order: Sequence[str] = ("token", "power", "concerned", "facts", "left_out", "evidence", "wish")
    wish = forms.CharField(
        label="您希望怎样处理", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, organs: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["concerned"]
        chosen.choices = [("", "请选择"), *organs]


class NamedComplaintForm(OwnForm, ComplaintForm):
    """By whom, and whether it is about what an earlier complaint brought upon them."""

    earlier = forms.CharField(
        label="因此前的投诉举报受到打击报复的，填写那一件的案号", required=False, max_length=60,
        help_text="填写以后，这一件不会转给被反映的机关，并同时告知监察人员。",
    )  # fmt: skip
    field_order = ("token", "power", "party", "concerned", "facts", "left_out", "evidence", "wish", "earlier")


class MoreForm(EvidenceForm):
    """What whoever complained adds."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    facts = forms.CharField(
        label="补充的情况", max_length=5000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="只补充证据材料的，写明材料说明什么。", error_messages={"required": "请写明补充的情况"},
    )  # fmt: skip
    field_order = ("token", "seen", "facts", "left_out", "evidence")
