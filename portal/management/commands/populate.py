"""Years of sample cases for measurements, written through COPY. Refuses outside demonstrations."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from portal import populate
from portal.populate.load import MOST, MOST_YEARS


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cases", type=int, required=True, help=f"how many, 1 to {MOST}")
        parser.add_argument("--seed", type=int, required=True, help="another seed makes other cases")
        parser.add_argument("--years", type=int, default=3, help=f"how far back they reach, 1 to {MOST_YEARS}")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("populate writes cases of people who do not exist: set PORTAL_DEMO=1 to want that.")
        cases, seed, years = options["cases"], options["seed"], options["years"]
        if not 1 <= cases <= MOST:
            raise CommandError(f"--cases is a number from 1 to {MOST}.")
        if not 1 <= years <= MOST_YEARS:
            raise CommandError(f"--years is a number from 1 to {MOST_YEARS}.")
        if seed < 0:
            raise CommandError("--seed is a number from 0 on.")
        began = time.monotonic()
        try:
            loaded = populate.load(cases, seed, years, timezone.now(), self._heard)
        except populate.Unwilling as reason:
            raise CommandError(str(reason)) from reason
        if not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM")
        self.stdout.write(
            f"{loaded.cases} cases with {loaded.acts} acts of {loaded.parties} parties "
            f"({time.monotonic() - began:.1f} s)"
        )

    def _heard(self, done: int) -> None:
        if done % 100_000 == 0:
            self.stderr.write(f"  {done} cases", style_func=str)
