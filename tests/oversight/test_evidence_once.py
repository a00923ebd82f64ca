"""Something is added to a complaint once, however many presses come at the same instant."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from casework.models import Document
from casework.models.case import new_code
from tests.oversight.conftest import unnamed
from tests.oversight.test_evidence import later, pdf
from tests.powerlist.conftest import make_town

MORE = "/complaints/more/"


@pytest.mark.django_db(transaction=True)
def test_presses_at_one_instant_add_once(tmp_path: Path, settings: Any) -> None:
    settings.SCANNER, settings.MEDIA_ROOT = "none", tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    (tmp_path / "laws").mkdir()
    make_town(tmp_path / "laws")
    case, token, together = unnamed(timezone.localtime().isoformat()), new_code(), Barrier(4)
    key = {"number": case.number, "code": case.code}

    def press(_: int) -> int:
        try:
            together.wait(30)
            return int(later(Client(), MORE, pdf("又一份.pdf"), seen=1, token=token, **key).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(press, range(4))) == [302] * 4
    (added,) = case.acts.filter(step="add_details")
    assert Document.objects.filter(act=added, title="又一份.pdf").exists()
