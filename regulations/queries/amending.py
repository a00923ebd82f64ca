"""Documents that a clean-up has put down to be amended (列入修改), and by when: until they are amended or at an end."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.fields.json import KeyTextTransform

from casework.models import Act
from regulations.models import CleanupEntry, DocumentVersion, NormativeDocument
from regulations.queries.cleanup import in_force

MOST = 200


@dataclass(frozen=True, slots=True)
class Owed:
    """A document that is to be amended. `under_way`: the making that amends or replaces it has its number."""

    document: NormativeDocument
    finish_on: date
    under_way: bool


def owed(on: date, organs: Collection[int] | None = None) -> list[Owed]:
    """What is still to be amended on a day, the nearest day first; of some organs only, if they are named. One query.

    The latest clean-up of a document counts; a text that was entered since it was published is the amendment.
    """
    said = Act.objects.filter(case=OuterRef("item"), step="propose_amend").order_by("-seq")
    since = DocumentVersion.objects.filter(
        document=OuterRef("document"), text__version_on__gte=OuterRef("item__ended_at__date")
    )
    later = CleanupEntry.objects.filter(
        document=OuterRef("document"), pk__gt=OuterRef("pk"), item__ended_at__isnull=False
    ).exclude(item__state="removed")
    numbered = NormativeDocument.objects.filter(amends=OuterRef("document"), case__state__in=("numbered", "published"))
    found = CleanupEntry.objects.filter(
        ~Exists(since), ~Exists(later), item__state="to_be_amended", document__in=in_force(on).filter(ended="")
    )
    if organs is not None:
        found = found.filter(document__organ__in=organs)
    rows = found.annotate(
        finish=Subquery(said.values(day=KeyTextTransform("finish_on", "facts"))[:1]), numbered=Exists(numbered)
    )
    rows = rows.select_related("document__organ").defer("document__words", "document__interpretation")
    listed = rows.exclude(finish=None).order_by("finish", "pk")[:MOST]
    return [Owed(one.document, date.fromisoformat(one.finish), one.numbered) for one in listed]
