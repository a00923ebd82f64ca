"""After a commit that ordered papers, ring for a worker. A lost ring costs a minute: the beat looks again."""

from typing import Any

from django.dispatch import receiver

from casework.actions.bells import ring
from casework.signals import file_arrived, notices_written, paper_ordered
from casework.tasks import check_held_files, make_waiting_papers, send_notices


@receiver(paper_ordered)
def ring_for_papers(sender: Any, **_: Any) -> None:
    ring(make_waiting_papers)


@receiver(file_arrived)
def ring_for_files(sender: Any, **_: Any) -> None:
    ring(check_held_files)


@receiver(notices_written)
def ring_for_notices(sender: Any, **_: Any) -> None:
    ring(send_notices)
