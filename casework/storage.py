"""Where documents lie: a directory, or a bucket (`casework.bucket`). Whatever fails there is an OSError."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.files.storage import FileSystemStorage


class StorageDown(OSError):
    """The store cannot be reached or refuses; nothing was kept."""


class DirectoryStorage(FileSystemStorage):
    """A directory that every web server and worker sees. Where it is missing a disk is missing: it is not made anew,
    or what is kept meanwhile would lie under the disk when that is back."""

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        if not Path(self.location).is_dir():
            raise StorageDown(f"{self.location} is not there")
        return super().save(name, content, max_length)
