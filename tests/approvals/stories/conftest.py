"""The town of the stories: the world of licensing, a supervisor, and a neighbour who has proved who she is."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import Organisation, Party, Seat, User
from accounts.queries import id_index
from tests.approvals.conftest import MADE, World

NEIGHBOUR_NUMBER = "11010119900307109X"


@pytest.fixture
def town(world: World) -> World:
    supervisor = User.objects.create(
        username="supervisor", kind="staff", display_name="监督示例", created_at=MADE, password_changed_at=MADE
    )
    justice = Organisation.objects.get(code="DC-SFJ")
    Seat.objects.create(user=supervisor, role="supervisor", organisation=justice, since=date(2026, 1, 1))
    third = User.objects.create(
        username="third", kind="staff", display_name="third示例", created_at=MADE, password_changed_at=MADE
    )
    Seat.objects.create(user=third, role="case_officer", organisation=world.organ, since=date(2026, 1, 1))
    neighbour = Party.objects.get(representations__user=world.stranger)
    neighbour.id_kind, neighbour.id_number = "resident_id", NEIGHBOUR_NUMBER
    neighbour.id_index = id_index("resident_id", NEIGHBOUR_NUMBER)
    neighbour.save()
    return world
