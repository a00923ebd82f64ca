"""Accounts, the natural and legal persons who deal with government, and who may act for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from accounts.encryption import EncryptedTextField

from .periods import OVERLAPS, Effective, Period, ordered_period, raises_access_version

if TYPE_CHECKING:
    from accounts.permissions import Snapshot


class UserManager(BaseUserManager["User"]):
    """Accounts are made by accounts.actions; the manager only finds them."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=str(username).lower())


class User(AbstractBaseUser, PermissionsMixin):
    """An account. What it may do follows from seats and representations; there is no super-user.

    `session_version` ends every session when it changes; `access_version` is raised by database triggers whenever a
    seat, delegation or representation of the account changes, and dates the cached snapshot of its permissions.
    """

    class Kind(models.TextChoices):
        PERSON = "person", "社会公众"
        STAFF = "staff", "工作人员"
        ADMINISTRATOR = "administrator", "管理员"

    if TYPE_CHECKING:
        snapshot: Snapshot  # on request.user, by accounts.middleware

    is_superuser = False

    username = models.CharField("账号", max_length=64, unique=True)
    kind = models.CharField("账号类别", max_length=20, choices=Kind.choices)
    display_name = models.CharField("姓名", max_length=60)
    email = models.EmailField("电子邮箱", blank=True)
    phone = EncryptedTextField("手机号码", blank=True)
    phone_index = models.CharField(max_length=64, blank=True, editable=False)
    # Besides the inbox, which everybody has. People are told when they sign up that the number serves for this too.
    by_email = models.BooleanField("以电子邮件接收通知", default=False)
    by_sms = models.BooleanField("以短信接收通知", default=False)
    # One person, one official account: the staff number keeps the three administrators three people.
    staff_number = models.CharField("工号", max_length=40, null=True, blank=True, unique=True)
    is_demo = models.BooleanField("演示账号", default=False)
    is_active = models.BooleanField("启用", default=True)
    disabled_at = models.DateTimeField("停用时间", null=True, blank=True)
    must_change_password = models.BooleanField("须修改密码", default=False)
    password_changed_at = models.DateTimeField("密码修改时间", null=True, blank=True)
    session_version = models.PositiveIntegerField(default=0)
    access_version = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField("创建时间")

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = "账号"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="user_active_unless_disabled", condition=Q(is_active=Q(disabled_at__isnull=True))
            ),
            models.CheckConstraint(name="user_username_lower", condition=Q(username=Lower("username"))),
            models.UniqueConstraint(
                name="user_phone_once",
                fields=["phone_index"],
                condition=~Q(phone_index="") & Q(disabled_at__isnull=True),
            ),
            models.CheckConstraint(
                name="user_staff_number_for_staff", condition=~Q(kind="person") | Q(staff_number__isnull=True)
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="user_kind_is_fixed", fields=["kind"]),
            pgtrigger.Trigger(
                name="user_last_administrator",
                operation=pgtrigger.UpdateOf("disabled_at"),
                when=pgtrigger.After,
                condition=pgtrigger.Q(old__disabled_at__isnull=True, new__disabled_at__isnull=False),
                func="""
                IF EXISTS (
                    SELECT 1 FROM accounts_seat s WHERE s.user_id = NEW.id AND s.until IS NULL
                      AND NEW.kind = 'administrator' AND NOT EXISTS (
                        SELECT 1 FROM accounts_seat o JOIN accounts_user u ON u.id = o.user_id
                        WHERE o.role = s.role AND o.until IS NULL AND u.disabled_at IS NULL
                    )
                ) THEN
                    RAISE EXCEPTION 'user: the last administrator of a kind cannot be disabled'
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN NULL;
                """,
            ),
            # Nobody acts in the seat of a disabled account.
            raises_access_version(
                "user_dates_access_of_delegates",
                "u.id IN (SELECT d.to_id FROM accounts_delegation d JOIN accounts_seat s ON s.id = d.seat_id "
                "WHERE s.user_id = changed.id)",
                operation=pgtrigger.UpdateOf("is_active"),
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def is_official(self) -> bool:
        """Staff and administrators: second factor, short sessions, the stricter password policy."""
        return self.kind != self.Kind.PERSON

    @property
    def is_staff(self) -> bool:
        """Django's name for an official: whoever sees the 办理端."""
        return self.is_official

    def get_short_name(self) -> str:
        return self.display_name

    def get_full_name(self) -> str:
        return self.display_name

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        # Django compares this on every request, so raising session_version ends all sessions at once.
        salt = "accounts.User.session"
        stamp = f"{self.password}:{self.session_version}"
        return salted_hmac(salt, stamp, secret=secret, algorithm="sha256").hexdigest()


class Party(models.Model):
    """A natural or legal person who deals with government, with or without an account."""

    class Kind(models.TextChoices):
        NATURAL = "natural", "自然人"
        LEGAL = "legal", "法人或者其他组织"

    class IdKind(models.TextChoices):
        RESIDENT_ID = "resident_id", "居民身份证"
        PASSPORT = "passport", "护照"
        HK_MACAU_PASS = "hk_macau_pass", "港澳居民来往内地通行证"
        TAIWAN_PASS = "taiwan_pass", "台湾居民来往大陆通行证"
        FOREIGN_PERMANENT = "foreign_permanent", "外国人永久居留身份证"
        CREDIT_CODE = "credit_code", "统一社会信用代码"

    kind = models.CharField("类别", max_length=10, choices=Kind.choices)
    name = models.CharField("姓名或者名称", max_length=120)
    id_kind = models.CharField("证件类型", max_length=20, choices=IdKind.choices, blank=True)
    id_number = EncryptedTextField("证件号码", blank=True)
    id_index = models.CharField(max_length=64, blank=True, editable=False)
    phone = EncryptedTextField("联系电话", blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    address = EncryptedTextField("联系地址", blank=True)
    legal_representative = models.CharField("法定代表人或者负责人", max_length=60, blank=True)
    verified_at = models.DateTimeField("核验时间", null=True, blank=True)
    verified_by = models.CharField("核验方式", max_length=40, blank=True)
    created_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "当事人"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="party_id_once", fields=["id_kind", "id_index"], condition=~Q(id_index="")),
            models.CheckConstraint(
                name="party_id_fits_kind",
                condition=Q(id_kind="")
                | (Q(kind="legal") & Q(id_kind="credit_code"))
                | (Q(kind="natural") & ~Q(id_kind="credit_code")),
            ),
            models.CheckConstraint(
                name="party_verified_names_checker", condition=Q(verified_at__isnull=True) | ~Q(verified_by="")
            ),
        ]
        triggers = [
            raises_access_version(
                "party_dates_access",
                "u.id IN (SELECT r.user_id FROM accounts_representation r WHERE r.party_id = changed.id)",
                operation=pgtrigger.UpdateOf("name", "kind"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Representation(Effective):
    """An account may act for a party: for itself, as legal representative, or as agent under a power of attorney."""

    class Relation(models.TextChoices):
        SELF = "self", "本人"
        LEGAL_REPRESENTATIVE = "legal_representative", "法定代表人或者负责人"
        AGENT = "agent", "委托代理人"

    class Scope(models.TextChoices):
        FULL = "full", "全部权利"
        GENERAL = "general", "一般授权（提交、补正、查询、领取）"
        SPECIAL = "special", "特别授权（另可撤回申请、和解、变更请求）"

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="representations")
    party = models.ForeignKey(Party, models.PROTECT, related_name="representations")
    relation = models.CharField("关系", max_length=30, choices=Relation.choices)
    scope = models.CharField("授权范围", max_length=20, choices=Scope.choices, default=Scope.FULL)
    evidence = models.CharField("依据", max_length=200, blank=True)
    granted_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    granted_at = models.DateTimeField("登记时间")
    revoked_at = models.DateTimeField("撤销时间", null=True, blank=True)
    revoked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "代表关系"
        ordering = ["user", "pk"]
        constraints = [
            ordered_period("representation_period_ordered"),
            ExclusionConstraint(
                name="representation_once_a_day",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("party", RangeOperators.EQUAL),
                    (Period(), OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="representation_one_account_a_person",
                expressions=[("party", RangeOperators.EQUAL), (Period(), OVERLAPS)],
                condition=Q(relation="self"),
            ),
            ExclusionConstraint(
                name="representation_one_self_an_account",
                expressions=[("user", RangeOperators.EQUAL), (Period(), OVERLAPS)],
                condition=Q(relation="self"),
            ),
            models.CheckConstraint(
                name="representation_agent_has_limits", condition=~Q(relation="agent") | ~Q(scope="full")
            ),
            models.CheckConstraint(
                name="representation_revoked_is_ended", condition=Q(revoked_at__isnull=True) | Q(until__isnull=False)
            ),
        ]
        triggers = [raises_access_version("representation_dates_access", "u.id = changed.user_id")]

    def __str__(self) -> str:
        return f"{self.user_id}→{self.party_id}"


def shown_name(user: User) -> str:
    """The name by which allauth's pages and mails call somebody (settings: ACCOUNT_USER_DISPLAY)."""
    return user.display_name
