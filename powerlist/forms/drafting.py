"""Drafting a change: what kind, which power, and the item element by element."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from powerlist.models import PowerVersion
from powerlist.queries.known import KINDS
from powerlist.rules import item as items

LONG = 200  # characters from which a box has several lines
BLANK_STAGES = 2


class SeatForm(forms.Form):
    """In which of several seats the person proposes."""

    seat = forms.ChoiceField(label="以何身份提出", widget=forms.RadioSelect)

    def __init__(self, seats: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["seat"]
        chosen.choices, chosen.initial = seats, seats[0][0]


class NewForm(forms.Form):
    """What is to happen to which power."""

    kind = forms.ChoiceField(label="调整类型", choices=list(KINDS.items()), widget=forms.RadioSelect)
    code = forms.CharField(
        label="调整的事项的权责编码", required=False, max_length=80,
        help_text="可以在上面查找后选择。新增和承接上级下放事项的，不填。",
    )  # fmt: skip

    def __init__(self, held: QuerySet[PowerVersion], *args: Any, **kwargs: Any) -> None:
        """`held` are the powers that may be chosen."""
        super().__init__(*args, **kwargs)
        self.held = held

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        new = cleaned.get("kind") in ("addition", "take_over")
        typed = "" if new else (cleaned.get("code") or "").strip()
        if cleaned.get("kind") and not new and not typed:
            self.add_error("code", "请填写调整的是哪一事项")
        cleaned["code"] = typed and self._listed(typed)
        return cleaned

    def _listed(self, typed: str) -> str:
        """The code as it stands on the list."""
        found = self.held.filter(power__code__in=[typed, typed.upper()]).values_list("power__code", flat=True).first()
        if not found:
            self.add_error("code", f"没有可以由您提出调整的现行有效事项“{typed}”，请核对编码或者查找后选择")
        return found or ""


class ItemForm(forms.Form):
    """One item of the list. What is typed is kept whether or not it is complete; `faults` tells what is missing."""

    def __init__(
        self,
        item: Mapping[str, Any],
        organs: Sequence[tuple[str, str]],
        data: Mapping[str, Any] | None = None,
        *,
        code: str | None = None,
    ) -> None:
        super().__init__(data, initial=_flat(item) | {"code": code or ""})
        if code is not None:
            self.fields["code"] = forms.CharField(
                label="权责编码", required=False, max_length=80, help_text="字母、数字和短横线，例如110101-SCJ-XK-001。"
            )
        for field in items.FIELDS:
            self.fields[field.name] = _field(field, organs)
        self.fields["items"] = forms.CharField(
            label="关联的服务事项编码", required=False, widget=forms.Textarea(attrs={"rows": 2}),
            help_text="这些事项的申请按本项权力立案，每行一个。",
        )  # fmt: skip
        self.fields["basis"] = forms.CharField(
            label="法律依据", required=False, widget=forms.Textarea(attrs={"rows": 5}),
            help_text="每行一条，例如：《行政许可法》第三十二条第一款。",
        )  # fmt: skip

    @property
    def item(self) -> dict[str, Any]:
        """What was typed, without its stages."""
        given = self.cleaned_data
        lines = {
            name: [line.strip() for line in given[name].splitlines() if line.strip()] for name in ("items", "basis")
        }
        return {field.name: given.get(field.name) or "" for field in items.FIELDS} | lines


def _field(field: items.Field, organs: Sequence[tuple[str, str]]) -> forms.Field:
    common: dict[str, Any] = {"label": field.label, "required": False, "help_text": field.hint}
    if field.name == "kind":
        return forms.ChoiceField(choices=[("", "请选择"), *items.KINDS.items()], **common)
    if field.name in ("organ", "entrusted"):
        return forms.ChoiceField(choices=[("", "没有" if field.name == "entrusted" else "请选择"), *organs], **common)
    if field.most > LONG:
        return forms.CharField(max_length=field.most, widget=forms.Textarea(attrs={"rows": 4}), **common)
    return forms.CharField(max_length=field.most, **common)


def _flat(item: Mapping[str, Any]) -> dict[str, Any]:
    plain = {field.name: item.get(field.name) or "" for field in items.FIELDS}
    return plain | {name: "\n".join(item.get(name) or []) for name in ("items", "basis")}


class StageForm(forms.Form):
    """One stage of the responsibility list; an empty one is no stage."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in items.STAGE:
            widget = forms.Textarea(attrs={"rows": 3}) if field.most > LONG * 2 else forms.TextInput()
            self.fields[field.name] = forms.CharField(
                label=field.label, max_length=field.most, required=False, widget=widget
            )


def stage_forms(stages: Sequence[Mapping[str, str]], data: Any = None) -> list[StageForm]:
    """The stages that are there and some empty ones; from what was sent, if anything was."""
    most = items.MOST_STAGES
    if data is not None:
        number = next((n for n in range(most, 0, -1) if f"stage{n}-stage" in data), 0)
        return [StageForm(data, prefix=f"stage{n}") for n in range(1, number + 1)]
    listed = [*stages, *[{}] * BLANK_STAGES][:most]
    return [StageForm(prefix=f"stage{n}", initial=dict(row)) for n, row in enumerate(listed, 1)]
