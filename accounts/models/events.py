"""What happened to accounts and permissions: an append-only table that the audit administrator reads."""

from __future__ import annotations

from django.db import models

from accounts import roles

from .chain import Lane, chained, hashed, stamp

# How the parts of `detail` are called on the screen; a part without a name is for the machine only.
DETAIL_LABELS = {
    "role": "角色",
    "organisation": "机构",
    "since": "自",
    "until": "至（不含当日）",
    "reason": "理由",
    "relation": "关系",
    "subject": "事项",
    "number": "证号",
    "request": "申请编号",
    "case": "案号",
    "document": "文件编号",
    "party": "当事人编号",
    "seat": "任职编号",
    "typed": "所输账号的索引",
    "notice": "通知编号",
    "message": "消息编号",
    "decision": "处理意见",
}


# Sixteen chains for what is written with a change, sixteen more for reading: a read is recorded on a connection of its
# own and must never wait for the change that the same request has under way. A transaction stays in one lane.
LANES = 16
TABLE, HEADS = "accounts_accessevent", "accounts_accesslane"
LANE = (
    f"(pg_current_xact_id()::text::bigint % {LANES}) + CASE NEW.kind WHEN 'personal_data_read' THEN {LANES} ELSE 0 END"
)
HASHED = hashed(
    "a.id", stamp("at"), stamp("recorded_at"), "a.kind, a.actor_id, a.user_id, a.source, a.request, a.subject",
    "a.detail, a.lane, a.link",
)  # fmt: skip


class AccessEvent(models.Model):
    """One act on an account, or one look at personal data. `detail` never holds personal data in clear.

    `subject` is the key of the matter ("case:123", "party:5"), `request` the number of the request in the logs. Rows
    are chained like the acts of cases (accounts/models/chain.py).
    """

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", "登录成功"
        SIGN_IN_FAILED = "sign_in_failed", "登录失败"
        LOCKED_OUT = "locked_out", "账号锁定"
        SIGNED_OUT = "signed_out", "退出登录"
        SESSION_EXPIRED = "session_expired", "会话超时"
        SESSION_ENDED = "session_ended", "结束会话"
        ACCOUNT_CREATED = "account_created", "创建账号"
        ACCOUNT_DISABLED = "account_disabled", "停用账号"
        ACCOUNT_ENABLED = "account_enabled", "恢复账号"
        PASSWORD_CHANGED = "password_changed", "修改密码"
        PASSWORD_RESET = "password_reset", "重置密码"
        FACTOR_ENROLLED = "factor_enrolled", "绑定第二重验证"
        FACTOR_REMOVED = "factor_removed", "解除第二重验证"
        CODES_ISSUED = "codes_issued", "生成恢复码"
        IDENTITY_VERIFIED = "identity_verified", "实名核验"
        PROFILE_CHANGED = "profile_changed", "修改资料"
        PERSONAL_DATA_READ = "personal_data_read", "查看个人信息"
        MATERIAL_REUSED = "material_reused", "再次使用材料"
        SEAT_PROPOSED = "seat_proposed", "提出任职变更"
        SEAT_REFUSED = "seat_refused", "不予批准任职变更"
        SEAT_GRANTED = "seat_granted", "授予任职"
        SEAT_ENDED = "seat_ended", "终止任职"
        DELEGATED = "delegated", "授权代行"
        DELEGATION_REVOKED = "delegation_revoked", "撤销代行"
        RECUSED = "recused", "登记回避"
        RECUSAL_LIFTED = "recusal_lifted", "解除回避"
        CREDENTIAL_ISSUED = "credential_issued", "登记资格证件"
        CREDENTIAL_CHANGED = "credential_changed", "变更资格证件"
        REPRESENTATION_GRANTED = "representation_granted", "登记代表关系"
        REPRESENTATION_ENDED = "representation_ended", "终止代表关系"
        IDENTITY_CHOSEN = "identity_chosen", "切换办事身份"
        NOTICE_SENT_AGAIN = "notice_sent_again", "重新发送通知"
        MESSAGE_RETRIED = "message_retried", "重新处理交换消息"
        MESSAGE_PROPOSED = "message_proposed", "提出交换消息处理意见"
        MESSAGE_DECIDED = "message_decided", "复核交换消息处理意见"

    at = models.DateTimeField("时间")
    kind = models.CharField("事件", max_length=30, choices=Kind.choices)
    actor = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="access_events")
    source = models.GenericIPAddressField("来源地址", null=True, blank=True)
    detail = models.JSONField("内容", default=dict)
    subject = models.CharField("事项", max_length=80, blank=True, default="")
    request = models.CharField("请求编号", max_length=64, blank=True, default="")
    recorded_at = models.DateTimeField(db_default=models.functions.Now())
    lane = models.PositiveSmallIntegerField(db_default=0)
    link = models.BigIntegerField(db_default=0)
    previous = models.BinaryField(db_default=b"")
    hash = models.BinaryField(db_default=b"")

    class Meta:
        verbose_name = "账号审计记录"
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["user", "-id"]),
            models.Index(fields=["kind", "-id"]),
            models.Index(fields=["subject", "-id"], name="access_subject", condition=~models.Q(subject="")),
        ]
        constraints = [models.UniqueConstraint(fields=["lane", "link"], name="one_access_link")]
        triggers = chained(TABLE, HEADS, LANE, HASHED)

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.kind}"

    @property
    def shown_detail(self) -> list[tuple[str, str]]:
        """The parts of `detail` with their Chinese names."""
        values = {**self.detail}
        if "role" in values:
            values["role"] = roles.label(values["role"])
        if "relation" in values:
            values["relation"] = {"legal_representative": "法定代表人或者负责人", "agent": "委托代理人"}[
                values["relation"]
            ]
        return [(label, str(values[key])) for key, label in DETAIL_LABELS.items() if values.get(key)]


class AccessLane(Lane):
    """The head of one chain of access events."""
