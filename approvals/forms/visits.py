"""When a service point can be visited by appointment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms

from approvals.rules.visits import HALF_HOURS, MOST_AHEAD, MOST_PLACES, Plan
from casework.forms import NumberField

NARROW = "govuk-input--width-2"


class MatterForm(forms.Form):
    """What somebody comes for."""

    matter = forms.ChoiceField(label="办理的事项", required=False, help_text="只咨询或者还不确定的，可以不选。")

    def __init__(self, matters: Sequence[tuple[str, str]], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        chosen: Any = self.fields["matter"]
        chosen.choices = [("", "咨询或者其他事项"), *matters]


class HoursForm(forms.Form):
    """How many may book each half hour; what is left empty cannot be booked. `seen` is the plan that was shown."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    ahead = NumberField(label="提前几个工作日可以预约", min_value=1, max_value=MOST_AHEAD)

    def __init__(self, plan: Plan, *args: object, **kwargs: object) -> None:
        shown = {self.name(slot): places for slot, places in plan.places.items()}
        kwargs.setdefault("initial", {"seen": plan.number, "ahead": plan.ahead, **shown})
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for slot in HALF_HOURS:
            field = NumberField(label=f"{slot:%H:%M} 起的人数", required=False, min_value=0, max_value=MOST_PLACES)
            field.widget.attrs["class"] = NARROW
            self.fields[self.name(slot)] = field
        self.fields["ahead"].widget.attrs["class"] = NARROW

    @staticmethod
    def name(slot: time) -> str:
        return f"slot_{slot:%H%M}"

    @property
    def hours(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Each hour with its two halves, as the page sets them side by side."""
        return [
            (f"{first:%H}", self[self.name(first)], self[self.name(second)])
            for first, second in zip(HALF_HOURS[::2], HALF_HOURS[1::2], strict=True)
        ]

    @property
    def places(self) -> dict[time, int]:
        """What was given, without what is closed."""
        return {slot: number for slot in HALF_HOURS if (number := self.cleaned_data.get(self.name(slot)))}
