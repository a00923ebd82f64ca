"""After a commit that ordered papers, ring for a worker. A lost ring costs a minute: the beat looks again."""

import logging
from typing import Any

from django.dispatch import receiver
from kombu.exceptions import OperationalError

from casework.signals import paper_ordered
from casework.tasks import make_waiting_papers

log = logging.getLogger(__name__)


@receiver(paper_ordered)
def ring_for_papers(sender: Any, **_: Any) -> None:
    try:
        make_waiting_papers.apply_async(retry=False)
    except OperationalError:
        log.warning("the queue is away; papers will be made when the beat looks again")
