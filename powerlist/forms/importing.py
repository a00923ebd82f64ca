"""Handing in a file of changes, and confirming what it proposes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from casework.fields import MEGABYTE
from casework.tables import MOST_BYTES, MOST_LINES

KINDS = (".csv", ".xlsx")


class FileForm(forms.Form):
    file = forms.FileField(
        label="清单文件",
        widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}),
        help_text=(
            f"Excel 工作簿（.xlsx，读取第一个工作表）或者 CSV，不超过 {MOST_BYTES // MEGABYTE} MB、{MOST_LINES} 行。"
        ),
        error_messages={
            "required": "请选择文件",
            "empty": "文件内容为空，请重新选择",
            "missing": "没有收到文件，请重新选择",
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(KINDS):
            raise ValidationError(f"“{file.name}”的格式不受支持，请另存为 .xlsx 或者 .csv 后再上传")
        return file


class ConfirmForm(forms.Form):
    """What the person attests of all the lines."""

    def __init__(self, asked: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conditions = {f"attest_{number}": words for number, words in enumerate(asked, 1)}
        for name, words in self.conditions.items():
            self.fields[name] = forms.BooleanField(label=f"我确认：{words}", required=True)

    @property
    def attested(self) -> list[str]:
        return [words for name, words in self.conditions.items() if self.cleaned_data.get(name)]
