"""The questions of a load balancer, asked of the real servers."""

import pytest
from django.conf import settings
from django.test import Client, override_settings


def test_live_needs_neither_sign_in_nor_database(client: Client) -> None:
    answer = client.get("/healthz/live")
    assert (answer.status_code, answer.json()) == (200, {"live": True})


@pytest.mark.django_db
def test_ready_when_everything_answers(client: Client) -> None:
    answer = client.get("/healthz/ready")
    assert answer.json() == {"database": True, "migrations": True, "cache": True}
    assert answer.status_code == 200


@pytest.mark.django_db
def test_not_ready_without_a_cache(client: Client) -> None:
    nobody_there = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    with override_settings(CACHES=nobody_there):
        answer = client.get("/healthz/ready")
    assert (answer.status_code, answer.json()["cache"]) == (503, False)


@pytest.mark.django_db
def test_not_ready_with_a_migration_ahead(client: Client) -> None:
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="sessions", name="0001_initial").delete()
    answer = client.get("/healthz/ready")
    assert (answer.status_code, answer.json()["migrations"]) == (503, False)
