"""What the city says of a case, beside it: it moves nothing here."""

from __future__ import annotations

from datetime import datetime

from casework.models import Case, Message
from exchange.queries.peer import IN, connected

MOST = 50


def beside(case: Case) -> list[tuple[datetime, str]]:
    """Moment and words of each status of the city, the latest first. One query, or none without a city."""
    if not connected():
        return []
    told = Message.objects.filter(case=case, direction=IN, kind="status", state=Message.State.DONE)
    bodies = [one.repaired or one.body for one in told.only("body", "repaired").order_by("-written_at", "-pk")[:MOST]]
    return [(datetime.fromisoformat(body["at"]), _words(body)) for body in bodies]


def _words(body: dict[str, str]) -> str:
    said = f"{body['organ']}：{body['label']}" if body.get("organ") else body["label"]
    return f"{said}（{body['note']}）" if body.get("note") else said
