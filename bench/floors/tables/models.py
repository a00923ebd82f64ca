"""Tables of the portal, which migrations of floors leave alone, and two of the floors' own."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import models


class Account(AbstractBaseUser):
    username = models.CharField(max_length=60, unique=True)
    display_name = models.CharField(max_length=100)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"

    class Meta:
        managed = False
        db_table = "accounts_user"


class Organ(models.Model):
    short_name = models.CharField(max_length=100)

    class Meta:
        managed = False
        db_table = "accounts_organisation"

    def __str__(self) -> str:
        return self.short_name


class Seat(models.Model):
    user = models.ForeignKey(Account, models.PROTECT)
    organisation = models.ForeignKey(Organ, models.PROTECT)
    until = models.DateField(null=True)

    class Meta:
        managed = False
        db_table = "accounts_seat"

    def __str__(self) -> str:
        return f"{self.user_id} {self.organisation_id}"


class Case(models.Model):
    code = models.CharField(max_length=15)
    number = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=60)
    applicant_name = models.CharField(max_length=200)
    organ = models.ForeignKey(Organ, models.PROTECT)
    handler = models.ForeignKey(Account, models.PROTECT, null=True)
    due_on = models.DateField(null=True)
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "casework_case"

    def __str__(self) -> str:
        return self.number


class Act(models.Model):
    case = models.ForeignKey(Case, models.PROTECT, related_name="acts")
    seq = models.IntegerField()
    label = models.CharField(max_length=60)
    actor_name = models.CharField(max_length=200)
    basis = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "casework_act"

    def __str__(self) -> str:
        return self.label


class Document(models.Model):
    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=80)
    added_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "casework_document"

    def __str__(self) -> str:
        return self.title


class Deadline(models.Model):
    case = models.ForeignKey(Case, models.PROTECT, related_name="deadlines")
    key = models.CharField(max_length=60)
    due_on = models.DateField(null=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "casework_deadline"

    def __str__(self) -> str:
        return self.key


class Filing(models.Model):
    """What the plain floor keeps of a submission: one row, and one of `Event`."""

    title = models.CharField(max_length=200)
    applicant = models.CharField(max_length=200)
    content = models.JSONField()
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(Account, models.PROTECT)

    class Meta:
        managed = False
        db_table = 'floor"."filing'

    def __str__(self) -> str:
        return self.title


class Event(models.Model):
    filing = models.ForeignKey(Filing, models.PROTECT)
    label = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = 'floor"."event'

    def __str__(self) -> str:
        return self.label
