"""What the API of licensing takes and answers."""

from __future__ import annotations

from rest_framework import serializers

from approvals.models import Application


class ItemQuery(serializers.Serializer):
    q = serializers.CharField(required=False, allow_blank=True, max_length=60, help_text="关键词")
    organ = serializers.CharField(required=False, max_length=40, help_text="机构代码")
    theme = serializers.CharField(required=False, max_length=40, help_text="主题代码")
    audience = serializers.ChoiceField(
        required=False, choices=[("personal", "个人服务"), ("corporate", "法人服务")], help_text="服务对象"
    )
    open = serializers.BooleanField(required=False, default=False, help_text="只看可以网上申请的事项")
    after = serializers.CharField(required=False, max_length=500, help_text="上一页答复中的 next")


class ItemSerializer(serializers.Serializer):
    code = serializers.CharField(help_text="事项编码")
    name = serializers.CharField()
    kind = serializers.CharField(help_text="事项类型")
    organ = serializers.CharField(help_text="实施机关")
    audience = serializers.CharField(help_text="natural 个人；legal 法人和其他组织；both 两者")
    open = serializers.BooleanField(help_text="是否可以网上申请")
    promised_days = serializers.IntegerField(allow_null=True, help_text="承诺办结时限，工作日")


class ItemPageSerializer(serializers.Serializer):
    results = ItemSerializer(many=True)
    next = serializers.CharField(help_text="下一页的起点，最后一页为空")


class StatedSerializer(serializers.Serializer):
    text = serializers.CharField()
    basis = serializers.CharField(help_text="依据的条文")
    verified = serializers.BooleanField(help_text="是否已与法律文本核对")


class MaterialSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()
    required = serializers.BooleanField()  # type: ignore[assignment]
    when_needed = serializers.CharField()
    shared_from = serializers.CharField(help_text="由哪一部门共享取得；不为空的无需提交")
    form = serializers.CharField()
    copies = serializers.IntegerField()
    formats = serializers.ListField(child=serializers.CharField())


class QuestionSerializer(serializers.Serializer):
    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    kind = serializers.CharField(help_text="line text date money number choice many yes")
    required = serializers.BooleanField()  # type: ignore[assignment]
    hint = serializers.CharField()
    choices = serializers.ListField(child=serializers.ListField(child=serializers.CharField()))


class SheetSerializer(serializers.Serializer):
    title = serializers.CharField()
    questions = QuestionSerializer(many=True)


class PointSerializer(serializers.Serializer):
    name = serializers.CharField()
    address = serializers.CharField()
    opening_hours = serializers.CharField()
    phone = serializers.CharField()


class GuideSerializer(ItemSerializer):
    summary = serializers.CharField()
    legal_time = serializers.CharField(help_text="法定办结时限")
    legal_time_basis = serializers.CharField()
    fee = serializers.CharField()
    result_name = serializers.CharField(help_text="审批结果名称")
    basis = StatedSerializer(many=True)
    conditions = StatedSerializer(many=True)
    materials = MaterialSerializer(many=True)
    form = SheetSerializer(many=True)
    points = PointSerializer(many=True)
    enquiry_phone = serializers.CharField()
    complaint_phone = serializers.CharField()


class ContactSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=60)
    phone = serializers.CharField(max_length=30)
    email = serializers.EmailField(required=False, allow_blank=True)
    address = serializers.CharField(required=False, allow_blank=True, max_length=200)


class DeliverySerializer(serializers.Serializer):
    way = serializers.ChoiceField(choices=Application.Delivery.choices)
    point = serializers.IntegerField(required=False, help_text="到大厅领取时的网点")
    electronic_service = serializers.BooleanField(default=False, help_text="是否同意电子送达")


class BeginSerializer(serializers.Serializer):
    item = serializers.CharField(max_length=80, help_text="事项编码，或者“一件事”的编码")
    asked = serializers.DictField(default=dict, help_text="“一件事”：先回答的问题的答案，键为问题的 name")


class DraftChangeSerializer(serializers.Serializer):
    party = serializers.IntegerField(required=False, help_text="申请人，您可以代表的当事人之一")
    contact = ContactSerializer(required=False)
    delivery = DeliverySerializer(required=False)
    answers = serializers.DictField(required=False, help_text="申请表的答案，键为问题的 name；未给出的保持不变")


class PartSerializer(serializers.Serializer):
    name = serializers.CharField()
    title = serializers.CharField()
    done = serializers.BooleanField()
    needed = serializers.BooleanField()


class UploadedSerializer(serializers.Serializer):
    token = serializers.CharField()
    material = serializers.CharField()
    name = serializers.CharField()
    size = serializers.IntegerField()
    sha256 = serializers.CharField()


class DraftSerializer(serializers.Serializer):
    code = serializers.CharField()
    item = serializers.CharField()
    title = serializers.CharField()
    saved_at = serializers.DateTimeField()
    parts = PartSerializer(many=True)
    files = UploadedSerializer(many=True)
    ready = serializers.BooleanField(help_text="是否可以提交")
    case = serializers.CharField(help_text="提交后形成的案件的查询码，未提交时为空")


class UploadSerializer(serializers.Serializer):
    material = serializers.CharField(max_length=20, help_text="材料编码")
    file = serializers.FileField()


class SubmissionSerializer(serializers.Serializer):
    attested = serializers.ListField(
        child=serializers.CharField(max_length=300), help_text="申请人确认的内容，逐字照抄办理环节要求确认的条件"
    )


class ReceiptSerializer(serializers.Serializer):
    case = serializers.CharField(help_text="查询码")
    number = serializers.CharField(help_text="案号")
    received_at = serializers.DateTimeField()
    answer_by = serializers.DateField(help_text="至迟在这一天告知是否受理")


class LicenceSerializer(serializers.Serializer):
    number = serializers.CharField(help_text="许可证件编号")
    title = serializers.CharField(help_text="证件名称")
    item = serializers.CharField(help_text="事项编码")
    organ = serializers.CharField(help_text="发证机关")
    holder = serializers.CharField(help_text="被许可人")
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True, help_text="长期有效的为空")
    standing = serializers.CharField(help_text="状态")
    days_left = serializers.IntegerField(allow_null=True, help_text="距有效期届满的天数")
    renew_by = serializers.DateField(allow_null=True, help_text="按期申请延续的最后一日")
    case = serializers.CharField(help_text="证件档案的查询码")
