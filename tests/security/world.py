"""Everybody who might knock, and one object of each kind for each of its owners, made once for a module."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone
from guardian.shortcuts import assign_perm

from accounts import limits
from accounts.models import (
    Credential,
    Delegation,
    Organisation,
    Party,
    Recusal,
    Representation,
    Seat,
    SeatRequest,
    ServicePoint,
    User,
)
from accounts.queries import id_index, phone_index
from approvals import actions
from approvals.actions.counter import begin_visit
from approvals.actions.licences import begin_request
from approvals.models import Licence, LicensingItem, Visit
from approvals.queries import questions
from approvals.queries.licences import CHANGE
from casework import registry
from casework.actions import Offer, take
from casework.actions.desk import keep_view
from casework.models import Case, Document, Draft, Notice, Participant, Upload
from casework.queries.rights import Standing
from law.models import LegalText
from law.signals import Change
from powerlist.actions import drafts as powers
from powerlist.actions import importing
from powerlist.actions.basis_changes import open_checks
from powerlist.models import Basis, ImportedLine
from powerlist.queries.basis_changes import PROCEDURE as BASIS_CHANGE
from powerlist.queries.known import PROCEDURE
from powerlist.rules.item import blank
from tests.accounts.people import credit_code
from tests.approvals.conftest import TRUTH, pdf
from tests.security.canaries import CANARIES
from tests.security.ground import make_ground

FOOD, BATHS = "DC-SCJ-SPJY", "DC-WJW-GGCS"
POWER = "110101-SCJ-XK-001"
VISIT = "2" * 15
SINCE = date(2026, 1, 1)
# Official accounts: role, organ, service point. Those of the public are CANARIES.
SEATS: dict[str, tuple[str, str, str]] = {
    "no_factor": ("case_officer", "DC-SCJ", ""),
    "old_password": ("case_officer", "DC-SCJ", ""),
    "disabled": ("case_officer", "DC-SCJ", ""),
    "expired": ("case_officer", "DC-SCJ", ""),
    "clerk": ("window_clerk", "DC-ZFJ", "QZW"),
    "clerk_else": ("window_clerk", "DC-ZFJ", "QZW-2"),
    "officer": ("case_officer", "DC-SCJ", ""),
    "officer_2": ("case_officer", "DC-SCJ", ""),
    "recused": ("case_officer", "DC-SCJ", ""),
    "section_head": ("section_head", "DC-SCJ", ""),
    "head": ("head_of_organ", "DC-SCJ", ""),
    "lawyer": ("departmental_legal_unit", "DC-SCJ", ""),
    "officer_else": ("case_officer", "DC-WJW", ""),
    "section_head_else": ("section_head", "DC-WJW", ""),
    "head_else": ("head_of_organ", "DC-WJW", ""),
    "lawyer_else": ("departmental_legal_unit", "DC-WJW", ""),
    "delegate": ("section_head", "DC-FGW", ""),
    "stand_in": ("section_head", "DC-FGW", ""),
    "grantee": ("case_officer", "DC-FGW", ""),
    "verifier": ("case_officer", "DC-FGW", ""),
    "legal_office": ("district_legal_office", "DC-SFJ", ""),
    "keeper": ("exchange_officer", "DC-ZFJ", ""),
    "auditor": ("auditor", "DC-SJJ", ""),
    "supervisor": ("supervisor", "DC-SJJ", ""),
    "system": ("system_administrator", "DC-KXJ", ""),
    "security": ("security_administrator", "DC-KXJ", ""),
    "audit": ("audit_administrator", "DC-KXJ", ""),
}


@dataclass
class Town:
    """The people with their signed-in browsers, and the objects under the labels that the policy uses."""

    people: dict[str, User]
    parties: dict[str, Party]
    cases: dict[str, Case] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    keys: dict[str, Any] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))


def make_town(now: datetime) -> Town:
    """In a district that is there: everybody, cases in several states, drafts, files, notices, proposals."""
    town = Town(people={}, parties={})
    _make_people(town, now)
    _make_cases(town, now)
    _make_parts(town, now)
    _make_drafts(town, now)
    _make_powers(town, now)
    _make_rest(town, now)
    make_ground(town, now)
    _sign_everybody_in(town)
    return town


def _make_people(town: Town, now: datetime) -> None:
    for who, canary in CANARIES.items():
        town.people[who] = User.objects.create(
            username=who, kind="person", display_name=canary.name, created_at=now, password_changed_at=now,
            phone=canary.phone, phone_index=phone_index(canary.phone), email=canary.email,
        )  # fmt: skip
        town.parties[who] = Party.objects.create(
            kind="natural", name=canary.name, created_at=now, id_kind="resident_id", id_number=canary.id_number,
            id_index=id_index("resident_id", canary.id_number), phone=canary.phone, email=canary.email,
            address=canary.address, verified_at=now, verified_by="demo",
        )  # fmt: skip
        _represent(town, who, who, "self", now)
    code = credit_code(77)
    town.parties["company"] = Party.objects.create(
        kind="legal", name="示例（北京）餐饮管理有限公司", id_kind="credit_code", id_number=code,
        id_index=id_index("credit_code", code), legal_representative=CANARIES["head_of_company"].name,
        phone="01065250000", address="北京市东城区示例街1号", created_at=now,
    )  # fmt: skip
    _represent(town, "head_of_company", "company", "legal_representative", now)
    town.keys["agent_of_a"] = _represent(town, "agent", "citizen", "agent", now, "general").pk
    town.keys["agent_of_b"] = _represent(town, "agent_b", "citizen_b", "agent", now, "special").pk
    for serial, (who, (role, organ, point)) in enumerate(SEATS.items()):
        account = User.objects.create(
            username=who, kind="administrator" if role.endswith("_administrator") else "staff",
            display_name=f"工作人员{serial}", created_at=now, password_changed_at=now, staff_number=f"S{serial}",
            must_change_password=who == "old_password",
        )  # fmt: skip
        Seat.objects.create(
            user=account, role=role, organisation=Organisation.objects.get(code=organ), since=SINCE,
            until=timezone.localdate(now) if who == "expired" else None,
            service_point=ServicePoint.objects.get(code=point) if point else None,
        )  # fmt: skip
        town.people[who] = account
    for serial, who in enumerate(("officer", "officer_2", "verifier")):
        Credential.objects.create(
            user=town.people[who], kind="enforcement", number=f"11010100{serial}", issuer="北京市司法局",
            valid_from=SINCE,
        )  # fmt: skip


def _represent(town: Town, who: str, party: str, relation: str, now: datetime, scope: str = "full") -> Representation:
    return Representation.objects.create(
        user=town.people[who], party=town.parties[party], relation=relation, scope=scope, since=SINCE, granted_at=now
    )


def _answer(ask: Any, child: str) -> Any:
    match ask.kind:
        case "choice":
            return ask.choices[0][0]
        case "many":
            return [ask.choices[0][0]]
        case "number":
            return max(1, ask.at_least)
        case "date":
            return "2026-12-31"
        case "money":
            return "1"
        case "yes":
            return True
        case _:
            return child or "示例"


def _presence(canary: Any, now: datetime) -> dict[str, str]:
    """Who stands at the window, by a paper whose number is a secret as well."""
    shown = {"way": "counter", "who": "self", "id_kind": "resident_id", "checked_by": "窗口示例"}
    return {**shown, "name": canary.name, "id_number": canary.id_number, "checked_at": now.isoformat()}


def _draft(town: Town, who: str, party: str, code: str, now: datetime, point: ServicePoint | None = None) -> Draft:
    item = LicensingItem.objects.get(code=code)
    draft = actions.begin(town.people[who], item, now, point=point)
    canary = CANARIES.get(party) or CANARIES["head_of_company"]

    def fill(locked: Draft) -> dict[str, Any]:
        locked.party = town.parties[party]
        asked = [ask for ask in questions.asks(item) if ask.required]
        return {
            "contact": {"name": canary.name, "phone": canary.contact_phone, "address": canary.contact_address},
            "answers": {ask.name: _answer(ask, canary.child) for ask in asked},
            "seen": [sheet.number for sheet in questions.sheets(item)],
            "delivery": {"way": "electronic", "electronic_service": True},
            "presence": _presence(canary, now) if point else {},
            "paper": [{"code": each.code, "copies": 1} for each in item.materials.all()] if point else [],
        }

    draft = actions.save(draft, fill, now)
    if point is None:
        for material in item.materials.all():
            if material.asked:
                file = pdf(f"{material.code}.pdf", f"{who}{material.code}".encode())
                actions.keep_file(draft, material, file, town.people[who], now)
    return draft


def act(town: Town, case: str, step: str, who: str, now: datetime, **facts: Any) -> None:
    """Take a step with everything attested that the row asks for."""
    found = Case.objects.get(pk=town.cases[case].pk)
    row = registry.procedure(found.procedure, found.version).step(step)
    actor = Standing(town.people[who], timezone.localdate(now)).actors(found, row)[0]
    attested = [gate.words for gate in row.needs if gate.attested]
    take(found, step, actor, now, Offer(facts=facts, attested=attested))
    town.cases[case] = Case.objects.get(pk=found.pk)


def _make_cases(town: Town, now: datetime) -> None:
    filed = now - timedelta(minutes=30)

    def online(label: str, who: str, party: str, code: str) -> None:
        draft = _draft(town, who, party, code, filed)
        town.cases[label] = actions.file_application(draft, town.people[who], filed, attested=[TRUTH])

    draft = _draft(town, "clerk", "citizen", FOOD, filed, ServicePoint.objects.get(code="QZW"))
    town.cases["a_filed"] = actions.file_application(
        draft, town.people["clerk"], filed, attested=["已经核对申请人身份"]
    )
    online("a_correct", "citizen", "citizen", FOOD)
    act(town, "a_correct", "notify_deficiency", "officer", now, items=["M2"], requirements="请补正。")
    online("a_ended", "citizen", "citizen", FOOD)
    today = timezone.localdate(now).isoformat()
    act(town, "a_ended", "accept", "officer", now)
    act(town, "a_ended", "grant", "head", now, reasons="符合法定条件。", valid_from=today)
    act(town, "a_ended", "deliver", "officer", now, method="direct", recipient="本人", served_on=today)
    # A delivered licence opens its file.
    town.cases["a_licence"] = Case.objects.get(procedure="approvals.licence_in_force")
    online("b_filed", "citizen_b", "citizen_b", FOOD)
    online("c_elsewhere", "head_of_company", "company", BATHS)
    Case.objects.filter(pk=town.cases["a_filed"].pk).update(handler=town.people["officer"])


def _make_parts(town: Town, now: datetime) -> None:
    """Who has a part in one case alone: it is always a_filed."""
    case, today = town.cases["a_filed"], timezone.localdate(now)
    subject = f"case:{case.pk}"
    Participant.objects.create(case=case, role="third_party", party=town.parties["third"], since=now)
    Participant.objects.create(case=case, role="verifier", user=town.people["verifier"], since=now)
    # A part that has ended gives nothing any more.
    Participant.objects.create(case=case, role="verifier", user=town.people["legal_office"], since=now, until=now)
    assign_perm("casework.view_case", town.people["grantee"], case)
    for who, lender, one in (("delegate", "head", subject), ("stand_in", "section_head", "")):
        town.keys["delegation" if one else "standing_in"] = Delegation.objects.create(
            seat=Seat.objects.get(user=town.people[lender]), to=town.people[who], subject=one, since=today,
            until=today + timedelta(days=30), reason="出差", granted_by=town.people[lender], granted_at=now,
        ).pk  # fmt: skip
    Recusal.objects.create(
        user=town.people["recused"], subject=subject, ground="kin", reason="近亲属",
        decided_by=town.people["head"], decided_at=now,
    )  # fmt: skip
    Recusal.objects.create(  # over: nobody is kept from a case by it
        user=town.people["officer"], subject=subject, ground="kin", reason="近亲属",
        decided_by=town.people["head"], decided_at=now, lifted_at=now,
    )  # fmt: skip


def _make_drafts(town: Town, now: datetime) -> None:
    town.drafts["a_draft"] = _draft(town, "citizen", "citizen", FOOD, now)
    town.drafts["b_draft"] = _draft(town, "citizen_b", "citizen_b", FOOD, now)
    point = ServicePoint.objects.get(code="QZW")
    town.drafts["clerk_draft"] = _draft(town, "clerk", "citizen", FOOD, now, point)
    correction = actions.begin_correction(town.cases["a_correct"], town.people["citizen"], now)
    material = LicensingItem.objects.get(code=FOOD).materials.get(code="M2")
    actions.keep_file(correction, material, pdf("补正.pdf", b"again"), town.people["citizen"], now)
    town.drafts["a_correction"] = correction
    visit = begin_visit(town.cases["a_filed"], town.people["clerk"], point, now)
    actions.keep_file(visit, material, pdf("补正.pdf", b"brought"), town.people["clerk"], now)
    town.drafts["a_visit"] = visit


def _make_powers(town: Town, now: datetime) -> None:
    """A draft of a change of the list, and one that was proposed and returned."""
    organ = Organisation.objects.get(code="DC-SCJ")
    town.drafts["p_draft"] = powers.begin(town.people["head"], organ, "change", POWER, now)
    line = ImportedLine(number=2, code="110101-SCJ-XK-901", name="示例事项", outcome="addition", item=blank())
    town.keys["p_import"] = importing.keep(town.people["head"], organ, "清单.xlsx", [line], now).code
    draft = powers.begin(town.people["head"], organ, "change", POWER, now)
    powers.save(draft, {"item": {**draft.content["item"], "promised": "9个工作日"}}, now)
    row = registry.procedure(PROCEDURE).step(draft.step)
    attested = [gate.words for gate in row.needs if gate.attested]
    facts = {"reason": "压缩时限", "changes": "无"}
    town.cases["p_returned"] = powers.propose(draft, town.people["head"], now, facts=facts, attested=attested)
    act(town, "p_returned", "return_incomplete", "legal_office", now, missing="承诺时限的依据")
    family = Basis.objects.filter(version__power__code=POWER).values_list("family", flat=True)[0]
    text = LegalText.objects.create(title=family, family=family, kind="statute", effective_from=SINCE, digest="new")
    open_checks([Change(text, "new")], now)
    town.cases["p_check"] = Case.objects.get(procedure=BASIS_CHANGE, organ=organ)


def _make_rest(town: Town, now: datetime) -> None:
    day = now.date() + timedelta(days=1)
    Visit.objects.create(
        code=VISIT, point=ServicePoint.objects.get(code="QZW"), person=town.people["citizen"], day=day,
        slot=time_of_day(9, 0), place=1, state="booked", made_at=now,
    )  # fmt: skip
    licence = Licence.objects.get(holder=town.parties["citizen"])
    for label, who, at in (("a_request", "citizen", None), ("clerk_request", "clerk", "QZW")):
        point = ServicePoint.objects.get(code=at) if at else None
        town.drafts[label] = begin_request(licence, CHANGE, town.people[who], now, point)
        material = licence.item.materials.get(code="M2")
        actions.keep_file(town.drafts[label], material, pdf("变更.pdf", who.encode()), town.people[who], now)

    def keep(name: str, documents: QuerySet[Document]) -> None:
        if document := documents.order_by("pk").first():
            town.documents[name] = document

    town.documents["a_ended:certificate"] = Document.objects.get(case=town.cases["a_ended"], paper="xk_licence")
    for label in ("a_draft", "b_draft", "a_correction", "a_request", "clerk_request", "a_visit"):
        keep(label, Document.objects.filter(draft=town.drafts[label], case=None))
    for label, case in town.cases.items():
        for kind in ("material", "paper"):
            keep(f"{label}:{kind}", Document.objects.filter(case=case, kind=kind))
    record = Document.objects.create(
        case=town.cases["a_filed"], kind="record", title="核查记录", added_at=now, added_by=town.people["officer"]
    )
    record.file.save("record.pdf", ContentFile(pdf().read()))
    town.documents["a_filed:record"] = record
    own = Document.objects.create(
        case=town.cases["a_filed"], kind="material", title="意见", added_at=now, added_by=town.people["third"]
    )
    own.file.save("third.pdf", ContentFile(pdf().read()))
    town.documents["a_filed:third"] = own
    for who in ("citizen", "officer"):
        town.keys[f"{who}_notice"] = Notice.objects.create(
            key=f"{who}-notice",
            to=town.people[who],
            case=town.cases["a_filed"],
            subject="只给承办人看的通知",
            created_at=now,
        ).pk
        town.keys[f"{who}_upload"] = Upload.objects.create(
            owner=town.people[who], name="图.pdf", size=9, kinds="pdf", created_at=now, touched_at=now
        ).token
    Document.objects.exclude(kind="paper").update(scan=Document.Scan.CLEAN)
    town.keys["view"] = keep_view(town.people["officer"], "我的视图", "tab=open", now).pk
    town.keys["given_up"] = town.keys["citizen_notice"]
    _bind_second_factor(town.people["officer"])
    town.keys["seat"] = Seat.objects.get(user=town.people["officer"]).pk
    town.keys["request"] = SeatRequest.objects.create(
        user=town.people["officer_2"], role="section_head", organisation=Organisation.objects.get(code="DC-SCJ"),
        since=timezone.localdate(now), reason="任命", proposed_by=town.people["system"], proposed_at=now,
    ).pk  # fmt: skip


def _bind_second_factor(user: User) -> None:
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)


def finish_papers(town: Town, now: datetime) -> None:
    """A file for every paper without the trouble of printing it: whether somebody may have it does not depend on it."""
    for document in Document.objects.filter(kind="paper", made_at=None):
        document.file.save(f"{document.token}.pdf", ContentFile(pdf().read()), save=False)
        document.content_type, document.made_at = "application/pdf", now
        document.save(update_fields=["file", "content_type", "made_at"])


def _sign_everybody_in(town: Town) -> None:
    """Before anybody's account is disabled, so that a session that was open then is tried too."""
    for who, user in town.people.items():
        client = Client()
        client.force_login(user, backend="accounts.backends.SignInBackend")
        session = client.session
        session[limits.SIGNED_IN] = session[limits.SEEN] = time.time()
        if user.kind != "person" and who != "no_factor":
            session[limits.SECOND_FACTOR] = time.time()
        session.save()
        town.cookies[who] = client.cookies["sessionid"].value
    User.objects.filter(username="disabled").update(is_active=False, disabled_at=timezone.now())
