"""What the rules of a change may look at besides the case: the list, the text proposed, the statute-book."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Q, Subquery
from django.utils import timezone

from accounts.models import Organisation
from accounts.roles import HANDLING_ORGANS
from casework import registry
from casework.models import Act, Case
from powerlist.models import PowerVersion, Proposal
from powerlist.queries import basis, basis_changes
from powerlist.queries.holding import on_day
from powerlist.queries.versions import as_item, current, whole
from powerlist.rules import change as rules
from powerlist.rules import item as items

KINDS = {
    "addition": "新增",
    "cancellation": "取消",
    "change": "变更要素",
    "delegation": "下放或者委托",
    "take_over": "承接上级下放事项",
    "transfer": "划转职权",
}
STEP_OF = {
    "addition": "propose_addition", "cancellation": "propose_cancellation", "change": "propose_change",
    "delegation": "propose_delegation", "take_over": "propose_take_over", "transfer": "propose_transfer",
}  # fmt: skip
NEW_POWER = ("addition", "take_over")
PROCEDURE = "powerlist.change"


@dataclass(frozen=True)
class Text:
    """A text of a change: proposed already, or still a draft."""

    kind: str
    code: str
    content: dict[str, Any] = field(default_factory=dict)
    reason: str = ""
    changes: str = ""
    on: date = date.min
    case: int = 0  # key of its case, if it has one
    standing: Mapping[str, PowerVersion] | None = None  # what is in force, by code, where it was asked for many texts

    @cached_property
    def version(self) -> PowerVersion | None:
        """The version that it would change, or has changed when it was published."""
        if self.standing is not None:
            return self.standing.get(self.code)
        ended = whole(PowerVersion.objects.filter(ended_by__case=self.case)).first() if self.case else None
        return ended or (current(self.code, self.on) if self.code else None)

    @cached_property
    def now(self) -> dict[str, Any]:
        """The same as an item; empty for a new power."""
        return as_item(self.version) if self.version else {}

    @property
    def holder(self) -> str:
        """The code of the organ that holds the power; of a new one, of the organ that would."""
        return str(self.now.get("organ") or self.content.get("organ") or "")

    @cached_property
    def receiver(self) -> str:
        """The code of the organ that would receive the power, by transfer, delegation or entrustment."""
        if not self.now or self.kind not in rules.MOVING:
            return ""
        entrusted = self.content.get("entrusted", "") if self.kind == "delegation" else ""
        changed = entrusted if entrusted != self.now["entrusted"] else ""
        return self.content["organ"] if self.content.get("organ") != self.now["organ"] else changed

    @property
    def removes(self) -> bool:
        """Whether the organ that holds the power now would not hold it any more."""
        return self.kind == "cancellation" or bool(self.now and self.content.get("organ") != self.now["organ"])

    @cached_property
    def _read(self) -> dict[str, basis.Cited]:
        return {one.citation: one for one in basis.cited(items.citations(self.content), self.on)}

    @property
    def cited(self) -> list[basis.Cited]:
        return [self._read[words] for words in self.content.get("basis") or []]

    @property
    def cited_in_liability(self) -> list[basis.Cited]:
        """What its stages cite."""
        return [self._read[words] for words in items.stage_citations(self.content)]


def text_of(case: Case, on: date) -> Text | None:
    """The latest text of a change case, or of the draft that is about to become one."""
    draft = getattr(case, "draft", None) if case._state.adding else None
    if draft is not None:
        return of_draft(draft.content, on)
    found = Proposal.objects.filter(case=case).order_by("-number").first()
    return Text(found.kind, found.code, found.content, found.reason, found.changes, on, case.pk) if found else None


def texts_of(cases: Iterable[Case], on: date) -> dict[int, Text]:
    """The latest texts of cases that are under way, by the key of their case. Four queries, however many."""
    found = list(Proposal.objects.filter(case__in=list(cases)).order_by("case", "-number").distinct("case"))
    versions = whole(on_day(on)).filter(power__code__in={one.code for one in found})
    standing = {version.power.code: version for version in versions}
    return {
        one.case_id: Text(one.kind, one.code, one.content, one.reason, one.changes, on, one.case_id, standing)
        for one in found
    }


def of_draft(content: Mapping[str, Any], on: date) -> Text:
    """The text that a draft holds."""
    return Text(
        str(content.get("kind", "")), str(content.get("code") or ""), dict(content.get("item") or {}),
        str(content.get("reason", "")), str(content.get("changes", "")), on,
    )  # fmt: skip


def known(case: Case | None, facts: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Plain values for `powerlist.rules`; what costs a query is asked only when a rule looks at it."""
    if case and case.procedure == basis_changes.PROCEDURE:
        return basis_changes.known(case, at)
    on = timezone.localdate(at)
    text = text_of(case, on) if case else None
    if case is None or text is None:
        return {}
    return {
        "kind": text.kind,
        "content": text.content,
        "organ": lambda: case.organ.code,
        "current": lambda: text.now,
        "held": lambda: bool(text.version) and text.version.organ_id == case.organ_id,  # type: ignore[union-attr]
        "code_used": lambda: PowerVersion.objects.filter(power__code=text.code).exists(),
        "same_name": lambda: _same_name(text),
        "others": lambda: others(text.code, case.pk or 0, on),
        "lapsed_basis": lambda: [one.citation for one in text.cited if not one.fine],
        "lapsed_liability": lambda: [one.citation for one in text.cited_in_liability if not one.fine],
        "normative_basis": lambda: [one.citation for one in text.cited if one.normative],
        "receiver": lambda: text.receiver,
        "receiver_is_agency": lambda: (
            Organisation.objects.at(on).filter(code=text.receiver, kind__in=HANDLING_ORGANS - {"institution"}).exists()
        ),
        "agreed": lambda: agreed(case),
        "unknown_items": lambda: unknown_items(text),
        "items_of_others": lambda: items_of_others(text.content.get("items") or [], {text.code}, on),
        "removes": lambda: text.removes,
        "unanswered": lambda: unanswered(case),
    }


def _same_name(text: Text) -> bool:
    same = on_day(text.on).filter(name=text.content.get("name"), kind=text.content.get("kind"))
    return same.filter(organ__code=text.content.get("organ")).exclude(power__code=text.code).exists()


def others(code: str, case_pk: int, on: date) -> bool:
    """Whether another change of the power is under way, or published for a later day."""
    under_way = Case.objects.filter(procedure=PROCEDURE, ended_at=None, proposals__code=code).exclude(pk=case_pk)
    return under_way.exists() or PowerVersion.objects.filter(power__code=code, since__gt=on).exists()


def agreed(case: Case) -> dict[str, Any]:
    """The text as it was when the receiver confirmed last, or the government ruled; nothing before that. One query."""
    acts = Act.objects.filter(case=case, step__in=rules.AGREEING).order_by("-seq").values("seq")[:1]
    texts = Proposal.objects.filter(case=case, act__seq__lte=Subquery(acts)).order_by("-number")
    return texts.values_list("content", flat=True).first() or {}


def unknown_items(text: Text) -> list[str]:
    """The codes that a text links anew and that name no service item of the portal. One query, or none."""
    linked = [code for code in text.content.get("items") or [] if code not in text.now.get("items", ())]
    known = registry.service_items(linked, text.on)
    return [code for code in linked if code not in known]


def items_of_others(codes: Collection[str], powers: Collection[str], on: date) -> dict[str, str]:
    """Which of the service items are linked to a power beside these, in force or published for later: its code by
    theirs. One query, or none."""
    if not codes:
        return {}
    stands = PowerVersion.objects.filter(Q(until=None) | Q(until__gt=on), matters__overlap=list(codes))
    listed = stands.exclude(power__code__in=powers).values_list("power__code", "matters")
    return {code: power for power, matters in listed for code in matters if code in codes}


def unanswered(case: Case) -> list[str]:
    """Codes of the organs that were asked last and have not answered."""
    asked = Act.objects.filter(case=case, step="consult_organs").order_by("-seq").first()
    if asked is None:
        return []
    answers = Act.objects.filter(case=case, step="give_opinion", seq__gt=asked.seq).select_related("organisation")
    answered = {act.organisation.organ_id for act in answers if act.organisation}
    organs = Organisation.objects.filter(code__in=asked.facts["organs"]).exclude(pk__in=answered)
    return list(organs.order_by("code").values_list("code", flat=True))


def organs(case: Case, on: date) -> list[tuple[str, str]]:
    """The organs that can hold a power or be asked about one."""
    found = Organisation.objects.at(on).filter(kind__in=HANDLING_ORGANS).exclude(kind="municipal_government")
    return [(organ.code, organ.name) for organ in found.order_by("code")]


def summary(case: Case) -> list[tuple[str, str]]:
    """What a case is about, in a few lines of its page."""
    if case.procedure == basis_changes.PROCEDURE:
        return basis_changes.summary(case)
    text = text_of(case, timezone.localdate(case.opened_at))
    if text is None:
        return []
    name = text.content.get("name") or text.now.get("name", "")
    rows = [
        ("权责编码", text.code), ("职权名称", name), ("调整类型", KINDS.get(text.kind, text.kind)),
        ("调整理由", text.reason), ("法律依据变化", text.changes),
    ]  # fmt: skip
    return [*rows, ("正在办理的案件", rules.PENDING)] if text.removes else rows
