"""Applications that only wait to be submitted, and people who are signed in: `python -m tests.drills.seed ORDER`.

Runs in the surroundings of the portal under drill, as its own code; answers with JSON on one line.
"""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterator
from functools import partial
from typing import Any

import django


def main() -> None:
    django.setup()
    order: dict[str, int] = json.loads(sys.argv[1])
    print(json.dumps(seed(**order)))


def seed(drafts: int, people: int, organs: int) -> dict[str, Any]:
    """`drafts` applications of `people` citizens, in turn to `organs` organs that give the same licence.

    More than one organ: as the owner of the database, who gives the others their power.
    """
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone

    from accounts.models import User
    from casework.models import Document
    from tests.accounts.people import sign_in
    from tests.approvals.conftest import FOOD

    world = people_of_the_demonstration()
    now = timezone.localtime().strftime("%Y-%m-%dT%H:%M:%S")
    items = [FOOD, *more_items(FOOD, organs - 1)]

    def session(user: User) -> str:
        return sign_in(Client(), user).cookies[settings.SESSION_COOKIE_NAME].value

    citizens = list(citizens_of(people))
    begun = []
    for number in range(drafts):
        user, company = citizens[number % people]
        one = dataclasses.replace(world, citizen=user, company=company)
        one.item = partial(item_of, items[number % len(items)])
        draft = one.draft(now)
        # Looking into files is another matter, and would take the machine from what is measured.
        Document.objects.filter(draft=draft).update(scan=Document.Scan.CLEAN)
        begun.append([number % people, draft.code])
    return {
        "citizens": [session(user) for user, _ in citizens],
        "drafts": begun,
        "officer": session(world.officer),
        "second": session(world.second),
    }


def people_of_the_demonstration() -> Any:
    """The sample officials, as the tests of licensing know them."""
    from accounts.models import Organisation, Party, ServicePoint, User
    from tests.approvals.conftest import World

    def user(name: str) -> User:
        return User.objects.get(username=name)

    party = Party.objects.order_by("pk").first()
    assert party
    return World(
        Organisation.objects.get(code="DC-SCJ"), user("citizen"), party, party, user("neighbour"), user("scj-officer"),
        user("scj-officer2"), user("scj-section"), user("scj-head"), user("scj-legal"), user("scj-window"),
        ServicePoint.objects.get(code="QZW"),
    )  # fmt: skip


def item_of(code: str, *asked: str) -> Any:
    from approvals.models import LicensingItem

    return LicensingItem.objects.get(code=code)


def more_items(code: str, number: int) -> Iterator[str]:
    """The same item given by other organs, each of which has numbers of its own."""
    from django.utils import timezone

    from accounts.models import Organisation
    from approvals.models import LicensingItem

    departments = Organisation.objects.at(timezone.localdate()).filter(kind="department").exclude(code="DC-SCJ")
    for organ in departments.order_by("code")[:number]:
        other = f"{code}-{organ.code}"
        if not LicensingItem.objects.filter(code=other).exists():
            item = item_of(code)
            materials, points = list(item.materials.all()), list(item.points.all())
            item.pk, item.code, item.organ = None, other, organ
            item.save()
            for row in (*materials, *points):
                row.pk, row.item = None, item
                row.save()
            give_power(code, other, organ)
        yield other


def give_power(like: str, matter: str, organ: Any) -> None:
    """Nothing is filed without a power: the organ gets the one of an item for another. Only the owner may do it."""
    from django.db import transaction

    from powerlist.actions import rows
    from powerlist.models import Power, PowerVersion
    from powerlist.queries.versions import as_item, whole

    known = whole(PowerVersion.objects.filter(until=None, matters__contains=[like])).get()
    item = {**as_item(known), "organ": organ.code, "entrusted": "", "items": [matter]}
    with transaction.atomic():
        power = Power.objects.create(code=f"{known.power.code}-{organ.code}")
        rows.write([(rows.version(power, item, {organ.code: organ}, known.since, None, known.sample), item)])


def citizens_of(number: int) -> Iterator[tuple[Any, Any]]:
    """Citizens, each with a company of his own."""
    from datetime import date

    from django.utils import timezone

    from accounts.models import Party, Representation, User

    now = timezone.now()
    for serial in range(number):
        user, new = User.objects.get_or_create(
            username=f"drill-{serial}", kind="person",
            defaults={"display_name": f"演练{serial}", "created_at": now, "password_changed_at": now},
        )  # fmt: skip
        if new:
            company = Party.objects.create(kind="legal", name=f"演练{serial}号公司", created_at=now)
            Representation.objects.create(
                user=user, party=company, relation="legal_representative", since=date(2026, 1, 1), granted_at=now
            )
        yield user, Party.objects.get(representations__user=user)


if __name__ == "__main__":
    main()
