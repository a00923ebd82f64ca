"""Cases that the law opens when a document is published or takes effect."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import Organisation
from casework.actions import Offer, open_case
from casework.models import Act, Case
from casework.queries.rights import LAW
from casework.refusal import Reason, Refused
from regulations.actions.parts import OFFICE, seated
from regulations.models import NormativeDocument

FILING, VALIDITY = "regulations.filing", "regulations.validity"


def matter_of(document: NormativeDocument) -> str:
    """Under which matter the cases of a document are kept."""
    return f"document:{document.pk}"


def filing(document: NormativeDocument, case: Case, act: Act) -> Case:
    """The duty to file: a department's document with the district, the district's with the city."""
    on = timezone.localdate(act.at)
    government = document.organ is not None and document.organ.kind == "district_government"
    step = "open_on_government_publication" if government else "open_on_department_publication"
    receivers = Organisation.objects.at(on).filter(kind="municipal_government") if government else seated(OFFICE, on)
    receiver = next(iter(receivers), None)
    if receiver is None:
        raise Refused([Reason("nobody", "没有接收备案的机关，不能公布")], act.label)
    return open_case(
        FILING, step, LAW, act.at, Offer(), organ=receiver, matter=matter_of(document),
        title=f"备案：{document.title}"[:200], channel=Case.Channel.OFFICE, parent=case,
    )  # fmt: skip


def validity(document: NormativeDocument, case: Case, act: Act) -> Case:
    """The term of a document, kept by the organ that drafted it."""
    step = "open_trial" if document.trial else "open_ordinary"
    return open_case(
        VALIDITY, step, LAW, act.at, Offer(facts={"validity_ends_on": document.valid_until}), organ=case.organ,
        matter=matter_of(document), title=f"有效期：{document.title}"[:200], channel=Case.Channel.OFFICE, parent=case,
    )  # fmt: skip
