"""Where and with what a run was made: what a reader must know before comparing figures."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from bench import helpdesk
from bench.cluster import Cluster, Database
from portal.environment import BASE_DIR


def described(cluster: Cluster) -> dict[str, str]:
    """What is what, in the order in which it is told."""
    processor = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    database = cluster.rows("postgres", "SHOW server_version")[0][0]
    settings = ", ".join(f"{name} {value}" for name, value in Database.given.items())
    return {
        "machine": f"{os.cpu_count()} cores ({processor[1] if processor else platform.machine()}), {memory:.0f} GiB, "
        f"Linux {platform.release().split('-')[0]}",
        "versions": f"Python {platform.python_version()}, Django {version('django')}, gunicorn {version('gunicorn')}, "
        f"PostgreSQL {database}, django-helpdesk {_helpdesk()}, WeasyPrint {version('weasyprint')}",
        "PostgreSQL": f"durable; {settings}; the same for everybody",
        "commit": _commit(),
        "date": f"{datetime.now():%Y-%m-%d %H:%M}",
    }


def _helpdesk() -> str:
    return re.findall(r"django-helpdesk==(\S+)", (helpdesk.HERE / "requirements.txt").read_text())[0]


def _commit() -> str:
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=BASE_DIR, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "no repository"
