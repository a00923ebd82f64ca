"""Documents in a bucket of an S3-compatible store. Loads what speaks to it, which a directory does not need.

The bucket is private; nobody gets an address of it. Files go through the portal, which knows who may open them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from casework.storage import StorageDown


@contextmanager
def faults() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError, Boto3Error) as error:
        raise StorageDown(f"{type(error).__name__}: {error}"[:500]) from error


class BucketStorage(S3Storage):
    """A bucket, spoken to through django-storages; a file that is opened is fetched at once, to disk if it is large."""

    def _open(self, name: str, mode: str = "rb") -> Any:
        with faults():
            opened = super()._open(name, mode)
            if "r" in mode:
                opened.file  # noqa: B018 - the property fetches
            return opened

    def _save(self, name: str, content: Any) -> str:
        with faults():
            return str(super()._save(name, content))

    def delete(self, name: str) -> None:
        with faults():
            super().delete(name)

    def exists(self, name: str) -> bool:
        with faults():
            return bool(super().exists(name))

    def size(self, name: str) -> int:
        with faults():
            return int(super().size(name))
