"""Statements that a page sends to the database, counted as they are sent."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

UNCOUNTED = ("SAVEPOINT", "RELEASE SAVEPOINT", "BEGIN", "COMMIT", "SET CONSTRAINTS")


def statements(requests: list[dict[str, Any]]) -> dict[str, int]:
    """name → the number of statements of a request (cookies, path, body), the second time that it is asked."""
    found = {}
    for one in requests:
        client = Client(SERVER_NAME="127.0.0.1")
        client.cookies.load(one["cookies"])
        paths = one["path"] if isinstance(one["path"], list) else [one["path"]] * 2
        for path in paths:
            found[one["name"]] = _counted(client, path, one.get("body"))
    return found


def _counted(client: Client, path: str, body: dict[str, Any] | None) -> int:
    captures = [CaptureQueriesContext(connections[name]) for name in connections]
    with ExitStack() as stack:
        for capture in captures:
            stack.enter_context(capture)
        answer = client.get(path) if body is None else client.post(path, body, content_type="application/json")
    if answer.status_code >= 300:
        raise AssertionError(f"{path} answers {answer.status_code}")
    sent = [query["sql"].lstrip() for capture in captures for query in capture.captured_queries]
    return sum(not statement.startswith(UNCOUNTED) for statement in sent)
