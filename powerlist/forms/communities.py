"""Forms of the activities: what visitors look for, what officials enter."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Organisation
from casework.fields import ChineseDateField
from casework.forms import MomentField, NumberField
from powerlist.forms.purchases import Entering
from powerlist.models import SocialOrganisation

MOST_PLACES = 5000


class ActivityFilter(forms.Form):
    """Words and a subdistrict."""

    q = forms.CharField(label="活动、地点或者承办组织", required=False, max_length=60)
    subdistrict = forms.ChoiceField(label="街道", required=False)

    def __init__(self, subdistricts: list[tuple[str, str]], data: Any = None, words: bool = True) -> None:
        super().__init__(data or None)
        chosen: Any = self.fields["subdistrict"]
        chosen.choices = [("", "全部街道"), *subdistricts]
        if not words:
            del self.fields["q"]


class SocialOrganisationForm(Entering):
    """One social organisation, as it was registered."""

    name = forms.CharField(label="名称", max_length=120)
    kind = forms.ChoiceField(label="类型", choices=SocialOrganisation.Kind.choices, widget=forms.RadioSelect)
    scope = forms.CharField(label="业务范围", max_length=200)
    since = ChineseDateField(label="登记日期")


class ActivityForm(Entering):
    """One activity."""

    organ = forms.ModelChoiceField(Organisation.objects.none(), label="主办机关")
    title = forms.CharField(label="活动名称", max_length=80)
    about = forms.CharField(label="内容", max_length=2000, widget=forms.Textarea(attrs={"rows": 6}))
    host = forms.ModelChoiceField(SocialOrganisation.objects.none(), label="承办社会组织", required=False)
    community = forms.ModelChoiceField(Organisation.objects.none(), label="所在社区", required=False)
    place = forms.CharField(label="地点", max_length=120)
    starts_at = MomentField(label="开始时间")
    ends_at = MomentField(label="结束时间")
    closes_at = MomentField(label="报名截止时间")
    places = NumberField(label="名额", min_value=1, max_value=MOST_PLACES)
    waiting_places = NumberField(label="候补名额", min_value=0, max_value=MOST_PLACES, initial=10)

    def __init__(self, organs: Any, hosts: Any, communities: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields
        chosen["organ"].queryset = organs
        chosen["host"].queryset, chosen["community"].queryset = hosts, communities
        chosen["host"].empty_label = chosen["community"].empty_label = "没有"

    @property
    def given(self) -> dict[str, Any]:
        """What the action takes, besides the organ."""
        return {name: value for name, value in self.cleaned_data.items() if name != "organ"}
