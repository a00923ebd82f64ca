"""The mark of a change, for caches of this process and of every other."""

from uuid import uuid4

from law import queries
from law.models import Stamp


def stamp() -> None:
    """Say that the law has changed. Call it inside the transaction of the change."""
    Stamp.objects.update_or_create(pk=Stamp.ROW, defaults={"value": uuid4()})
    queries.forget()
