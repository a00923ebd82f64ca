"""The parent's side of the look into the depth: one process for each file, ended when it takes too long."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO

from casework.inspection.kinds import FileRefused

PROJECT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 120.0  # seconds; the child's own limit on computing comes first


def examine(stream: IO[bytes], kind: str, name: str, seconds: float = PATIENCE) -> None:
    """Look into the depth of a file in a real file on disk. Raises FileRefused.

    A file that ends the process or makes it wait is refused like any other: whatever it is, nobody could work with it.
    """
    stream.flush()
    os.lseek(stream.fileno(), 0, os.SEEK_SET)
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "LC_ALL")}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "casework.inspection.child", kind, name],
            stdin=stream.fileno(), capture_output=True, cwd=PROJECT, timeout=seconds, check=False,
            env={**kept, "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
        answer = json.loads(done.stdout) if done.returncode == 0 else None
    except (subprocess.TimeoutExpired, ValueError):
        answer = None
    if answer is None:
        raise FileRefused("unpacking", f"“{name}”的内容过于庞大或者复杂，不能完成检查，请拆分后再上传")
    if answer["code"]:
        raise FileRefused(answer["code"], answer["words"])
