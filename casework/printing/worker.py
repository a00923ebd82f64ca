"""The parent's hold on the rendering process: one warm child for each process that prints, limits for each job."""

import atexit
import base64
import json
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from casework.printing.fonts import PROJECT

LENGTH_BYTES = 4
START_S = 60.0  # to load WeasyPrint and the faces on a cold, busy machine
JOBS_BEFORE_RENEWAL = 300  # Pango keeps a little of every job


class RenderFailed(RuntimeError):
    """A paper could not be rendered; the text says why."""


class RenderTimeout(RenderFailed):
    """The job took longer than it was allowed and its process was ended."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file carried inside the PDF (PDF/A-3), e.g. the machine-readable form of a decision."""

    name: str
    content: bytes
    description: str = ""


class Worker:
    """A child process and the pipe to it. One job at a time; a child that fails is replaced for the next job."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._jobs = 0

    def render(
        self, html: str, *, attachments: Iterable[Attached] = (), timeout_s: float = 60.0, memory_mb: int = 512
    ) -> bytes:
        """HTML to PDF in the child. Raises RenderTimeout, or RenderFailed for any other end without a PDF."""
        request = {
            "html": html,
            "memory_mb": memory_mb,
            "attachments": [
                {"name": a.name, "description": a.description, "content": base64.b64encode(a.content).decode()}
                for a in attachments
            ],
        }
        with self._lock:
            process = self._ready()
            try:
                return self._exchange(process, json.dumps(request).encode(), time.monotonic() + timeout_s)
            except RenderFailed:
                if process.poll() is not None:
                    self._end()
                raise
            except BaseException:
                self._end()
                raise

    def warm_up(self) -> None:
        """Start the child now, so that the first paper does not wait for it."""
        with self._lock:
            self._ready()

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._end()

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():  # forked: the child belongs to the parent
            self._process, self._owner = None, os.getpid()
        if self._process and (self._process.poll() is not None or self._jobs >= JOBS_BEFORE_RENEWAL):
            self._end()
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "casework.printing.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=PROJECT,
                env={k: v for k, v in os.environ.items() if k in ("PATH", "LANG", "LC_ALL", "HOME", "PORTAL_VAR")},
            )
            self._jobs = 0
            self._receive(self._process, time.monotonic() + START_S)
        return self._process

    def _exchange(self, process: subprocess.Popen[bytes], request: bytes, deadline: float) -> bytes:
        self._jobs += 1
        try:
            pipe = _pipe(process.stdin)
            pipe.write(len(request).to_bytes(LENGTH_BYTES, "big") + request)
            pipe.flush()
        except BrokenPipeError:
            raise self._died(process) from None
        outcome = json.loads(self._receive(process, deadline))
        if not outcome["ok"]:
            raise RenderFailed(f"文书没有生成：{outcome['error']}")
        return self._receive(process, deadline)

    def _receive(self, process: subprocess.Popen[bytes], deadline: float) -> bytes:
        length = int.from_bytes(self._read(process, LENGTH_BYTES, deadline), "big")
        return self._read(process, length, deadline)

    def _read(self, process: subprocess.Popen[bytes], count: int, deadline: float) -> bytes:
        pipe, received = _pipe(process.stdout).fileno(), bytearray()
        while len(received) < count:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([pipe], [], [], left)[0]:
                process.kill()
                process.wait()
                raise RenderTimeout("文书没有在规定时间内生成，任务已经终止。")
            part = os.read(pipe, min(count - len(received), 1 << 20))
            if not part:
                raise self._died(process)
            received += part
        return bytes(received)

    def _died(self, process: subprocess.Popen[bytes]) -> RenderFailed:
        process.kill()
        return RenderFailed(f"文书没有生成：生成进程异常退出（{process.wait()}），可能超出内存限额。")

    def _end(self) -> None:
        if self._process is None or self._owner != os.getpid():
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue
        self._process = None


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise RenderFailed("文书没有生成：生成进程没有管道。")
    return pipe


WORKER = Worker()
atexit.register(WORKER.close)
