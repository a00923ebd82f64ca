"""What the public search shows of the list: each version for its days. Nobody writes when one follows another."""

from __future__ import annotations

from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import Concat

from casework.search import Source
from powerlist.models import PowerVersion
from powerlist.rules.item import KINDS

_LABEL = Case(*(When(kind=kind, then=Value(label)) for kind, label in KINDS.items()), default=Value(""))

# What stands open stands before the newest results, like the guides; versions that have ended are out of the way.
SEARCH = Source(
    code="powerlist.power",
    label="权责清单",
    route="powerlist:power",
    rows=PowerVersion.objects.all,
    columns={
        "title": F("name"),
        "text": Concat(F("organ__name"), Value(" "), _LABEL, Value(" "), F("authority"), output_field=TextField()),
        "more": Concat(
            F("power__code"), Value(" "), F("organ__short_name"), Value(" "), F("object"), Value(" "), F("level")
        ),
        "organ": F("organ"),
        "day": F("since"),
        "until": F("until"),
        "ref": F("power__code"),
        "lead": Case(When(until=None, then=Value(1)), default=Value(0)),
    },
)
