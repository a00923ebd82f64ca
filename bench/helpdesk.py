"""django-helpdesk, the peer: from its package, in an environment of its own, on the same PostgreSQL.

Stock is what its migrations make. Tuned has besides the index that its work list lacks: open tickets of a queue in the
order of the list. Tickets are seeded by statements over whole sets, with two follow-ups each.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from bench.cluster import HOME, Cluster
from bench.contestants import surroundings
from bench.rounds import Series
from portal.embedded.postgres import OWNER
from portal.environment import BASE_DIR

HERE = Path(__file__).parent / "peer"
PLACE = HOME / "helpdesk"
PROGRAMS = PLACE / "venv" / "bin"
STOCK, TUNED = "peer_stock", "peer_tuned"
NAMES = {STOCK: "helpdesk", TUNED: "helpdesk tuned"}
SESSION = "b" * 32  # of the one agent, whose cookie the load client carries


def stronger(found: dict[str, Series]) -> Series:
    """Of the two that which answers more: a goal is held against it."""
    return max((found[name] for name in NAMES.values()), key=lambda series: series.median("rate"))


def mark() -> str:
    """Changes with the version and with the way of seeding."""
    parts = [HERE / name for name in ("requirements.txt", "seed.sql", "tune.sql", "prepare.py", "settings.py")]
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()[:16]


def install() -> None:
    """The pinned packages in a virtual environment, once for each version of the list."""
    wanted = (HERE / "requirements.txt").read_text()
    stamp = PLACE / "installed.txt"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("  django-helpdesk is installed …", flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", PLACE / "venv"], check=True)
    uv = Path(sys.executable).with_name("uv")
    subprocess.run(
        [uv, "pip", "sync", "-q", "--python", PROGRAMS / "python", "--require-hashes", HERE / "requirements.txt"],
        check=True,
    )
    stamp.write_text(wanted)


def environment(cluster: Cluster, database: str) -> dict[str, str]:
    return surroundings(
        DJANGO_SETTINGS_MODULE="bench.peer.settings",
        DATABASE_URL=cluster.address(database, OWNER),
        PEER_HOME=str(PLACE),
    )


def seed(cluster: Cluster, tickets: int, unit: float, open: float) -> None:
    """Tables, an agent who is signed in, queues, and so many tickets; `unit` and `open` are shares, see seed.sql."""
    done = subprocess.run(
        [PROGRAMS / "python", "-m", "bench.peer.prepare", SESSION],
        cwd=BASE_DIR, env=environment(cluster, STOCK), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(f"the peer cannot be prepared: {done.stderr[-2000:]}")
    cluster.script(STOCK, HERE / "seed.sql", tickets=tickets, unit=unit, open=open)
    cluster.rows(STOCK, "VACUUM ANALYZE")


def tune(cluster: Cluster) -> None:
    cluster.script(TUNED, HERE / "tune.sql")
    cluster.rows(TUNED, "VACUUM ANALYZE")
