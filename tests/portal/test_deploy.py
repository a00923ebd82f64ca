"""The containers, as far as they can be tried without an engine: the schema of compose files, and what must agree."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from portal.environment import BASE_DIR
from portal.management.commands.run import children, working

CHECK = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
SETUP = (BASE_DIR / "deploy/setup.sh").read_text()
DOCKERFILE = (BASE_DIR / "deploy/Dockerfile").read_text()


def example(name: str) -> dict[str, str]:
    lines = (BASE_DIR / "deploy" / name).read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


EXAMPLE, OF_THE_OWNER = example("portal.env.example"), example("owner.env.example")


@pytest.fixture
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((BASE_DIR / "docker-compose.yml").read_text())
    return loaded


def test_compose_file_obeys_the_published_schema(tmp_path: Path) -> None:
    subprocess.run([*CHECK, BASE_DIR / "docker-compose.yml"], check=True)
    broken = tmp_path / "docker-compose.yml"
    broken.write_text((BASE_DIR / "docker-compose.yml").read_text().replace("healthcheck:", "healthchek:", 1))
    assert subprocess.run([*CHECK, broken], capture_output=True, check=False).returncode == 1


def test_every_process_of_make_run_has_its_container(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert set(services) == {"prepare", "web", "worker", "beat", "postgres", "redis", "clamav", "proxy"}
    for child in children(Path("var")):
        command = [Path(word).name if word.startswith("/") else word for word in child.command]
        in_container = services[child.name].get("command") or re.findall(r'"([^"]+)"', DOCKERFILE.splitlines()[-1])
        assert command == [Path(word).name if "/" in word else word for word in in_container]


def test_what_is_named_exists(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert set(service["networks"]) <= set(compose["networks"])
        assert set(service.get("depends_on", {})) <= set(compose["services"])
        told = {"prepare": ["deploy/portal.env", "deploy/owner.env"], "postgres": "deploy/owner.env"}
        # The scanner needs no secret and gets none.
        assert service.get("env_file") == (None if name == "clamav" else told.get(name, "deploy/portal.env"))
        for volume in service["volumes"]:
            source = volume.split(":")[0]
            assert source in compose["volumes"] or (BASE_DIR / source).exists()
    for needed in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE):
        assert all((BASE_DIR / name).exists() for name in needed.split())


def test_database_and_broker_are_not_reachable_from_outside(compose: dict[str, Any]) -> None:
    for name in ("postgres", "redis"):
        assert compose["services"][name]["networks"] == ["inside"]
        assert "ports" not in compose["services"][name]
    assert compose["networks"]["inside"]["internal"] is True
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["proxy"]


def test_containers_have_no_more_rights_than_they_need(compose: dict[str, Any]) -> None:
    for name in ("prepare", "web", "worker", "beat"):
        service = compose["services"][name]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
    assert "\nUSER portal\n" in DOCKERFILE
    assert all("no-new-privileges:true" in service["security_opt"] for service in compose["services"].values())


def test_the_example_names_every_secret_and_contains_none() -> None:
    settings = (BASE_DIR / "portal/settings/__init__.py").read_text()
    secrets = {
        f"PORTAL_{name.upper()}" for name in re.findall(r'environment\.(?:secret|key_versions)\("(\w+)"\)', settings)
    }
    secrets |= {"REDIS_PASSWORD"}
    assert secrets <= set(EXAMPLE)
    assert {EXAMPLE[name] for name in secrets} == {""}
    for name in ("deploy/portal.env", "deploy/owner.env"):
        assert subprocess.run(["git", "check-ignore", "-q", name], cwd=BASE_DIR, check=False).returncode == 0


def test_what_runs_is_not_told_who_owns_the_database() -> None:
    roles = (BASE_DIR / "deploy/roles.sh").read_text()
    passwords = {name for name in OF_THE_OWNER if name.endswith("PASSWORD")}
    assert {OF_THE_OWNER[name] for name in passwords} == {""}
    assert set(re.findall(r"\$(\w+)", roles)) == passwords - {"POSTGRES_PASSWORD"}
    users = [re.search(r"//(\w+):", url) for url in (OF_THE_OWNER["DATABASE_OWNER_URL"], EXAMPLE["DATABASE_URL"])]
    assert [user and f"CREATE ROLE {user[1]} LOGIN" in roles for user in users] == [True, True]
    assert not set(EXAMPLE) & set(OF_THE_OWNER)
    around = working({"DATABASE_URL": "a", "DATABASE_OWNER_URL": "b"}, {"DATABASE_OWNER_URL": "c"})
    assert around == {"DATABASE_URL": "a"}


def test_a_container_may_ask_itself_whether_it_is_well() -> None:
    probed = re.search(r"urlopen\('http://([\w.]+):8000/healthz/live'", DOCKERFILE)
    assert probed
    assert probed[1] in EXAMPLE["PORTAL_HOSTS"].split(",")


def test_image_and_setup_install_the_same_system_packages() -> None:
    wanted = re.search(r'wanted="([^"]+)"', SETUP)
    installed = re.search(r"install -y --no-install-recommends ([^\\]+)\\", DOCKERFILE)
    assert wanted
    assert installed
    assert wanted[1].split() == installed[1].split()


def test_shell_scripts_parse() -> None:
    bash = shutil.which("bash")
    assert bash
    for script in (BASE_DIR / "deploy/setup.sh", BASE_DIR / "deploy/roles.sh", BASE_DIR / ".ci/run"):
        subprocess.run([bash, "-n", script], check=True)
