"""Documents for programs."""

from typing import Any

from rest_framework import serializers

from regulations.rules.names import KINDS, SUBJECTS
from regulations.rules.standing import SHOWN, WORDS


class CatalogueQuery(serializers.Serializer[Any]):
    """Which documents."""

    q = serializers.CharField(required=False, max_length=60, help_text="名称、文号或者正文中的词")
    issuer = serializers.CharField(required=False, max_length=200, help_text="区内机关的代码或者其他制定机关的名称")
    subject = serializers.ChoiceField(required=False, choices=list(SUBJECTS.items()), help_text="主题")
    kind = serializers.ChoiceField(required=False, choices=list(KINDS.items()), help_text="文种")
    validity = serializers.ChoiceField(
        required=False, choices=[(name, WORDS[name]) for name in SHOWN], help_text="效力"
    )
    year = serializers.IntegerField(required=False, min_value=1949, max_value=2999, help_text="公布年份")
    after = serializers.CharField(required=False, max_length=400, help_text="上一页给出的起点")


class DocumentLine(serializers.Serializer[Any]):
    """A document without its words."""

    id = serializers.IntegerField()
    number = serializers.CharField(help_text="文号")
    title = serializers.CharField()
    issuer = serializers.CharField(help_text="制定机关")
    organ = serializers.CharField(allow_blank=True, help_text="区内机关的代码")
    kind = serializers.CharField(help_text="文种代码")
    subject = serializers.CharField(allow_blank=True, help_text="主题代码")
    published_on = serializers.DateField()
    effective_from = serializers.DateField(allow_null=True)
    valid_until = serializers.DateField(allow_null=True, help_text="有效期截止，含当日")
    ended = serializers.CharField(allow_blank=True, help_text="lapsed、repealed、revoked、replaced")
    ended_on = serializers.DateField(allow_null=True, help_text="最后有效日期")
    sample = serializers.BooleanField(help_text="示例")


class StandingLine(DocumentLine):
    """The same with its standing on the day of the answer."""

    standing = serializers.CharField(help_text="效力代码")
    url = serializers.CharField(help_text="文件页面")


class CataloguePage(serializers.Serializer[Any]):
    on = serializers.DateField()
    results = StandingLine(many=True)
    next = serializers.CharField(allow_blank=True)


class ProvisionLine(serializers.Serializer[Any]):
    kind = serializers.CharField()
    anchor = serializers.CharField(allow_blank=True)
    label = serializers.CharField(allow_blank=True)  # type: ignore[assignment]
    content = serializers.CharField(allow_blank=True)
    suspended = serializers.BooleanField(help_text="当日是否停止执行")


class SuspensionLine(serializers.Serializer[Any]):
    clause = serializers.CharField(allow_blank=True, help_text="条款的锚点，全文停止执行的为空")
    name = serializers.CharField(help_text="条款的名称")
    since = serializers.DateField(help_text="停止执行之日")
    until = serializers.DateField(allow_null=True, help_text="恢复执行之日")


class RelationLine(serializers.Serializer[Any]):
    kind = serializers.CharField(help_text="based_on、implements、amends、repeals、cites")
    title = serializers.CharField()


class DocumentSerializer(DocumentLine):
    """A document with the words of one version."""

    index_number = serializers.CharField(allow_blank=True, help_text="索引号")
    signed_on = serializers.DateField(allow_null=True, help_text="成文日期")
    trial = serializers.BooleanField(help_text="试行或者暂行")
    ended_by = serializers.CharField(allow_blank=True)
    suspensions = SuspensionLine(many=True, help_text="停止执行的期间")
    source = serializers.CharField(allow_blank=True)  # type: ignore[assignment]
    version_on = serializers.DateField(allow_null=True, help_text="文本的版本日期")
    digest = serializers.CharField(help_text="正文的SHA-256")
    body = serializers.CharField(help_text="正文，与收入时逐字相同")
    provisions = ProvisionLine(many=True)
    relations = RelationLine(many=True)
