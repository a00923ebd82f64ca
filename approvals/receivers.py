"""What licensing does when it hears of an act."""

from typing import Any

from django.dispatch import receiver

from approvals.models import Licence
from casework.models import Act, Document
from casework.signals import act_taken


@receiver(act_taken)
def number_licence(sender: Any, act: Act, **_: Any) -> None:
    """A licence bears the number that its certificate got, in the same transaction."""
    certificate = Document.objects.filter(act=act, paper="xk_licence").only("number").first()
    if certificate:
        Licence.objects.filter(case=act.case_id).update(number=certificate.number)
