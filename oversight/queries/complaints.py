"""Complaints about organs: where they go, what they say, what may be told to whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from accounts.models import Organisation, Party, Seat, User
from accounts.roles import HANDLING_ORGANS
from casework import registry
from casework.models import Act, Case, Document
from oversight.rules import ITSELF
from powerlist.models import PowerVersion
from powerlist.queries.versions import current

PROCEDURE = "oversight.complaint"
NAMED, UNNAMED, RETALIATION, PRESS = "submit", "submit_anonymous", "report_retaliation", "take_press_item"
ADD = "add_details"
OPENING = (NAMED, UNNAMED, RETALIATION, PRESS)
ANSWER = "answer"
CONCERNED = "concerned"  # part of the organ that is complained of, from the moment at which it is asked
# What each state means to somebody who waits.
PROGRESS = {
    "submitted": "已经收到，区司法局正在核对是否属于受理范围。",
    "checking": "正在调查核实。",
    "correcting": "已经责令有关机关纠正，正在督促落实。",
    "answer_due": "已经查清，正在制作答复。",
    "answered": "已经答复。",
    "redirected": "不属于这里受理的事项，已经告知适当的渠道。",
    "closed": "已经答复，办理完毕。",
}


def office(on: date) -> Organisation:
    """The organ whose legal office handles complaints."""
    return Organisation.objects.at(on).get(code=ITSELF)


def organs(case: Case | None, on: date) -> list[tuple[str, str]]:
    """The organs of which anybody may complain here. One query."""
    found = Organisation.objects.at(on).filter(kind__in=HANDLING_ORGANS - {"municipal_government"})
    return list(found.order_by("code").values_list("code", "name"))


def power(code: str, on: date) -> PowerVersion | None:
    """The power complained of as it stands on a day."""
    return current(code, on) if code else None


def opened_by(case: Case) -> Act:
    """The act that brought the complaint."""
    return case.acts.get(seq=1)


def concerned(case: Case) -> Organisation:
    """The organ that is complained of."""
    return Organisation.objects.get(code=opened_by(case).facts["concerned"])


def known(case: Case | None, facts: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Plain values for `oversight.rules`; what costs a query is asked only when a rule looks at it."""
    if case is None or case.procedure != PROCEDURE:
        return {}
    return {
        "of_concerned": lambda: _staff(concerned(case), timezone.localdate(at)),
        "earlier_own": lambda: _is_own(str(facts.get("earlier", "")).strip(), case.applicant),
    }


def _staff(organ: Organisation, on: date) -> set[int]:
    seats = Seat.objects.at(on)
    return {*seats.filter(organisation=organ).values_list("user_id", flat=True)} | {
        *seats.filter(organisation__parent=organ, organisation__kind="internal_unit").values_list("user_id", flat=True)
    }


def _is_own(number: str, party: Party | None) -> bool:
    return party is not None and Case.objects.filter(number=number, procedure=PROCEDURE, applicant=party).exists()


def answer(case: Case) -> list[tuple[str, str]]:
    """What whoever holds the receipt is told without an account: the answer, or where else to go."""
    if case.procedure != PROCEDURE:
        return []
    act = case.acts.filter(step__in=(ANSWER, "sort_elsewhere")).order_by("-seq").first()
    if act is None:
        return []
    labels = {"verification": "核实情况", "result": "处理结果", "reply_basis": "依据", "way": "适当的渠道",
              "reasons": "理由"}  # fmt: skip
    return [(label, str(act.facts[name])) for name, label in labels.items() if act.facts.get(name)]


def open_for_more(case: Case) -> bool:
    """Whether whoever complained may still add something."""
    return case.state in registry.procedure(PROCEDURE, case.version).step(ADD).when


def without_a_name(case: Case) -> bool:
    """Whether number and query code are all that anybody has of a complaint."""
    return case.procedure == PROCEDURE and case.applicant_id is None and case.filed_by_id is None


def added(case: Case, user: User | None, seen: int, facts: str) -> bool:
    """Whether this very addition was taken already on the picture that the person saw."""
    return Act.objects.filter(case=case, seq=seen + 1, step=ADD, actor=user, facts__facts=facts).exists()


def onward(case: Case) -> list[tuple[str, str]]:
    """Where whoever holds number and query code is led on to."""
    more = without_a_name(case) and open_for_more(case)
    return [("补充情况、证据材料", "oversight:complain-more")] if more else []


def received(token: str, user: User | None) -> list[Document]:
    """The files that came with a form and are not handed in yet."""
    own = Document.objects.filter(draft__code=token, draft__procedure=PROCEDURE, draft__owner=user, case=None)
    return list(own.order_by("pk")) if token else []


def evidence(case: Case) -> int:
    """How many files came with a complaint."""
    return Document.objects.filter(case=case, kind=Document.Kind.MATERIAL).count()
