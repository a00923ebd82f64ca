"""Purchases and transfer payments for programs."""

from __future__ import annotations

from rest_framework import serializers


class RowQuery(serializers.Serializer):
    q = serializers.CharField(required=False, allow_blank=True, max_length=60, help_text="关键词")
    year = serializers.IntegerField(required=False, min_value=2000, max_value=2100, help_text="预算年度")
    organ = serializers.CharField(required=False, max_length=40, help_text="购买主体的机构代码，仅用于项目")
    heading = serializers.RegexField(r"^[AB](\d{2}){0,2}$", required=False, help_text="目录编码，仅用于项目")
    after = serializers.RegexField(r"^\d{4}\.\d{1,17}$", required=False, help_text="上一页答复中的 next")


class HeadingSerializer(serializers.Serializer):
    code = serializers.CharField(help_text="A 一级；A01 二级；A0101 三级")
    name = serializers.CharField()


class ExclusionSerializer(serializers.Serializer):
    text = serializers.CharField(help_text="不得购买的内容")
    basis = serializers.CharField()
    verified = serializers.BooleanField(help_text="是否已与规定原文核对")


class CatalogueSerializer(serializers.Serializer):
    number = serializers.IntegerField(help_text="版次")
    title = serializers.CharField()
    since = serializers.DateField(help_text="施行日期")
    published_at = serializers.DateTimeField()
    sample = serializers.BooleanField(help_text="是否示例")
    headings = HeadingSerializer(many=True)
    exclusions = ExclusionSerializer(many=True, help_text="负面清单")


class ProjectSerializer(serializers.Serializer):
    year = serializers.IntegerField()
    organ = serializers.CharField(source="organ.name", help_text="购买主体")
    heading = HeadingSerializer()
    name = serializers.CharField()
    amount = serializers.DecimalField(max_digits=16, decimal_places=2, help_text="元")
    receiver = serializers.CharField(help_text="承接主体")
    receiver_kind = serializers.CharField(source="get_receiver_kind_display")
    method = serializers.CharField(source="get_method_display", help_text="购买方式")
    contracted_on = serializers.DateField()
    sample = serializers.BooleanField(help_text="是否示例")


class ProjectPageSerializer(serializers.Serializer):
    results = ProjectSerializer(many=True)
    next = serializers.CharField(help_text="下一页的起点，最后一页为空")


class TransferSerializer(serializers.Serializer):
    year = serializers.IntegerField()
    programme = serializers.CharField()
    kind = serializers.CharField(source="get_kind_display")
    giver = serializers.CharField(help_text="拨付方")
    receiver = serializers.CharField(help_text="接收地区或者单位")
    project = serializers.CharField()
    document = serializers.CharField(help_text="下达文号")
    amount = serializers.DecimalField(max_digits=16, decimal_places=2, help_text="安排金额，元")
    paid = serializers.DecimalField(
        max_digits=16, decimal_places=2, allow_null=True, help_text="执行金额，元；尚未执行的为空"
    )
    sample = serializers.BooleanField(help_text="是否示例")


class TransferPageSerializer(serializers.Serializer):
    results = TransferSerializer(many=True)
    next = serializers.CharField(help_text="下一页的起点，最后一页为空")
