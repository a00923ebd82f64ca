"""Which static files of installed packages are served: those that a page of ours asks for, and no other."""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from typing import Any

from django.contrib.staticfiles.finders import AppDirectoriesFinder
from django.core.files.storage import Storage

SERVED = (
    "drf_spectacular_sidecar/swagger-ui-dist/favicon-32x32.png",
    "drf_spectacular_sidecar/swagger-ui-dist/swagger-ui.css*",
    "drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-bundle.js*",
    "drf_spectacular_sidecar/swagger-ui-dist/swagger-ui-standalone-preset.js*",
)


class AllowListFinder(AppDirectoriesFinder):
    """Collecting everything that packages bring takes minutes and serves thousands of files that nobody asks for."""

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for path, storage in super().list(ignore_patterns):
            if _served(path):
                yield path, storage

    def find_in_app(self, app: str, path: str) -> Any:
        return super().find_in_app(app, path) if _served(path) else None


def _served(path: str) -> bool:
    return any(fnmatch(path, pattern) for pattern in SERVED)
