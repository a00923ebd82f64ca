"""Who holds which role in which organisation and when; delegation, credentials, recusal."""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When

from accounts import roles

from .organisations import Organisation, Post, ServicePoint
from .periods import OVERLAPS, Effective, Period, ordered_period, raises_access_version

_ADMINISTRATORS = sorted(roles.ADMINISTRATOR_ROLES)
_ADMINISTRATORS_SQL = ", ".join(f"'{code}'" for code in _ADMINISTRATORS)

KIND_FITS_ROLE = f"""
    IF (NEW.role IN ({_ADMINISTRATORS_SQL}))
       IS DISTINCT FROM ((SELECT kind FROM accounts_user WHERE id = NEW.user_id) = 'administrator')
       OR (SELECT kind FROM accounts_user WHERE id = NEW.user_id) = 'person' THEN
        RAISE EXCEPTION 'seat: role % does not fit the kind of account', NEW.role USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""  # noqa: S608 - constants of this module

LAST_ADMINISTRATOR = f"""
    IF OLD.role IN ({_ADMINISTRATORS_SQL}) AND NOT EXISTS (
        SELECT 1 FROM accounts_seat s JOIN accounts_user u ON u.id = s.user_id
        WHERE s.role = OLD.role AND u.disabled_at IS NULL AND s.until IS NULL
    ) THEN
        RAISE EXCEPTION 'seat: the last % cannot be removed', OLD.role USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""  # noqa: S608 - constants of this module

# What the pages do (accounts/actions/administration.py), demanded by the database: only its owner, who prepares a new
# portal, seats anybody without the two administrators.
TWO_ADMINISTRATORS = """
    IF NOT pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER')
       AND NOT EXISTS (
        SELECT 1 FROM accounts_seatrequest q
        WHERE q.outcome = 'approved' AND q.decided_by_id <> q.proposed_by_id
          AND (TG_OP = 'INSERT' AND q.seat_id = NEW.id AND q.ends_id IS NULL
               AND (q.user_id, q.role, q.organisation_id, q.since) = (NEW.user_id, NEW.role, NEW.organisation_id, NEW.since)
               OR TG_OP = 'UPDATE' AND q.ends_id = NEW.id AND q.until = NEW.until)
    ) THEN
        RAISE EXCEPTION 'seat: one administrator proposes it, another approves' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""  # noqa: E501 - the text as the migration has it


class Seat(Effective):
    """A user holds a role in an organisation for a time. Only seats in force exist here; proposals are SeatRequests.

    The three administrators (三员) are kept apart from one another and from all case work by exclusion constraints.
    """

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="seats")
    role = models.CharField("角色", max_length=40, choices=roles.SEAT_CHOICES)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="seats")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="seats")
    service_point = models.ForeignKey(ServicePoint, models.PROTECT, null=True, blank=True, related_name="seats")

    class Meta:
        verbose_name = "任职"
        ordering = ["user", "pk"]
        indexes = [models.Index(fields=["organisation", "role"])]
        constraints = [
            ordered_period("seat_period_ordered"),
            models.CheckConstraint(name="seat_role_known", condition=Q(role__in=sorted(roles.SEAT_ROLES))),
            ExclusionConstraint(
                name="seat_once_a_day",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    (Period(), OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="seat_administrator_handles_no_case",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (
                        Case(
                            When(role__in=_ADMINISTRATORS, then=Value(1)),
                            default=Value(0),
                            output_field=IntegerField(),
                        ),
                        RangeOperators.NOT_EQUAL,
                    ),
                    (Period(), OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="seat_administrators_are_three_people",
                expressions=[("user", RangeOperators.EQUAL), (Period(), OVERLAPS)],
                condition=Q(role__in=_ADMINISTRATORS),
            ),
        ]
        triggers = [
            # Delegates act in the seat, so their snapshots depend on it too.
            raises_access_version(
                "seat_dates_access",
                "u.id = changed.user_id OR u.id IN "
                "(SELECT d.to_id FROM accounts_delegation d WHERE d.seat_id = changed.id)",
            ),
            pgtrigger.Trigger(
                name="seat_kind_fits_role",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("user_id", "role"),
                when=pgtrigger.Before,
                func=KIND_FITS_ROLE,
            ),
            pgtrigger.Trigger(
                name="seat_last_administrator",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.After,
                func=LAST_ADMINISTRATOR,
            ),
            pgtrigger.Trigger(
                name="seat_two_administrators",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.After,
                timing=pgtrigger.Deferred,
                func=TWO_ADMINISTRATORS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}:{self.role}@{self.organisation_id}"

    @property
    def role_label(self) -> str:
        return roles.label(self.role)


class SeatRequest(models.Model):
    """A proposal of the system administrator to grant or end a seat; the security administrator decides it."""

    class Outcome(models.TextChoices):
        PENDING = "pending", "待审批"
        APPROVED = "approved", "已批准"
        REFUSED = "refused", "不予批准"

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="seat_requests")
    role = models.CharField("角色", max_length=40, choices=roles.SEAT_CHOICES)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+")
    service_point = models.ForeignKey(ServicePoint, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateField("起始日期")
    until = models.DateField("终止日期（不含当日）", null=True, blank=True)
    ends = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="end_requests")
    seat = models.OneToOneField(Seat, models.PROTECT, null=True, blank=True, related_name="request")
    reason = models.CharField("理由", max_length=200)
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField("提出时间")
    outcome = models.CharField("结果", max_length=10, choices=Outcome.choices, default=Outcome.PENDING)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("审批时间", null=True, blank=True)
    opinion = models.CharField("审批意见", max_length=200, blank=True)

    class Meta:
        verbose_name = "任职审批"
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="seat_request_second_person",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("proposed_by")),
            ),
            models.CheckConstraint(name="seat_request_not_for_oneself", condition=~Q(user=models.F("proposed_by"))),
            models.CheckConstraint(
                name="seat_request_not_decided_by_holder",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("user")),
            ),
            models.CheckConstraint(
                name="seat_request_decided_wholly",
                condition=Q(outcome="pending", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(outcome="pending") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}→{self.user_id}"

    @property
    def role_label(self) -> str:
        return roles.label(self.role)


class Credential(models.Model):
    """A certificate that an official must hold for some work. `valid_until` is the last valid day printed on it.

    Enforcement: 行政处罚法 第四十二条; legal qualification for reviewers: 行政处罚法 第五十八条, 行政复议法 第六条.
    """

    class Kind(models.TextChoices):
        ENFORCEMENT = "enforcement", "行政执法证"
        LEGAL_QUALIFICATION = "legal_qualification", "法律职业资格"

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="credentials")
    kind = models.CharField("类别", max_length=30, choices=Kind.choices)
    number = models.CharField("证号", max_length=60)
    issuer = models.CharField("发证机关", max_length=120)
    scope = models.CharField("执法区域或者类别", max_length=120, blank=True)
    valid_from = models.DateField("有效期起")
    valid_until = models.DateField("有效期止（含当日）", null=True, blank=True)
    suspended_since = models.DateField("暂扣起始日期", null=True, blank=True)
    suspended_until = models.DateField("暂扣终止日期（不含当日）", null=True, blank=True)
    revoked_on = models.DateField("吊销或者收回日期", null=True, blank=True)

    class Meta:
        verbose_name = "资格证件"
        ordering = ["user", "kind"]
        constraints = [
            models.UniqueConstraint(name="credential_number_once", fields=["kind", "number"]),
            models.CheckConstraint(
                name="credential_validity_ordered",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def valid_on(self, on: date) -> bool:
        """Whether the certificate counts on the day `on`: within its dates, not suspended, not withdrawn."""
        within = self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)
        suspended = (
            self.suspended_since is not None
            and self.suspended_since <= on
            and (self.suspended_until is None or on < self.suspended_until)
        )
        return within and not suspended and (self.revoked_on is None or on < self.revoked_on)


class Delegation(Effective):
    """The holder of a seat lets a colleague act in it for a time, in one matter or (`subject` empty) in all.

    `subject` is the key of the matter, such as “case:123”: this app does not know cases.
    """

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="delegations")
    to = models.ForeignKey("accounts.User", models.PROTECT, related_name="delegations_received")
    subject = models.CharField("事项", max_length=80, blank=True)
    reason = models.CharField("理由", max_length=200)
    granted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    granted_at = models.DateTimeField("登记时间")
    revoked_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta:
        verbose_name = "授权代行"
        ordering = ["seat", "pk"]
        constraints = [
            ordered_period("delegation_period_ordered"),
            models.CheckConstraint(name="delegation_has_an_end", condition=Q(until__isnull=False)),
            ExclusionConstraint(
                name="delegation_once_a_day",
                expressions=[
                    ("seat", RangeOperators.EQUAL),
                    ("to", RangeOperators.EQUAL),
                    ("subject", RangeOperators.EQUAL),
                    (Period(), OVERLAPS),
                ],
            ),
        ]
        triggers = [raises_access_version("delegation_dates_access", "u.id = changed.to_id")]

    def __str__(self) -> str:
        return f"{self.seat_id}→{self.to_id}"


class Recusal(models.Model):
    """A person does not take part in one matter (回避); `subject` is its key, such as “case:123”."""

    class Ground(models.TextChoices):
        INTEREST = "interest", "与本案有直接利害关系"
        KIN = "kin", "与当事人有近亲属关系"
        OTHER = "other", "有其他关系可能影响公正执法"

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="recusals")
    subject = models.CharField("事项", max_length=80)
    ground = models.CharField("事由", max_length=20, choices=Ground.choices)
    reason = models.CharField("理由", max_length=200)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("决定时间")
    lifted_at = models.DateTimeField("解除时间", null=True, blank=True)

    class Meta:
        verbose_name = "回避"
        ordering = ["subject", "pk"]
        indexes = [models.Index(fields=["subject"])]
        constraints = [
            models.UniqueConstraint(
                name="recusal_once", fields=["user", "subject"], condition=Q(lifted_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}×{self.subject}"
