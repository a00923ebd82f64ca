"""What the portal makes of environment variables, and the secrets that it makes itself."""

import base64
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from portal import environment

KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture(autouse=True)
def place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("PORTAL_VAR", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(("text", "meaning"), [("1", True), (" Yes", True), ("off", False), ("0", False), ("", True)])
def test_flag(monkeypatch: pytest.MonkeyPatch, text: str, meaning: bool) -> None:
    monkeypatch.setenv("PORTAL_SWITCH", text)
    assert environment.flag("PORTAL_SWITCH", default=True) is meaning


def test_a_mistyped_flag_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_SWITCH", "flase")
    with pytest.raises(ValueError, match="PORTAL_SWITCH must be 1 or 0"):
        environment.flag("PORTAL_SWITCH")


def test_a_secret_is_made_once_and_for_oneself(place: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(environment.secret, ["lamp"] * 32))
    assert len(made) == 1
    assert len(base64.b64decode(made.pop())) == 32
    assert [path.name for path in (place / "secrets").iterdir()] == ["lamp"]
    assert (place / "secrets").stat().st_mode & 0o077 == 0
    assert (place / "secrets" / "lamp").stat().st_mode & 0o077 == 0


def test_a_secret_that_is_given_is_taken(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    monkeypatch.setenv("PORTAL_LAMP", "given")
    assert environment.secret("lamp") == "given"
    assert not (place / "secrets").exists()


def test_key_versions_are_counted_from_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(environment.key_versions("lamp_keys")) == [1]
    other = base64.b64encode(os.urandom(32)).decode()
    monkeypatch.setenv("PORTAL_LAMP_KEYS", f"{KEY}, {other}")
    assert environment.key_versions("lamp_keys") == {1: KEY, 2: other}


@pytest.mark.parametrize("wrong", ["c2hvcnQ=", "not base64!", f"{KEY},c2hvcnQ="])
def test_a_wrong_key_stops_the_start(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("PORTAL_LAMP_KEYS", wrong)
    with pytest.raises(ValueError, match=r"."):
        environment.key_versions("lamp_keys")


def test_database_address() -> None:
    found = environment.database("postgresql://dong:p%40ss@db.example:6432/cheng?sslmode=require")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "dong", "p@ss", "db.example", "6432", "cheng",
    )  # fmt: skip
    assert found["OPTIONS"] == {"connect_timeout": 5, "application_name": "portal", "sslmode": "require"}
    with pytest.raises(ValueError, match="postgresql://"):
        environment.database("mysql://somewhere/else")


@pytest.mark.parametrize(
    ("broker", "cache"),
    [("redis://:secret@h:6379/0", "redis://:secret@h:6379/1"), ("redis://h/14", "redis://h/15")],
)
def test_the_cache_lies_beside_the_broker(broker: str, cache: str) -> None:
    assert environment.next_number(broker) == cache
