"""A list of powers as long as it is asked for, with as many versions of each, written through COPY by the owner."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.db import connection, transaction

from accounts.models import Organisation
from casework.models import Act
from law.queries import segment
from portal.populate.sheet import NULL, Sheet, Writer, plain
from portal.populate.tables import laid_open
from powerlist.models import Basis, Power, PowerVersion, Stage
from powerlist.models.words import FILL
from powerlist.queries.versions import whole

TODAY_IS_SINCE = date(2026, 1, 1)  # of the newest version; each earlier one held for a year
PIECE = 2000
VARYING = (
    "power_id", "name", "kind", "organ_id", "object", "authority", "level", "time_limit", "promised", "supervision",
    "phone", "matters", "tokens", "since", "until", "ended_by_id",
)  # fmt: skip


@transaction.atomic
def load(powers: int, versions: int) -> dict[str, Any]:
    """So many powers more, made after those on the list: the same words as often, the same organs, a number each."""
    models = list(whole(PowerVersion.objects.filter(until=None)).order_by("pk"))
    ended_by = Act.objects.order_by("pk").values_list("pk", flat=True)[0]
    listed, rows = Sheet(Power, "code"), Sheet(PowerVersion, *VARYING)
    bases = Sheet(Basis, "version_id", "order", "citation", "family", "article")
    stages = Sheet(Stage, "version_id", "order", "stage", "matter", "subject", "manner", "basis")
    sheets = (listed, rows, bases, stages)
    with laid_open(sheets):
        writer = Writer(sheets)
        try:
            for number in range(1, powers + 1):
                model = models[number % len(models)]
                _write(number, model, versions, ended_by, *sheets)
                if number % PIECE == 0:
                    writer.send()
            writer.send()
        finally:
            writer.finish()
    with connection.cursor() as cursor:  # what a trigger would have kept
        cursor.execute("TRUNCATE powerlist_powerword")
        cursor.execute(FILL)
    return {"powers": powers}


def _write(
    number: int,
    model: PowerVersion,
    versions: int,
    ended_by: int,
    listed: Sheet,
    rows: Sheet,
    bases: Sheet,
    stages: Sheet,
) -> None:
    code, name = code_of(number), f"{model.name}（第{number}号）"
    power = listed.add(code)
    organ: Organisation = model.organ
    said = (name, model.get_kind_display(), model.object, model.authority, organ.name, organ.short_name)
    tokens, matters = segment(" ".join(said)), "{" + json.dumps(code) + "}"
    texts = (model.object, model.authority, model.level, model.time_limit)
    for place in range(versions):
        since = TODAY_IS_SINCE.replace(year=TODAY_IS_SINCE.year - versions + 1 + place)
        last = place == versions - 1
        row = rows.add(
            power, plain(name), model.kind, organ.pk, *map(plain, texts), f"{versions - place}个工作日",
            plain(model.supervision), model.phone, matters, plain(tokens), since,
            NULL if last else since.replace(year=since.year + 1), NULL if last else ended_by,
        )  # fmt: skip
        for one in model.bases.all():
            bases.add(row, one.order, plain(one.citation), plain(one.family), one.article)
        for stage in model.stages.all():
            texts_of = (stage.stage, stage.matter, stage.subject, stage.manner, stage.basis)
            stages.add(row, stage.order, *map(plain, texts_of))


def code_of(number: int) -> str:
    return f"BENCH-{number:06d}"
