"""A load client: a few connections at once in one thread, each asks again as soon as it is answered.

Connections are kept alive as a reverse proxy keeps them, and renewed after some requests, so that no round hangs on how
the web server happened to share eight connections among its workers. What the client itself costs is not counted.
"""

from __future__ import annotations

import re
import selectors
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

HOST = "127.0.0.1"
RENEW = 20  # requests for which a connection is used
CHECKED = 40  # of so many answers one is looked into, and the first of every connection
PATIENCE = 120.0  # seconds for one answer

Check = Callable[["Answer"], str]  # what is wrong with an answer; "" if nothing


class Broken(Exception):
    """An answer that is none: the load is not measured but the run stopped."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    head: bytes
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(slots=True)
class Load:
    """What a load came to. A request that was under way at the end counts for the part that lay within the time."""

    seconds: float
    requests: float = 0.0
    answers: int = 0
    latencies: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


def request(path: str, cookies: dict[str, str], body: bytes | None = None, **headers: str) -> bytes:
    """The bytes of a request; with a body it is a POST."""
    head = [
        f"{'GET' if body is None else 'POST'} {path} HTTP/1.1",
        f"Host: {HOST}",
        *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
    ]
    if cookies:
        head.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in cookies.items()))
    if body is not None:
        head.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*head, "", ""]).encode() + (body or b"")


def ask(port: int, asked: bytes) -> Answer:
    """One request on a connection of its own."""
    connection = _Connection(port)
    try:
        return connection.answer(asked)
    finally:
        connection.socket.close()


@dataclass(slots=True)
class Lane:
    """One connection to one server, which is asked when its turn comes."""

    port: int
    asked: Iterator[bytes]
    check: Check
    wrong: list[str] = field(default_factory=list)
    answers: int = 0
    connection: _Connection | None = None

    def turn(self) -> float:
        """One request; the seconds until its answer was whole. Raises Broken when there is nothing more to ask for."""
        if (asked := next(self.asked, None)) is None:
            raise Broken(f"nothing was left to ask port {self.port} for")
        if self.connection is None:
            self.connection = _Connection(self.port)
        answer = self.connection.answer(asked)
        took = time.perf_counter() - self.connection.asked_at
        if (self.answers % CHECKED == 0 or answer.status >= 300) and (fault := self.check(answer)):
            self.wrong.append(fault)
        self.answers += 1
        if self.connection.served >= RENEW or b"onnection: close" in answer.head:
            self.hang_up()
        return took

    def hang_up(self) -> None:
        if self.connection is not None:
            self.connection.socket.close()
            self.connection = None


def drive(port: int, asked: Iterator[bytes], connections: int, seconds: float, check: Check) -> Load:
    """Keeps so many requests under way for a time, then waits for the last answers."""
    load = Load(seconds)
    begun = time.perf_counter()
    end, last_answer = begun + seconds, begun
    with selectors.DefaultSelector() as ready:
        for _ in range(connections):
            _Connection(port).ask(asked, ready)
        while ready.get_map():
            events = ready.select(PATIENCE)
            if not events:
                raise Broken(f"no answer from port {port} within {PATIENCE:.0f} s")
            for key, _ in events:
                connection: _Connection = key.data
                answer = connection.received()
                if answer is None:
                    continue
                now = last_answer = time.perf_counter()
                took = now - connection.asked_at
                load.answers += 1
                load.latencies.append(took)
                load.requests += 1 if now <= end else max(0.0, end - connection.asked_at) / took
                if (connection.served == 1 or load.answers % CHECKED == 0 or answer.status >= 300) and (
                    fault := check(answer)
                ):
                    load.wrong.append(fault)
                ready.unregister(connection.socket)
                if now >= end:
                    connection.socket.close()
                    continue
                if connection.served >= RENEW or b"onnection: close" in answer.head:
                    connection.socket.close()
                    connection = _Connection(port)
                connection.ask(asked, ready)
    if not load.answers:
        raise Broken(f"nothing was left to ask port {port} for")
    if last_answer < end:  # there was nothing more to ask for
        load.seconds = last_answer - begun
    return load


class _Connection:
    def __init__(self, port: int) -> None:
        self.port = port
        self.socket = socket.create_connection((HOST, port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.served = 0
        self.asked_at = 0.0

    def send(self, asked: bytes) -> None:
        self.buffer = b""
        self.asked_at = time.perf_counter()
        self.socket.sendall(asked)

    def ask(self, asked: Iterator[bytes], ready: selectors.BaseSelector) -> None:
        """Sends the next request; hangs up if there is none."""
        if (one := next(asked, None)) is None:
            self.socket.close()
            return
        self.send(one)
        ready.register(self.socket, selectors.EVENT_READ, self)

    def answer(self, asked: bytes) -> Answer:
        """Sends a request and waits for the whole answer."""
        self.send(asked)
        while (answer := self.received()) is None:
            pass
        return answer

    def received(self) -> Answer | None:
        """The answer, once it is whole."""
        part = self.socket.recv(262144)
        if not part:
            raise Broken(f"port {self.port} hung up in the middle of an answer: {self.buffer[:200]!r}")
        self.buffer += part
        head, separator, body = self.buffer.partition(b"\r\n\r\n")
        if not separator or (whole := _whole(head, body)) is None:
            return None
        self.served += 1
        return Answer(int(head[9:12]), head, whole)


def _whole(head: bytes, body: bytes) -> bytes | None:
    """The body, or nothing while parts of it are missing."""
    if length := re.search(rb"(?i)\r\ncontent-length: *(\d+)", head):
        return body if len(body) >= int(length[1]) else None
    if re.search(rb"(?i)\r\ntransfer-encoding: *chunked", head):
        return _joined(body) if body.endswith(b"0\r\n\r\n") else None
    return b""


def _joined(chunked: bytes) -> bytes:
    joined, rest = b"", chunked
    while True:
        size, _, rest = rest.partition(b"\r\n")
        count = int(size.split(b";")[0], 16)
        if not count:
            return joined
        joined, rest = joined + rest[:count], rest[count + 2 :]
