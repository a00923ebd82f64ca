"""Every operation of the API under generated calls, good and bad: it answers as it describes itself, never with 5xx.

More than a thousand calls here; `make fuzz` makes many more. They meet real drafts and cases as well as made-up ones,
as a citizen, as an official and as nobody; what a call did is undone before the next one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.middleware.csrf import _get_new_csrf_string
from drf_spectacular.generators import SchemaGenerator
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import positive_data_acceptance, unsupported_method

from accounts.models import Organisation
from casework.models import Document
from powerlist.models import Power
from tests.approvals.conftest import FOOD, World

# A well-formed value may still name nothing that exists, and whoever is nobody is told that before anything else.
UNFIT = [positive_data_acceptance]
CALLS = int(os.environ.get("FUZZ_CALLS", "25"))  # for each operation and caller

DESCRIPTION = SchemaGenerator().get_schema(public=True)
del DESCRIPTION["components"]["securitySchemes"]  # who may call what is the matter of the security matrix
for operations in DESCRIPTION["paths"].values():
    for operation in operations.values():
        operation.pop("security", None)
SCHEMA: Any = schemathesis.openapi.from_dict(DESCRIPTION)
SCHEMA.app = get_wsgi_application()


@pytest.fixture(autouse=True)
def keep_the_connection() -> Iterator[None]:
    """A request's end closes old connections; this one holds the transaction of the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def known(world: World) -> dict[str, list[str]]:
    """What exists, by the name of the parameter that asks for it."""
    case = world.accepted()
    draft = world.draft("2026-03-09T09:00")
    paper = Document.objects.filter(case=case, kind="paper").values_list("token", flat=True)
    files = Document.objects.filter(draft=draft).values_list("token", flat=True)
    return {
        "cases": [case.code],
        "drafts": [draft.code],
        "items": [FOOD],
        "documents": [*paper],
        "powers": [*Power.objects.order_by("code").values_list("code", flat=True)[:3]],
        "organs": [*Organisation.objects.order_by("code").values_list("code", flat=True)[:3]],
        "step": ["withdraw", "grant", "make_statement", "notify_deficiency"],
        "token": [*files],
    }


def place(case: Any, known: dict[str, list[str]]) -> None:
    """Two calls of three go to something that exists; which ones follows from what was generated."""
    if case.meta.is_negative_at(ParameterLocation.PATH):
        return  # it is meant to be wrong
    collection = case.path.split("/")[3]
    for name, made_up in (case.path_parameters or {}).items():
        number = sum(map(ord, str(made_up)))
        real = (
            known.get(name)
            if name == "step"
            else known.get("token" if name == "token" and "files" in case.path else collection)
        )
        if real and number % 3:
            case.path_parameters[name] = real[number % len(real)]


@pytest.mark.parametrize("caller", ["citizen", "officer", "nobody"])
@SCHEMA.parametrize()
@hypothesis.settings(
    max_examples=CALLS, deadline=None, derandomize="FUZZ_CALLS" not in os.environ, database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)  # fmt: skip
def test_every_call_is_answered_as_described(case: Any, caller: str, world: World, known: dict[str, list[str]]) -> None:
    place(case, known)
    token = _get_new_csrf_string()
    cookies = {settings.CSRF_COOKIE_NAME: token}
    if caller != "nobody":
        person = world.citizen if caller == "citizen" else world.officer
        cookies[settings.SESSION_COOKIE_NAME] = str(world.client(person).session.session_key)
    with transaction.atomic():
        unfit = [*UNFIT, unsupported_method] if caller == "nobody" else UNFIT
        headers = {"X-CSRFToken": token, "Accept-Encoding": "identity"}  # the caller cannot unpack
        case.call_and_validate(cookies=cookies, headers=headers, excluded_checks=unfit)
        transaction.set_rollback(True)
