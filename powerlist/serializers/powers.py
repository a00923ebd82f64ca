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
    after = serializers.RegexField(r"^\d{4}-\d{2}-\d{2}\.\d{1,18}$", required=False, help_text="上一页答复中的 next")


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
        help_text="in_force 现行有效，unread 未收录，lapsed 已失效，no_article 没有这一条款，suspended 停止执行"
    )


class StageSerializer(serializers.Serializer):
    stage = serializers.CharField()
    matter = serializers.CharField()
    subject = serializers.CharField()
    manner = serializers.CharField()
    basis = serializers.CharField(allow_blank=True)


class PowerItemSerializer(PowerLineSerializer):
    entrusted = serializers.CharField(allow_blank=True, help_text="受委托机关的代码，没有的为空")
    object = serializers.CharField(allow_blank=True)
    authority = serializers.CharField()
    level = serializers.CharField(allow_blank=True)
    time_limit = serializers.CharField(allow_blank=True)
    promised = serializers.CharField(allow_blank=True)
    supervision = serializers.CharField()
    phone = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    items = serializers.ListField(child=serializers.CharField())
    stages = StageSerializer(many=True)


class PowerSerializer(PowerItemSerializer):
    basis = BasisSerializer(many=True)


class PowerVersionSerializer(PowerItemSerializer):
    basis = serializers.ListField(child=serializers.CharField(), help_text="公布时载明的依据")
    made_by = serializers.CharField(allow_blank=True, help_text="据以公布的案号；清单首次编制的为空")


class ChangeSerializer(serializers.Serializer):
    day = serializers.DateField(help_text="施行日期")
    kind = serializers.CharField(help_text="新增、承接、变更、划转、下放、委托、取消")
    power = PowerLineSerializer()
    former_organ = serializers.CharField(allow_blank=True, help_text="此前的机关代码；没有前一版本的为空")


class ChangeCountSerializer(serializers.Serializer):
    kind = serializers.CharField()
    number = serializers.IntegerField()


class ChangePageSerializer(serializers.Serializer):
    year = serializers.IntegerField()
    counts = ChangeCountSerializer(many=True, help_text="全年各类调整的数量")
    results = ChangeSerializer(many=True)
    next = serializers.CharField(allow_blank=True, help_text="下一页的起点，最后一页为空")
