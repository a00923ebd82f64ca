"""Every form of every page, filled in by somebody careless or hostile: a clear answer, and nothing typed is lost.

The forms are found by following links as each kind of person, so a new page is attacked without being named here.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from lxml import html

from accounts.models import User
from casework.models import Act
from tests.accounts import people
from tests.approvals.conftest import World
from tests.under_fire.forms import Form, forms_of

SCRIPT = "<script>alert(1)</script>"
MORE = int(os.environ.get("FUZZ_CALLS", "0"))
HOSTILE = [
    "", " ", "　", "-1", "0", "99999999999999999999", "1e9", "NaN", "2026-02-30", "13月32日", SCRIPT, "' OR 1=1 --",
    "{{7*7}}", "%00", "\x00", "../../etc/passwd", "\u202e反写", "😀" * 300, "一" * 20_000, "null", "[]",
    "\r\nSet-Cookie: a=b",
]  # fmt: skip
CHOSEN = ["nonsense", "99999999999999999999", "", "-1", "\x00"]
WRITTEN = {"text", "textarea", "search", "tel", "email"}
CALM = {200, 302, 303, 400, 403, 404, 405, 409, 413, 422, 429}
GATES = ("/accounts/login/", "/accounts/2fa/", "/accounts/reauthenticate/")


def everybody(world: World) -> dict[str, User | None]:
    return {
        "nobody": None,
        "citizen": world.citizen,
        "clerk": world.clerk,
        "officer": world.officer,
        "section_head": world.section_head,
        "head": world.head,
        "lawyer": world.lawyer,
        "system": people.official("system_administrator"),
        "security": people.official("security_administrator"),
        "audit": people.official("audit_administrator"),
    }


def hostile(form: Form) -> Iterator[str]:
    """Some of the values for each form, all of them over all forms; with `make fuzz` all for each, and random ones."""
    dice = random.Random(form.action)
    yield from HOSTILE if MORE else dice.sample(HOSTILE, 5)
    for _ in range(MORE):
        yield "".join(chr(dice.choice([dice.randrange(1, 0x250), dice.randrange(0x4E00, 0x9FA5)])) for _ in range(20))


def send(person: Client, form: Form, sent: dict[str, Any]) -> Any:
    """As a browser would, and undone afterwards. Limits on how often somebody may ask are not the matter here."""
    cache.clear()
    with transaction.atomic():
        answer = person.post(form.action, sent) if form.method == "post" else person.get(form.action, sent)
        transaction.set_rollback(True)
    return answer


def complaints(answer: Any, sent: dict[str, Any], form: Form) -> Iterator[str]:
    """What is wrong with the answer to a form, in words for whoever mends it."""
    if answer.status_code not in CALM:
        yield f"answers {answer.status_code}"
    if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
        return
    body = answer.content.decode()
    if SCRIPT in body:
        yield "hands back a script as it came"
    page = html.document_fromstring(body)
    for summary in page.xpath("//*[contains(@class, 'govuk-error-summary')]"):
        words = summary.text_content()
        if english := re.findall(r"[A-Za-z]{3,}(?: [a-z]{2,})+", words):
            yield f"complains in English: {english}"
        kept = {box.get("name"): (box.value or "") for one in page.forms for box in one.inputs if box.get("name")}
        for name, kind in form.typed.items():
            given = sent.get(name, "")
            clean = isinstance(given, str) and given.strip() and given.isprintable() and len(given) < 10_000
            if kind in WRITTEN and clean and kept.get(name, "").strip() != given.strip():
                yield f"loses what was typed in {name}: {given[:30]!r} became {kept.get(name)!r}"
        break


def attacks(form: Form) -> Iterator[dict[str, Any]]:
    """What is sent: nothing; the same hostile value everywhere; forged choices; every value twice; odd files."""
    untouched = {name: values for name, values in form.sent.items() if name != "csrfmiddlewaretoken"}
    yield {}
    for value in hostile(form):
        written = {name: value for name, kind in form.typed.items() if kind in WRITTEN | {"password"}}
        if written or value in ("", SCRIPT):
            yield untouched | written
    choices = [name for name in untouched.keys() | form.typed.keys() if form.typed.get(name) not in WRITTEN]
    for value in CHOSEN[: len(CHOSEN) if MORE else 2]:
        if choices:
            yield untouched | dict.fromkeys(choices, value)
    plain = {name: f"示例{name}" for name, kind in form.typed.items() if kind in WRITTEN}
    yield untouched | plain
    for name in sorted(plain)[: len(plain) if MORE else 2]:
        yield untouched | plain | {name: ""}
    yield {name: ["1", "2"] for name in untouched.keys() | form.typed.keys()}
    for content, title in (
        (b"", "空.pdf"),
        (b"MZ\x90", "程序.pdf"),
        (b"%PDF-1.4", "a" * 300 + ".pdf"),
        (b"x", "\u202efdp.exe"),
    ):
        if form.files:
            files = {name: SimpleUploadedFile(title, content) for name in form.files}
            yield untouched | plain | files


@pytest.mark.django_db
def test_forms(world: World) -> None:
    case = world.accepted()
    world.draft("2026-03-09T09:00")
    acts = Act.objects.count()
    faults, tried, calls = [], set(), 0
    for name, user in everybody(world).items():
        person = world.client(user) if user else Client()
        begin = ["/", "/my/", "/desk/", "/accounts/", "/accounts/manage/", "/site-map/", f"/cases/{case.code}/"]
        for kind, form in forms_of(person, *begin).items():
            if kind in tried:
                continue
            tried.add(kind)
            person = world.client(user) if user else Client()
            for sent in attacks(form):
                calls += 1
                try:
                    answer = send(person, form, sent)
                except Exception as error:
                    faults.append(
                        f"{name} {form.method} {form.action}: {type(error).__name__} {error} for {str(sent)[:300]}"
                    )
                    continue
                faults += [
                    f"{name} {form.method} {form.action}: {words} for {str(sent)[:300]}"
                    for words in complaints(answer, sent, form)
                ]
    print(len(tried), calls)
    assert Act.objects.count() == acts
    assert not faults, "\n".join(faults)
