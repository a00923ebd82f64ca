"""SMS: the port to a gateway over HTTP, and files in the place of a gateway in demonstrations.

The gateway is sent `POST <url>` with `{"key", "to", "text"}` and asked `GET <url>/<key>`: 200 if it took that key, 404
if it never did. Each request carries its time and an HMAC-SHA256 over method, path, time and body; `Idempotency-Key` is
the notice's own key, so that a gateway which remembers keys protects the person a second time.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from urllib.parse import quote, urlsplit

import requests
from django.conf import settings
from urllib3.exceptions import NewConnectionError

from casework.channels.port import Away, Letter, NotTaken, Rejected, Unanswered

TIME_OUT = (3.0, 7.0)  # seconds to connect, and to wait for the answer; together well below the lease of a notice
NEVER = {400, 410, 413, 422}
NOT_NOW = {401, 403, 404, 408, 429, 503}


class Gateway:
    """The gateway at `settings.SMS_URL`; one kept-alive connection for a batch."""

    can_tell = True

    def __init__(self, at: datetime) -> None:
        self.at, self.url = at, settings.SMS_URL
        self.session = requests.Session()
        # Proxies and authorities are asked of the environment once, not again for each message.
        found = self.session.merge_environment_settings(self.url, {}, None, None, None)
        self.session.proxies, self.session.verify, self.session.trust_env = found["proxies"], found["verify"], False

    def __enter__(self) -> Gateway:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.session.close()

    def send(self, letter: Letter, offer: Callable[[], None]) -> None:
        body = json.dumps({"key": letter.key, "to": letter.to, "text": letter.text}).encode()
        offer()
        try:
            answer = self._request("POST", self.url, body, {"Idempotency-Key": letter.key})
        except requests.RequestException as error:
            if _never_left(error):
                raise Away("短信网关不可用") from error
            raise Unanswered(f"短信网关没有答复：{type(error).__name__}") from error
        if answer.ok:
            return
        said = f"短信网关答复{answer.status_code}：{answer.text[:200]}"
        if answer.status_code in NEVER:
            raise Rejected(said)
        if answer.status_code in NOT_NOW:
            raise NotTaken(said)
        raise Unanswered(said)

    def taken(self, key: str) -> bool | None:
        try:
            answer = self._request("GET", f"{self.url}/{quote(key, safe='')}", b"", {})
        except requests.RequestException:
            return None
        return {200: True, 404: False}.get(answer.status_code)

    def _request(self, method: str, url: str, body: bytes, more: dict[str, str]) -> requests.Response:
        time = self.at.isoformat()
        mark = signature(settings.SMS_KEY, method, urlsplit(url).path, time, body)
        said = {"Content-Type": "application/json", "X-Time": time, "X-Signature": mark, **more}
        return self.session.request(method, url, data=body, headers=said, timeout=TIME_OUT, allow_redirects=False)


def signature(key: str, method: str, path: str, time: str, body: bytes) -> str:
    """What `X-Signature` must be: hexadecimal, over four lines."""
    lines = "\n".join([method, path, time, hashlib.sha256(body).hexdigest()])
    return hmac.new(key.encode(), lines.encode(), hashlib.sha256).hexdigest()


def _never_left(error: requests.RequestException) -> bool:
    """Whether the connection itself was refused or timed out, so that no byte of the request went out."""
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return isinstance(error, requests.ConnectTimeout) or isinstance(reason, NewConnectionError)


class Files:
    """One file below var/sms for each message, under its key: a second one of the same key cannot come to be."""

    can_tell = True

    def __init__(self, at: datetime) -> None:
        self.at, self.directory = at, settings.SMS_FILE_PATH

    def __enter__(self) -> Files:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing stays open."""

    def send(self, letter: Letter, offer: Callable[[], None]) -> None:
        offer()
        try:
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft = self.directory / f".{secrets.token_hex(8)}"
            draft.write_text(f"{self.at.isoformat()}\n{letter.to}\n{letter.text}\n")
            try:
                os.link(draft, self._file(letter.key))
            except FileExistsError:
                pass  # it was taken before
            finally:
                draft.unlink()
        except OSError as error:
            raise NotTaken(f"短信没有写成：{error}") from error

    def taken(self, key: str) -> bool | None:
        return self._file(key).exists()

    def _file(self, key: str) -> Path:
        return Path(self.directory) / f"{quote(key, safe='')}.txt"
