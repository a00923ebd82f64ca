"""What the public search shows of the catalogue: title, number and issuer; the words are searched in the catalogue."""

from __future__ import annotations

from django.db.models import Case, CharField, F, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Concat

from casework.search import Source
from regulations.models import NormativeDocument
from regulations.rules.names import KINDS, SUBJECTS

_KIND = Case(*(When(kind=code, then=Value(label)) for code, label in KINDS.items()), default=Value(""))
_SUBJECT = Case(*(When(subject=code, then=Value(label)) for code, label in SUBJECTS.items()), default=Value(""))


def _rows() -> QuerySet[NormativeDocument]:
    return NormativeDocument.objects.filter(published_on__isnull=False, text__isnull=False)


SEARCH = Source(
    code="regulations.document",
    label="规范性文件",
    route="regulations:document",
    rows=_rows,
    columns={
        "title": F("title"),
        "text": Concat(
            F("number"), Value(" "), F("issuer"), Value(" "), _KIND, Value(" "), _SUBJECT, output_field=TextField()
        ),
        "more": F("index_number"),
        "organ": F("organ"),
        "day": F("published_on"),
        "ref": Cast("pk", CharField()),
    },
)
