"""After a commit that ordered papers, ring for a worker. A lost ring costs a minute: the beat looks again."""

import logging
from typing import Any

from django.dispatch import receiver
from kombu.exceptions import OperationalError

from casework.signals import file_arrived, notices_written, paper_ordered
from casework.tasks import check_held_files, make_waiting_papers, send_notices

log = logging.getLogger(__name__)


@receiver(paper_ordered)
def ring_for_papers(sender: Any, **_: Any) -> None:
    try:
        make_waiting_papers.apply_async(retry=False)
    except OperationalError:
        log.warning("the queue is away; papers will be made when the beat looks again")


@receiver(file_arrived)
def ring_for_files(sender: Any, **_: Any) -> None:
    try:
        check_held_files.apply_async(retry=False)
    except OperationalError:
        log.warning("the queue is away; files stay held until the beat looks again")


@receiver(notices_written)
def ring_for_notices(sender: Any, **_: Any) -> None:
    try:
        send_notices.apply_async(retry=False)
    except OperationalError:
        log.warning("the queue is away; notices will be sent when the beat looks again")
