"""Activities for programs. Nobody who takes part is named."""

from __future__ import annotations

from rest_framework import serializers


class ActivityQuery(serializers.Serializer):
    q = serializers.CharField(required=False, allow_blank=True, max_length=60, help_text="活动、地点或者承办组织")
    subdistrict = serializers.CharField(required=False, max_length=40, help_text="街道办事处的机构代码")
    after = serializers.CharField(required=False, max_length=60, help_text="上一页答复中的 next")


class ActivitySerializer(serializers.Serializer):
    id = serializers.IntegerField()
    title = serializers.CharField()
    organ = serializers.CharField(source="organ.name", help_text="主办机关")
    host = serializers.SerializerMethodField(help_text="承办社会组织，没有的为空")
    place = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField(help_text="报名截止时间")
    places = serializers.IntegerField(help_text="名额")
    taken = serializers.IntegerField(help_text="已报名人数")
    waiting = serializers.IntegerField(help_text="候补人数")
    sample = serializers.BooleanField(help_text="是否示例")

    def get_host(self, activity: object) -> str:
        host = getattr(activity, "host", None)
        return host.name if host else ""


class ActivityPageSerializer(serializers.Serializer):
    results = ActivitySerializer(many=True)
    next = serializers.CharField(allow_blank=True, help_text="下一页的起点，最后一页为空")
