"""What happens when a bundle moves: its parts are opened, decided with it, served with it, or go on by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils import timezone

from accounts.models import Organisation
from approvals.actions import in_force
from approvals.models import Application, Licence
from approvals.queries.bundles import BUNDLE, PART, Member
from approvals.queries.drafts import LICENCE
from approvals.queries.known import day_of
from approvals.queries.parts import OPINIONS, application_of_main, whole_of
from approvals.rules.bundles import DECIDED, UNNEEDED
from casework.actions import Offer, open_case
from casework.models import Act, Case, Decision, Document, Participant
from casework.queries.rights import LAW

GOVERNMENT = "district_government"  # its head extends the time of a bundle (行政许可法 42(2))


def circulated(case: Case, act: Act) -> None:
    """Every organ gets its part at the same moment, each under its own power; from now on it reads the bundle too."""
    whole = whole_of(case)
    organs = {member.item.organ_id: member.item.organ for member in whole.members}
    _take_part(case, act, "member", *organs.values())
    _take_part(case, act, "government", *Organisation.objects.at(timezone.localdate(act.at)).filter(kind=GOVERNMENT))
    # In the order of the organs, in which every bundle takes their numbers: no two wait for one another.
    for member in sorted(whole.members, key=lambda one: (one.item.organ_id, one.place.order)):
        open_case(
            PART, "receive_part", LAW, act.at, organ=member.item.organ, matter=member.code, title=member.item.name,
            applicant=case.applicant, channel=case.channel, parent=case,
        )  # fmt: skip


def _take_part(case: Case, act: Act, role: str, *organs: Organisation) -> None:
    Participant.objects.bulk_create(
        Participant(case=case, role=role, organisation=organ, act=act, since=act.at) for organ in organs
    )


def received(case: Case, act: Act) -> None:
    """What the applicant gave once is handed to the part as far as its own item asks for it."""
    main = case.parent
    member = whole_of(main).member(case.matter) if main else None
    if main is None or member is None:
        raise ValueError("a part belongs to a bundle and is about one of its items")
    _take_part(case, act, "lead", main.organ)
    given = application_of_main(main)
    _apply(
        case, given, item=member.item, paper_materials=paper_of(member, given.paper_materials),
        answers={name: given.answers[key] for name, key in member.names.items() if key in given.answers},
    )  # fmt: skip


def paper_of(member: Member, entries: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What was handed in on paper for one item, under the codes of its own list."""
    own = {code: name for name, code in member.codes.items()}
    return [{**entry, "code": own[entry["code"]]} for entry in entries if entry["code"] in own]


def _apply(case: Case, given: Application, **own: Any) -> None:
    """An application that stands on another: the same person, contact and way of delivery."""
    Application.objects.create(
        case=case, contact=given.contact, delivery=given.delivery, delivery_point=given.delivery_point,
        hand_over=given.hand_over, consents_to_electronic_service=given.consents_to_electronic_service,
        declared_by=given.declared_by, declared_at=given.declared_at, **own,
    )  # fmt: skip


def split(case: Case, act: Act) -> None:
    """Each item goes on as a case of its own, with the day of acceptance that it had (行政许可法 42(1))."""
    accepted = case.acts.filter(step__in=("accept", "deem_accepted")).order_by("-seq").first()
    clock = case.deadlines.filter(key="xk_decide_joint").order_by("-pk").first()
    accepted_on = timezone.localdate(clock.triggered_at if clock else accepted.at if accepted else act.at)
    for part in Case.objects.filter(parent=case, procedure=PART).exclude(state__in=UNNEEDED | DECIDED):
        given = Application.objects.select_related("item__organ").get(case=part)
        single = open_case(
            LICENCE, "continue_from_bundle", LAW, act.at, Offer(facts={"accepted_on": accepted_on}), organ=part.organ,
            matter=part.matter, title=part.title, applicant=part.applicant, channel=part.channel, parent=case,
        )  # fmt: skip
        _apply(single, given, item=given.item, answers=given.answers, paper_materials=given.paper_materials)
        _take_part(single, act, "lead", case.organ)


def delivered(case: Case, act: Act) -> None:
    """Every licence and decision that is still here reached the holder at once; the files of the licences open."""
    served_on = day_of(act.facts.get("served_on"))
    here = Case.objects.filter(parent=case, procedure=PART).exclude(state="delivered")
    parts = list(here.values_list("pk", flat=True))
    Licence.objects.filter(case__in=parts).update(delivered_on=served_on)
    Decision.objects.filter(case__in=[case.pk, *parts], served_on=None).update(served_on=served_on)
    for licence in Licence.objects.select_related("item", "organ", "holder", "case").filter(case__in=parts):
        in_force.open_file(licence, act)


def voids_opinion(reason: str) -> Callable[[Case, Act], None]:
    """The paper of an opinion that was taken back, or sent back, is void."""

    def effect(case: Case, act: Act) -> None:
        said = Act.objects.filter(case=case, step__in=OPINIONS).order_by("-seq").first()
        Document.objects.filter(act=said, kind=Document.Kind.PAPER).update(voided_at=act.at, void_reason=reason)

    return effect


EFFECTS: dict[tuple[str, str], Callable[[Case, Act], None]] = {
    (BUNDLE, "circulate_for_check"): circulated,
    (BUNDLE, "split_to_single_cases"): split,
    (BUNDLE, "deliver_once"): delivered,
    (PART, "receive_part"): received,
    (PART, "take_back_opinion"): voids_opinion("意见已经撤回"),
    (PART, "return_to_examination"): voids_opinion("意见已经退回重新审查"),
    (PART, "reopen_for_review"): voids_opinion("意见已经由牵头机关退回"),
}
