"""The port to the virus scanner: ClamAV's daemon over a Unix or TCP socket.

The protocol is that of clamd(8), section COMMANDS: `zINSTREAM` and a zero byte, then chunks, each with its length as
four bytes in network order, then a chunk of length zero; the answer ends with a zero byte and reads `stream: OK`,
`stream: NAME FOUND`, or ends with `ERROR`.
"""

from __future__ import annotations

import re
import socket
import struct
from typing import IO
from urllib.parse import urlsplit

CHUNK = 1 << 16
CONNECT_S = 5.0
ANSWER_S = 120.0  # for one read or write: a large file is unpacked before the answer comes
LONGEST_ANSWER = 4096
_FOUND = re.compile(r"stream: (.{1,200}) FOUND")


class ScannerDown(Exception):
    """No verdict: the scanner cannot be reached, is busy, or could not look at the whole file. The file stays held."""


def scan(stream: IO[bytes], address: str) -> str:
    """The name of what was found, or nothing for a clean file. `address`: clamd:///run/clamd.sock or clamd://host:3310.

    Raises ScannerDown whenever there is no clear verdict; an unknown answer is none.
    """
    try:
        with _connect(address) as link:
            link.sendall(b"zINSTREAM\0")
            try:
                while piece := stream.read(CHUNK):
                    link.sendall(struct.pack("!I", len(piece)) + piece)
                link.sendall(struct.pack("!I", 0))
            except (BrokenPipeError, ConnectionResetError):
                pass  # it stops listening at its own limit of size, and says so
            answer = _answer(link)
    except (OSError, ValueError) as error:
        raise ScannerDown(f"{type(error).__name__}: {error}") from error
    if answer == "stream: OK":
        return ""
    if found := _FOUND.fullmatch(answer):
        return found.group(1)
    raise ScannerDown(answer or "no answer")


def ping(address: str) -> bool:
    """Whether the scanner is there."""
    try:
        with _connect(address) as link:
            link.sendall(b"zPING\0")
            return _answer(link) == "PONG"
    except (OSError, ValueError):
        return False


def _connect(address: str) -> socket.socket:
    parts = urlsplit(address)
    if parts.scheme != "clamd" or not (parts.path.strip("/") or parts.hostname):
        raise ValueError(f"not an address of a scanner: {address}")
    if parts.hostname:
        link = socket.create_connection((parts.hostname, parts.port or 3310), timeout=CONNECT_S)
    else:
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        link.settimeout(CONNECT_S)
        try:
            link.connect(parts.path)
        except OSError:
            link.close()
            raise
    link.settimeout(ANSWER_S)
    return link


def _answer(link: socket.socket) -> str:
    received = b""
    while not received.endswith(b"\0") and len(received) < LONGEST_ANSWER:
        piece = link.recv(LONGEST_ANSWER)
        if not piece:
            break
        received += piece
    return received.rstrip(b"\0\n").decode("utf-8", "replace")
