"""Form fields that every chapter uses: a date in three boxes, money, a telephone number, an uploaded file.

They take what people really type (full-width digits, spaces, "元") and answer in plain Chinese what to change.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from html import escape
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

TERMS = "casework.uploads"  # under which the terms of an upload in pieces are signed
MEGABYTE = 1024 * 1024

# Mobile numbers of the mainland, and fixed lines with area code and optional extension.
PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(-\d{1,6})?")

# How a file of each kind begins. An OFD document is a ZIP archive, like the newer office formats.
SIGNATURES: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "ofd": (b"PK\x03\x04",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "docx": (b"PK\x03\x04",),
    "xlsx": (b"PK\x03\x04",),
    "zip": (b"PK\x03\x04",),
}


def half_width(text: str) -> str:
    """Full-width digits, letters and signs as their ASCII twins, without blanks at the ends."""
    return unicodedata.normalize("NFKC", text).strip()


class LongSelect(forms.Select):
    """A select with many options, or drawn often: Django draws each of them by two templates of its own."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        lines = [
            f'<option value="{escape(key)}"{" selected" if key == chosen else ""}>{escape(str(label))}</option>'
            for key, label in ((str(key), label) for key, label in self.choices)
        ]
        options = mark_safe("".join(lines))  # noqa: S308 - every part is escaped
        return format_html(
            '<select name="{}"{}>{}</select>', name, flatatt(self.build_attrs(self.attrs, attrs)), options
        )


class DateBoxes(forms.Widget):
    """Three boxes 年 月 日 in place of the browser's date picker, which speaks the browser's language."""

    template_name = "forms/widgets/date_boxes.jinja"
    use_fieldset = True
    box_labels = (("year", "年", 4), ("month", "月", 2), ("day", "日", 2))

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[str, ...] | str | None:
        """The three texts as typed; a whole date under the plain name (an API, a saved draft) is taken as well."""
        if name in data:
            return data[name]
        texts = tuple(half_width(str(data.get(f"{name}-{part}", "") or "")) for part, _, _ in self.box_labels)
        return texts if any(texts) else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and not any(f"{name}-{part}" in data for part, _, _ in self.box_labels)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-year" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if isinstance(value, date):
            value = (str(value.year), str(value.month), str(value.day))
        elif isinstance(value, str):
            value = tuple(part.lstrip("0") for part in value.split("-", 2))
        texts = tuple(value or ())
        final = context["widget"]["attrs"]
        autocomplete = final.get("autocomplete")
        context["widget"]["invalid"] = final.get("aria-invalid") == "true"
        context["widget"]["boxes"] = [
            {
                "id": f"{final.get('id', name)}-{part}",
                "name": f"{name}-{part}",
                "label": label,
                "length": length,
                "value": texts[index] if index < len(texts) else "",
                "autocomplete": f"{autocomplete}-{part}" if autocomplete else None,
            }
            for index, (part, label, length) in enumerate(self.box_labels)
        ]
        return context


class EachBoxes(forms.Widget):
    """A text for each of several things, under the name of the thing; what is left empty is not said."""

    template_name = "forms/widgets/each_boxes.jinja"
    use_fieldset = True

    def __init__(self, options: Sequence[tuple[str, str]], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.box_labels = options

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, str]:
        texts = {key: str(data.get(f"{name}-{key}", "")).strip() for key, _ in self.box_labels}
        return {key: text for key, text in texts.items() if text}

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}-{key}" in data for key, _ in self.box_labels)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-{self.box_labels[0][0]}" if id_ and self.box_labels else id_

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        final = context["widget"]["attrs"]
        context["widget"]["invalid"] = final.get("aria-invalid") == "true"
        context["widget"]["boxes"] = [
            {
                "id": f"{final.get('id', name)}-{key}", "name": f"{name}-{key}", "label": label,
                "value": (value or {}).get(key, ""),
            }
            for key, label in self.box_labels
        ]  # fmt: skip
        return context


class EachField(forms.Field):
    """A text for each of several things that it concerns; cleaned to a dict by the key of the thing."""

    def __init__(self, options: Sequence[tuple[str, str]], longest: int, **kwargs: Any) -> None:
        super().__init__(widget=EachBoxes(options), **kwargs)
        self.names, self.longest = dict(options), longest

    def validate(self, value: dict[str, str]) -> None:
        super().validate(value)
        for key, text in value.items():
            if len(text) > self.longest:
                raise ValidationError(f"“{self.names[key]}”不能超过 {self.longest} 个字", code="too_long")


class ChineseDateField(forms.Field):
    """A date in three boxes. `earliest` and `latest` are inclusive bounds; cleaned to a `date` or None."""

    widget = DateBoxes

    def __init__(self, *, earliest: date | None = None, latest: date | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        texts: Sequence[str] = half_width(value).split("-") if isinstance(value, str) else value
        missing = [label for (_, label, _), text in zip(DateBoxes.box_labels, texts, strict=False) if not text]
        if missing and len(missing) < len(texts):
            raise ValidationError(f"请填写{self._label}的{'、'.join(missing)}", code="incomplete")
        try:
            year, month, day = (int(text) for text in texts)
            return date(year, month, day)
        except (ValueError, OverflowError):
            raise ValidationError(f"{self._label}须是真实存在的日期，例如 2026 年 3 月 5 日", code="invalid") from None

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and self.earliest and value < self.earliest:
            raise ValidationError(f"{self._label}不得早于 {_spell(self.earliest)}", code="too_early")
        if value and self.latest and value > self.latest:
            raise ValidationError(f"{self._label}不得晚于 {_spell(self.latest)}", code="too_late")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True

    @property
    def _label(self) -> str:
        # What stands in brackets behind the name explains it, and is no part of it.
        return re.sub(r"（[^（）]*）$", "", str(self.label or "日期"))


class MoneyField(forms.DecimalField):
    """An amount in yuan with at most two decimals (分); takes "1,234.50", "￥1234" and "1234元"."""

    prefix_text = "¥"

    def __init__(self, *, min_value: Decimal | int | None = 0, max_digits: int = 16, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"}))
        super().__init__(min_value=min_value, max_digits=max_digits, decimal_places=2, **kwargs)
        self.error_messages |= {"invalid": "请填写金额，例如 1234.50", "min_value": "金额不得为负数"}

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str):
            value = half_width(value).strip("¥元").replace(",", "").strip()
        return super().to_python(value)


class PhoneField(forms.CharField):
    """A mobile number, or a fixed line with area code; cleaned to digits and hyphens only."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"type": "tel", "autocomplete": "tel", "class": "govuk-input--width-20"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        kwargs.setdefault("max_length", 30)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        text = re.sub(r"[\s()]+", "", half_width(str(value or ""))).replace("—", "-")
        return re.sub(r"^\+?86-?(?=1)", "", text)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not PHONE.fullmatch(value):
            raise ValidationError("请填写 11 位手机号码，或者带区号的固定电话，例如 010-12345678", code="invalid")


class ManyFilesInput(forms.FileInput):
    """A file input that takes several files at once."""

    allow_multiple_selected = True


class UploadField(forms.FileField):
    """One file, or with `multiple` a list of files, of the kinds allowed (by name and by how the content begins).

    `max_bytes` is the limit of each file; `kinds` are extensions of SIGNATURES. The hint is written from both.
    `total`: the limit in bytes of what is sent together, told before the sending. `resumable`: for people who have
    signed in; the script sends the file in pieces and goes on after an interruption.
    """

    def __init__(
        self,
        *,
        kinds: Sequence[str] = ("pdf", "ofd", "jpg", "jpeg", "png"),
        max_bytes: int = 20 * MEGABYTE,
        multiple: bool = False,
        resumable: bool = False,
        total: int = 0,
        **kwargs: Any,
    ) -> None:
        self.kinds = (*kinds, "jpeg") if "jpg" in kinds and "jpeg" not in kinds else tuple(kinds)
        self.max_bytes, self.multiple = max_bytes, multiple
        self.kinds_text = "、".join(kind.upper() for kind in self.kinds if kind != "jpeg")
        size = f"单个文件不超过 {max_bytes // MEGABYTE} MB。"
        kwargs.setdefault("help_text", f"支持 {self.kinds_text}，{size}" + ("可以选择多个文件。" if multiple else ""))
        attrs: dict[str, Any] = {"accept": ",".join(f".{kind}" for kind in self.kinds), "data-max-bytes": max_bytes}
        if total:
            attrs["data-max-total"] = total
        if resumable:
            terms = {"kinds": [kind for kind in self.kinds if kind != "jpeg"], "most": max_bytes}
            attrs |= {"data-resume": reverse("casework:uploads"), "data-terms": signing.dumps(terms, salt=TERMS)}
        kwargs.setdefault("widget", (ManyFilesInput if multiple else forms.FileInput)(attrs=attrs))
        super().__init__(**kwargs)
        self.error_messages |= {
            "empty": "文件内容为空，请重新选择",
            "missing": "没有收到文件，请重新选择",
            "invalid": "没有收到文件，请重新选择",
        }

    def clean(self, data: Any, initial: Any = None) -> Any:
        if not self.multiple:
            return super().clean(data, initial)
        chosen = (data if isinstance(data, list | tuple) else [data]) or [None]
        return [file for item in chosen if (file := super(UploadField, self).clean(item, initial))]

    def to_python(self, data: Any) -> Any:
        file = super().to_python(data)
        if file is None:
            return None
        kind = (file.name or "").rpartition(".")[2].lower()
        if kind not in self.kinds:
            raise ValidationError(f"“{file.name}”的格式不受支持，请上传 {self.kinds_text}", code="kind")
        if file.size is not None and file.size > self.max_bytes:
            limit = self.max_bytes // MEGABYTE
            raise ValidationError(f"“{file.name}”超过 {limit} MB，请压缩或者拆分后再上传", code="too_large")
        head = file.read(16)
        file.seek(0)
        if not head.startswith(SIGNATURES[kind]):
            raise ValidationError(f"“{file.name}”的内容与扩展名不符，请重新保存后再上传", code="content")
        return file


def _spell(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
