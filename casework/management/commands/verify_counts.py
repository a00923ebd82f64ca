"""Check the counters of cases: on the tabs of the queue and on the dashboard stands what the cases themselves say."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casework.queries.counts import drift


class Command(BaseCommand):
    help = "Count every case and compare; exits with 1 and names the counters that differ."

    def handle(self, *args: Any, **options: Any) -> None:
        if found := drift():
            for words in found[1:]:
                self.stderr.write(words)
            raise CommandError(found[0], returncode=1)
        self.stdout.write("the counters agree with the cases")
