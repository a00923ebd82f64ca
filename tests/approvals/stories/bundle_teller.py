"""Tells the story of a bundle: a page may be about one of its parts, and an act may set off acts in other cases."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from accounts.models import Party
from approvals.queries.bundles import BUNDLE, PART
from casework import registry
from casework.models import Act, Case, Document
from casework.paper import squeeze
from casework.printing.render import paper_html, text_of
from casework.procedure import Step
from tests.accounts.people import resident_number
from tests.approvals.bundle_world import ANSWERED, EVERYTHING, RESTAURANT
from tests.approvals.conftest import pdf
from tests.approvals.stories.diary import Page
from tests.approvals.stories.doors import DOORS, PRESENT, Door, step_form, submit_correction
from tests.approvals.stories.teller import Teller

SINGLE = "approvals.licence"
OURS = (BUNDLE, PART, SINGLE)


class BundleTeller(Teller):
    """The case is the last bundle, or its part for the item that the page names."""

    part = ""
    waiting = False
    follow: tuple[str, ...] = ()  # steps that the law takes in the case of the page itself

    @property
    def case(self) -> Case:
        bundle = Case.objects.filter(procedure=BUNDLE).latest("pk")
        return Case.objects.get(parent=bundle, procedure=PART, matter=self.part) if self.part else bundle

    @property
    def row(self) -> dict[str, Step]:
        return {row.name: row for row in registry.procedure(PART if self.part else BUNDLE).steps}

    def acts_since(self, before: set[int]) -> QuerySet[Act]:
        new = Act.objects.exclude(pk__in=before)
        if self.waiting:
            return new.filter(case__procedure__in=OURS)
        return new.filter(case=self.case).exclude(step__in=self.follow)

    def named(self, name: str) -> str:
        kind, _, item = name.partition(":")
        if kind != "part":
            return super().named(name)
        return Case.objects.filter(procedure=PART, matter=item).latest("pk").code

    def wait_until(self, page: Page) -> None:
        self.waiting, self.part = True, page.part
        super().wait_until(page)
        self.waiting = False

    def tell(self) -> Case:
        self.part = ""
        return super().tell()

    def _does(self, page: Page) -> None:
        before = set(Act.objects.values_list("pk", flat=True))
        own = f"{page.part or RESTAURANT}:"
        self.follow = tuple(name.partition(":")[2] for name in page.sets_off or () if name.startswith(own))
        super()._does(page)
        self.follow = ()
        self._follows(page, before)

    def _law(self, page: Page) -> None:
        before = set(Act.objects.values_list("pk", flat=True))
        super()._law(page)
        self._follows(page, before)

    def _follows(self, page: Page, before: set[int]) -> None:
        where = f"{self.story.name} {page.at} {page.step}"
        if page.sets_off is not None:
            new = Act.objects.exclude(pk__in=before).exclude(case=self.case, step=page.step)
            new = new.filter(case__procedure__in=OURS)
            followed = [f"{act.case.matter}:{act.step}" for act in new.select_related("case").order_by("pk")]
            assert sorted(followed) == sorted(page.sets_off), where
        for name, words in page.prints.items():
            item, _, code = name.partition(":")
            paper = Document.objects.filter(case__matter=item, paper=code).latest("pk")
            kind = registry.paper(code)
            assert kind
            printed = squeeze(text_of(paper_html(kind, paper.printed)))
            for line in words:
                assert squeeze(line) in printed, f"{where}: {line!r} is not on {printed}"

    def _door(self, page: Page) -> Door:
        return BUNDLE_DOORS.get(page.step, DOORS.get(page.step, step_form))


def _pages(client: Any, home: str, at_window: bool, hand_over: str) -> None:
    """Every page of the draft, as the list of tasks leads."""
    said = client.get(home)
    rows = [row["url"].rstrip("/").rsplit("/", 1)[1] for row in said.context["rows"]]
    whole = said.context["item"]
    for name in rows:
        answers: dict[str, Any] = {
            "presence": PRESENT,
            "contact": {"name": "王示例", "phone": "13800000000"},
            "delivery": {"way": "electronic", "electronic_service": "on", "hand_over": hand_over},
        }.get(name, {})
        if name == "items":
            continue  # answered before
        if name == "applicant":
            answers = _applicant(said.context["draft"], at_window)
        if name.startswith("form-"):
            asked = {field["name"] for field in whole.form[int(name[5:]) - 1]["fields"]}
            answers = {key: value for key, value in ANSWERED.items() if key in asked}
        if name == "materials" and at_window:
            answers = {material.code: "1" for material in whole.materials.all() if material.asked}
        elif name == "materials":
            for material in whole.materials.all():
                if material.asked:
                    client.post(f"{home}materials/{material.code}/", {"files": [pdf(f"{material.code}.pdf")]})
        saved = client.post(f"{home}{name}/", {"go": "on", **answers})
        assert saved.status_code == 302, f"{name}: {saved.status_code}"


def _applicant(draft: Any, at_window: bool) -> dict[str, str]:
    if at_window:
        return {
            "kind": "natural", "name": "钱示例", "id_kind": "resident_id", "id_number": resident_number(77),
            "phone": "13800000000",
        }  # fmt: skip
    return {"party": str(Party.objects.get(name="示例（北京）餐饮管理有限公司").pk)}


def _apply(teller: Teller, page: Page, at_window: bool = False) -> Any:
    """From the question what one needs to the declaration."""
    client = teller.client(page.who)
    asked = {**EVERYTHING, **page.facts.get("asked", {})}
    begun = client.post(f"/services/bundles/{RESTAURANT}/", asked)
    if begun.status_code != 302:
        return begun
    _pages(client, begun["Location"], at_window, page.facts.get("hand_over", "together"))
    if event := page.event:
        event(teller.world)
    return client.post(f"{begun['Location']}check/", {"go": "on", "attest_1": "on"})


BUNDLE_DOORS: dict[str, Door] = {
    "submit": _apply,
    "take_in_at_window": lambda teller, page: _apply(teller, page, at_window=True),
    "submit_correction": submit_correction,
}
