"""What stood in the directory before a table was changed stands there afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import InternalError, transaction

from accounts.models import Organisation
from powerlist.models import SocialOrganisation, Stage
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


@pytest.mark.django_db
def test_published_stages_learn_what_they_cite_and_stand_afterwards() -> None:
    models = migrated(("powerlist", "0009_social_organisations"))
    organ = Organisation.objects.create(code="X", name="示例机关", short_name="示例机关", kind="department")
    power = models("powerlist", "Power").objects.create(code="X-1")
    version = models("powerlist", "PowerVersion").objects.create(
        power=power, name="示例", kind="XK", organ_id=organ.pk, authority="示例", supervision="示例",
        since=date(2026, 1, 1), matters=["X-1"],
    )  # fmt: skip
    said = {1: "《行政许可法》第三十条、第三十二条、《公务员法》第五十九条", 2: "", 3: "按内部规定办理"}
    models("powerlist", "Stage").objects.bulk_create(
        models("powerlist", "Stage")(version=version, order=order, stage="受理", matter="-", subject="-", basis=basis)
        for order, basis in said.items()
    )
    migrated()
    stages = Stage.objects.order_by("order")
    assert [stage.families for stage in stages] == [["公务员法", "行政许可法"], [], []]
    with pytest.raises(InternalError), transaction.atomic():
        stages.update(families=[])
