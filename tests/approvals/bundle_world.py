"""Four organs, their people, and somebody who wants to open a restaurant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import Credential, Organisation, Party, Seat, User
from approvals import actions
from approvals.actions import file_application
from approvals.queries import bundles
from approvals.queries.bundles import BUNDLE, PART
from casework.models import Act, Case, Draft
from tests.approvals.conftest import ANSWERS, CONTACT, MADE, TRUTH, World, moment, pdf

RESTAURANT = "DC-YJS-KBCG"
FOOD, BATHS, BOOKS, BANNER, TRADE = "DC-SCJ-SPJY", "DC-WJW-GGCS", "DC-WLJ-CBLS", "DC-CGW-BYXC", "DC-SCJ-GTSL"
EVERYTHING = {"registered": "yes", "books": "yes", "lodging": "yes", "banner": "yes", "crowd": "no"}
ANSWERED = {
    **{f"spjy_{name}": value for name, value in ANSWERS.items()},
    "ggcs_place_kind": "bath", "ggcs_area": 30, "ggcs_hygiene_manager": "孙示例", "ggcs_staff": 2,
    "ggcs_air_conditioning": "no", "cbls_kinds": ["book"], "cbls_online": "no", "byxc_shape": "banner",
    "byxc_count": 2, "byxc_size": "3米×0.7米", "byxc_words": "开业大吉", "byxc_from_on": "2026-05-01",
    "byxc_to_on": "2026-05-10", "gtsl_shop_name": "示例小吃店", "gtsl_shop_address": "东城区示例街1号一层",
    "gtsl_scope": "餐饮服务",
}  # fmt: skip
HEADS = {FOOD: "head", BATHS: "wjw-head", BOOKS: "wlj-head", BANNER: "cgw-head", TRADE: "head"}
OFFICERS = {FOOD: "officer", BATHS: "wjw-officer", BOOKS: "wlj-officer", BANNER: "cgw-officer", TRADE: "officer"}


@dataclass
class Street:
    """The world of licensing with the organs beside it."""

    world: World

    def user(self, name: str) -> User:
        return User.objects.get(username=name)

    def draft(self, at: str = "2026-03-02T09:00", **asked: str) -> Draft:
        """A draft of the restaurant with everything filled in; a person applies who has no business licence yet."""
        world, wanted = self.world, {**EVERYTHING, **asked}
        found = bundles.bundle(RESTAURANT, moment(at).date())
        assert found
        chosen = bundles.needed(found, wanted)
        whole = bundles.whole(RESTAURANT, moment(at).date(), chosen)
        assert whole
        content = {"asked": wanted, "chosen": chosen}
        draft = actions.begin(world.citizen, whole, moment(at), content=content)
        names = {question["name"] for page in whole.form for question in page["fields"]}

        def fill(locked: Draft) -> dict[str, Any]:
            locked.party = world.person if wanted["registered"] == "no" else world.company
            return {
                "contact": CONTACT,
                "answers": {name: value for name, value in ANSWERED.items() if name in names},
                "seen": list(range(1, 20)),
                "delivery": {"way": "electronic", "electronic_service": True},
            }

        draft = actions.save(draft, fill, moment(at))
        for material in whole.materials.all():
            if material.asked:
                words = material.code.encode()
                actions.keep_file(draft, material, pdf(f"{material.code}.pdf", words), world.citizen, moment(at))
        return draft

    def file(self, at: str = "2026-03-02T09:00", **asked: str) -> Case:
        return file_application(self.draft(at, **asked), self.world.citizen, moment(at), attested=[TRUTH])

    def take(self, case: Case, step: str, by: str, at: str, **facts: Any) -> Act:
        return self.world.take(case, step, self.user(by), at, **facts)

    def part(self, item: str) -> Case:
        return Case.objects.filter(procedure=PART, matter=item).latest("pk")

    @property
    def bundle(self) -> Case:
        return Case.objects.filter(procedure=BUNDLE).latest("pk")

    def circulated(self, at: str = "2026-03-02T10:00", **asked: str) -> Case:
        case = self.file(**asked)
        self.take(case, "circulate_for_check", "officer", at)
        return case

    def accepted(self, at: str = "2026-03-03T10:00", **asked: str) -> Case:
        case = self.circulated(**asked)
        for part in Case.objects.filter(parent=case):
            self.take(part, "report_complete", OFFICERS[part.matter], at)
        self.take(case, "accept", "officer", at)
        return case

    def agree(self, item: str, at: str) -> Act:
        return self.take(self.part(item), "agree", HEADS[item], at, reasons="符合法定条件、标准。")

    def ready(self, at: str = "2026-03-10T10:00", **asked: str) -> Case:
        """Every organ has agreed, in the order in which they wait for one another."""
        case = self.accepted(**asked)
        for item in (FOOD, BATHS, BOOKS, BANNER):
            if Case.objects.filter(parent=case, matter=item).exists():
                self.agree(item, at)
        case.refresh_from_db()
        return case

    def states(self) -> dict[str, str]:
        """Where the parts of the last bundle stand, by item."""
        return dict(Case.objects.filter(parent=self.bundle, procedure=PART).values_list("matter", "state"))


def make_street(world: World) -> Street:
    """People for the organs beside the lead organ, and the head of the government."""

    def seat(name: str, role: str, organ: str) -> User:
        account = User.objects.create(
            username=name, kind="staff", display_name=f"{name}示例", created_at=MADE, password_changed_at=MADE
        )
        place = Organisation.objects.get(code=organ)
        Seat.objects.create(user=account, role=role, organisation=place, since=date(2026, 1, 1))
        return account

    for word, organ in (("wjw", "DC-WJW"), ("wlj", "DC-WLJ"), ("cgw", "DC-CGW")):
        for number, (name, role) in enumerate(
            (("officer", "case_officer"), ("officer2", "case_officer"), ("section", "section_head"),
             ("head", "head_of_organ"))
        ):  # fmt: skip
            account = seat(f"{word}-{name}", role, organ)
            if role == "case_officer":
                Credential.objects.create(
                    user=account, kind="enforcement", number=f"{word}{number}", issuer="北京市司法局",
                    valid_from=date(2026, 1, 1),
                )  # fmt: skip
    seat("government", "head_of_government", "110101")
    seat("supervisor", "supervisor", "DC-SFJ")
    return Street(world)


def neighbour(street: Street) -> Party:
    return Party.objects.get(representations__user=street.world.stranger)
