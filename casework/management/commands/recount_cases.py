"""Write the counters of cases anew from the cases themselves; `verify_counts` says whether that is needed."""

from typing import Any

from django.core.management.base import BaseCommand

from casework.actions.counts import recount


class Command(BaseCommand):
    help = "Count all cases anew. Changes of cases wait meanwhile: seconds for a million."

    def handle(self, *args: Any, **options: Any) -> None:
        recount()
        self.stdout.write("counted")
