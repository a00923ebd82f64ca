"""Tells a story: every page through the real doors, as the person concerned, on its day; the clocks ring as they do."""

from __future__ import annotations

import html
import re
from datetime import datetime, time
from typing import Any

import time_machine
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from accounts.models import Party, ServicePoint, User
from approvals.models import LicensingItem
from casework import registry
from casework.actions.ring import ring_all
from casework.models import Act, Case, Deadline, Document, Notice
from casework.paper import squeeze
from casework.printing.render import paper_html, text_of
from casework.procedure import Step
from casework.queries.audit import faults
from tests.approvals.conftest import FOOD, World, moment
from tests.approvals.stories.diary import STOPPED, Page, Story
from tests.approvals.stories.doors import DOORS, Door, step_form

REFUSALS = (403, 404, 409, 410, 422)
AWAKE = time(0, 5)  # the beat rings every minute; what the law does, it does in the first minutes of a day


def words(answer: Any) -> str:
    """What stands on a page."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", answer.content.decode())))


class Teller:
    """A story being told. `case` is the one that the page is about, as a rule the one filed last."""

    def __init__(self, world: World, story: Story) -> None:
        self.world, self.story = world, story
        self.day: datetime | None = None
        self.nth = -1
        if story.item:
            LicensingItem.objects.filter(code=FOOD).update(**story.item)

    def tell(self) -> Case:
        """Every page, then the end: where the case stands, and that the record holds."""
        for page in self.story.pages:
            self.wait_until(page)
            self.nth = page.nth
            with time_machine.travel(moment(page.at), tick=False):
                getattr(self, f"_{page.kind}")(page)
            self.day = moment(page.at)
        case = self.case
        assert case.state == self.story.ends, self.story.name
        assert faults() == []
        return case

    @property
    def case(self) -> Case:
        return list(Case.objects.filter(procedure=self.story.procedure).order_by("id"))[self.nth]

    @property
    def row(self) -> dict[str, Step]:
        return {row.name: row for row in registry.procedure(self.story.procedure).steps}

    def acts_since(self, before: set[int]) -> QuerySet[Act]:
        """The acts that came in the cases of this procedure; what they set off in others is another story."""
        return Act.objects.exclude(pk__in=before).filter(case__procedure=self.story.procedure)

    # --- time passes ---------------------------------------------------------------------------------------------

    def wait_until(self, page: Page) -> None:
        """Every clock rings on its day. What the law then does must stand in the diary."""
        end = moment(page.at)
        while self.day is not None:
            first = Deadline.objects.filter(ring_on__lte=end.date()).order_by("ring_on").first()
            if first is None or first.ring_on is None:
                return
            at = max(datetime.combine(first.ring_on, AWAKE, end.tzinfo), self.day)
            if at > end:
                return
            if page.kind == "law" and page.at[:10] == str(at.date()):
                return
            before = set(Act.objects.values_list("pk", flat=True))
            assert ring_all(at), "a clock that is due does not ring"
            done = [(str(act.at.date()), act.step) for act in self.acts_since(before)]
            assert done == [], f"{self.story.name}: the law acted and the diary does not say so"

    # --- pages ---------------------------------------------------------------------------------------------------

    def _does(self, page: Page) -> None:
        row = self.row[page.step]
        door = self._door(page)
        if not row.opening:
            self._must_be_complete(page, row, door)
        before = set(Act.objects.values_list("pk", flat=True))
        answer = door(self, page)
        assert answer.status_code == 302, f"{page.at} {page.step}: {answer.status_code} {words(answer)[-1500:]}"
        acts = self.acts_since(before)
        assert [act.step for act in acts] == [page.step]
        self._afterwards(page, acts[0])

    def _refused(self, page: Page) -> None:
        before = self.picture()
        answer = self._door(page)(self, page)
        said = words(answer)
        if not page.forestalls:
            assert answer.status_code in (403, 404, 409, 410, 422), (
                f"{page.at} {page.step} was not refused: {said[-600:]}"
            )
        expected = list(page.says)
        if page.gate:
            expected.append("条件不具备：" + self.gate_words(page))
        assert expected, "a refusal is known by its words"
        for line in expected:
            assert line in said, f"{page.at} {page.step}: {line!r} not in {said[-1500:]}"
        assert self.picture() == before, "a refused step changed something"

    def _law(self, page: Page) -> None:
        before = set(Act.objects.values_list("pk", flat=True))
        ring_all(timezone.now())
        acts = list(self.acts_since(before).order_by("pk"))
        assert [act.step for act in acts] == [page.step], f"{page.at}: the law took {[act.step for act in acts]}"
        assert acts[0].role == "the_law"
        assert ring_all(timezone.now()) == 0, "a second beat finds nothing to do"
        self._afterwards(page, acts[0])

    def _quiet(self, page: Page) -> None:
        before = Act.objects.count()
        ring_all(timezone.now())
        assert Act.objects.count() == before, f"{page.at}: the law acted"

    def _happens(self, page: Page) -> None:
        assert page.event
        page.event(self.world)

    def _visits(self, page: Page) -> None:
        acts = Act.objects.count()
        answer = DOORS[page.step](self, page)
        assert answer.status_code == 302, f"{page.at} {page.step}: {words(answer)[-800:]}"
        assert Act.objects.count() == acts, f"{page.step} is not a step"

    def _looks(self, page: Page) -> None:
        answer = self.client(page.who).get(f"/cases/{self.case.code}/")
        said = words(answer)
        for line in page.says:
            assert line in said, f"{page.at} {page.who} does not read {line!r}: {said[-2500:]}"

    # --- what is looked at -----------------------------------------------------------------------------------------

    def _door(self, page: Page) -> Door:
        return DOORS.get(page.step, step_form)

    def _must_be_complete(self, page: Page, row: Step, door: Door) -> None:
        """The empty form is refused: everything that must be stated or confirmed is asked for at its place."""
        if door is not step_form:
            return
        asked = {ask.name for ask in row.asks if ask.required}
        asked |= {f"attest_{index}" for index, gate in enumerate(row.needs, 1) if gate.attested}
        if not asked:
            return
        before = self.picture()
        empty = self.client(page.who).post(self.url(page.step), {"seen": self.case.act_count})
        assert empty.status_code == 422, f"{page.at} {page.step}: {words(empty)[-800:]}"
        assert set(empty.context["form"].errors) == asked
        assert self.picture() == before

    def _afterwards(self, page: Page, act: Act) -> None:
        case = act.case
        where = f"{self.story.name} {page.at} {page.step}"
        row = self.row[page.step]
        assert case.state == (page.state or (case.state if row.to in ("same", "previous") else row.to)), where
        clocks = {clock.key: clock for clock in Deadline.objects.filter(case=case).order_by("id")}
        for key, day in page.due.items():
            clock = clocks[key]
            said = STOPPED if not clock.running else str(clock.due_on) if clock.due_on else None
            assert said == day, f"{where}: {key} says {said}, {clock.explanation}"
            assert clock.due_on is None or clock.explanation
        papers = list(Document.objects.filter(act=act, kind="paper").order_by("id"))
        assert [paper.paper for paper in papers] == list(page.papers), where
        for paper in papers:
            kind = registry.paper(paper.paper)
            assert kind
            printed = squeeze(text_of(paper_html(kind, paper.printed)))
            for line in page.papers[paper.paper]:
                assert squeeze(line) in printed, f"{where}: {line!r} is not on {printed}"
            assert bool(paper.number) == bool(kind.word), where
        if page.told is not None:
            told = Notice.objects.filter(act=act).values_list("to__username", "party__name")
            assert {user or party for user, party in told} == set(page.told), where
        if page.says:
            answer = self.client(page.who or "officer").get(f"/cases/{case.code}/")
            assert all(line in words(answer) for line in page.says), f"{where}: {words(answer)[-2000:]}"

    def gate_words(self, page: Page) -> str:
        """The words of the condition that a page names by its kind."""
        found = [gate.words for gate in self.row[page.step].needs if gate.kind == page.gate]
        assert found, f"{page.step} has no condition {page.gate}"
        return found[0]

    def picture(self) -> tuple[Any, ...]:
        """All that a refused step must leave as it was."""
        return (
            list(Act.objects.order_by("pk").values_list("pk", "hash")),
            list(Case.objects.order_by("pk").values()),
            list(Deadline.objects.order_by("pk").values()),
            list(Document.objects.filter(draft=None).order_by("pk").values_list("pk", "number")),
            Notice.objects.count(),
        )

    def client(self, who: str) -> Client:
        """Somebody at a browser, signed in today."""
        return self.world.client(self.user(who))

    def named(self, name: str) -> str:
        """What `@name` in a fact stands for: the party of that name, or the account; `@point:CODE` for a point."""
        kind, _, code = name.partition(":")
        if kind == "point":
            return str(ServicePoint.objects.get(code=code).pk)
        party = Party.objects.filter(name=name).order_by("id").last()
        return str(party.pk if party else self.user(name).pk)

    def user(self, name: str) -> User:
        return User.objects.get(username=name)

    def url(self, step: str) -> str:
        return f"/cases/{self.case.code}/steps/{step}/"
