"""`manage.py prepare`: brings the database up to date. May be repeated; run before every start."""

import os
import time
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from casework.models import Document

# In this order; every one may be repeated and only changes what is new.
REFERENCE: tuple[str, ...] = ("load_law", "load_organisations", "load_items", "load_powers")
# Sample people and cases, in demonstrations only. `seed_demo` writes the accounts to its standard output.
DEMONSTRATION: tuple[str, ...] = ("seed_demo",)


class Command(BaseCommand):
    """Migrations, reference data and, in a demonstration, sample data."""

    help = __doc__
    # `make test` and the deployment check for what is wrong; a start waits for what is missing only.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self._step("migrate", verbosity=0, interactive=False)
        self._make_store()
        for name in REFERENCE:
            self._step(name, stdout=StringIO())
        if texts := os.environ.get("LAWS_DIR"):
            self._step("import_laws", texts, stdout=StringIO())
        self._step("fill_search", stdout=StringIO())
        for name in DEMONSTRATION if settings.DEMO else ():
            self._step(name, stdout=self.stdout)

    def _make_store(self) -> None:
        """A directory of documents is made once, before there is a document; later its absence is a fault."""
        store = Path(settings.MEDIA_ROOT)
        if os.environ.get("PORTAL_S3_BUCKET") or store.is_dir():
            return
        if Document.objects.exclude(file="").exists():
            self.stderr.write(f"  the store of documents is not there: {store}. Files wait until it is back.")
        else:
            store.mkdir(mode=0o700, parents=True)

    def _step(self, name: str, *args: str, **options: Any) -> None:
        begun = time.monotonic()
        call_command(name, *args, **options)
        self.stderr.write(f"  {name}: {time.monotonic() - begun:.1f} s", style_func=str)
