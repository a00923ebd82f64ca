"""What the pages of a survey are about: a case in each state, drafts, papers that stand and that do not, sessions.

Runs inside the portal (`portal.manage("shell", "-c", …)`), where its database is: see `build`.
"""

from __future__ import annotations

import json
import time
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from tests.journeys.world_counter import visit
from tests.journeys.world_powers import imported, lend

if TYPE_CHECKING:
    from tests.running import Portal

MARK = "WORLD "


def build(portal: Portal) -> dict[str, Any]:
    """The world, made in the portal: `sessions` of its people by account, and the words that addresses need."""
    said = portal.manage("shell", "-v", "0", "-c", "from tests.journeys.world import tell; tell()")
    found: dict[str, Any] = json.loads(said.split(MARK)[1])
    return found


def tell() -> None:
    """Inside the portal: make it all and say where it is."""
    from django.utils import timezone

    at = timezone.now()
    things = {**_cases(at), **_drafts(at), **_papers(at), **_people(at)}
    visit(things["waiting"], at)
    things |= _request(things["licence"], at) | _ground() | _exchange(at) | _documents() | _making(at) | _complaints()
    print(MARK + json.dumps({"sessions": _sessions(), "broken": _broken(), **things}))


def _sessions() -> dict[str, str]:
    """A session of every demonstration account that has shown both factors a moment ago."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.cached_db import SessionStore

    from accounts import limits
    from accounts.models import User

    made = {}
    for user in User.objects.filter(is_demo=True):
        now, session = time.time(), SessionStore()
        late = now + 3600  # however long the visits take, no session stands idle and no proof is stale
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), "accounts.backends.SignInBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session[limits.SIGNED_IN] = now
        session[limits.SEEN] = session[limits.SECOND_FACTOR] = late
        session["account_authentication_methods"] = [{"method": "password", "at": late, "username": user.username}]
        session["account_authentication_methods_user"] = str(user.pk)
        session.create()
        made[user.username] = str(session.session_key)
    return made


def _cases(at: Any) -> dict[str, Any]:
    """A case of the demonstration for each state, by the state's name; and one law."""
    from datetime import date
    from pathlib import Path

    from django.conf import settings

    from casework.models import Case, Document, Draft
    from law.actions import import_laws
    from law.models import LegalText
    from law.signals import Change
    from powerlist.actions.basis_changes import open_checks
    from powerlist.queries.basis_changes import PROCEDURE

    import_laws(Path(settings.BASE_DIR) / "tests" / "law" / "texts")
    older = Case.objects.filter(
        procedure__regex="^(approvals|powerlist)[.]"
    )  # whose states have their names to themselves
    states = {f"case_{case.state}": case.code for case in older.order_by("-organ__code", "pk")}
    waiting = Case.objects.filter(state="awaiting_correction").order_by("pk").first()
    held = Case.objects.filter(procedure="approvals.licence_in_force", state="in_force", applicant__kind="legal")
    file = held.latest("pk")
    certificate = Document.objects.filter(paper="xk_licence", case=file.parent).earliest("pk")
    changed = Case.objects.filter(procedure="powerlist.change", state="in_effect").earliest("pk")
    draft = Draft.objects.filter(procedure="powerlist.change", case=None).earliest("pk")
    # In force for years: other journeys record what came in days ago, and its basis has to stand on that day.
    statute = LegalText.objects.create(
        title="中华人民共和国食品安全法", family="食品安全法", kind="statute", effective_from=date(2021, 4, 29),
        digest="food",
    )  # fmt: skip
    open_checks([Change(statute, "new")], at)
    check = Case.objects.get(procedure=PROCEDURE, organ__code="DC-SCJ")
    return {
        **states, "power": changed.matter, "power_draft": draft.code, "power_import": imported(),
        "power_import_done": imported(done=True), "basis_check": check.code, "lent_seat": lend(at),
        "waiting": waiting.code if waiting else "", "law": LegalText.objects.earliest("pk").pk,
        "licence": file.code, "certificate": certificate.token,
    }  # fmt: skip


def _documents() -> dict[str, Any]:
    """Two documents of the catalogue: one in force, and the one that it replaced, which was amended before."""
    from datetime import date
    from pathlib import Path

    from django.conf import settings

    from regulations.actions.entering import end, enter
    from regulations.actions.importing import import_normative_documents
    from regulations.models import NormativeDocument

    import_normative_documents(Path(settings.BASE_DIR) / "tests" / "regulations" / "data" / "documents.jsonl")
    new, old = (
        NormativeDocument.objects.get(number=number) for number in ("东商务规〔2024〕1号", "东商务规〔2018〕2号")
    )
    amended = old.versions.get().body.replace("明码标价", "在醒目的位置明码标价，并且接受居民的监督")
    enter(old, amended, version_on=date(2020, 5, 1), effective_from=date(2020, 6, 1))
    end(old, date(2024, 4, 14), "replaced", replaced_by=new)
    return {"document": new.pk, "document_ended": old.pk}


def _complaints() -> dict[str, Any]:
    """The sample complaints: one under a name, one without."""
    from casework.models import Case
    from portal.demo.complaints import NAMED, UNNAMED

    named, unnamed = (Case.objects.get(draft__code=code) for code in (NAMED, UNNAMED))
    return {"named_code": named.code, "unnamed_code": unnamed.code, "unnamed_number": unnamed.number}


def _drafts(at: Any) -> dict[str, Any]:
    """A draft just begun, one with everything filled in and one at the window."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.utils import timezone

    from accounts.models import Party, ServicePoint, User
    from approvals.actions.drafts import begin, keep_file, save
    from approvals.queries import items
    from casework.models import Document, Draft
    from casework.queries.rights import Standing
    from portal.demo.cases import FOOD, HYGIENE, PDF, _content

    citizen, clerk = User.objects.get(username="citizen"), User.objects.get(username="scj-window")
    food, hygiene = (items.guide(code, timezone.localdate(at)) for code in (FOOD, HYGIENE))
    assert food
    assert hygiene
    empty = begin(citizen, hygiene, at, key="world:empty")
    full = begin(citizen, food, at, key="world:full")
    standing = Standing(citizen, timezone.localdate(at))
    party = next(one.party for one in standing.representations if one.party.kind == Party.Kind.LEGAL)
    save(full, lambda locked: _content(locked, food, party), at)
    for material in food.materials.all():
        if material.asked:
            last, kept = material, keep_file(full, material, SimpleUploadedFile("材料.pdf", PDF), citizen, at)
    for width, scan, finding in (
        (b"596", "held", ""),
        (b"597", "infected", "示例"),
        (b"598", "refused", "文件已经损坏"),
    ):
        upload = SimpleUploadedFile(f"平面图{width.decode()}.pdf", PDF.replace(b"595", width))
        one = keep_file(full, last, upload, citizen, at)
        state = {"scan": scan, "finding": finding, "scanned_by": "clamd", "next_try_at": at + timedelta(days=1)}
        Document.objects.filter(pk=one.pk).update(**state)
    window = begin(clerk, food, at, point=ServicePoint.objects.get(code="SCJ"), key="world:window")
    filed = Draft.objects.filter(owner=citizen, case__isnull=False).order_by("pk").first()
    return {
        "item": food.code, "material": kept.slot, "file": kept.token, "empty": empty.code, "full": full.code,
        "window": window.code, "filed": filed.code if filed else "",
    }  # fmt: skip


def _papers(at: Any) -> dict[str, Any]:
    """A paper that stands, one that was replaced, and the newer one, void."""
    from casework.models import Document

    valid = Document.objects.filter(kind="paper", made_at__isnull=False, replaces=None).order_by("pk").first()
    assert valid, "no paper is made yet"
    old, new = (
        Document.objects.get_or_create(
            organ=valid.organ, number=f"{valid.number}{ending}",
            defaults={
                "kind": "paper", "case": valid.case, "act": valid.act, "paper": valid.paper, "title": valid.title,
                "added_at": at, "issued_on": valid.issued_on, "made_at": at, "file": valid.file.name,
                "sha256": valid.sha256,
            },
        )[0]
        for ending in ("之一", "之二")
    )  # fmt: skip
    Document.objects.filter(pk=new.pk).update(replaces=old, voided_at=at, void_reason="重复制发")
    return {"valid": valid.token, "replaced": old.token, "void": new.token}


def _people(at: Any) -> dict[str, Any]:
    """The keys of accounts, seats, parties and a proposal that the administrators' and citizens' pages are about."""
    from django.utils import timezone

    from accounts import actions
    from accounts.models import Organisation, Party, Representation, Seat, SeatRequest, User
    from casework.models import SavedView

    officer, admin = User.objects.get(username="wjw-officer2"), User.objects.get(username="sysadmin")
    organ = Organisation.objects.get(code="DC-WJW")
    request = SeatRequest.objects.filter(user=officer, outcome="pending").first() or actions.propose_seat(
        officer, "section_head", organ, since=timezone.localdate(at), until=None, reason="示例任职文件", by=admin, at=at
    )
    section = User.objects.get(username="scj-section")
    filtered = {"query": "tab=open&q=食品", "saved_at": at}
    view, _ = SavedView.objects.get_or_create(owner=section, name="餐饮", defaults=filtered)
    company = Party.objects.filter(kind=Party.Kind.LEGAL).order_by("pk").first()
    agency = Representation.objects.filter(user__username="agent", party=company).first()
    own = Representation.objects.filter(user__username="citizen", relation="self").first()
    assert company
    assert agency
    assert own
    return {
        "user": officer.pk, "seat": Seat.objects.filter(user=officer).earliest("pk").pk, "request": request.pk,
        "view": view.pk,
        "party": company.pk, "agency": agency.pk, "self": own.party_id,
    }  # fmt: skip


def _request(code: str, at: Any) -> dict[str, Any]:
    """A change of a licence, written down by its holder and at a window: what is left is to look and to submit."""
    from accounts.models import ServicePoint, User
    from approvals.actions.drafts import save
    from approvals.actions.licences import begin_request
    from approvals.queries import licences
    from casework.models import Case

    licence = licences.licence_of(Case.objects.get(code=code))
    assert licence
    material = licence.item.materials.filter(shared_from="").earliest("pk")
    asked = {ask.name: f"{now}（新）" for ask, now in licences.changeable(licence) if ask.kind in ("line", "text")}
    for user, point in (("citizen", None), ("window", ServicePoint.objects.get(code="QZW"))):
        draft = begin_request(licence, licences.CHANGE, User.objects.get(username=user), at, point)
        seen = {
            "way": "counter", "who": "head", "name": "示例居民甲", "id_kind": "passport", "id_number": "E12345678",
            "checked_by": "窗口人员", "checked_at": at.isoformat(),
        }  # fmt: skip
        said = {"reasons": "更名", "values": asked, **({"presence": seen} if point else {})}
        save(draft, partial(_said, said), at)
    return {"part": material.code}


def _said(said: dict[str, Any], _: Any) -> dict[str, Any]:
    return said


def _ground() -> dict[str, Any]:
    """The keys of what the lists of the demonstration hold."""
    from powerlist.models import Activity, Catalogue, Transfer

    activity = Activity.objects.filter(organ__code="110101010").earliest("pk")
    return {
        "catalogue": Catalogue.objects.latest("number").pk, "transfer": Transfer.objects.latest("pk").pk,
        "activity": activity.pk,
    }  # fmt: skip


def _exchange(at: Any) -> dict[str, Any]:
    """A filing of the city that waits for somebody, one for which something is proposed, a day with differences."""
    from django.utils import timezone

    from accounts.models import User
    from casework.models import Message
    from exchange.actions import desk
    from exchange.models import Reconciliation

    held, proposed = (
        Message.objects.create(
            direction="in",
            peer="110000",
            kind="filing",
            key=f"world-{number}",
            stream=f"BJ-2026-{number}",
            sequence=1,
            digest="0" * 64,
            state="held",
            written_at=at,
            created_at=at,
            error="材料编码不在公布的材料目录以内",
            body={"item": "DC-SCJ-SPJY", "materials": [{"code": "M22", "name": "平面图.pdf", "content": "AAAA"}]},
        )
        for number in (1, 2)
    )
    desk.propose(proposed, "reject", User.objects.get(username="exchange"), at, reason="材料编码不存在")
    run = Reconciliation.objects.create(
        day=timezone.localdate(at), at=at, equal=False, count=1, pending=2,
        figures=[{
            "direction": "out", "kind": "status", "ours": 12, "theirs": 11, "ours_digest": "0", "theirs_digest": "1",
        }],
        differences=[{"direction": "out", "kind": "status", "key": "0" * 36, "what": "missing_there"}],
    )  # fmt: skip
    return {"message": held.pk, "message_proposed": proposed.pk, "book": run.pk}


def _broken() -> dict[str, str]:
    """Pages that a visitor meets when something is wrong on our side, as the product itself makes them."""
    from django.contrib.auth.models import AnonymousUser
    from django.contrib.sessions.backends.cached_db import SessionStore
    from django.db import OperationalError
    from django.test import RequestFactory

    from portal.views import errors

    request = RequestFactory().get("/")
    request.user, request.session = AnonymousUser(), SessionStore()
    pages = {"429": errors.too_many(request, 600), "500": errors.server_error(request)}
    try:
        raise OperationalError
    except OperationalError:
        pages["503"] = errors.server_error(request)
    return {status: page.content.decode() for status, page in pages.items()}


def paths() -> None:
    """Inside the portal: cases that wait for what tests/journeys/test_paths.py does with them, by the name of that.

    `heard` was accepted weeks ago; a neighbour was told, asked for a hearing in time, and it is to be held today.
    """
    from django.utils import timezone

    from accounts.models import User
    from approvals.actions import add_interested
    from portal.demo.cases import FOOD, Sample, _act, _draft, _file, _moment

    at = timezone.now()
    made = {}
    for name in ("elsewhere", "withdrawn", "neighbours", "heard"):
        sample = Sample(f"path-{name}", FOOD, "citizen", True, 20 if name == "heard" else 0)
        filed = _moment(at, sample.filed, 0)
        made[name] = _file(sample, _draft(sample, filed), filed)
    _act(made["neighbours"], "scj-officer", "case_officer", "accept", {}, at)
    heard, officer = made["heard"], "scj-officer"
    _act(heard, officer, "case_officer", "accept", {}, _moment(at, 19, 1))
    party = add_interested(
        heard, kind="natural", name="示例居民乙", id_kind="resident_id", id_number="110101198505123457",
        phone="", address="", reason="住在楼上", by=User.objects.get(username=officer), at=_moment(at, 18, 1),
    )  # fmt: skip
    today = timezone.localdate(at)
    presider = str(User.objects.get(username="scj-officer2").pk)
    when = {"hearing_on": today.isoformat(), "until": (today + timedelta(days=2)).isoformat()}
    for days, who, role, step, facts in (
        (18, officer, "case_officer", "tell_interested_party",
         {"third_party": str(party.pk), "interest": "油烟影响楼上住户", "answer_by": -5}),
        (17, officer, "case_officer", "notify_hearing_right", {"interest": "油烟影响楼上住户"}),
        (16, officer, "case_officer", "record_hearing_right_told", {"told_on": 0, "recipients": "电子送达"}),
        (14, "neighbour", "third_party", "request_hearing", {}),
        (13, "scj-section", "section_head", "appoint_presider", {"presider": presider}),
        (12, "scj-section", "section_head", "notify_hearing_date",
         {**when, "hearing_time": "上午9时30分", "place": "区政务服务中心听证室"}),
    ):  # fmt: skip
        _act(heard, who, role, step, facts, _moment(at, days, 2))
    print(MARK + json.dumps({name: case.code for name, case in made.items()}))


def _making(at: Any) -> dict[str, Any]:
    """Documents of the demonstration on their way, and a proposal just begun."""
    from accounts.models import Organisation, User
    from casework.models import Case
    from regulations.actions import writing
    from regulations.models import Consultation, Hearing

    def newest(state: str, procedure: str = "regulations.document") -> str:
        return Case.objects.filter(procedure=procedure, state=state).latest("pk").code

    head, organ = User.objects.get(username="scj-head"), Organisation.objects.get(code="DC-SCJ")
    return {
        "consultation": Consultation.objects.filter(closed_by=None).latest("pk").pk,
        "hearing": Hearing.objects.get(closed_by=None).pk, "heard": newest("hearing_announced"),
        "making": newest("consulting"), "review": newest("legality_review"), "proposed_making": newest("proposed"),
        "cleanup": Case.objects.get(procedure="regulations.cleanup").code,
        "filing": newest("due", "regulations.filing"), "proposal": writing.begin(head, writing.PROPOSE, organ, at).code,
    }  # fmt: skip
