"""A second service point with a clerk of its own."""

from __future__ import annotations

from datetime import date

from accounts.models import Seat, ServicePoint, User
from tests.approvals.conftest import MADE, World


def make_station(world: World) -> ServicePoint:
    """A community station, and whoever sits at its window."""
    point = ServicePoint.objects.exclude(pk=world.point.pk).filter(kind="community_station").first()
    if point is None:
        point = ServicePoint.objects.create(
            code="STATION", name="示例社区服务站", kind="community_station", organisation=world.point.organisation,
            address="示例胡同2号", opening_hours="工作日9:00至17:00", phone="12345", since=date(2026, 1, 1),
        )  # fmt: skip
    clerk = User.objects.create(
        username="stationer", kind="staff", display_name="站员示例", created_at=MADE, password_changed_at=MADE
    )
    Seat.objects.create(
        user=clerk, role="window_clerk", organisation=point.organisation, service_point=point, since=date(2026, 1, 1)
    )
    return point


def stationer() -> User:
    return User.objects.get(username="stationer")
