"""The doors of a licence's later life: the holder's pages, the window's, and events in other cases."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from approvals import actions
from approvals.actions import licences as about
from approvals.models import Licence, LicensingItem
from approvals.queries import licences
from casework import registry
from casework.models import Case, Document
from tests.approvals.conftest import FOOD, World, moment, pdf
from tests.approvals.stories.diary import Page
from tests.approvals.stories.doors import DOORS, PRESENT

if TYPE_CHECKING:
    from tests.approvals.stories.teller import Teller

SERVED = {"method": "electronic", "recipient": "王示例", "served_on": "2026-03-09"}


def file_case() -> Case:
    """The file of the licence that the story is about."""
    return Case.objects.filter(procedure=licences.IN_FORCE).latest("id")


def licence() -> Licence:
    return Licence.objects.latest("id")


def granted(**facts: Any) -> Callable[[World], object]:
    """The company has applied on 2 March 2026 and got its licence on the 6th; it is not delivered yet."""

    def event(world: World) -> None:
        case = world.accepted()
        stated = {"reasons": "符合法定条件。", "valid_from": "2026-03-06", **facts}
        world.take(case, "grant", world.head, "2026-03-06T10:00", **stated)

    return event


def in_hand(**facts: Any) -> Callable[[World], object]:
    """The same, delivered on Monday 9 March 2026 at ten."""

    def event(world: World) -> None:
        granted(**facts)(world)
        world.take(licence().case, "deliver", world.officer, "2026-03-09T10:00", **SERVED)

    return event


def on_commitment(world: World) -> None:
    """The licence was granted on a written commitment and delivered on 9 March 2026."""
    LicensingItem.objects.filter(code=FOOD).update(on_commitment=True, safety=False)
    case = world.file()
    world.take(case, "grant_on_commitment", world.officer, "2026-03-06T10:00")
    world.take(case, "deliver", world.officer, "2026-03-09T10:00", **SERVED)


def without_term(world: World) -> None:
    """A licence that no law limits in time."""
    LicensingItem.objects.filter(code=FOOD).update(validity_months=None)
    granted()(world)


def acts(procedure: str, step: str, by: str, at: str, **facts: Any) -> Callable[[World], object]:
    """Somebody acts in the latest case of another procedure."""

    def event(world: World) -> None:
        case = Case.objects.filter(procedure=procedure).latest("id")
        world.take(case, step, getattr(world, by), at, **facts)

    return event


def change_under_review(filed: str, accepted: str) -> Callable[[World], object]:
    """The company has applied for another name of its shop, and was accepted."""
    return lambda world: requested(world, licences.CHANGE, filed, accepted, {"values": {"shop_name": "新示例餐厅"}})


def renewal_under_review(filed: str, accepted: str) -> Callable[[World], object]:
    """The company has applied for a renewal in time, and was accepted."""
    return lambda world: requested(world, licences.RENEWAL, filed, accepted, {})


def requested(world: World, procedure: str, filed: str, accepted: str, content: dict[str, Any]) -> Case:
    """A change or a renewal, filed and accepted at these times."""
    draft = about.begin_request(licence(), procedure, world.citizen, moment(filed))
    draft = actions.save(draft, lambda locked: {"reasons": "经营需要。", **content}, moment(filed))
    step = registry.procedure(procedure).step(about.step_for(licence(), procedure, moment(filed)))
    said = [gate.words for gate in step.needs if gate.attested]
    case = about.file_request(draft, world.citizen, moment(filed), attested=said)
    world.take(case, "accept", world.officer, accepted)
    return case


def request(kind: str) -> Callable[[Teller, Page], Any]:
    """The pages of a change or a renewal, from the first to the declaration; at the window for a clerk."""

    def door(teller: Teller, page: Page) -> Any:
        client = teller.client(page.who)
        area = "desk" if page.who == "clerk" else "my"
        home = f"/{area}/licences/{file_case().code}/{kind}/"
        facts = {"reasons": "经营需要。", **page.facts}
        files = facts.pop("files", ())
        answer = client.post(home, facts)
        if answer.status_code == 302 and answer["Location"].endswith("/presence/"):
            answer = client.post(answer["Location"], {**PRESENT, "who": "agent", "authority": "on", "go": "on"})
        if answer.status_code != 302 or not answer["Location"].endswith("/check/"):
            return _shown(client.get(answer["Location"])) if answer.status_code == 302 else answer
        for code in files:
            handed = client.post(
                f"{home}materials/{code}/", {"files": [pdf(f"{code}.pdf", f"{code}{page.at}".encode())]}
            )
            assert handed.status_code == 302
        row = registry.procedure(teller.story.procedure).step(page.step)
        said = [gate.words for gate in row.needs if gate.attested]
        return client.post(f"{home}check/", {f"attest_{number}": "on" for number, _ in enumerate(said, 1)})

    return door


def _shown(page: Any) -> Any:
    """The page to which one was led back: nothing was filed, and it says why."""
    page.status_code = 422
    return page


def deliver(teller: Teller, page: Page) -> Any:
    """The licence reaches its holder, and its file opens by itself."""
    return _step(teller, page, licences.LICENCE, "deliver", SERVED)


def decide(procedure: str, step: str) -> Callable[[Teller, Page], Any]:
    """A change or a renewal is decided, and the file hears of it by itself."""
    return lambda teller, page: _step(teller, page, procedure, step, {"reasons": "符合法定条件。"})


def _step(teller: Teller, page: Page, procedure: str, step: str, facts: dict[str, Any]) -> Any:
    case = Case.objects.filter(procedure=procedure).latest("id")
    row = registry.procedure(procedure).step(step)
    data: dict[str, Any] = {"seen": case.act_count, **facts}
    data |= {f"attest_{index}": "on" for index, gate in enumerate(row.needs, 1) if gate.attested}
    return teller.client(page.who).post(f"/cases/{case.code}/steps/{step}/", data)


def ask_for_revocation(teller: Teller, page: Page) -> Any:
    """The page of whoever is concerned by somebody else's licence, found by the code on the certificate."""
    token = Document.objects.filter(paper="xk_licence").latest("id").token
    client = teller.client(page.who)
    party = teller.user(page.who).representations.get().party_id
    return client.post(f"/services/licences/{token}/revocation/", {"party": str(party), **page.facts})


DOORS.update(
    {
        "apply_for_change": request("change"),
        "apply_in_time": request("renewal"),
        "apply_late": request("renewal"),
        "ask_for_revocation": ask_for_revocation,
        "open_with_term": deliver,
        "open_without_term": deliver,
        "record_change": decide(licences.CHANGE, "approve_change"),
        "record_renewal": decide(licences.RENEWAL, "approve_renewal"),
    }
)
