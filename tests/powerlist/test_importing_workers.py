"""Files of changes and several hands at once: two windows, a worker that is killed, a worker that is rung for."""

from __future__ import annotations

import subprocess
import sys
import threading
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from casework.models import Case, Draft
from casework.tables import Line, Table
from portal.environment import BASE_DIR
from portal.supervisor import end_with_parent
from powerlist.actions import importing
from powerlist.models import ImportedFile
from powerlist.models.imports import SMALL
from powerlist.queries.importing import judged
from powerlist.queries.importing import progress as how_far
from powerlist.queries.known import PROCEDURE
from powerlist.tasks import propose_lines
from tests.powerlist.conftest import make_town
from tests.powerlist.test_importing import HEADINGS, NEW, confirm, line, long_file, upload
from tests.running import Worker, surroundings, wait_for


@pytest.mark.django_db(transaction=True)
def test_a_file_confirmed_in_two_windows_at_once_is_proposed_once(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "laws").mkdir()
    town = make_town(tmp_path / "laws")
    user, now = town.user("scj-head"), timezone.now()
    table = [dict(zip(HEADINGS, line(), strict=True))]
    found = judged(Table(tuple(HEADINGS), [Line(2, table[0])]), town.organ(), timezone.localdate(now))
    kept = importing.keep(user, town.organ(), "清单.csv", found, now)
    begin, made = threading.Barrier(2), list[bool]()

    def press() -> None:
        begin.wait()
        made.append(importing.confirm(kept, now, attested=importing.asked(kept)))
        importing.propose(now, 5, kept)
        connection.close()

    windows = [threading.Thread(target=press) for _ in range(2)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert sorted(made) == [False, True]
    assert Case.objects.filter(procedure=PROCEDURE).count() == 1


def _so_far(kept: ImportedFile, number: int) -> bool:
    return how_far(kept).done >= number


@pytest.mark.django_db(transaction=True)
def test_after_a_worker_was_killed_the_next_goes_on_and_nothing_is_proposed_twice(
    tmp_path: Path, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "laws").mkdir()
    kept = long_file(make_town(tmp_path / "laws"), 60)
    address, name = settings.DATABASE_URL.rsplit("/", 1)[0], connection.settings_dict["NAME"]
    work = "import django; django.setup(); from powerlist.tasks import propose_lines; propose_lines()"
    for until in (3, 20):  # killed wherever it is then
        with (tmp_path / "worker.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-c", work], env=surroundings(DATABASE_URL=f"{address}/{name}"), cwd=BASE_DIR,
                stdout=log, stderr=log, preexec_fn=end_with_parent,
            )  # fmt: skip
        wait_for(partial(_so_far, kept, until), process, tmp_path / "worker.log", 120)
        process.kill()
        process.wait()
        said = how_far(kept)
        assert said.done < 60
        assert said.proposed == Case.objects.filter(procedure=PROCEDURE).count()
    while propose_lines():
        pass
    assert how_far(kept).proposed == 60 == Case.objects.filter(procedure=PROCEDURE).count()
    assert Draft.objects.filter(procedure=PROCEDURE, case=None).count() == 0
    kept.refresh_from_db()
    assert kept.finished_at


def test_a_press_rings_for_a_worker_who_does_the_rest(tmp_path: Path, settings: Any, worker: Worker) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "laws").mkdir()
    client = make_town(tmp_path / "laws").client("scj-head")
    kept = upload(client, *(line(f"{NEW}-{n}", name=f"示例{n}") for n in range(SMALL + 1)))
    client.post(kept["Location"], confirm(client, kept["Location"]))
    worker.settle(60)
    assert ImportedFile.objects.get().finished_at, worker.log.read_text()[-3000:]
    assert "处理完毕" in client.get(kept["Location"]).content.decode()
