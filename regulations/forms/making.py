"""Forms of the making of a document: who proposes, the manuscript, a file, opinions and their answers, the review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from casework.fields import MEGABYTE
from casework.forms import RefusableForm
from regulations.models import Comment
from regulations.rules import reading, text
from regulations.rules.checklist import Check
from regulations.rules.hearing import CAPACITIES

MOST_WORDS = 2000


class SuggestForm(forms.Form):
    """Whose document a citizen suggests, and in whose name."""

    party = forms.ChoiceField(label="以谁的名义建议", widget=forms.RadioSelect)
    organ = forms.ChoiceField(label="建议由哪一机关起草")

    def __init__(self, parties: Sequence[tuple[str, str]], organs: Sequence[tuple[str, str]], data: Any = None) -> None:
        super().__init__(data)
        chosen: Any = self.fields
        chosen["party"].choices = parties
        chosen["organ"].choices = [("", "请选择"), *organs]
        if len(parties) == 1:
            chosen["party"].initial, chosen["party"].widget = parties[0][0], forms.HiddenInput()


class ManuscriptForm(RefusableForm):
    """The text of a draft with its explanation. `revision` is the saving that the page showed."""

    title = forms.CharField(label="文件标题", max_length=200, required=False)
    body = forms.CharField(
        label="正文", required=False, max_length=text.MOST_SIGNS, widget=forms.Textarea(attrs={"rows": 24}),
        help_text="每段一行。条文以“第一条”开头，或者以“一、”开头；逐条征求意见和对照以此为准。",
    )  # fmt: skip
    necessity = forms.CharField(
        label="起草说明：必要性", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    measures = forms.CharField(
        label="起草说明：主要措施", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
    consolidated = forms.CharField(
        label="修改后的全文", required=False, max_length=text.MOST_SIGNS, widget=forms.Textarea(attrs={"rows": 24}),
        help_text="按照本决定修改以后的全部条文，自施行之日起作为被修改文件的文本。",
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, amends: str = "", **kwargs: Any) -> None:
        """amends: what the document of this draft amends, by its title and number."""
        super().__init__(*args, **kwargs)
        if amends:
            self.fields["consolidated"].label = f"{amends}修改后的全文"
        else:
            del self.fields["consolidated"]


class FileForm(RefusableForm):
    """A file that takes the place of title and body."""

    file = forms.FileField(
        label="草案文件",
        widget=forms.FileInput(attrs={"accept": ",".join(reading.KINDS)}),
        help_text=(
            f"Word文档（.docx）、Markdown（.md）或者纯文本（.txt），不超过 {reading.MOST_BYTES // MEGABYTE} MB。"
            "第一行作为标题。"
        ),
        error_messages={
            "required": "请选择文件",
            "empty": "文件内容为空，请重新选择",
            "missing": "没有收到文件，请重新选择",
        },
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(reading.KINDS):
            raise ValidationError(f"“{file.name}”的格式不受支持，请另存为 .docx、.md 或者 .txt 后再上传")
        return file


class CommentForm(forms.Form):
    """An opinion on a draft."""

    article = forms.ChoiceField(label="针对的条款")
    words = forms.CharField(
        label="意见和理由", max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="请写明建议怎样修改、为什么。",
    )  # fmt: skip

    def __init__(self, articles: Sequence[str], data: Any = None) -> None:
        super().__init__(data)
        chosen: Any = self.fields["article"]
        chosen.choices = [(label, label) for label in articles]


class RegistrationForm(forms.Form):
    """Putting one's name down for a hearing."""

    capacity = forms.ChoiceField(label="报名身份", choices=CAPACITIES, widget=forms.RadioSelect)
    views = forms.CharField(
        label="拟发表的主要意见", max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写明针对的条款、意见和理由，供起草单位遴选参加人和准备听证。",
    )  # fmt: skip


class AnswerForm(forms.Form):
    """The answer to one opinion."""

    outcome = forms.ChoiceField(label="处理", choices=Comment.Outcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label="理由", max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 3}))


VERDICTS = (("clear", "符合"), ("touched", "不符合"))
SUSPECTED = (("clear", "经审核没有问题"), ("touched", "有问题，须修改"))


class CheckForm(forms.Form):
    """The answer to one item of the check-list."""

    verdict = forms.ChoiceField(choices=VERDICTS, widget=forms.RadioSelect)
    words = forms.CharField(
        label="说明", max_length=MOST_WORDS, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="不符合的，写明条款和理由。",
    )  # fmt: skip

    def __init__(self, check: Check, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, prefix=check.key, initial=initial)
        self.check = check
        self.fields["verdict"].label = check.words

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("verdict") == "touched" and not cleaned.get("words", "").strip():
            self.add_error("words", "请写明条款和理由")
        return cleaned


class SuspicionForm(forms.Form):
    """The answer to one clause that the scan has marked."""

    verdict = forms.ChoiceField(label="审核意见", choices=SUSPECTED, widget=forms.RadioSelect)
    words = forms.CharField(label="理由", max_length=MOST_WORDS, widget=forms.Textarea(attrs={"rows": 2}))
