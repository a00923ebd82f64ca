"""What visitors ask of the statute-book and the calculator; all of it travels in the address."""

from collections.abc import Callable
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from law.limits import LimitError, Suspension
from law.models import LegalText
from law.queries import limits_in_force
from law.terms import day_of
from law.typed import read_moment, read_suspension, tidy_moment, tidy_suspension
from law.wording import CHAPTERS

ALL = ("", "全部")


class TextSearchForm(forms.Form):
    """Words in titles and articles, and the rank of the text."""

    q = forms.CharField(label="关键词", required=False, max_length=60)
    kind = forms.ChoiceField(label="效力级别", required=False, choices=[ALL, *LegalText.Kind.choices])


class LimitFilterForm(forms.Form):
    """Which limits to show."""

    q = forms.CharField(label="事项、依据或代码", required=False, max_length=60)
    chapter = forms.ChoiceField(label="领域", required=False, choices=[ALL, *CHAPTERS.items()])
    old = forms.ChoiceField(label="版本", required=False, choices=[("", "现行有效"), ("1", "包括已失效")])


class VersionForm(forms.Form):
    """A day, for the version of a text in force on it."""

    on = forms.CharField(label="查看某日有效的版本", required=True, max_length=20)

    def clean_on(self) -> date:
        return day_of(_read(read_moment, tidy_moment(self.cleaned_data["on"])))


class DueForm(forms.Form):
    """A limit, its trigger, and what stopped or prolonged it."""

    key = forms.ChoiceField(label="期限", choices=())
    trigger = forms.CharField(
        label="起算事由发生的日期",
        max_length=40,
        help_text="例如 2026-11-22 或者 2026年11月22日；以小时计算的期限写明时刻，例如 2026-11-22 10:30。"
        "倒推的期限（如听证通知）填写举行听证等事件的日期。",
    )
    suspended = forms.CharField(
        label="中止期间",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="每行一段，首日和末日都不计入期限，例如 2026-03-02 至 2026-03-06；尚未恢复的写作 2026-03-02 至。",
    )
    extended = forms.BooleanField(label="已经依法批准延长", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = limit_choices()  # type: ignore[attr-defined]

    def clean_trigger(self) -> Any:
        return _read(read_moment, tidy_moment(self.cleaned_data["trigger"]))

    def clean_suspended(self) -> list[Suspension]:
        lines = [line for line in self.cleaned_data["suspended"].splitlines() if line.strip()]
        return [_read(read_suspension, tidy_suspension(line)) for line in lines]


def limit_choices() -> list[Any]:
    """Every limit that has a number, by chapter; the newest version gives the name."""
    rows = limits_in_force().filter(is_setting=False).values_list("chapter", "key", "procedure_zh", "trigger_zh")
    groups: list[Any] = [("", "请选择")]
    for chapter, limits in groupby(sorted(rows, key=lambda row: list(CHAPTERS).index(row[0])), key=lambda row: row[0]):
        names: dict[str, str] = {}
        for _, key, name, trigger in limits:
            names.setdefault(key, f"{name}（{trigger}）")
        groups.append((CHAPTERS[chapter], list(names.items())))
    return groups


def _read(read: Callable[[str], Any], text: str) -> Any:
    try:
        return read(text)
    except LimitError as error:
        raise ValidationError(str(error)) from error
