"""Sample cases in every stage, filed and handled through the same doors as real ones. May be repeated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import Party, User
from approvals.actions.drafts import begin, keep_file, save
from approvals.actions.filing import file_application
from approvals.queries import bundles, items, questions
from approvals.queries.bundles import PART, Subject
from approvals.queries.licences import IN_FORCE
from casework import registry
from casework.actions import Offer, settle, take
from casework.models import Case, Draft
from casework.procedure import Ask
from casework.queries.rights import Standing
from law.queries import work_calendar

# An empty page, whole down to its table of objects.
PDF = (
    b"%PDF-1.4\n"
    b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
    b"xref\n"
    b"0 4\n"
    b"0000000000 65535 f \n"
    b"0000000009 00000 n \n"
    b"0000000052 00000 n \n"
    b"0000000101 00000 n \n"
    b"trailer<</Root 1 0 R/Size 4>>\n"
    b"startxref\n"
    b"164\n"
    b"%%EOF\n"
)
FOOD, HYGIENE, BANNER, RESTAURANT = "DC-SCJ-SPJY", "DC-WJW-GGCS", "DC-CGW-BYXC", "DC-YJS-KBCG"
GRANTED = {"reasons": "申请材料齐全，经实地核查符合法定条件、标准。", "scope": "按照申请的项目"}


Happened = tuple[int, str, str, str, Mapping[str, Any]]


@dataclass(frozen=True)
class Sample:
    """One sample case: what for, by whom, filed so many working days ago, and the acts that followed.

    An act is (working days ago, account, role, step, facts); facts may name people by their account. `later` are acts
    in the file of the licence that came of it; without an account the law acts. Of a bundle, `asked` are the answers
    that decide which items are needed, and a step of a part is written ITEM:STEP.
    """

    key: str
    item: str
    applicant: str
    for_company: bool
    filed: int
    acts: tuple[Happened, ...] = ()
    later: tuple[Happened, ...] = ()
    asked: Mapping[str, str] = field(default_factory=dict)


def _accepted(word: str, days: int) -> Happened:
    return (days, f"{word}-officer", "case_officer", "accept", {})


def _verified(word: str, days: int) -> tuple[Happened, ...]:
    officers = [f"{word}-officer", f"{word}-officer2"]
    findings = {
        "signed_by": officers,
        "verified_on": 0,
        "place": "经营场所",
        "findings": "场所、设备与申请材料一致。",
        "conclusion": "fits",
    }
    return (
        (days, f"{word}-section", "section_head", "assign_verification", {"officers": officers, "verify_on": 0}),
        (days - 1, f"{word}-officer", "case_officer", "record_verification", findings),
    )


def _granted(word: str, days: int) -> Happened:
    return (days, f"{word}-head", "head_of_organ", "grant", {**GRANTED, "valid_from": 0})


def _delivered(word: str, days: int, recipient: str) -> Happened:
    return (days, f"{word}-officer", "case_officer", "deliver",
            {"method": "electronic", "recipient": recipient, "served_on": 0})  # fmt: skip


def _granted_until(word: str, days: int, left: int) -> Happened:
    """Granted so many working days ago, for so many days."""
    return (days, f"{word}-head", "head_of_organ", "grant", {**GRANTED, "valid_from": 0, "valid_to": -left})


SAMPLES = (
    Sample("new", FOOD, "citizen", True, 0),
    Sample("waiting", FOOD, "agent", True, 3),
    Sample("last-day", FOOD, "neighbour", False, 5),
    Sample("deficient", FOOD, "neighbour", False, 4, (
        (2, "scj-officer", "case_officer", "notify_deficiency",
         {"items": ["M1"], "requirements": "申请书第二页没有签字，请补签后重新提交。", "correct_by": -10}),
    )),
    Sample("examined", FOOD, "citizen", True, 9, (_accepted("scj", 8), *_verified("scj", 4))),
    Sample("nearly-due", FOOD, "agent", True, 20, (_accepted("scj", 18), *_verified("scj", 9))),
    Sample("overdue", HYGIENE, "neighbour", False, 25, (_accepted("wjw", 23),)),
    Sample("hygiene", HYGIENE, "citizen", True, 6, (_accepted("wjw", 5), *_verified("wjw", 3))),
    Sample("to-deliver", FOOD, "citizen", True, 14, (_accepted("scj", 13), *_verified("scj", 9), _granted("scj", 2))),
    Sample("delivered", HYGIENE, "citizen", True, 30, (
        _accepted("wjw", 28), *_verified("wjw", 24), _granted("wjw", 20),
        (18, "wjw-officer", "case_officer", "deliver",
         {"method": "electronic", "recipient": "示例居民甲", "served_on": 0}),
    )),
    # A licence that ends in about two months: its holder can renew it in time.
    Sample("ending", FOOD, "citizen", True, 60, (
        _accepted("scj", 59), *_verified("scj", 55), _granted_until("scj", 50, 135),
        _delivered("scj", 48, "示例居民甲"),
    )),
    # A licence that should not have been granted: its holder was told and heard, and it was revoked.
    Sample("revoked", HYGIENE, "neighbour", False, 58, (
        _accepted("wjw", 57), *_verified("wjw", 54), _granted("wjw", 51), _delivered("wjw", 50, "示例居民乙"),
    ), (
        (30, "wjw-officer", "case_officer", "notify_revocation_intent",
         {"reasons": "复核发现，准予许可时场所的通风设施不符合卫生要求。"}),
        (29, "wjw-officer", "case_officer", "record_intent_told",
         {"told_on": 0, "recipients": "电子送达，示例居民乙"}),
        (22, "", "the_law", "lapse_rights", {}),
        (15, "wjw-head", "head_of_organ", "revoke_for_organ_fault",
         {"ground": "69(1)(4)", "reasons": "准予许可时场所的通风设施不符合卫生要求。",
          "compensation": "因撤销许可受到的损失，可以依法申请赔偿"}),
    )),
    # A restaurant for which three departments work at once; the banner waits for the food licence.
    Sample("restaurant", RESTAURANT, "citizen", True, 16, (
        (15, "scj-officer", "case_officer", "circulate_for_check", {}),
        (14, "scj-officer", "case_officer", f"{FOOD}:report_complete", {}),
        (14, "wjw-officer", "case_officer", f"{HYGIENE}:report_complete", {}),
        (13, "cgw-officer", "case_officer", f"{BANNER}:report_complete", {}),
        (13, "scj-officer", "case_officer", "accept", {}),
        (8, "wjw-head", "head_of_organ", f"{HYGIENE}:agree", {"reasons": "卫生设施符合国家标准。"}),
    ), asked={"registered": "yes", "books": "no", "lodging": "yes", "banner": "yes", "crowd": "no"}),
    Sample("refused", FOOD, "neighbour", False, 22, (
        _accepted("scj", 20),
        (10, "scj-head", "head_of_organ", "refuse",
         {"reasons": "经营场所与有毒、有害场所的距离不符合规定，不具备法定条件。"}),
    )),
)  # fmt: skip


def seed(at: datetime) -> int:
    """Make the sample cases that are not there yet, everything in the order of time; answers how many were made."""
    drafts = {sample.key: _draft(sample, _moment(at, sample.filed, 0)) for sample in SAMPLES}
    new = [sample for sample in SAMPLES if drafts[sample.key].case_id is None]
    filed: dict[str, Case] = {}
    events: list[tuple[datetime, Sample, Happened | None]] = [(_moment(at, each.filed, 0), each, None) for each in new]
    for sample in new:
        every = (*sample.acts, *sample.later)
        events += [(_moment(at, act[0], order), sample, act) for order, act in enumerate(every, 1)]
    for moment, sample, act in sorted(events, key=lambda event: event[0]):
        if act is None:
            filed[sample.key] = _file(sample, drafts[sample.key], moment)
        elif act in sample.later:
            _act(filed[sample.key].children.get(procedure=IN_FORCE), *act[1:], moment)
        else:
            _act(filed[sample.key], *act[1:], moment)
    return len(new)


def _draft(sample: Sample, filed: datetime) -> Draft:
    """The draft of a sample: the same one, submitted or not, however often it is asked for."""
    item = _item(sample, filed)
    known = {"asked": dict(sample.asked), "chosen": [one.code for one in item.members]} if sample.asked else {}  # type: ignore[union-attr]
    user = User.objects.get(username=sample.applicant)
    return begin(user, item, filed, key=f"demo:{sample.key}", content=known)


def _item(sample: Sample, on: datetime) -> Subject:
    day = timezone.localdate(on)
    found = bundles.bundle(sample.item, day) if sample.asked else None
    if found:
        item: Subject | None = bundles.whole(sample.item, day, bundles.needed(found, sample.asked))
    else:
        item = items.guide(sample.item, day)
    if item is None:
        raise LookupError(f"{sample.item} is not published: run load_items first")
    return item


def _file(sample: Sample, draft: Draft, filed: datetime) -> Case:
    item = _item(sample, filed)
    owner = User.objects.get(username=sample.applicant)
    party = _party(owner, sample.for_company, filed)
    save(draft, lambda locked: _content(locked, item, party), filed)
    for material in item.materials.all():
        if material.asked:
            keep_file(draft, material, SimpleUploadedFile(f"{material.code}.pdf", PDF), owner, filed)
    row = registry.procedure(draft.procedure).step("submit")
    return file_application(draft, owner, filed, attested=[gate.words for gate in row.needs if gate.attested])


def _act(case: Case, account: str, role: str, step: str, facts: Mapping[str, Any], moment: datetime) -> None:
    case.refresh_from_db()
    item, _, step = step.rpartition(":")
    if item:
        case = case.children.get(procedure=PART, matter=item)
    if not account:
        settle(case, moment)
        return
    user = User.objects.get(username=account)
    row = registry.procedure(case.procedure).step(step)
    actor = next(each for each in Standing(user, timezone.localdate(moment)).actors(case, row) if each.role == role)
    said = {name: _fact(value, moment) for name, value in facts.items()}
    take(case, step, actor, moment, Offer(facts=said, attested=[gate.words for gate in row.needs if gate.attested]))


def _fact(value: Any, moment: datetime) -> Any:
    """Numbers are days from the act on, account names are their keys."""
    if isinstance(value, int):
        return (timezone.localdate(moment) - timedelta(days=value)).isoformat()
    if isinstance(value, list):
        known = dict(User.objects.filter(username__in=value).values_list("username", "pk"))
        return [str(known.get(name, name)) for name in value]
    return value


def _moment(at: datetime, working_days_ago: int, order: int) -> datetime:
    """An hour of work so many working days ago; never later than `at`."""
    calendar = work_calendar()
    day = calendar.add_working_days(calendar.previous_working_day(timezone.localdate(at)), -working_days_ago)
    moment = timezone.make_aware(datetime.combine(day, time(9, 5 * order)))
    return min(moment, at)


def _party(user: User, company: bool, at: datetime) -> Party:
    kind = Party.Kind.LEGAL if company else Party.Kind.NATURAL
    return next(
        each.party for each in Standing(user, timezone.localdate(at)).representations if each.party.kind == kind
    )


def _content(draft: Any, item: Subject, party: Party) -> dict[str, Any]:
    draft.party = party
    return {
        "answers": {ask.name: _answer(ask) for ask in questions.asks(item)},
        "contact": {"name": "示例联系人", "phone": "13800000001", "address": "北京市东城区示例大街2号"},
        "delivery": {"way": "electronic", "electronic_service": True},
        "seen": [sheet.number for sheet in questions.sheets(item)],
    }


def _answer(ask: Ask) -> Any:
    samples: dict[str, Any] = {
        "line": f"示例{ask.label}"[:40], "text": f"示例{ask.label}，与实际情况一致。", "date": "2026-12-01",
        "money": "100000.00", "number": max(ask.at_least, 3), "yes": True,
    }  # fmt: skip
    if ask.kind == "choice":
        return ask.choices[0][0]
    if ask.kind == "many":
        return [value for value, _ in ask.choices[: max(ask.at_least, 1)]]
    return samples[ask.kind]
