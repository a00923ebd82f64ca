"""The day whose list somebody wants to see."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from law.forms import VersionForm


class DayForm(VersionForm):
    """A day up to today; nothing typed means today. After `is_valid`, or without an answer, ask `day`."""

    def __init__(self, data: Any, today: date) -> None:
        super().__init__(data or None)
        self.today = today
        self.fields["on"].required = False
        self.fields["on"].label = "查看某日的情况"
        self.fields["on"].help_text = "例如 2018-06-01"

    def clean_on(self) -> date:
        if not self.cleaned_data["on"].strip():
            return self.today
        on = super().clean_on()
        if on > self.today:
            raise ValidationError("请填写今天或者今天以前的日期")
        return on

    @property
    def day(self) -> date:
        """The day asked for; today where none was, or none that can be."""
        asked: date = self.cleaned_data["on"] if self.is_bound and self.is_valid() else self.today
        return asked
