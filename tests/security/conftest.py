"""The town of the matrix, made once for each module within a transaction that its end undoes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from law.models import LegalText
from tests.approvals.conftest import make_district
from tests.security.world import Town, finish_papers, make_town


@pytest.fixture(scope="module")
def standing_town(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Town]:
    media: Path = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), transaction.atomic():
        make_district()
        now = timezone.now()
        town = make_town(now)
        finish_papers(town, now)
        statute = LegalText.objects.create(title="示例法", family="示例法", kind="statute", digest="0" * 64)
        town.keys["law"] = statute.pk
        yield town
        transaction.set_rollback(True)


@pytest.fixture
def town(standing_town: Town, db: None) -> Town:
    return standing_town
