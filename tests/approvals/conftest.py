"""The district with its organs, limits and items, one organ's people, a citizen and a company."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from PIL import Image

from accounts.actions import load_organisations
from accounts.models import Credential, Organisation, Party, Representation, Seat, ServicePoint, User
from accounts.queries import id_index
from approvals import actions
from approvals.actions import file_application, load_bundles, load_items
from approvals.models import LicensingItem
from casework import registry
from casework.actions import Offer, take
from casework.models import Act, Case, Deadline, Draft
from casework.queries.rights import Standing
from law.actions import load_law
from powerlist.actions.stock import load_powers
from tests.accounts.people import sign_in

BEIJING = ZoneInfo("Asia/Shanghai")
MADE = datetime(2026, 1, 5, 9, tzinfo=BEIJING)
FOOD, CONSTRUCTION, FUN = "DC-SCJ-SPJY", "DC-ZJW-SGXK", "DC-WLJ-YLCS"
CONTACT = {"name": "王示例", "phone": "13800000000", "address": "北京市东城区示例胡同1号"}
ANSWERS = {
    "shop_name": "示例小吃店",
    "shop_address": "东城区示例街1号一层",
    "area": 60,
    "business_type": "catering",
    "projects": ["hot", "cold"],
    "online": "no",
    "manager": "李示例",
    "staff": 5,
}
TRUTH = "本人承诺所提交的材料真实，并对其真实性负责"


def moment(text: str) -> datetime:
    """2026-03-02T09:00 in Beijing."""
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def pdf(name: str = "平面图.pdf", words: bytes = b"x") -> SimpleUploadedFile:
    """A small whole PDF; other words make another file."""
    return SimpleUploadedFile(
        name, b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%" + words + b"\n%%EOF\n", "application/pdf"
    )


def png(name: str = "照片.png") -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def ofd(name: str = "文书.ofd") -> SimpleUploadedFile:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("OFD.xml", "<OFD/>")
    return SimpleUploadedFile(name, content.getvalue(), "application/ofd")


@dataclass
class World:
    """Everybody whom a licence needs."""

    organ: Organisation
    citizen: User
    person: Party
    company: Party
    stranger: User
    officer: User
    second: User
    section_head: User
    head: User
    lawyer: User
    clerk: User
    point: ServicePoint

    def item(self, code: str = FOOD) -> LicensingItem:
        return LicensingItem.objects.get(code=code)

    def draft(self, at: str = "2026-03-02T09:00", party: Party | None = None, files: bool = True) -> Draft:
        """A draft of the food licence with everything filled in."""
        draft = actions.begin(self.citizen, self.item(), moment(at))
        chosen = party or self.company

        def fill(locked: Draft) -> dict[str, Any]:
            locked.party = chosen
            return {
                "contact": CONTACT,
                "answers": ANSWERS,
                "seen": [1, 2, 3],
                "delivery": {"way": "electronic", "electronic_service": True},
            }

        draft = actions.save(draft, fill, moment(at))
        if files:
            for material in self.item().materials.all():
                if material.asked:
                    words = material.code.encode()
                    actions.keep_file(draft, material, pdf(f"{material.code}.pdf", words), self.citizen, moment(at))
        return draft

    def file(self, at: str = "2026-03-02T09:00", **more: Any) -> Case:
        return file_application(self.draft(at, **more), self.citizen, moment(at), attested=[TRUTH])

    def take(self, case: Case, step: str, by: User, at: str, **facts: Any) -> Act:
        """Take a step with everything attested that the row asks for."""
        row = registry.procedure(case.procedure, case.version).step(step)
        case.refresh_from_db()
        actor = Standing(by, moment(at).date()).actors(case, row)[0]
        attested = [gate.words for gate in row.needs if gate.attested]
        return take(case, step, actor, moment(at), Offer(facts=facts, attested=attested))

    def accepted(self, at: str = "2026-03-03T10:00", **more: Any) -> Case:
        case = self.file(**more)
        self.take(case, "accept", self.officer, at)
        return case

    def ended(self, at: str = "2026-03-05T10:00") -> Case:
        """A matter that has come to its end."""
        case = self.file()
        self.take(case, "tell_no_licence_needed", self.officer, at, reasons="不需要取得行政许可。")
        case.refresh_from_db()
        return case

    def granted(self, at: str = "2026-03-06T10:00") -> Case:
        case = self.accepted()
        self.take(case, "grant", self.head, at, reasons="符合法定条件。", valid_from=at[:10])
        return case

    def clear_bars(self) -> None:
        """The company may apply again, whatever an earlier case barred it from."""
        Deadline.objects.filter(party=self.company, owner="party").update(due_on=date(2026, 1, 1))

    def client(self, user: User) -> Client:
        return sign_in(Client(), user)


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> None:
    """Uploaded files of a test lie in its own directory."""
    settings.MEDIA_ROOT = tmp_path


def make_district() -> None:
    """Organs, limits, calendar, items and the powers behind them, as every portal has them."""
    load_organisations()
    load_law()
    load_items(MADE)
    load_bundles(MADE)
    load_powers(bound_only=True)


def make_world() -> World:
    """One organ's people, a citizen and a company, in a district that is there."""
    organ = Organisation.objects.get(code="DC-SCJ")
    point = ServicePoint.objects.get(code="QZW")

    def user(
        name: str, kind: str, role: str = "", at: Organisation | None = None, place: ServicePoint | None = None
    ) -> User:
        account = User.objects.create(
            username=name, kind=kind, display_name=f"{name}示例", created_at=MADE, password_changed_at=MADE
        )
        if role:
            Seat.objects.create(
                user=account, role=role, organisation=at or organ, service_point=place, since=date(2026, 1, 1)
            )
        return account

    citizen, stranger = user("citizen", "person"), user("stranger", "person")
    person = Party.objects.create(kind="natural", name="王示例", created_at=MADE)
    other = Party.objects.create(kind="natural", name="赵示例", created_at=MADE)
    code = "91110101MA01A2BC38"
    company = Party.objects.create(
        kind="legal",
        name="示例（北京）餐饮管理有限公司",
        id_kind="credit_code",
        id_number=code,
        phone="13800000000",
        id_index=id_index("credit_code", code),
        legal_representative="王示例",
        address="北京市东城区示例街1号",
        created_at=MADE,
    )
    for account, party, relation in (
        (citizen, person, "self"),
        (citizen, company, "legal_representative"),
        (stranger, other, "self"),
    ):
        Representation.objects.create(
            user=account, party=party, relation=relation, since=date(2026, 1, 1), granted_at=MADE
        )
    hall = Organisation.objects.get(code="DC-ZFJ")
    world = World(
        organ=organ,
        citizen=citizen,
        person=person,
        company=company,
        stranger=stranger,
        officer=user("officer", "staff", "case_officer"),
        second=user("second", "staff", "case_officer"),
        section_head=user("section", "staff", "section_head"),
        head=user("head", "staff", "head_of_organ"),
        lawyer=user("lawyer", "staff", "departmental_legal_unit"),
        clerk=user("clerk", "staff", "window_clerk", hall, point),
        point=point,
    )
    for account, number in ((world.officer, "110101001"), (world.second, "110101002")):
        Credential.objects.create(
            user=account, kind="enforcement", number=number, issuer="北京市司法局", valid_from=date(2026, 1, 1)
        )
    return world


@pytest.fixture(scope="module")
def district(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Made once for a module, within a transaction that its end undoes: it takes half a second."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_district()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def world(district: None, db: None) -> World:
    return make_world()
