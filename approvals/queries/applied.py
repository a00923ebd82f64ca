"""The application of a case: read once, and kept on the case."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Value
from django.db.models.functions import Coalesce, Concat, JSONArray, Trim

from accounts.prepared import AN_ID, Prepared
from approvals.models import Application, Consignment, Material
from approvals.queries import licences
from casework.models import Case


def _end(name: str) -> Coalesce:
    """What people call the place at one end of a hand-over."""
    return Coalesce(f"{name}__name", f"{name}_office__short_name", "case__organ__short_name")


_APPLICATION = Prepared(
    Application.objects.filter(case=AN_ID)
    .select_related("item__organ", "delivery_point", "bundle")
    .annotate(
        licence=Trim(Concat("case__licence__title", Value(" "), "case__licence__number")),
        listed=ArraySubquery(
            Material.objects.filter(item=OuterRef("item"))
            .values(line=JSONArray("code", "name", "shared_from"))
            .order_by("order")
        ),
        moves=ArraySubquery(
            Consignment.objects.filter(case=OuterRef("case"))
            .values(line=JSONArray("content", "pieces", _end("sender"), "sent_at", _end("receiver"), "received_at"))
            .order_by("pk")
        ),
    )
)


def application_of(case: Case) -> Application | None:
    """The application of a case with its item and organ; kept on the case once it was read.

    `listed` are code, name and (of what is shared) source of the item's materials, `moves` the hand-overs of its papers
    and certificates, `licence` is the title and the number of the licence that was granted on it, empty before there is
    one. The file of a licence in force stands on the application on which the licence was granted.
    """
    if case._state.adding:
        return None
    found = getattr(case, "_application", None)
    if found is None:
        granted_in = case.parent_id if case.procedure == licences.IN_FORCE else case.pk
        found = next(iter(_APPLICATION.rows({AN_ID: granted_in})), None)
        case._application = found  # type: ignore[attr-defined]
    return found
