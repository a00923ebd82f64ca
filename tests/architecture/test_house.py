"""The shape of the house, where import-linter cannot see it: names of rooms, size of files, strangers' addresses."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from portal.environment import BASE_DIR
from portal.settings import INSTALLED_APPS

FLOORS = ["portal", "oversight", "approvals", "regulations", "decisions", "enforcement", "disclosure", "disputes"]
FLOORS += ["training", "powerlist", "exchange", "casework", "accounts", "law"]
CHAPTERS = FLOORS[1:11]
ROOMS = {"apps", "urls", "admin", "views", "api", "tasks", "receivers", "forms", "serializers", "actions", "papers"}
ROOMS |= {"queries", "models", "procedures", "rules", "management", "migrations", "templatetags", "data", "__init__"}
DRAWERS = re.compile(r"^(utils?|helpers?|common|misc|lib|shared)$")
LONGEST_FILE = 400  # lines
# Rooms where somebody is waiting for an answer now; everywhere else the time is an argument.
CLOCK_ROOMS = {"views", "api", "tasks", "management", "migrations"}
# Called by a package's machinery in the course of a request, without a time: the same as a view.
CLOCK_FILES = {"accounts/adapters.py", "accounts/middleware.py", "accounts/receivers.py"}
CLOCKS = {("timezone", "now"), ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow")}
CLOCKS |= {("date", "today"), ("time", "time"), ("timezone", "localdate"), ("timezone", "localtime")}
CONVERTERS = {"localdate", "localtime"}  # with an argument they only convert it

# Every address but this machine's, names kept free for examples, the names of SVG, Akoma Ntoso and their kind, and the
# city's service site, to which people are sent for what this portal does not take.
KNOWN_HOSTS = (
    r"(127\.0\.0\.1|localhost|testserver|([\w-]+\.)*example(\.com|\.org)?|www\.w3\.org|docs\.oasis-open\.org"
    r"|banshi\.beijing\.gov\.cn)"
    r"(?![\w.-]*\w)"
)
ADDRESSES = re.compile(rf"https?://(?!{KNOWN_HOSTS})[\w-]+\.[\w.-]+|(index-url|find-links)[ =]\S*/")
# npm writes the makers' own pages into its lock file; where packages come from does not stand there.
MAKERS = re.compile(r'"url": "https://[\w./@?=-]+"')
MACHINE_PATHS = re.compile(r"(?<![\w.])/(work|home|root|Users)/\w")


@cache
def source() -> list[Path]:
    """Every file of the source: what git knows or would take in."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=BASE_DIR, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [path for name in listed.stdout.split("\0") if name and (path := BASE_DIR / name).is_file()]


def names(path: Path) -> tuple[str, ...]:
    return path.relative_to(BASE_DIR).parts


def texts() -> Iterator[tuple[Path, str]]:
    for path in source():
        try:
            yield path, path.read_text()
        except UnicodeDecodeError:
            continue  # a picture


def test_every_floor_is_installed_upper_floors_first() -> None:
    assert INSTALLED_APPS[: len(FLOORS)] == FLOORS


def test_import_contracts_speak_of_every_floor() -> None:
    linter = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["tool"]["importlinter"]
    contracts = {contract["id"]: contract for contract in linter["contracts"]}
    assert linter["root_packages"] == FLOORS
    assert re.findall(r"\w+", " ".join(contracts["floors"]["layers"])) == FLOORS
    assert contracts["rooms"]["containers"] + contracts["kernel-rooms"]["containers"] == FLOORS[1:]
    assert contracts["rooms"]["exhaustive"]
    assert contracts["rooms"]["layers"] == contracts["kernel-rooms"]["layers"]


def test_chapters_have_the_same_rooms_and_no_others() -> None:
    strange = {
        str(path.relative_to(BASE_DIR))
        for path in source()
        if names(path)[0] in CHAPTERS and Path(names(path)[1]).stem not in ROOMS
    }
    assert strange == set()


def test_no_drawer_for_odds_and_ends() -> None:
    drawers = {
        str(path.relative_to(BASE_DIR))
        for path in source()
        if path.suffix in {".py", ".js", ".scss", ".html"}
        and any(DRAWERS.match(Path(name).stem.strip("_")) for name in names(path))
    }
    assert drawers == set()


def test_no_file_is_too_long_to_read() -> None:
    suffixes = {".py", ".html", ".js", ".scss", ".sh"}
    lengths = {
        str(path.relative_to(BASE_DIR)): text.count("\n")
        for path, text in texts()
        if path.suffix in suffixes and "migrations" not in names(path)
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_what_a_running_portal_writes_and_its_keys_are_no_part_of_the_source() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=BASE_DIR, capture_output=True, text=True, check=True)
    found = [name.split("/") for name in listed.stdout.split("\0")]
    assert [name for name in found if name[0].startswith("var") or "secrets" in name[:-1]] == []


def test_no_address_of_a_registry_and_no_path_of_a_machine() -> None:
    found = {
        f"{path.relative_to(BASE_DIR)}: {match.group()}"
        for path, text in texts()
        for match in [*ADDRESSES.finditer(MAKERS.sub("", text)), *MACHINE_PATHS.finditer(text)]
    }
    assert found == set()


@pytest.mark.parametrize("host", ["packages.invalid", "127.0.0.1.packages.invalid", "example.packages.invalid"])
def test_an_address_of_somebody_else_is_recognised(host: str) -> None:
    assert ADDRESSES.search(f"https://{host}/x")


def clock_readings(path: Path) -> list[str]:
    """The lines of a file that read a clock, or hand one on without calling it."""
    nodes = list(ast.walk(ast.parse(path.read_text())))
    conversions = {
        node.func
        for node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        and node.func.attr in CONVERTERS and (node.args or node.keywords)
    }  # fmt: skip
    return [
        f"{path.relative_to(BASE_DIR)}:{node.lineno}"
        for node in nodes
        if isinstance(node, ast.Attribute) and node not in conversions
        and (getattr(node.value, "attr", getattr(node.value, "id", None)), node.attr) in CLOCKS
    ]  # fmt: skip


def test_only_views_tasks_and_commands_read_the_clock() -> None:
    readings = [
        reading
        for path in source()
        if path.suffix == ".py" and names(path)[0] in FLOORS[1:]
        and "/".join(names(path)) not in CLOCK_FILES
        and not {Path(name).stem for name in names(path)[1:]} & CLOCK_ROOMS
        for reading in clock_readings(path)
    ]  # fmt: skip
    assert readings == []


READINGS = ["timezone.now()", "datetime.datetime.now(UTC)", "f(timezone.now)", "timezone.localdate()"]


@pytest.mark.parametrize("line", READINGS)
def test_a_clock_reading_is_recognised(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.architecture.test_house.BASE_DIR", tmp_path)
    (tmp_path / "actions.py").write_text(f"x = {line}\n")
    assert clock_readings(tmp_path / "actions.py") == ["actions.py:1"]
    (tmp_path / "actions.py").write_text("x = timezone.localdate(at)\n")
    assert clock_readings(tmp_path / "actions.py") == []


def test_tests_mirror_the_house() -> None:
    outside = {"bench", "drills", "faults", "security", "under_fire"}
    others = {
        "architecture",
        "journeys",
        "shared_data",
        "conftest.py",
        "migrating.py",
        "settings.py",
        "running.py",
        "__init__.py",
    }
    assert {names(path)[1] for path in source() if names(path)[0] == "tests"} - others - outside <= set(FLOORS)
