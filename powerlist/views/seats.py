"""In which capacity somebody proposes changes of the list: with own and lent seats (授权代行) there may be several."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts import roles
from accounts.models import Organisation, Seat, User
from casework.queries.rights import Standing
from powerlist.forms.drafting import SeatForm


@dataclass(frozen=True, slots=True)
class Capacity:
    """Role and organ in which somebody proposes. `seat` is what an address carries, where there was a choice."""

    role: str
    organ: Organisation
    seat: str


def choose(request: HttpRequest, wanted: Collection[str], without: str) -> Capacity | HttpResponse:
    """The capacity that the address names, or the only one; otherwise the page on which it is chosen, which leads back.

    Whoever has none of the roles is told `without`.
    """
    held = _held(request.user, wanted)
    if not held:
        raise PermissionDenied(without)
    seat = next((one for one in held if len(held) == 1 or str(one.pk) == request.GET.get("seat")), None)
    organs = Organisation.objects.in_bulk({one.organisation.organ_id for one in held})
    if seat:
        return Capacity(seat.role, organs[seat.organisation.organ_id], str(seat.pk) if len(held) > 1 else "")
    form = SeatForm([(str(one.pk), _label(one, organs, request.user.pk)) for one in held])
    kept = [(name, value) for name, value in request.GET.items() if name != "seat"]
    context = {"form": form, "kept": kept}
    return render(request, "powerlist/seat.html", context, status=422 if request.method == "POST" else 200)


def _held(user: Any, wanted: Collection[str]) -> Sequence[Seat]:
    """The person's seats with one of the roles, one for each role and organ."""
    if user.kind != User.Kind.STAFF:
        return []
    found: dict[tuple[str, int], Seat] = {}
    for seat in Standing(user, timezone.localdate(), user.snapshot).seats:
        if seat.role in wanted:
            found.setdefault((seat.role, seat.organisation.organ_id), seat)
    return list(found.values())


def _label(seat: Seat, organs: dict[int, Organisation], own: int | None) -> str:
    said = f"{organs[seat.organisation.organ_id].name}，{roles.label(seat.role)}"
    return said if seat.user_id == own else f"{said}（代行{seat.user.display_name}的职务）"
