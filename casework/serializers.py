"""What the API says about cases, and what it takes."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from casework import registry


class CaseSerializer(serializers.Serializer):
    """One line in the list of cases."""

    code = serializers.CharField(help_text="查询码")
    number = serializers.CharField(help_text="案号")
    title = serializers.CharField(help_text="事项")
    procedure = serializers.CharField(help_text="程序代码")
    state = serializers.CharField(help_text="环节代码")
    state_label = serializers.CharField(help_text="环节名称")
    organ = serializers.CharField(help_text="承办单位")
    opened_at = serializers.DateTimeField(help_text="收件时间")
    due_on = serializers.DateField(allow_null=True, help_text="最近的期限届满日，不计期限时为空")
    ended_at = serializers.DateTimeField(allow_null=True, help_text="办结时间")


class CaseQuery(serializers.Serializer):
    """Filters of the list."""

    ended = serializers.BooleanField(required=False, help_text="只看已办结（true）或者在办（false）")
    procedure = serializers.CharField(required=False, max_length=60, help_text="程序代码")
    number = serializers.CharField(required=False, max_length=60, help_text="完整案号")


class EntrySerializer(serializers.Serializer):
    title = serializers.CharField(help_text="办理事项")
    byline = serializers.CharField(help_text="由谁办理")
    at = serializers.DateTimeField(help_text="时间")
    text = serializers.CharField(help_text="内容")


class ClockSerializer(serializers.Serializer):
    name = serializers.CharField(help_text="期限名称")
    state = serializers.CharField(
        source="lamp.code", help_text="overdue 超期；today 今日；soon 临近；fine 正常；none 不计"
    )
    words = serializers.CharField(source="lamp.words", help_text="期限状态")
    due_on = serializers.DateField(allow_null=True, help_text="届满日")
    provisional = serializers.BooleanField(help_text="放假安排尚未公布，日期暂定")
    running = serializers.BooleanField(help_text="是否仍在计算")
    paused = serializers.BooleanField(help_text="是否中止")
    law = serializers.CharField(help_text="依据")
    steps = serializers.ListField(child=serializers.CharField(), help_text="计算说明，逐条")


class FileSerializer(serializers.Serializer):
    token = serializers.CharField(help_text="文书核验码或者材料标识")
    kind = serializers.CharField(help_text="paper 文书；material 申请材料；record 办案材料")
    title = serializers.CharField()
    number = serializers.CharField(help_text="文号")
    issued_on = serializers.DateField(allow_null=True)
    made = serializers.SerializerMethodField(help_text="文件是否已经可以下载")
    sha256 = serializers.CharField(help_text="文件摘要")

    def get_made(self, document: object) -> bool:
        return bool(getattr(document, "file", None)) and bool(getattr(document, "sound", False))


class CaseDetailSerializer(CaseSerializer):
    """A case as its page shows it to whoever asks."""

    seen = serializers.IntegerField(help_text="办理记录的条数；办理时原样送回，用以发现他人已先办理")
    progress = serializers.CharField(help_text="进展")
    rights = serializers.CharField(help_text="权利告知")
    clocks = ClockSerializer(many=True)
    documents = FileSerializer(many=True)
    entries = EntrySerializer(many=True, help_text="办理记录，由近到远")


class AskSerializer(serializers.Serializer):
    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    kind = serializers.CharField(help_text="line text date moment money number choice many each yes staff party")
    required = serializers.BooleanField()  # type: ignore[assignment]
    hint = serializers.CharField()
    choices = serializers.ListField(child=serializers.ListField(child=serializers.CharField()), help_text="[值, 名称]")


class ReasonSerializer(serializers.Serializer):
    code = serializers.CharField(help_text="稳定的原因代码")
    words = serializers.CharField(help_text="原因")
    basis = serializers.ListField(child=serializers.CharField(), help_text="依据的条文")
    field = serializers.CharField(help_text="有关的填写项，没有时为空")


class StepSerializer(serializers.Serializer):
    """A step that the person may take in this state: open, or shut for reasons."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    basis = serializers.ListField(child=serializers.CharField(), help_text="依据的条文")
    open = serializers.BooleanField(help_text="现在可以办理")
    reasons = ReasonSerializer(many=True, help_text="不能办理的原因")
    asks = AskSerializer(many=True, help_text="需要填写的内容")
    attest = serializers.ListField(child=serializers.CharField(), help_text="需要确认的条件，办理时原样送回")
    papers = serializers.ListField(child=serializers.CharField(), help_text="将制发的文书")
    moves_to = serializers.CharField(help_text="办理后的环节")


class TakeSerializer(serializers.Serializer):
    """What is sent to take a step."""

    facts = serializers.DictField(required=False, default=dict, help_text="填写的内容")
    attested = serializers.ListField(
        child=serializers.CharField(max_length=500), required=False, default=list, max_length=50, help_text="确认的条件"
    )
    seen = serializers.IntegerField(min_value=0, help_text="所见办理记录的条数")


class TakenSerializer(serializers.Serializer):
    """The act that was taken, and the case after it."""

    seq = serializers.IntegerField(help_text="办理记录序号")
    label = serializers.CharField(help_text="办理事项")  # type: ignore[assignment]
    at = serializers.DateTimeField()
    case = CaseSerializer()


class PaperSerializer(serializers.Serializer):
    """The public facts of an official paper."""

    token = serializers.CharField()
    organ = serializers.CharField(help_text="制发机关")
    title = serializers.CharField()
    number = serializers.CharField(help_text="文号")
    issued_on = serializers.DateField(allow_null=True)
    standing = serializers.CharField(help_text="valid 有效；replaced 已被更正替换；void 已作废")
    replaced_by = serializers.CharField(help_text="替换它的文书的核验码")
    sha256 = serializers.CharField(help_text="文件摘要")


class ProblemError(serializers.Serializer):
    code = serializers.CharField()
    detail = serializers.CharField()
    field = serializers.CharField()
    basis = serializers.ListField(child=serializers.CharField())


class Problem(serializers.Serializer):
    """What went wrong (RFC 9457), as application/problem+json."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField(help_text="稳定的代码：refused not_allowed conflict not_found invalid throttled …")
    errors = ProblemError(many=True)  # type: ignore[assignment]
    instance = serializers.CharField(help_text="请求编号")


class SearchQuery(serializers.Serializer):
    """What is looked for in everything that is public."""

    q = serializers.CharField(max_length=60, help_text="一个或者几个关键词，用空格隔开，须同时出现")
    kind = serializers.ChoiceField(required=False, choices=[], help_text="类别")
    organ = serializers.CharField(required=False, max_length=40, help_text="机构代码")
    year = serializers.IntegerField(required=False, min_value=1949, max_value=9998, help_text="年份")
    after = serializers.CharField(required=False, max_length=60, help_text="上一页答复中的 next")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["kind"]
        chosen.choices = [(code, source.label) for code, source in registry.sources().items()]


class SearchEntrySerializer(serializers.Serializer):
    kind = serializers.CharField(help_text="类别代码")
    title = serializers.CharField(help_text="标题")
    text = serializers.CharField(help_text="说明")
    url = serializers.CharField(help_text="网页地址，没有的为空")
    day = serializers.DateField(help_text="公开日期")


class SearchPageSerializer(serializers.Serializer):
    count = serializers.IntegerField(help_text="条数；more 为 true 时不止这些")
    more = serializers.BooleanField(help_text="是否还有更多而没有逐条计数")
    results = SearchEntrySerializer(many=True)
    next = serializers.CharField(help_text="下一页的起点，最后一页为空")
