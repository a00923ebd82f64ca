"""`manage.py stop`: ends a running portal and its embedded servers."""

import os
import select
import signal
from contextlib import suppress
from typing import Any

from django.core.management.base import BaseCommand

from portal import embedded, environment
from portal.management.commands.run import running


class Command(BaseCommand):
    """Ends what `manage.py run` and other commands started in this directory."""

    help = __doc__
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        var = environment.var()
        if pid := running(var):
            with suppress(ProcessLookupError):
                end(pid)
        embedded.stop(var)
        self.stdout.write("The portal is stopped.")


def end(pid: int) -> None:
    """Asks the process to end and waits until it is gone: its lock falls a moment earlier. Linux only."""
    process = os.pidfd_open(pid)
    try:
        signal.pidfd_send_signal(process, signal.SIGTERM)
        select.select([process], [], [])
    finally:
        os.close(process)
