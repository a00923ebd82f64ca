"""Settings of the tests: servers of their own under var/test, so that no test meets the data of a running portal.

Several test runs may share a checkout: each takes a free slot, which means a directory, a database name and a range of
Valkey databases of its own. PORTAL_VAR moves all of it; TEST_DATABASE_URL (with
TEST_DATABASE_OWNER_URL) and TEST_REDIS_URL name other servers.
"""

import fcntl
import os
from pathlib import Path

from portal import embedded, environment

SLOTS = 8
WORKERS = 4  # of pytest-xdist in one run; each has two Valkey databases


def lock_slot(directory: Path, slot: int) -> int | None:
    """The open lock file of a slot, or None where another test run holds it. Closing it, or ending, frees the slot."""
    lock = os.open(directory / f"slot-{slot}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    return lock


def take_slot(directory: Path) -> int:
    """The first slot that no other test run holds."""
    directory.mkdir(parents=True, exist_ok=True)
    for slot in range(SLOTS):
        if lock_slot(directory, slot) is not None:
            return slot
    raise SystemExit(f"{SLOTS} test runs are already under way in {directory}.")


def others_at_work() -> bool:
    """Whether any test run but this one holds a slot."""
    for slot in set(range(SLOTS)) - {SLOT}:
        lock = lock_slot(DIRECTORY, slot)
        if lock is None:
            return True
        os.close(lock)
    return False


def choose_surroundings() -> None:
    """Points the environment at the test servers, once: the workers of pytest-xdist inherit it from their parent."""
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "CACHE_URL"):
        os.environ.pop(name, None)
        if given := os.environ.get(f"TEST_{name}"):
            os.environ[name] = given
    directory = environment.var() / "test"
    slot = take_slot(directory)
    os.environ.update(embedded.provide(directory, durable=False))
    os.environ.update(PORTAL_DEMO="1", PORTAL_TEST_SLOT=str(slot), PORTAL_VAR=str(directory / f"slot-{slot}"))


if "PORTAL_TEST_SLOT" not in os.environ:
    choose_surroundings()

from portal.environment import database, next_number  # noqa: E402
from portal.settings import *  # noqa: E402, F403
from portal.settings import CACHES, DATABASES, READ_LOG_DATABASE, REDIS_URL, STORAGES  # noqa: E402

SLOT = int(os.environ["PORTAL_TEST_SLOT"])
DIRECTORY = environment.var().parent
# The tests make, empty and damage their database as its owner. What the portal's own role may do is tried through the
# second connection, and by the processes that the tests start.
DATABASES[READ_LOG_DATABASE] = {**DATABASES["default"], "TEST": {"MIRROR": "default"}}
DATABASES["default"].update(database(os.environ["DATABASE_OWNER_URL"]))
DATABASES["default"]["TEST"] = {"NAME": f"test_{SLOT}"}
# A test that is one transaction keeps the register of reading in it; tests/security tries the real connection.
READ_LOG_DATABASE = "default"

_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_number = (SLOT * WORKERS + _worker) * 2
CELERY_BROKER_URL = f"{REDIS_URL.removesuffix('/0')}/{_number}"
CACHES["default"]["LOCATION"] = next_number(CELERY_BROKER_URL)
CACHES["default"]["OPTIONS"]["socket_timeout"] = 10  # a machine that is busy with tests is no cache that hangs

# A sound hash takes a fifth of a second; the tests sign in hundreds of times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
for _directory in (STATIC_ROOT, MEDIA_ROOT):  # noqa: F405
    _directory.mkdir(parents=True, exist_ok=True)

# Playwright keeps an event loop in the thread of the tests, where Django would refuse to ask its database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
