"""Check the whole chain of acts and that every case stands where its acts have brought it."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casework.queries import audit


class Command(BaseCommand):
    help = "Verify the hash chain of all acts; names the first broken link and exits with 1 if there is one."

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.perf_counter()
        acts, lanes = audit.counted()
        faults = audit.faults()
        if faults:
            for fault in faults[1:]:
                self.stderr.write(fault.words)
            raise CommandError(f"first broken link: {faults[0].words}", returncode=1)
        self.stdout.write(f"{acts} acts in {lanes} lanes hold ({time.perf_counter() - began:.2f} s)")
