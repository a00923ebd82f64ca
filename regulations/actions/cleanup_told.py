"""What is told of a clean-up: to each maker of all its documents together, when they are listed and when it ends.

A clean-up takes in thousands of documents, and a notice for each of them is no notice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Count, F, QuerySet
from django.utils import timezone

from casework import registry
from casework.actions.notices import tell_people
from casework.models import Act, Case
from casework.queries.readers import Readers
from casework.telling import Words, day
from regulations.models import CleanupEntry
from regulations.queries import cleanup

UNLISTED = "unlisted"


def listed(case: Case, act: Act) -> None:
    """Its makers are asked for their opinions."""
    until = day(date.fromisoformat(cleanup.launch_of(case).facts["reply_by"]))

    def words(found: Counter[str]) -> Words:
        subject = f"{found.total()}份文件列入规范性文件清理"
        return Words(subject, f"案号{case.number}，请最迟于{until}逐件提出清理意见，见办件列表。", subject)

    _tell_makers(act, _entries(case).filter(item__ended_at=None), words)


def settled(case: Case, act: Act) -> None:
    """What became of their documents; whoever supervises hears of those that may not be applied any more."""
    table, entries = registry.procedure(cleanup.ITEM, timezone.localdate(act.at)), _entries(case)

    def words(found: Counter[str]) -> Words:
        said = "、".join(f"{one.label}{found[one.name]}份" for one in table.states if found[one.name])
        return Words(f"规范性文件清理结束：{said}", f"案号{case.number}，清理结果已经公布。", "规范性文件清理结束")

    _tell_makers(act, entries, words)
    if number := entries.filter(item__state=UNLISTED).count():
        subject = f"{number}份文件未列入继续有效目录"
        told = Words(subject, f"案号{case.number}，这些文件不得作为行政管理的依据。", subject)
        supervisors = Readers([case], timezone.localdate(act.at)).of("supervisor", case)
        tell_people(f"cleanup:{act.pk}:unlisted", dict.fromkeys(supervisors, told), act.at)


def cancelled(case: Case, act: Act) -> None:
    """Whoever was asked for opinions need not give them; before all are listed nobody was."""
    if act.from_state != "listing":
        words = Words("规范性文件清理已经取消", f"案号{case.number}，不再需要提出清理意见。", "规范性文件清理已经取消")
        _tell_makers(act, _entries(case).filter(item__ended_at=None), lambda found: words)


def _entries(case: Case) -> QuerySet[CleanupEntry]:
    return CleanupEntry.objects.filter(case=case, item__isnull=False).order_by()


def _tell_makers(act: Act, entries: QuerySet[CleanupEntry], words: Callable[[Counter[str]], Words]) -> None:
    """One notice for each maker, by how many of its documents stand where. Two queries and a few for each organ."""
    found: defaultdict[int, Counter[str]] = defaultdict(Counter)
    counted: Any = entries.values_list("document__organ_id", "item__state").annotate(Count("pk"))
    for organ, state, number in counted:
        found[organ][state] += number
    # Who speaks for a maker is asked of one of its cases.
    first = entries.order_by("document__organ_id", "pk").distinct("document__organ_id").select_related("item")
    cases = {one.organ: one.item for one in first.annotate(organ=F("document__organ_id")) if one.item}
    everybody = Readers(cases.values(), timezone.localdate(act.at))
    for organ, item in cases.items():
        told = dict.fromkeys(everybody.of("maker", item), words(found[organ]))
        tell_people(f"cleanup:{act.pk}:{organ}", told, act.at)
