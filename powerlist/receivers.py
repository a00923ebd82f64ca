"""What the statute-book tells is acted upon in the transaction of the change: neither is without the other."""

from typing import Any

from casework.queries.clock import database_now
from law.signals import law_changed
from powerlist.actions.basis_changes import open_checks


def statute_changed(changes: list[Any], **_: Any) -> None:
    open_checks(changes, database_now())


law_changed.connect(statute_changed, dispatch_uid="powerlist.statute_changed")
