"""What stood in the directory before a table was changed stands there afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import Organisation
from powerlist.models import SocialOrganisation
from powerlist.queries import communities
from tests.accounts.people import official
from tests.powerlist.ground import SEATED, moment
from tests.regulations.test_migrations import migrated

BEFORE, AFTER = ("powerlist", "0008_imported_lines_stand"), ("powerlist", "0009_social_organisations")
AT = moment("2026-03-02T09:00")


@pytest.mark.django_db
def test_a_sample_organisation_gets_the_two_people_of_a_sample_activity() -> None:
    organ = Organisation.objects.create(code="X", name="示例机关", short_name="示例机关", kind="department")
    enters, publishes = (official(role, organ, at=SEATED) for role in ("case_officer", "head_of_organ"))
    models = migrated(BEFORE)
    named: dict[str, Any] = {"kind": "service", "registered_with_id": organ.pk, "scope": "示例", "sample": True}
    host = models("powerlist", "SocialOrganisation").objects.create(name="示例中心", since=date(2026, 1, 1), **named)
    activities = models("powerlist", "Activity").objects
    activity = activities.create(
        host=host, organ_id=organ.pk, entered_by_id=enters.pk, entered_at=AT, title="示例", about="示例", place="示例",
        starts_at=AT + timedelta(days=2), ends_at=AT + timedelta(days=3), closes_at=AT + timedelta(days=1), places=1,
    )  # fmt: skip
    activities.filter(pk=activity.pk).update(published_by_id=publishes.pk, published_at=AT)
    migrated(AFTER)
    one = SocialOrganisation.objects.get()
    assert (one.name, one.organ_id, one.entered_by, one.published_by) == ("示例中心", organ.pk, enters, publishes)
    assert communities.social_organisations(date(2026, 3, 2)) == [one]


@pytest.mark.django_db
def test_what_no_activity_relies_on_is_made_anew() -> None:
    organ = Organisation.objects.create(code="X", name="示例机关", short_name="示例机关", kind="department")
    rows = migrated(BEFORE)("powerlist", "SocialOrganisation").objects
    rows.create(name="示例中心", since=date(2026, 1, 1), kind="service", registered_with_id=organ.pk, scope="示例")
    migrated(AFTER)
    assert not SocialOrganisation.objects.exists()
