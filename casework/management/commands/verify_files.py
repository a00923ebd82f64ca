"""`manage.py verify_files`: whether every stored file still is the one that was kept."""

import hashlib
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casework.models import Document

PIECE = 1 << 20


class Command(BaseCommand):
    """Reads every file in pieces and compares its SHA-256 with its row."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        count = faults = 0
        for document in Document.objects.exclude(file="").only("token", "file", "sha256").order_by("pk").iterator():
            count += 1
            try:
                with document.file.open("rb") as file:
                    digest = hashlib.sha256()
                    while piece := file.read(PIECE):
                        digest.update(piece)
                fault = "" if digest.hexdigest() == document.sha256 else "changed"
            except FileNotFoundError:
                fault = "missing"
            except OSError as error:
                fault = f"cannot be read: {error}"
            if fault:
                faults += 1
                self.stderr.write(f"{document.token}: {fault} ({document.file.name})")
        if faults:
            raise CommandError(f"{faults} of {count} files are not what was kept.")
        self.stdout.write(f"{count} files, every one as it was kept.")
