"""Every command of the portal, called wrongly: words that say what to do instead, an exit status, nothing changed."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command, get_commands

from accounts.models import Organisation
from tests.accounts.people import PASSWORD

APPS = {"portal", "accounts", "law", "casework", "approvals", "powerlist", "regulations", "decisions", "enforcement",
        "oversight", "disclosure", "disputes", "training", "exchange"}  # fmt: skip

FILES: dict[str, bytes] = {
    "empty.csv": b"",
    "one_column.csv": b"nothing\n1\n",
    "binary.csv": bytes(range(256)) * 40,
    "utf16.csv": "key,trigger\n甲,2026-01-01\n".encode("utf-16"),
    "gbk.csv": "日期,类型,名称\n2026-01-01,休,元旦\n".encode("gbk"),
    "zero.csv": b"key,trigger\nxk_decide,\x002026-01-01\n",
    "endless.csv": b"key,trigger\n" + b"x" * 3_000_000,
    "quoted.csv": b'key,trigger\n"never closed\n',
    "values.csv": b"date,kind,name\n2026-13-45,nonsense,x\n",
    "items.csv": (
        "department,group,name,item_code,task_type,department_code\n" + "甲" * 5000 + ",,,,,\n,,,,,\n"
    ).encode(),
}
STAFF = ["--role", "case_officer", "--organisation", "SOME"]

# Arguments that are wrong, for each command; {file} stands for every file above, {nothing} for one that is not there.
WRONG: dict[str, list[list[str]]] = {
    "create_staff": [
        ["zhang", "张明", "--role", "emperor", "--organisation", "SOME"],
        ["zhang", "张明", "--role", "case_officer", "--organisation", "NOWHERE"],
        ["", "张明", *STAFF], ["zhang", "", *STAFF], ["z" * 500, "张明", *STAFF], ["zhang\x00", "张明", *STAFF],
        ["zhang", "张" * 500, *STAFF], ["zhang", "张明", *STAFF, "--phone", "nonsense"],
        ["zhang", "张明", *STAFF, "--email", "nonsense"], ["zhang", "张明", *STAFF, "--staff-number", "9" * 500],
    ],
    "load_organisations": [["surplus"]],
    "rotate_encryption": [["--batch", "0"], ["--batch", "-5"], ["--batch", "many"]],
    "load_law": [["surplus"]],
    "due": [
        [], ["xk_decide"], ["no_such_limit", "2026-01-05"], ["xk_decide", "2026-02-30"], ["xk_decide", "nonsense"],
        ["xk_decide", "99999-01-01"], ["xk_decide", "1000-01-01"],
        ["xk_decide", "2026-01-05", "--suspended", "nonsense"],
        ["xk_decide", "2026-01-05", "--suspended", "2026-03-06..2026-03-02"], ["--file", "{file}"],
        ["--file", "{nothing}"], ["--file", "{directory}"],
    ],
    "anchor_audit": [["surplus"]],
    "check_powers": [["surplus"]],
    "import_laws": [["{nothing}"], ["{file}"], ["{empty}"]],
    "import_normative_documents": [
        ["{nothing}"], ["{file}"], ["{directory}"], ["{file}", "--report", "{directory}"],
    ],
    "repeal_law": [
        [], ["没有这部法"], ["没有这部法", "2026-12-31"], ["没有这部法", "2026-02-30"],
        ["没有\x00这部法", "2026-12-31"], ["", "2026-12-31"], ["没有这部法", "nonsense"],
    ],
    "import_calendar": [["{nothing}"], ["{file}"], ["{directory}"]],
    "load_items": [["surplus"]],
    "load_powers": [["surplus"]],
    "import_service_items": [["{nothing}"], ["{file}"], ["{directory}"], ["{file}", "--departments", "{nothing}"]],
    "procedure": [["no.such"], ["approvals.licence", "--sheet", "--chart"], ["no.such", "--into", "{directory}"]],
    "verify_audit": [["surplus"]],
    "fill_search": [["surplus"], ["--check", "--anew"]],
    "prepare": [["surplus"]],
    "run": [["surplus"]],
    "seed_demo": [["surplus"]],
    "populate": [
        [], ["--cases", "10"], ["--seed", "1"], ["surplus"], ["--cases", "many", "--seed", "1"],
        ["--cases", "0", "--seed", "1"], ["--cases", "-5", "--seed", "1"], ["--cases", "99999999999", "--seed", "1"],
        ["--cases", "10", "--seed", "-1"], ["--cases", "10", "--seed", "1", "--years", "0"],
        ["--cases", "10", "--seed", "1", "--years", "100"],
        ["--cases", "10", "--seed", "1"],  # a database that nobody has prepared
    ],
    "municipal_simulator": [
        ["surplus"], ["--port", "nonsense"], ["--port", "99999"], ["--port", "-1"], ["--book", "{directory}"],
        ["--seed", "nonsense"],
    ],
    "stop": [["surplus"]],
    "verify_counts": [["surplus"]],
    "recount_cases": [["surplus"]],
    "verify_files": [["surplus"]],
}  # fmt: skip
# A report of many rows says of each row what is wrong with it, and ends well.
REPORTS_ROWS = {"due", "import_normative_documents", "import_service_items"}


def own_commands() -> set[str]:
    return {name for name, app in get_commands().items() if app in APPS}


def test_no_command_is_forgotten() -> None:
    assert own_commands() == set(WRONG)


@pytest.fixture
def fill_in(tmp_path: Path) -> Callable[[list[str]], list[list[str]]]:
    """The argument lists that one list with {places} stands for."""
    (tmp_path / "empty").mkdir()
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    places = {"nothing": tmp_path / "nothing.csv", "directory": tmp_path, "empty": tmp_path / "empty"}

    def filled(arguments: list[str]) -> list[list[str]]:
        names = list(FILES) if any("{file}" in one for one in arguments) else [""]
        return [
            [one.format(**places, file=tmp_path / name) if "{" in one else one for one in arguments] for name in names
        ]

    return filled


def counted() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


@pytest.mark.django_db
@pytest.mark.parametrize("command", sorted(WRONG))
def test_it_says_what_is_wrong(
    command: str,
    fill_in: Callable[[list[str]], list[list[str]]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n" * 50))
    Organisation.objects.create(code="SOME", name="某局", short_name="某局", kind="department")
    before = counted()
    for arguments in (filled for wrong in WRONG[command] for filled in fill_in(wrong)):
        said = ""
        try:
            call_command(command, *arguments)
        except CommandError as error:
            said = str(error)
        else:
            output = capsys.readouterr()
            assert command in REPORTS_ROWS, f"{command} {arguments} was taken"
            said = output.out + output.err
        assert said.strip(), f"{command} {arguments} says nothing"
        assert not re.search(r"Traceback|Errno|codec can't|<class", said), f"{command} {arguments}: {said}"
    assert counted() == before
