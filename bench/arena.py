"""Everybody who takes part in a run, started and seeded, and what workloads ask of them."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from bench import helpdesk
from bench.cluster import HOME, Cluster
from bench.contestants import Contestant, surroundings
from bench.rounds import Rounds
from portal.embedded.postgres import OWNER
from portal.environment import BASE_DIR

BASE = "bench_base"  # migrated, with reference data and the sample people, without cases of the bench
BEIJING = ZoneInfo("Asia/Shanghai")
# What makes the data: tables, reference data, sample people and cases.
MAKERS = ("*/migrations/*.py", "*/data/**/*.csv", "portal/demo/*.py", "portal/populate/*.py")
FLOORS = ("plain", "lean", "bare")
FLOOR_TABLES = BASE_DIR / "bench" / "floors" / "tables.sql"
PROGRAMS = Path(sys.executable).parent
WSGI = "django.core.wsgi:get_wsgi_application()"


@dataclass(slots=True)
class Sizes:
    """How many cases; the largest is where the comparisons are made."""

    all: list[int]

    @property
    def largest(self) -> int:
        return max(self.all)

    @property
    def smallest(self) -> int:
        return min(self.all)


class Apart(NamedTuple):
    """A portal beside the others on a copy of the base: with some cases, and with what bench.inside `what` loads."""

    name: str
    cases: int
    what: str
    order: dict[str, Any]

    @property
    def database(self) -> str:
        return f"bench_{self.name.replace(' ', '_')}"


def named(size: int) -> str:
    """10k, 100k, 1M."""
    if size % 1_000_000 == 0:
        return f"{size // 1_000_000}M"
    return f"{size // 1000}k" if size % 1000 == 0 else str(size)


@dataclass
class Arena:
    """The databases and web servers of one run."""

    sizes: Sizes
    seed: int
    cluster: Cluster
    rounds: Rounds
    with_peer: bool = True
    aparts: Sequence[Apart] = ()
    submission: float = 0.0  # CPU ms of one, once it was measured
    reused: list[str] = field(default_factory=list)
    took: dict[str, float] = field(default_factory=dict)
    contestants: dict[str, Contestant] = field(default_factory=dict)
    bars: dict[str, tuple[float, ...]] = field(default_factory=dict)  # of the work list: req/s, p95 ms, CPU ms

    def prepare(self) -> None:
        """Databases and data; what an earlier run left is used again where size, seed and schema are the same."""
        schema = _schema()
        self._make(BASE, schema, lambda: self.manage(BASE, "prepare"))

        def populate(size: int) -> None:
            name = self.database(size)
            fill = partial(self.manage, name, "populate", "--cases", str(size), "--seed", str(self.seed))
            self._make(name, f"{schema} {size} {self.seed}", fill, BASE)

        # The largest takes most of the time and one core; the others are made beside it.
        with ThreadPoolExecutor(2) as beside:
            jobs = [beside.submit(populate, size) for size in sorted(self.sizes.all, reverse=True)]
            jobs += [beside.submit(helpdesk.install)] if self.with_peer else []
            jobs += [beside.submit(self._load, one) for one in self.aparts]
            for job in jobs:
                job.result()
        self.cluster.script(self.database(self.sizes.largest), FLOOR_TABLES)
        if not self.with_peer:
            return
        tickets, (unit, still_open) = self.sizes.largest, self.shares
        mark = f"{helpdesk.mark()} {tickets} {unit} {still_open}"
        self._make(helpdesk.STOCK, mark, lambda: helpdesk.seed(self.cluster, tickets, unit, still_open))
        self._make(helpdesk.TUNED, mark, lambda: helpdesk.tune(self.cluster), helpdesk.STOCK)

    def _make(self, name: str, mark: str, fill: Any, template: str = "template0") -> None:
        print(f"  {name} …", flush=True)
        begun = time.monotonic()
        if self.cluster.make(name, mark, fill, template):
            self.took[name] = time.monotonic() - begun
            print(f"  {name}: {self.took[name]:.0f} s", flush=True)
        else:
            self.reused.append(name)
            print(f"  {name}: as an earlier run left it", flush=True)

    def start(self) -> None:
        """All web servers at once."""
        for size in self.sizes.all:
            self._enter(self.ours(size), "portal.wsgi", self.inside(size), "/healthz/live")
        for name in FLOORS:
            around = self.inside(self.sizes.largest) | {"DJANGO_SETTINGS_MODULE": f"bench.floors.{name}"}
            self._enter(name, WSGI, around, "/")
        for database, name in helpdesk.NAMES.items() if self.with_peer else ():
            self._enter(name, WSGI, helpdesk.environment(self.cluster, database), "/login/", helpdesk.PROGRAMS)

    def _enter(self, name: str, served: str, around: dict[str, str], probe: str, programs: Path = PROGRAMS) -> None:
        log = HOME / "log" / f"{name}.log"
        self.contestants[name] = Contestant(name, served, around, log, programs, probe)
        self.took[f"start of {name}"] = self.contestants[name].start()

    @cached_property
    def unit(self) -> int:
        """The organ with most open cases: where work lists are longest."""
        busiest = (
            "SELECT organ_id FROM casework_case WHERE ended_at IS NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
        )
        return int(self.rows(busiest)[0][0])

    @cached_property
    def shares(self) -> tuple[float, float]:
        """Of all cases those of the unit, and of these those that are open."""
        count = "SELECT count(*), count(*) FILTER (WHERE ended_at IS NULL) FROM casework_case WHERE organ_id = %s"
        own, still_open = self.rows(count, self.unit)[0]
        every = self.rows("SELECT count(*) FROM casework_case")[0][0]
        return round(own / every, 4), round(still_open / own, 4)

    @cached_property
    def other_unit(self) -> int:
        """An organ whose people may not see the unit's cases."""
        other = "SELECT organ_id FROM casework_case WHERE organ_id <> %s GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
        return int(self.rows(other, self.unit)[0][0])

    @property
    def today(self) -> date:
        return datetime.now(BEIJING).date()

    def officials(self, size: int, role: str = "case_officer", number: int = 96) -> list[dict[str, str]]:
        """The cookies of so many of the unit's people, freshly signed in: sessions that stand idle end."""
        return self.call(size, "people.officials", self.as_owner(size), organ=self.unit, role=role, number=number)

    def floor_session(self, floor: str) -> dict[str, str]:
        """The cookie of one of the unit's people in a floor."""
        account = "SELECT min(user_id) FROM accounts_seat WHERE organisation_id = %s AND role = 'case_officer'"
        account += " AND user_id IN (SELECT id FROM accounts_user WHERE username LIKE 'bench-%%')"
        who = str(self.rows(account, self.unit)[0][0])
        around = self.inside(self.sizes.largest) | {"DJANGO_SETTINGS_MODULE": f"bench.floors.{floor}"}
        said = _run([sys.executable, "-m", "bench.floors.sign_in", who, str(self.unit)], around)
        return {"sessionid": said.strip()}

    def apart(self, one: Apart) -> Contestant:
        """A portal on data of its own, loaded before the first workload; the one that it serves starts it."""
        self._enter(one.name, "portal.wsgi", self._beside(one), "/healthz/live")
        return self[one.name]

    def _load(self, one: Apart) -> None:
        around = self._beside(one)

        def fill() -> None:
            self.manage(one.database, "populate", "--cases", str(one.cases), "--seed", str(self.seed))
            owned = {"DATABASE_OWNER_URL": self.cluster.address(one.database, OWNER), "PORTAL_AS_OWNER": "1"}
            _run([sys.executable, "-m", "bench.inside", one.what, json.dumps(one.order)], around | owned)

        self._make(one.database, f"{_schema()} {json.dumps(one.order)} {one.cases} {self.seed}", fill, BASE)

    def _beside(self, one: Apart) -> dict[str, str]:
        return self._surroundings(one.database, 1 + len(self.sizes.all) + self.aparts.index(one))

    def connected(self, url: str) -> Contestant:
        """Ours with the most cases, as a deployment that exchanges messages with a city at this address."""
        if "connected" not in self.contestants:
            around = self.inside(self.sizes.largest) | {"PORTAL_EXCHANGE_URL": url}
            self._enter("connected", "portal.wsgi", around, "/healthz/live")
        return self["connected"]

    def stop(self) -> None:
        for contestant in self.contestants.values():
            contestant.stop()
        self.cluster.stop()

    def __getitem__(self, name: str) -> Contestant:
        return self.contestants[name]

    @property
    def main(self) -> Contestant:
        """Ours, with the most cases."""
        return self[self.ours(self.sizes.largest)]

    def ours(self, size: int) -> str:
        return f"ours {named(size)}"

    def database(self, size: int) -> str:
        return f"bench_{named(size)}"

    @cached_property
    def portal_var(self) -> str:
        return str(HOME / "portal")

    def inside(self, size: int) -> dict[str, str]:
        """The environment of the portal with so many cases."""
        return self._surroundings(self.database(size), 1 + sorted(self.sizes.all).index(size))

    @contextmanager
    def without(self, size: int) -> Iterator[str]:
        """Nobody is connected to a size's database meanwhile, so that it can be copied; its name."""
        address = self.cluster.address(self.database(size))
        connected = [one for one in self.contestants.values() if one.environment.get("DATABASE_URL") == address]
        for one in connected:
            one.stop()
        yield self.database(size)
        for one in connected:
            one.start()

    def as_owner(self, size: int) -> dict[str, str]:
        """What makes a call one of the owner of the tables: seats are given out by two people otherwise."""
        return {"DATABASE_OWNER_URL": self.cluster.address(self.database(size), OWNER), "PORTAL_AS_OWNER": "1"}

    def _surroundings(self, database: str, store: int) -> dict[str, str]:
        return surroundings(
            DJANGO_SETTINGS_MODULE="portal.settings",
            DATABASE_URL=self.cluster.address(database),
            REDIS_URL=self.cluster.cache(0),
            CACHE_URL=self.cluster.cache(store),
            PORTAL_VAR=self.portal_var,
            PORTAL_DEMO="1",
            # All load comes from one address; a limit for each account still holds, so accounts take turns.
            PORTAL_SOURCE_CROWD="1000000",
        )

    def manage(self, database: str, *arguments: str) -> str:
        """A management command on a database, as whoever owns it."""
        around = self._surroundings(database, 0) | {"DATABASE_OWNER_URL": self.cluster.address(database, OWNER)}
        return _run([sys.executable, "manage.py", *arguments], around)

    def call(self, size: int, what: str, around: dict[str, str] | None = None, **order: Any) -> Any:
        """What a function of bench.inside answers, run as the portal's own code; `around` changes its surroundings."""
        around = self.inside(size) | (around or {})
        said = _run([sys.executable, "-m", "bench.inside", what, json.dumps(order)], around)
        return json.loads(said.splitlines()[-1])

    def rows(self, statement: str, *parameters: Any, size: int = 0) -> list[tuple[Any, ...]]:
        return self.cluster.rows(self.database(size or self.sizes.largest), statement, *parameters)


def turns(requests: list[bytes]) -> Iterator[bytes]:
    """The requests again and again."""
    while True:
        yield from requests


def _run(command: list[str], around: dict[str, str]) -> str:
    done = subprocess.run(command, cwd=BASE_DIR, env=around, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command[1:4])}: {done.stderr.strip()[-2000:]}")
    return done.stdout


def _schema() -> str:
    """Changes when data that was made before would not be what would be made now."""
    parts = [path for pattern in MAKERS for path in BASE_DIR.glob(pattern)]
    joined = hashlib.sha256()
    for path in sorted(parts):
        joined.update(path.read_bytes())
    return joined.hexdigest()[:16]
