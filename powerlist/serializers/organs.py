"""Organs for programs."""

from __future__ import annotations

from rest_framework import serializers


class DayQuery(serializers.Serializer):
    on = serializers.DateField(required=False, help_text="查看某日的情况，不填为今天")


class OrganSerializer(serializers.Serializer):
    code = serializers.CharField(help_text="机构代码")
    name = serializers.CharField(help_text="当日的名称")
    kind = serializers.CharField(help_text="类别")
    present = serializers.CharField(help_text="现名；与当日名称相同的为空")
    verified = serializers.BooleanField(help_text="名称是否已经核实")


class OrganDutySerializer(serializers.Serializer):
    text = serializers.CharField(help_text="职责")
    basis = serializers.CharField(help_text="依据")
    since = serializers.DateField()
    sample = serializers.BooleanField(help_text="是否示例")


class FormerNameSerializer(serializers.Serializer):
    name = serializers.CharField()
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(help_text="停用日期，不含当日")
    verified = serializers.BooleanField()


class OrganPointSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    address = serializers.CharField()
    opening_hours = serializers.CharField()


class OrganDetailSerializer(serializers.Serializer):
    code = serializers.CharField(help_text="机构代码")
    name = serializers.CharField(help_text="当日的名称")
    kind = serializers.CharField(help_text="类别")
    parent = serializers.CharField(help_text="上级机构的代码，没有的为空")  # type: ignore[assignment]
    since = serializers.DateField(allow_null=True, help_text="设立日期，没有记载的为空")
    until = serializers.DateField(allow_null=True, help_text="撤销日期，不含当日")
    successor = serializers.CharField(help_text="承接其职责的机构，没有的为空")
    duties = OrganDutySerializer(many=True)
    units = OrganSerializer(many=True, help_text="内设机构")
    subordinate = OrganSerializer(many=True, help_text="下级和所属机构")
    points = OrganPointSerializer(many=True, help_text="服务网点")
    former_names = FormerNameSerializer(many=True)
