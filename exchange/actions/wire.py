"""One request to the city's platform: short time limits, an answer of a limited size, nothing believed unsigned."""

from __future__ import annotations

import time
from types import TracebackType

import requests
from django.conf import settings

CONNECT, READ = 3.05, 8.0  # seconds
WHOLE = 12.0  # seconds for a whole answer, however slowly it drips
MOST_ANSWER = 64 * 1024
MOST_LEDGER = 4 * 1024 * 1024
BODY = {"Content-Type": "application/json; charset=utf-8"}


class Away(Exception):
    """Nobody is there, or nobody who can work: not the fault of one message."""


class Wire:
    """A connection that is kept for one batch."""

    def __init__(self) -> None:
        self.session = requests.Session()
        self.session.trust_env = False

    def __enter__(self) -> Wire:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.session.close()

    def post(self, data: bytes) -> tuple[int, bytes]:
        """Status and body of the answer to a message. Raises Away."""
        return self._ask("/messages", data, MOST_ANSWER)

    def ledger(self, data: bytes) -> tuple[int, bytes]:
        """Status and body of a page of the ledger. Raises Away."""
        return self._ask("/ledger", data, MOST_LEDGER)

    def _ask(self, path: str, data: bytes, most: int) -> tuple[int, bytes]:
        began, parts, size = time.monotonic(), list[bytes](), 0
        try:
            with self.session.post(
                settings.EXCHANGE_URL + path, data, headers=BODY, timeout=(CONNECT, READ), stream=True,
                allow_redirects=False,
            ) as response:  # fmt: skip
                for part in response.iter_content(16 * 1024):
                    parts.append(part)
                    size += len(part)
                    if size > most:
                        raise Away("对方的答复过长")
                    if time.monotonic() - began > WHOLE:
                        raise Away("对方没有在规定时间内答复完毕")
                status = response.status_code
        except requests.RequestException as error:
            raise Away(f"没有连通：{type(error).__name__}") from error
        if status in (429, 502, 503, 504):
            raise Away(f"对方暂时不能处理（{status}）")
        return status, b"".join(parts)
