"""What the API says about the person who asks."""

from rest_framework import serializers


class SeatSerializer(serializers.Serializer):
    role = serializers.CharField(help_text="角色代码")
    role_label = serializers.CharField(help_text="角色名称")
    organisation = serializers.CharField(help_text="机构代码")
    organisation_name = serializers.CharField(help_text="机构名称")
    since = serializers.DateField(help_text="起始日期")
    until = serializers.DateField(allow_null=True, help_text="终止日期（不含当日）")


class PartySerializer(serializers.Serializer):
    id = serializers.IntegerField()
    kind = serializers.CharField(help_text="natural 自然人；legal 法人或者其他组织")
    name = serializers.CharField(help_text="姓名或者名称")
    relation = serializers.CharField(help_text="self 本人；legal_representative 法定代表人；agent 代理人")
    scope = serializers.CharField(help_text="授权范围")


class MeSerializer(serializers.Serializer):
    username = serializers.CharField()
    name = serializers.CharField(help_text="姓名")
    kind = serializers.CharField(help_text="person 社会公众；staff 工作人员；administrator 管理员")
    phone = serializers.CharField(help_text="手机号码（隐去部分数字）")
    seats = SeatSerializer(many=True)
    parties = PartySerializer(many=True)
    acting_party = serializers.IntegerField(allow_null=True, help_text="当前办事身份")
