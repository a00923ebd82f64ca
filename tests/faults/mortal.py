"""A worker that can be killed at any line of its work: `python -m tests.faults.mortal`, in the portal's own settings.

It stands like the parent of a pool: for each line on its input (`{"work": "ring" | "send", "at": ..., "die": N}`) it
forks a child that does the work and, at the N-th line of the watched files, kills itself with SIGKILL. It answers with
one line: how the child ended and, if it lived, at which numbers it came to each line.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from types import FrameType
from typing import Any

# Ringing, claiming, offering, sending and marking, and the libraries that write to the wire and commit.
WATCHED = (
    "casework/actions/ring.py", "casework/actions/notices.py", "casework/actions/send.py", "casework/channels/mail.py",
    "casework/channels/sms.py", "/smtplib.py", "http/client.py", "django/db/transaction.py",
)  # fmt: skip


def main() -> None:
    import django

    django.setup()

    from django.conf import settings
    from django.db import connections
    from django.urls import get_resolver
    from django.utils.module_loading import import_string

    from casework import channels, registry
    from casework.actions.ring import ring_all
    from casework.actions.send import send_batch
    from tests.casework import sample

    registry.register(sample.CHAPTER)
    # What a worker has loaded long before it is killed, so that no child loads it anew.
    get_resolver().url_patterns  # noqa: B018
    for path in settings.NOTICE_CHANNELS.values():
        import_string(path)
    connections.close_all()

    def work(what: str, at: datetime) -> None:
        if what == "ring":
            ring_all(at)
        for channel in channels.available():
            while send_batch(channel, at).more:
                pass

    print("ready", flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        at = datetime.fromisoformat(order["at"])
        print(json.dumps(fork(partial(work, order["work"], at), order["die"])), flush=True)


def fork(work: Callable[[], None], die: int | None) -> dict[str, Any]:
    """Does the work in a child; its end and, if it lived, the places where it could have died."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        status = 1
        try:
            lines = Lines(die)
            sys.settrace(lines.enter)
            work()
            sys.settrace(None)
            with os.fdopen(writing, "w") as pipe:
                json.dump(lines.places(), pipe)
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        places = pipe.read()
    _, ended = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(ended) and os.WTERMSIG(ended) == signal.SIGKILL
    return {"killed": killed, "failed": not killed and ended != 0, "places": json.loads(places or "[]")}


class Lines:
    """Counts lines of the watched files; at the one it was told, the process is killed as by `kill -9`."""

    def __init__(self, die: int | None) -> None:
        self.count, self.die = 0, die
        self.watched: dict[str, bool] = {}
        self.found: dict[tuple[str, int], list[int]] = {}

    def enter(self, frame: FrameType, event: str, argument: Any) -> Any:
        name = frame.f_code.co_filename
        watched = self.watched.get(name)
        if watched is None:
            watched = self.watched[name] = name.endswith(WATCHED)
        return self.line if watched else None

    def line(self, frame: FrameType, event: str, argument: Any) -> Any:
        if event == "line":
            self.count += 1
            self.found.setdefault((frame.f_code.co_filename, frame.f_lineno), []).append(self.count)
            if self.count == self.die:
                os.kill(os.getpid(), signal.SIGKILL)
        return self.line

    def places(self) -> list[int]:
        """The first and the last time of each line that was come to: where to die, so that every line has its turn."""
        return sorted({count for times in self.found.values() for count in (times[0], times[-1])})


if __name__ == "__main__":
    main()
