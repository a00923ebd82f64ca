"""A worker of clean-ups is killed in the middle of its work. Needs a database that commits."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from casework.models import Act, Case
from casework.queries.audit import faults
from portal.environment import BASE_DIR
from regulations.actions.portions import PORTION
from regulations.models import CleanupEntry
from tests.powerlist.conftest import make_town
from tests.regulations.test_cleanup import state
from tests.regulations.test_portions import launched, stock
from tests.running import surroundings

pytestmark = pytest.mark.django_db(transaction=True)
WORK = """
import django; django.setup()
from datetime import datetime
from regulations.actions.portions import go_on
print(go_on(lambda: datetime.fromisoformat("2026-03-02T10:00:00+08:00")))
"""


def worker() -> subprocess.Popen[bytes]:
    database = connection.settings_dict
    address = f"{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    around = surroundings(DATABASE_URL=f"postgresql://{address}", REDIS_URL=settings.CELERY_BROKER_URL)
    return subprocess.Popen([sys.executable, "-c", WORK], cwd=BASE_DIR, env=around, stdout=subprocess.PIPE)


def test_a_killed_worker_loses_one_portion_and_nothing_comes_twice(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "laws").mkdir()
    town = make_town(tmp_path / "laws")
    stock(10 * PORTION)
    case = launched(town, monkeypatch)
    kept = 0
    for _ in range(2):
        running = worker()
        until = time.monotonic() + 300
        while Case.objects.filter(parent=case).count() <= kept:
            assert time.monotonic() < until
            time.sleep(0.02)
        time.sleep(0.1)  # somewhere within the next portion
        running.send_signal(signal.SIGKILL)
        assert running.wait(60) == -signal.SIGKILL
        kept = Case.objects.filter(parent=case).count()
        assert kept % PORTION == 0
        assert kept < 10 * PORTION
        assert state(case) == "listing"
    two = [worker(), worker()]  # whatever comes at one time
    told = [int(one.communicate(timeout=300)[0]) for one in two]
    assert sum(told) == 10 * PORTION - kept
    assert state(case) == "launched"
    entries = CleanupEntry.objects.filter(case=case)
    assert entries.exclude(item=None).count() == Case.objects.filter(parent=case).count() == 10 * PORTION
    assert Act.objects.filter(case__parent=case, step="list_item").count() == 10 * PORTION
    assert faults() == []
