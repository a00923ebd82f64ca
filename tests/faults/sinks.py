"""A mail relay and an SMS gateway on loopback that write down what they take and dedupe nothing."""

import json
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from casework.channels.sms import signature

PATIENCE = 20.0  # seconds


def wait(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "the sink does not come to rest"
        time.sleep(0.005)


class MailSink:
    """A real SMTP server. `answer` is what it says to the end of a message; anything but 250 is not taken."""

    def __init__(self) -> None:
        self.ledger: list[Message] = []
        self.answer = "250 taken"
        self.at_recipient = ""
        self.hangs_up = False  # takes the message and breaks the connection before it says so
        self.connections = self.ended = 0
        sink = self

        class Server(SMTP):
            def connection_made(self, transport: Any) -> None:
                sink.connections += 1
                super().connection_made(transport)

            def connection_lost(self, error: Exception | None) -> None:
                super().connection_lost(error)
                sink.ended += 1

        class Listener(Controller):
            def factory(self) -> SMTP:
                return Server(self.handler)

            def _trigger_server(self) -> None:
                self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
                super()._trigger_server()

        logging.getLogger("mail.log").setLevel(logging.ERROR)
        self.controller = Listener(self, hostname="127.0.0.1", port=0)
        self.controller.start()
        self.port = self.controller.port

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.at_recipient:
            return self.at_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.ledger.append(message_from_bytes(envelope.content))
        if self.hangs_up:
            server.transport.abort()  # type: ignore[union-attr]
        return self.answer

    def counted(self) -> Counter[str]:
        """How often each Message-ID was taken."""
        return Counter(str(message["Message-ID"]) for message in self.ledger)

    def settle(self) -> None:
        """Waits until everything that dead senders left on the wire was read."""
        time.sleep(0.02)
        wait(lambda: self.ended == self.connections)

    def stop(self) -> None:
        self.controller.stop()


class SmsSink:
    """A gateway as `casework.channels.sms` describes it. `status` is what it says to a message instead of taking it."""

    def __init__(self, key: str) -> None:
        self.ledger: list[dict[str, str]] = []
        self.status = 0
        self.mute = False  # takes the message and says nothing
        self.knows = True  # whether it can be asked
        self.asked = 0
        self.active = 0
        lock = threading.Lock()
        sink = self

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def process_request(self, request: Any, address: Any) -> None:
                with lock:
                    sink.active += 1
                super().process_request(request, address)

            def shutdown_request(self, request: Any) -> None:
                super().shutdown_request(request)
                with lock:
                    sink.active -= 1

        class Answer(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if len(body) < int(self.headers["Content-Length"]):
                    return self.close()  # the sender died in the middle
                if not self.signed(body):
                    return self.say(401)
                if sink.status:
                    return self.say(sink.status)
                sink.ledger.append(json.loads(body))
                return self.close() if sink.mute else self.say(202)

            def do_GET(self) -> None:
                sink.asked += 1
                if not self.signed(b""):
                    return self.say(401)
                if not sink.knows:
                    return self.say(503)
                key = unquote(self.path.rpartition("/")[2])
                return self.say(200 if any(entry["key"] == key for entry in sink.ledger) else 404)

            def signed(self, body: bytes) -> bool:
                wanted = signature(key, self.command, self.path, self.headers["X-Time"], body)
                return wanted == self.headers["X-Signature"]

            def say(self, status: int) -> None:
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def close(self) -> None:
                self.close_connection = True

            def handle(self) -> None:
                try:
                    super().handle()
                except ConnectionError:
                    return  # the sender died

            def log_message(self, *_: Any) -> None:
                """Nothing: the ledger is the record."""

        self.server = Server(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server.server_port}/messages"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def counted(self) -> Counter[str]:
        """How often each key was taken."""
        return Counter(entry["key"] for entry in self.ledger)

    def settle(self) -> None:
        """Waits until everything that dead senders left on the wire was read."""
        time.sleep(0.02)
        wait(lambda: self.active == 0)

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
