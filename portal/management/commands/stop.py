"""`manage.py stop`: ends a running portal and its embedded servers."""

import os
import signal
import time
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
            os.kill(pid, signal.SIGTERM)
            while running(var) == pid:
                time.sleep(0.1)
        embedded.stop(var)
        self.stdout.write("The portal is stopped.")
