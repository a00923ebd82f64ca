"""What programs send and receive about the law."""

from typing import Any

from rest_framework import serializers

from law.limits import LimitError, Suspension
from law.models import LegalText, TimeLimit
from law.typed import read_moment, read_suspension
from law.wording import CHAPTERS


class LimitSerializer(serializers.ModelSerializer[TimeLimit]):
    """One version of a time limit."""

    unit = serializers.CharField(read_only=True, help_text="working_day、natural_day、month、year、hour，未规定的为空")
    extension_unit = serializers.CharField(read_only=True, help_text="同上，不能延长的为空")
    citation = serializers.CharField(read_only=True, help_text="依据的法律和条文")

    class Meta:
        model = TimeLimit
        fields = (
            "key", "chapter", "procedure_zh", "trigger_zh", "quantity", "unit", "start_rule", "end_rule",
            "extension_quantity", "extension_unit", "extension_condition", "law_zh", "article", "citation",
            "effective_from", "effective_to", "consequence", "counting", "verified", "is_setting",
        )  # fmt: skip


class LimitQuery(serializers.Serializer[Any]):
    """Which limits."""

    on = serializers.DateField(required=False, help_text="只列出该日有效的版本")
    chapter = serializers.ChoiceField(required=False, choices=list(CHAPTERS.items()), help_text="领域")
    key = serializers.CharField(required=False, help_text="期限代码")


class TextSerializer(serializers.ModelSerializer[LegalText]):
    """One version of a text, without its words."""

    url = serializers.CharField(source="get_absolute_url", read_only=True, help_text="文本页面")

    class Meta:
        model = LegalText
        fields = (
            "id", "title", "kind", "issuer", "number", "adopted_on", "promulgated_on", "revised_on", "version_on",
            "effective_from", "effective_basis", "effective_to", "ended", "url",
        )  # fmt: skip


class TextQuery(serializers.Serializer[Any]):
    """Which texts."""

    q = serializers.CharField(required=False, allow_blank=True, max_length=60, help_text="名称、别称或者文号中的词")
    kind = serializers.ChoiceField(required=False, choices=LegalText.Kind.choices, help_text="效力级别")


class DueQuery(serializers.Serializer[Any]):
    """A limit, its trigger, and what stopped or prolonged it."""

    key = serializers.CharField(help_text="期限代码")
    trigger = serializers.CharField(help_text="2026-11-22，以小时计算的期限写作 2026-11-22T10:30")
    suspended = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        default=list,
        help_text="中止期间，写作 2026-03-02..2026-03-06，可以重复",
    )
    extended = serializers.BooleanField(required=False, default=False, help_text="计入本项规定允许的延长期限")

    def validate_trigger(self, value: str) -> Any:
        try:
            return read_moment(value)
        except LimitError as error:
            raise serializers.ValidationError(str(error)) from error

    def validate_suspended(self, value: list[str]) -> list[Suspension]:
        try:
            return [read_suspension(text) for text in value]
        except LimitError as error:
            raise serializers.ValidationError(str(error)) from error


class DueSerializer(serializers.Serializer[Any]):
    """When a limit ends, and why."""

    key = serializers.CharField()
    trigger = serializers.CharField(help_text="2026-11-22 或者 2026-11-22T10:30")
    due = serializers.CharField(allow_null=True, help_text="届满日（时）；中止而未恢复的为空")
    law = serializers.CharField()
    article = serializers.CharField()
    provisional = serializers.BooleanField(help_text="涉及尚未公布放假安排的年份")
    steps = serializers.ListField(child=serializers.CharField(), help_text="逐步说明")
