"""Receiving what was handed over."""

from __future__ import annotations

from django import forms


class ReceiptForm(forms.Form):
    """What somebody who receives has to say, if anything."""

    remark = forms.CharField(
        label="备注（材料缺少、破损的，请写明）", required=False, max_length=200, widget=forms.TextInput
    )
