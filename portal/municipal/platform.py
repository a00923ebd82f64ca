"""The city's platform as a server: takes messages, shows its book, sends its own, and obeys whoever runs the test.

`/messages` and `/ledger` are the exchange. `/control` is for the test: it is served on loopback only.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from exchange.rules import ledger, letters, signed
from exchange.rules.letters import REFUSED, STALE, TAKEN, Answer, Letter
from exchange.rules.signed import Malformed, Signer, Unsigned
from portal.municipal.book import Book
from portal.municipal.faults import Dice, Faults
from portal.municipal.filings import Filings

BEIJING = timezone(timedelta(hours=8))
PAUSE = 0.2  # seconds between two rounds of sending
TIMEOUT = 15.0
LOOPBACK = "127.0.0.1"
MOST_BYTES = 8 * 1024 * 1024


def now() -> datetime:
    return datetime.now(BEIJING)


@dataclass
class Platform:
    """Everything that the city's side is. `district` is the address of the portal."""

    book: Book
    signer: Signer
    keys: Mapping[str, Ed25519PublicKey]
    ends: tuple[str, str]  # the city, the district
    district: str = ""
    dice: Dice = field(default_factory=lambda: Dice(1))
    over: threading.Event = field(default_factory=threading.Event)
    filings: Filings = field(init=False)

    def __post_init__(self) -> None:
        self.filings = Filings(self.book, self.ends)

    # --- taking --------------------------------------------------------------------------------------------------

    def take(self, data: bytes) -> bytes | None:
        """The answer to a message; None where the line breaks. Raises Malformed or Unsigned."""
        letter, sent_at = letters.read(data, self.keys)
        if self.dice.falls("lie"):
            return self._answer(letter, TAKEN, "")
        outcome, reason = self._keep(letter, sent_at)
        if self.dice.falls("forget"):
            return None
        return self._answer(letter, outcome, reason)

    def _keep(self, letter: Letter, sent_at: datetime) -> tuple[str, str]:
        if (letter.receiver, letter.sender) != self.ends:
            return REFUSED, "收件或者发件一方不符"
        if abs(now() - sent_at) > letters.WINDOW:
            return STALE, "发送时间与接收时间相差过大"
        return self.book.keep(letter, lambda new: self.filings.arrived(new, now()))

    def _answer(self, letter: Letter, outcome: str, reason: str) -> bytes:
        digest = "0" * 64 if self.dice.falls("wrong_answer") else letter.digest
        return self._spoilt(letters.answered(Answer(letter.id, digest, outcome, reason), self.signer))

    def _spoilt(self, document: bytes) -> bytes:
        """With somebody else's signature, if that is the fault of the moment."""
        if not self.dice.falls("bad_signature"):
            return document
        content = signed.parsed(document)
        return signed.canonical({**content, "signature": "A" * 86 + "=="})

    def tell(self, data: bytes) -> bytes:
        """A page of the book."""
        question = ledger.read_question(data, self.keys)
        if not question.direction:
            return ledger.told(question, self.book.totals(question.day), [], False, self.signer)
        entries, more = self.book.entries(question.day, question.direction, question.after)
        return ledger.told(question, [], entries, more, self.signer)

    # --- sending -------------------------------------------------------------------------------------------------

    def send_all(self) -> None:
        """Until the end: send what waits, again and again until the district's signature says that it has it."""
        with requests.Session() as session:
            session.trust_env = False
            while not self.over.wait(PAUSE):
                for letter in self._in_some_order(self.book.waiting(50)):
                    if self.over.is_set():
                        return
                    for _ in range(2 if self.dice.falls("duplicate") else 1):
                        self.book.tried(letter, self._send(session, letter))

    def _in_some_order(self, waiting: list[Letter]) -> list[Letter]:
        return waiting[::-1] if self.dice.falls("reorder") else waiting

    def _send(self, session: requests.Session, letter: Letter) -> bool:
        data = self._spoilt(letters.written(letter, now(), self.signer))
        try:
            said = session.post(f"{self.district}/exchange/v1/messages/", data, timeout=TIMEOUT, allow_redirects=False)
            return letters.read_answer(said.content, letter, self.keys).outcome in letters.ACKNOWLEDGED
        except (requests.RequestException, Malformed, Unsigned):
            return False

    # --- for the test --------------------------------------------------------------------------------------------

    def control(self, order: dict[str, Any]) -> dict[str, Any]:
        """Change faults and what a filing must hold, write messages of the city, and say where everything stands."""
        if "faults" in order:
            self.dice.faults = Faults.of(order["faults"])
        if "wanted" in order:
            self.filings.wanted = tuple(order["wanted"])
        for one in order.get("answer", []):
            self.filings.answer(one, now())
        for one in order.get("write", []):
            self.book.write(one["kind"], one["stream"], one["body"], now(), self.ends)
        return {
            "faults": asdict(self.dice.faults), "happened": dict(self.dice.happened), "counts": self.book.counts(),
            "broken": self.book.broken(),
            **({"standing": self.book.standing()} if order.get("standing") else {}),
            **({"filings": self.filings.standing()} if order.get("filings") else {}),
        }  # fmt: skip


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # head and body of an answer are two packets: the second waits for nobody
    timeout = 60
    server: Server

    def do_POST(self) -> None:
        platform, path = self.server.platform, urlsplit(self.path).path
        data = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), MOST_BYTES))
        if path == "/control" and self.client_address[0] == LOOPBACK:
            self._obey(data)
        elif platform.dice.falls("down"):
            self.close_connection = True
            if len(data) % 2:
                self._say(503, b"")
        else:
            if platform.dice.falls("slow"):
                time.sleep(platform.dice.faults.seconds)
            self._answer({"/messages": platform.take, "/ledger": platform.tell}.get(path), data)

    def _obey(self, data: bytes) -> None:
        try:
            order = json.loads(data or b"{}")
            self._say(200, json.dumps(self.server.platform.control(order)).encode())
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            self._say(400, f"{type(error).__name__}: {error}".encode())

    def _answer(self, work: Callable[[bytes], bytes | None] | None, data: bytes) -> None:
        try:
            said = work(data) if work else b""
        except (Malformed, Unsigned) as error:
            self._say(400 if isinstance(error, Malformed) else 401, str(error).encode())
            return
        if said is None:
            self.close_connection = True
        else:
            self._say(200 if work else 404, said)

    def _say(self, status: int, said: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing: who sent what stands in the book."""


class Server(ThreadingHTTPServer):
    """The platform on loopback."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, platform: Platform, port: int) -> None:
        self.platform = platform
        super().__init__((LOOPBACK, port), _Handler)
