"""What was applied for in a case, and the licence that was granted."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from approvals.models.bundles import Bundle
from approvals.models.items import LicensingItem
from casework.models.sealed import SealedJSONField


class Application(models.Model):
    """The application of one case, frozen when it was filed: answers and contact are sealed at rest.

    It is about an item, or about a bundle with the items that were chosen of it. What was given once for a bundle is
    handed to each of its parts, which has an application of its own.

    `paper_materials` lists the materials that a window clerk took in on paper: `{"code", "copies"}`. `presence` says
    who was identified at the window, by which paper, when and by whom, and how the application was received
    (`approvals.queries.presence`); it is empty of what came in otherwise.
    """

    class Delivery(models.TextChoices):
        ELECTRONIC = "electronic", "电子证照，网上下载"
        COLLECT = "collect", "到政务服务大厅领取"
        MAIL = "mail", "邮寄"

    class HandOver(models.TextChoices):
        TOGETHER = "together", "全部办完后，一次领取全部结果"
        AS_THEY_COME = "as_they_come", "办成一项，领取一项"

    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="application")
    item = models.ForeignKey(LicensingItem, models.PROTECT, null=True, blank=True, related_name="applications")
    bundle = models.ForeignKey(Bundle, models.PROTECT, null=True, blank=True, related_name="applications")
    chosen = models.JSONField("所含事项", default=list, blank=True)
    elsewhere = models.JSONField(
        "另行办理的事项", default=list, blank=True, help_text="codes of needed items not filed here"
    )
    answers = SealedJSONField(default=dict)
    contact = SealedJSONField(default=dict)
    paper_materials = models.JSONField(default=list, blank=True)
    presence = SealedJSONField(default=dict, blank=True)
    delivery = models.CharField("领取方式", max_length=12, choices=Delivery.choices, default=Delivery.ELECTRONIC)
    delivery_point = models.ForeignKey("accounts.ServicePoint", models.PROTECT, null=True, blank=True)
    hand_over = models.CharField("一件事结果", max_length=12, choices=HandOver.choices, default=HandOver.TOGETHER)
    consents_to_electronic_service = models.BooleanField("同意电子送达", default=False)
    declared_by = models.CharField("作出承诺的人", max_length=120)
    declared_at = models.DateTimeField("承诺时间")

    class Meta:
        verbose_name = "许可申请"
        constraints = [
            models.CheckConstraint(
                name="application_collects_somewhere",
                condition=~Q(delivery="collect") | Q(delivery_point__isnull=False),
            ),
            models.CheckConstraint(
                name="application_of_item_or_bundle",
                condition=Q(item__isnull=False, bundle__isnull=True) | Q(item__isnull=True, bundle__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.item_id}"


class Licence(models.Model):
    """A licence in force, suspended or ended. It stands beside its paper: what may be asked of it in later cases.

    `details` holds, by the name of the question, what a change put in the place of an answer of the application.
    """

    class State(models.TextChoices):
        VALID = "valid", "有效"
        SUSPENDED = "suspended", "暂扣"
        WITHDRAWN = "withdrawn", "已撤回"
        ANNULLED = "annulled", "已撤销"
        REVOKED = "revoked", "已吊销"
        CANCELLED = "cancelled", "已注销"
        EXPIRED = "expired", "届满失效"
        LAPSED = "lapsed", "失效待注销"

    case = models.OneToOneField("casework.Case", models.PROTECT, related_name="licence")
    number = models.CharField("编号", max_length=80, blank=True)
    title = models.CharField("证件名称", max_length=80)
    item = models.ForeignKey(LicensingItem, models.PROTECT, related_name="licences")
    organ = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="licences")
    holder = models.ForeignKey("accounts.Party", models.PROTECT, related_name="licences")
    holder_name = models.CharField("被许可人", max_length=200)
    scope = models.CharField("许可范围", max_length=200, blank=True)
    valid_from = models.DateField("有效期自")
    valid_to = models.DateField("有效期至", null=True, blank=True)
    issued_on = models.DateField("发证日期")
    delivered_on = models.DateField("送达日期", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.VALID)
    details = SealedJSONField(default=dict, blank=True)

    class Meta:
        verbose_name = "许可证件"
        ordering = ["-issued_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "number"], condition=~Q(number=""), name="one_licence_a_number"),
            models.CheckConstraint(
                name="licence_period_ordered", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
            ),
        ]
        indexes = [
            models.Index(fields=["holder", "-issued_on"], name="licence_holder"),
            models.Index(
                fields=["valid_to"], name="licence_ending", condition=Q(state="valid", valid_to__isnull=False)
            ),
        ]
        triggers = [pgtrigger.Protect(name="licences_are_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.title} {self.number}".strip()


class LicenceEntry(models.Model):
    """What happened to a licence, with what stood before and after: the old content is kept for good.

    `before` and `after` are lists of label and value, as the certificate shows them. Never changed, never removed.
    """

    licence = models.ForeignKey(Licence, models.PROTECT, related_name="entries")
    act = models.OneToOneField("casework.Act", models.PROTECT, related_name="licence_entry")
    label = models.CharField("记载", max_length=60)
    on = models.DateField("日期")
    before = SealedJSONField(default=list, blank=True)
    after = SealedJSONField(default=list, blank=True)

    class Meta:
        verbose_name = "证件记载"
        ordering = ["on", "id"]
        triggers = [pgtrigger.Protect(name="entries_stand", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.licence_id} {self.label}"
