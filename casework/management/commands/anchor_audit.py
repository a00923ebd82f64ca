"""Write the state of the record down outside the database, signed; the worker does it once a day by itself."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from casework.actions.anchor import anchor
from casework.queries import anchors


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        anchor(timezone.now())
        self.stdout.write(f"{len(anchors.lines())} anchors in {anchors.file()}")
