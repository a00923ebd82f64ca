"""What programs are told of the list."""

from rest_framework import serializers

from powerlist.rules.item import KINDS


class PowerQuery(serializers.Serializer):
    q = serializers.CharField(required=False, max_length=60, help_text="关键词或者权责编码")
    organ = serializers.CharField(required=False, max_length=40, help_text="机关代码")
    kind = serializers.ChoiceField(required=False, choices=list(KINDS.items()), help_text="职权类型")
    on = serializers.DateField(required=False, help_text="哪一天的清单，默认今天")
    after = serializers.CharField(required=False, max_length=400, help_text="上一页给出的起点")


class YearQuery(serializers.Serializer):
    year = serializers.IntegerField(required=False, min_value=2000, max_value=2999, help_text="哪一年，默认今年")


class PowerLineSerializer(serializers.Serializer):
    code = serializers.CharField(help_text="权责编码")
    name = serializers.CharField()
    kind = serializers.CharField(help_text="类型代码")
    organ = serializers.CharField(help_text="机关代码")
    organ_name = serializers.CharField()
    since = serializers.DateField()
    until = serializers.DateField(allow_null=True, help_text="终止日期，不含当日")
    sample = serializers.BooleanField(help_text="示例")


class PowerPageSerializer(serializers.Serializer):
    on = serializers.DateField()
    results = PowerLineSerializer(many=True)
    next = serializers.CharField(allow_blank=True)


class BasisSerializer(serializers.Serializer):
    citation = serializers.CharField()
    state = serializers.CharField(
        help_text="in_force 现行有效，unread 未收录，lapsed 已失效，no_article 没有这一条款，suspended 暂停执行"
    )


class StageSerializer(serializers.Serializer):
    stage = serializers.CharField()
    matter = serializers.CharField()
    subject = serializers.CharField()
    manner = serializers.CharField()
    basis = serializers.CharField(allow_blank=True)


class PowerSerializer(PowerLineSerializer):
    object = serializers.CharField(allow_blank=True)
    authority = serializers.CharField()
    level = serializers.CharField(allow_blank=True)
    time_limit = serializers.CharField(allow_blank=True)
    promised = serializers.CharField(allow_blank=True)
    supervision = serializers.CharField()
    phone = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    items = serializers.ListField(child=serializers.CharField())
    basis = BasisSerializer(many=True)
    stages = StageSerializer(many=True)


class ChangeSerializer(serializers.Serializer):
    day = serializers.DateField(help_text="施行日期")
    kind = serializers.CharField(help_text="新增、变更、划转、取消")
    power = PowerLineSerializer()
