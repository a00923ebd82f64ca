"""A real ClamAV daemon with one signature of its own: no feed of signatures can be had where tests run."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from casework.inspection import clamd
from portal.supervisor import end_with_parent
from tests.casework.hostile.disguises import EICAR

PATIENCE = 120.0  # seconds for a start on a busy machine
CONF = """
Foreground yes
LocalSocket {home}/clamd.sock
DatabaseDirectory {home}/signatures
TemporaryDirectory {home}
StreamMaxLength 30M
MaxThreads 2
AlertExceedsMax yes
"""


class Scanner:
    """clamd on a Unix socket in a directory of its own, to be ended and started as a test likes."""

    def __init__(self) -> None:
        # Not under the test's directory: the path of a Unix socket has at most 107 signs.
        self.home = Path(tempfile.mkdtemp(prefix="clamd-"))
        self.address = f"clamd://{self.home}/clamd.sock"
        self.process: subprocess.Popen[bytes] | None = None
        (self.home / "signatures").mkdir()
        (self.home / "signatures" / "own.ndb").write_text(f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n")
        (self.home / "clamd.conf").write_text(CONF.format(home=self.home))

    def start(self) -> float:
        """Starts it and waits until it answers; the seconds that took."""
        program = shutil.which("clamd") or "/usr/sbin/clamd"
        began = time.monotonic()
        with (self.home / "clamd.log").open("ab") as log:
            self.process = subprocess.Popen(
                [program, "--config-file", str(self.home / "clamd.conf")],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=end_with_parent,
            )  # fmt: skip
        while not clamd.ping(self.address):
            said = (self.home / "clamd.log").read_text()
            assert self.process.poll() is None, said
            assert time.monotonic() - began < PATIENCE, said
            time.sleep(0.05)
        return time.monotonic() - began

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self.home)
