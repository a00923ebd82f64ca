"""Django's own questions to the whole project."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from portal.environment import BASE_DIR
from tests.running import PROGRAMS, surroundings


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True)


def test_a_production_environment_passes_every_check(tmp_path: Path) -> None:
    around = surroundings(
        PORTAL_VAR=str(tmp_path),
        PORTAL_DEMO="0",
        PORTAL_SCANNER="clamd://clamav:3310",
        PORTAL_BASE_URL="https://portal.example",
        PYTHONPATH=str(BASE_DIR),
    )
    done = subprocess.run(
        [PROGRAMS / "django-admin", "check", "--deploy", "--database", "default", "--fail-level", "WARNING"],
        env=around, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_nothing_is_a_demonstration_unless_somebody_says_so(tmp_path: Path) -> None:
    around = {name: value for name, value in surroundings().items() if not name.startswith("PORTAL_")}
    program = "from portal import settings as s; print(s.DEMO, s.DEBUG, s.SESSION_COOKIE_SECURE, s.REAL_NAME_CHECK)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=BASE_DIR, env={**around, "PORTAL_VAR": str(tmp_path)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "False False True accounts.realname.NotConnected\n"


@pytest.mark.django_db
def test_the_api_describes_itself_without_a_fault(tmp_path: Path) -> None:
    call_command("spectacular", file=str(tmp_path / "schema.yml"), validate=True, fail_on_warn=True)
    assert "openapi: 3.1" in (tmp_path / "schema.yml").read_text()
