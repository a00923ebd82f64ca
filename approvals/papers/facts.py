"""What many papers of one case say alike: the parties, the dates, the grounds. Plain data, read from the case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts import identity
from accounts import queries as people
from accounts.models import Credential, Party, ServicePoint, User
from approvals.models import Application
from approvals.queries import presence
from approvals.queries.applied import application_of
from approvals.queries.bundles import BUNDLE, PART, Subject, subject_of
from approvals.queries.drafts import BROUGHT
from approvals.queries.known import handed_in, stated
from approvals.queries.licences import APPLIED, CORRECTIONS, RECEIVING
from approvals.rules.applications import ACCEPTING
from casework import papers
from casework.models import Act, Case, Deadline
from casework.papers import grouped
from casework.procedure import Cite
from law.queries import limit_for
from law.wording import day_zh, quantity_zh

RENEWAL_FORM = "行政许可延续申请书"
FORMS = {"apply_for_change": "行政许可变更申请书", "apply_in_time": RENEWAL_FORM, "apply_late": RENEWAL_FORM}
PORTAL = "北京市东城区政务服务门户"


def you(party: Party | None) -> str:
    """How a paper addresses somebody."""
    return "你" if party is not None and party.kind == Party.Kind.NATURAL else "你单位"


@dataclass(frozen=True)
class File(papers.File):
    """A case about a licence and the act that gives the paper."""

    @cached_property
    def application(self) -> Application:
        found = application_of(self.case)
        if found is None:
            raise LookupError(f"case {self.case.number} has no application")
        return found

    @property
    def item(self) -> Subject:
        return subject_of(self.application)

    @cached_property
    def stated(self) -> Act:
        """The act that states what the paper says: in a part of a bundle, the opinion that the law issues."""
        return stated(self.act) if self.case.procedure == PART else self.act

    @property
    def facts(self) -> Mapping[str, Any]:
        return self.stated.facts

    @cached_property
    def main(self) -> File:
        """The file in which the application was received and accepted: the bundle's, for a part of one."""
        return File(self.case.parent, self.act) if self.case.procedure == PART and self.case.parent else self

    def day_of(self, name: str) -> date | None:
        value = self.facts.get(name)
        return date.fromisoformat(value) if isinstance(value, str) else value

    @cached_property
    def earlier(self) -> list[Act]:
        return list(self.case.acts.order_by("seq"))

    def last(self, *steps: str) -> Act | None:
        """The latest act among these steps, the present one included."""
        return next((act for act in reversed(self.earlier) if act.step in steps), None)

    @property
    def received_on(self) -> date:
        """The day of the application; what was opened out of a bundle was applied for with it."""
        bundle = self.case.parent if self.case.parent and self.case.parent.procedure == BUNDLE else None
        return timezone.localdate((bundle or self.case).opened_at)

    @property
    def accepted_on(self) -> date:
        """The day of acceptance; a decision on the spot accepts by deciding."""
        accepted = self.main.last(*ACCEPTING)
        if accepted is None:
            return self.on
        if accepted.step == "continue_from_bundle":
            return date.fromisoformat(accepted.facts["accepted_on"])
        received = self.main.last(*RECEIVING)
        by_silence = accepted.step == "deem_accepted"
        return timezone.localdate(received.at if by_silence and received else accepted.at)

    def clock(self, *keys: str) -> Deadline | None:
        """The latest clock of one of these kinds."""
        return Deadline.objects.filter(case=self.case, key__in=keys).order_by("-id").first()

    def deciding_clock(self) -> Deadline | None:
        """The clock of the decision: the case's own, or that of the bundle of which it is a part."""
        return self.main.clock("xk_decide", "xk_decide_joint")

    def base(self) -> dict[str, Any]:
        """What letters to the applicant have in common."""
        return {"you": you(self.case.applicant), "contact": self.contact()}

    def to_all(self) -> dict[str, Any]:
        """What letters to the applicant and to those whose interest is touched have in common (行政许可法 47)."""
        told = self.case.participants.filter(role="third_party", until=None, party__isnull=False).order_by("pk")
        others = [part.party.name for part in told.select_related("party") if part.party]
        if not others:
            return self.base()
        names = "、".join(dict.fromkeys([self.case.applicant_name, *others]))
        return self.base() | {"addressee": names, "you": "你（单位）"}

    def contact(self) -> dict[str, str]:
        """Whom to ask about the case."""
        return {"person": f"{self.case.organ.short_name}政务服务窗口", "phone": self.item.enquiry_phone, "address": ""}

    def parties(self) -> list[list[tuple[str, str]]]:
        """The applicant as letters name one: with the number of a body in full, that of a person masked."""
        party = self.case.applicant
        if party is None:
            return []
        natural = party.kind == Party.Kind.NATURAL
        number = identity.mask_number(party.id_number) if natural and party.id_number else party.id_number
        rows = [
            ("申请人", party.name),
            ("证件号码" if natural else "统一社会信用代码", number),
            ("法定代表人（负责人）", "" if natural else party.legal_representative),
            ("地址", party.address),
        ]
        return [[(label, value) for label, value in rows if value]]

    def cites(self, *more: Cite | str) -> str:
        """The articles that a decision rests on: those of its step and those of the item, each once."""
        own = self.act.basis.split("；")
        of_item = [entry["cite"] for entry in self.item.basis if "条" in entry["cite"]]
        return "、".join(dict.fromkeys([*own, *map(str, more), *of_item]))

    def findings(self) -> list[str]:
        """What an inspection on the spot found, in one sentence."""
        verified = self.last("record_verification")
        if verified is None:
            return []
        conclusion = {"fits": "符合", "fails": "不符合"}[verified.facts["conclusion"]]
        day = day_zh(date.fromisoformat(verified.facts["verified_on"]))
        return [f"本机关指派两名以上工作人员于{day}进行了实地核查，核查结论为{conclusion}"]

    def officers(self, keys: Iterable[Any]) -> list[dict[str, str]]:
        """Officers with their enforcement certificates, in the order of their accounts."""
        wanted = sorted(int(key) for key in keys)
        users = {user.pk: user for user in User.objects.filter(pk__in=wanted)}
        return [{"name": users[pk].display_name, "certificate": self._certificate(users[pk])} for pk in wanted]

    def _certificate(self, user: User) -> str:
        found = people.credential(user, Credential.Kind.ENFORCEMENT, self.on)
        return found.number if found else ""

    def materials(self) -> list[dict[str, Any]]:
        """What was handed in with this act: the form itself, uploaded files by material, papers at the window."""
        names = {material.code: material.name for material in self.item.materials.all()}
        files: dict[str, int] = {}
        for document in handed_in(self.act):
            files[document.slot] = files.get(document.slot, 0) + 1
        at_window = self.case.channel == Case.Channel.WINDOW and self.act.step in ("take_in_at_window", *APPLIED)
        kind = "扫描件" if at_window or self.act.step == BROUGHT else "电子件"
        handed = [{"name": names.get(code, code), "form": kind, "copies": count} for code, count in files.items()]
        on_paper = [
            {"name": names.get(entry["code"], entry["code"]), "form": "纸质", "copies": entry["copies"]}
            for entry in self.application.paper_materials
            if entry.get("act", 1) == self.act.seq
        ]
        if self.act.step in CORRECTIONS:
            return [*handed, *on_paper] or [{"name": "补正说明", "form": "电子件", "copies": 1}]
        paper = at_window and self.application.presence.get("way") in (presence.EARLIER, presence.POST)
        written = "纸质" if paper else "电子件"
        form = {"name": FORMS.get(self.act.step, "行政许可申请书"), "form": written, "copies": 1}
        return [form, *handed, *on_paper]

    @cached_property
    def brought(self) -> Mapping[str, Any]:
        """Who brought what this act took in at a window, if anybody did."""
        return presence.of_act(self.application.presence, self.act.seq)

    @property
    def said_by(self) -> str:
        """Who makes the statement of this act: whoever takes the step, or stands at the window."""
        return str(self.brought.get("name") or self.act.actor_name)

    def legal_limit(self) -> str:
        """20个工作日，至2026年12月2日: the clock of the decision as it runs since this act."""
        clock = self.clock("xk_decide", "xk_lower_review", "bj_company_registration", "bj_low_risk_project")
        if clock is None or clock.due_on is None:
            return ""
        limit = limit_for(clock.rule, timezone.localdate(clock.triggered_at))
        return f"{quantity_zh(limit.quantity, limit.unit)}，至{day_zh(clock.due_on)}"

    def place(self) -> str:
        """Where the application came in, or what was brought to a window later."""
        if self.brought:
            return ServicePoint.objects.get(pk=self.brought["point"]).name
        if self.case.channel == Case.Channel.EXCHANGE:
            return "北京市政务服务平台转来"
        return self.case.service_point.name if self.case.service_point else f"网上申请（{PORTAL}）"

    def query_way(self) -> str:
        code = grouped(self.case.code)
        return f"登录{PORTAL}（{settings.BASE_URL}），凭案号{self.case.number}和查询码{code}查询"
