"""The doors that people of a story go through: the form of a step, and the chapter's own pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.test import Client, override_settings
from django.utils import timezone

from casework.models import Draft, Message
from exchange.actions.take_in import take_in
from exchange.rules import signed
from exchange.rules.letters import written
from tests.accounts.people import resident_number
from tests.approvals.conftest import FOOD, pdf
from tests.approvals.pages import Applicant
from tests.approvals.stories.diary import Page
from tests.exchange.samples import CITY, filing, letter

if TYPE_CHECKING:
    from tests.approvals.stories.teller import Teller

Door = Callable[["Teller", Page], Any]


def step_form(teller: Teller, page: Page) -> Any:
    """The form of a step, with everything confirmed that it wants confirmed."""
    row = teller.row[page.step]
    data: dict[str, Any] = {"seen": teller.case.act_count}
    data |= {f"attest_{index}": "on" for index, gate in enumerate(row.needs, 1) if gate.attested}
    for name, value in page.facts.items():
        if isinstance(value, dict):  # a text for each of several things
            data |= {f"{name}-{key}": text for key, text in value.items()}
        else:
            data[name] = _stated(teller, value)
    return teller.client(page.who).post(teller.url(page.step), data)


def _stated(teller: Teller, value: Any) -> Any:
    if isinstance(value, list):
        return [_stated(teller, one) for one in value]
    if not isinstance(value, str) or not value.startswith("@"):
        return value
    return teller.named(value[1:])


def submit(teller: Teller, page: Page) -> Any:
    """The pages of applying, from the button to the declaration; without `truth` nothing is declared."""
    person = Applicant(teller.world)
    if person.begin.status_code != 302:
        return person.begin
    person.fill()
    if event := page.event:
        event(teller.world)
    answer = person.post("check", **({} if "no_truth" in page.facts else {"attest_1": "on"}))
    if answer.status_code == 302 and answer["Location"] == person.home:  # sent back to the list of what is to be done
        return person.get()
    return answer


PRESENT = {
    "way": "counter", "who": "self", "name": "钱示例", "id_kind": "resident_id", "id_number": resident_number(77),
}  # fmt: skip


def take_in_at_window(teller: Teller, page: Page) -> Any:
    """The clerk's pages: who stands there, what is on the paper, what was handed in."""
    world, client = teller.world, teller.client(page.who)
    begun = client.post("/desk/intake/", {"item": FOOD, "point": str(world.point.pk)})
    if begun.status_code != 302:
        return begun
    draft = Draft.objects.filter(owner=world.clerk, case=None).latest("id")
    home = f"/apply/draft/{draft.code}/"
    person = {
        "kind": "natural", "name": "钱示例", "id_kind": "resident_id", "id_number": resident_number(77),
        "phone": "13800000000",
    }  # fmt: skip
    for name, answers in (
        ("applicant", person),
        ("presence", PRESENT),
        ("contact", {"name": "王示例", "phone": "13800000000"}),
        ("form-1", {"shop_name": "示例小吃店", "shop_address": "东城区示例街1号", "area": "60"}),
        ("form-2", {"business_type": "catering", "projects": ["hot", "cold"], "online": "no"}),
        ("form-3", {"manager": "李示例", "staff": "3"}),
        ("materials", {"M2": "1", "M3": "1", "M4": "1"}),
        ("delivery", {"way": "electronic", "electronic_service": "on"}),
    ):
        saved = client.post(f"{home}{name}/", {"go": "on", **answers})
        assert saved.status_code == 302, f"{name}: {saved.status_code}"
    if event := page.event:
        event(world)
    return client.post(f"{home}check/", {"go": "on", "attest_1": "on"})


def take_in_from_city(teller: Teller, page: Page) -> Any:
    """The city's platform hands an application in over its line, and a worker looks at what arrived."""
    if event := page.event:
        event(teller.world)
    stream = f"BJ-{Message.objects.filter(direction='in').count() + 1}"
    version, seed = max(settings.EXCHANGE_SIMULATOR_KEYS.items())
    sent = written(
        letter("filing", filing(**page.facts), stream), timezone.localtime(), signed.signer(CITY, version, seed)
    )
    with override_settings(EXCHANGE_URL="http://127.0.0.1:9"):
        answer = Client().post("/exchange/v1/messages/", sent, content_type="application/json")
        assert answer.status_code == 200
        take_in(timezone.now(), 1)
    message = Message.objects.get(direction="in", stream=stream)
    if message.case:
        return HttpResponseRedirect(f"/cases/{message.case.code}/")
    return HttpResponse(message.error, status=422)


def submit_correction(teller: Teller, page: Page) -> Any:
    """The pages of correcting: each material that the notice names is uploaded, then everything is handed in."""
    client, home = teller.client(page.who), f"/my/corrections/{teller.case.code}/"
    for code in page.facts.get("files", ()):
        words = f"{code} {page.at}".encode()
        client.post(f"{home}{code}/", {"files": [pdf(f"{code}-补正.pdf", words)]})
    return client.post(home, {"go": "submit", "seen": teller.case.act_count})


def counter(teller: Teller, page: Page) -> Any:
    """Somebody comes to a window with the receipt: who it is, what was brought on paper or scanned, and the button.

    `seen` in the facts is what the clerk writes down otherwise, `paper` the copies of each material.
    """
    case, client, facts = teller.case, teller.client(page.who), dict(page.facts)
    client.post("/desk/counter/", {"number": case.number, "code": case.code})
    home = f"/desk/counter/{case.code}/"
    who = "self" if case.applicant and case.applicant.kind == "natural" else "head"
    answer = client.post(home, {**PRESENT, "who": who, "what": page.step, **facts.pop("seen", {})})
    if answer.status_code != 302:
        return answer
    for code in facts.pop("files", ()):
        client.post(f"{home}materials/{code}/", {"files": [pdf(f"{code}-补正.pdf", f"{code} {page.at}".encode())]})
    row = teller.row[page.step]
    confirmed = {f"attest_{index}": "on" for index, gate in enumerate(row.needs, 1) if gate.attested}
    counted = facts.pop("paper", {})
    stated = {name: _stated(teller, value) for name, value in facts.items()}
    return client.post(f"{home}{page.step}/", {"seen": case.act_count, **confirmed, **counted, **stated})


def enter_interested(teller: Teller, page: Page) -> Any:
    """The officer enters somebody whose major interest the licence concerns."""
    return teller.client(page.who).post(f"/desk/cases/{teller.case.code}/interested/", dict(page.facts))


DOORS: dict[str, Door] = {
    "enter_interested": enter_interested,
    "submit": submit,
    "take_in_at_window": take_in_at_window,
    "take_in_from_city": take_in_from_city,
    "submit_correction": submit_correction,
    "take_in_spot_correction": counter,
    "take_in_correction": counter,
    "take_in_withdrawal": counter,
    "take_in_redirection": counter,
}
