"""One account for each role, so that a newcomer can walk every way. May be repeated: what is there stays."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone

from accounts import actions, queries
from accounts.models import Organisation, Party, ServicePoint, User
from accounts.realname import LocalFake

SINCE = date(2026, 1, 1)
SECRET = "JBSWY3DPEHPK3PXP"  # the sample authenticator of every demo official; no secret: its codes are shown  # noqa: S105


@dataclass(frozen=True)
class Official:
    """A sample official: account, name, and seats as (role, code of the organ, code of the service point)."""

    username: str
    name: str
    seats: tuple[tuple[str, str, str], ...]
    credentials: tuple[str, ...] = field(default=())


def _organ(code: str, word: str, *extra: Official) -> tuple[Official, ...]:
    """The people whom a licensing organ needs."""
    enforcement = ("enforcement",)
    return (
        Official(f"{word}-officer", "承办人甲（示例）", (("case_officer", code, ""),), enforcement),
        Official(f"{word}-officer2", "承办人乙（示例）", (("case_officer", code, ""),), enforcement),
        Official(f"{word}-section", "科长（示例）", (("section_head", code, ""),), enforcement),
        Official(
            f"{word}-legal", "法制审核员（示例）", (("departmental_legal_unit", code, ""),), ("legal_qualification",)
        ),
        Official(f"{word}-head", "局领导（示例）", (("head_of_organ", code, ""),)),
        *extra,
    )


def _two(code: str, word: str) -> tuple[Official, ...]:
    """The two people of an organ that makes something public: one enters, the other publishes."""
    return (
        Official(f"{word}-officer", "承办人甲（示例）", (("case_officer", code, ""),)),
        Official(f"{word}-head", "单位负责人（示例）", (("head_of_organ", code, ""),)),
    )


OFFICIALS = (
    Official("service-manager", "政务服务中心负责人（示例）", (("section_head", "DC-ZFJ", ""),)),
    Official("window", "综合窗口人员（示例）", (("window_clerk", "DC-ZFJ", "QZW"),)),
    Official("window-station", "社区服务站人员（示例）", (("window_clerk", "SQ-HPL-1-W", "SQ-HPL-1"),)),
    Official("window-street", "街道窗口人员（示例）", (("window_clerk", "110101010", "JD-HPL"),)),
    *_organ("DC-SCJ", "scj", Official("scj-window", "市场监管窗口人员（示例）", (("window_clerk", "DC-SCJ", "SCJ"),))),
    *_organ("DC-WJW", "wjw"),
    Official(
        "legal-office", "区司法局人员（示例）", (("district_legal_office", "DC-SFJ", ""),), ("legal_qualification",)
    ),
    Official(
        "legal-office2",
        "区司法局审核人员（示例）",
        (("district_legal_office", "DC-SFJ", ""),),
        ("legal_qualification",),
    ),
    Official("scj-competition", "公平竞争审查人员（示例）", (("market_regulator", "DC-SCJ", ""),)),
    Official("bgs-head", "区政府办公室负责人（示例）", (("head_of_organ", "DC-BGS", ""),)),
    Official("city-review", "市政府备案审查人员（示例）", (("superior_government", "110000", ""),)),
    Official("congress-review", "区人大备案审查人员（示例）", (("congress_review_office", "DC-RD", ""),)),
    Official("congress-committee", "区人大常委会人员（示例）", (("congress_standing_committee", "DC-RD", ""),)),
    Official("street-head", "街道办事处主任（示例）", (("head_of_organ", "110101010", ""),)),
    Official("secretary", "常务会秘书（示例）", (("executive_meeting_secretary", "DC-BGS", ""),)),
    Official("government", "区政府负责人（示例）", (("head_of_government", "110101", ""),)),
    Official("exchange", "数据交换管理人员甲（示例）", (("exchange_officer", "DC-ZFJ", ""),)),
    Official("exchange2", "数据交换管理人员乙（示例）", (("exchange_officer", "DC-ZFJ", ""),)),
    Official("auditor", "审计人员（示例）", (("auditor", "DC-SJJ", ""),)),
    Official("supervisor", "监察人员（示例）", (("supervisor", "DC-JW2", ""),)),
    Official("training", "培训管理员（示例）", (("training_administrator", "DC-SFJ", ""),)),
    Official("mediator", "调解员（示例）", (("mediator", "DC-SFJ", ""),)),
    Official("expert", "专家（示例）", (("expert", "DC-SFJ", ""),)),
    Official("sysadmin", "系统管理员（示例）", (("system_administrator", "DC-ZFJ", ""),)),
    Official("secadmin", "安全管理员（示例）", (("security_administrator", "DC-ZFJ", ""),)),
    Official("audadmin", "审计管理员（示例）", (("audit_administrator", "DC-ZFJ", ""),)),
    *_two("DC-CZJ", "czj"),
    *_two("110101001", "dhm"),
    *_two("110101010", "hpl"),
    *_organ("DC-WLJ", "wlj"),
    *_organ("DC-CGW", "cgw"),
    *_two("DC-MZJ", "mzj"),
    Official("sfj-head", "区司法局负责人（示例）", (("head_of_organ", "DC-SFJ", ""),)),
)

CITIZENS = (
    ("citizen", "示例居民甲", "11010119900307758X", "13800000001"),
    ("neighbour", "示例居民乙", "110101198505123457", "13800000002"),
    ("agent", "示例经办人", "110101199212120011", "13800000003"),
)
COMPANY = ("北京示例餐饮管理有限公司", "91110101MA00000005", "示例居民甲")


def seed(now: datetime) -> list[User]:
    """Make the sample people that are not there yet, and answer all of them.

    Citizens are there since the year began, so that they could file the older samples; officials have held their seats
    as long, but their passwords are fresh.
    """
    at = timezone.make_aware(datetime.combine(SINCE, time(9)))
    officials = [_official(each, number, now) for number, each in enumerate(OFFICIALS, start=1)]
    citizens = [_citizen(*each, at) for each in CITIZENS]
    _company(citizens[0], citizens[2], at)
    return citizens + officials


def _official(each: Official, number: int, at: datetime) -> User:
    if known := User.objects.filter(username=each.username).first():
        return known
    administrator = each.seats[0][0].endswith("_administrator") and each.seats[0][0] != "training_administrator"
    user = actions.create_staff(
        each.username, each.name, at=at, password=settings.DEMO_PASSWORD, must_change_password=False, demo=True,
        kind=User.Kind.ADMINISTRATOR if administrator else User.Kind.STAFF, staff_number=f"示例{number:03d}",
    )  # fmt: skip
    for role, organ, point in each.seats:
        actions.grant_seat(
            user, role, Organisation.objects.get(code=organ), at=at, since=SINCE,
            service_point=ServicePoint.objects.get(code=point) if point else None,
        )  # fmt: skip
    for kind in each.credentials:
        actions.issue_credential(
            user,
            kind,
            f"示例证{number:03d}",
            issuer="示例发证机关",
            valid_from=SINCE,
            valid_until=date(2031, 12, 31),
            at=at,
        )
    actions.enrol_second_factor(user, SECRET, at=at)
    return user


def _citizen(username: str, name: str, id_number: str, phone: str, at: datetime) -> User:
    if known := User.objects.filter(username=username).first():
        return known
    return actions.create_citizen(
        name=name, id_number=id_number, phone=phone, password=settings.DEMO_PASSWORD, checker=LocalFake(), at=at,
        username=username, address="北京市东城区示例胡同1号", demo=True,
    )  # fmt: skip


def _company(head: User, agent: User, at: datetime) -> Party:
    name, code, representative = COMPANY
    if known := queries.party_by_paper(Party.IdKind.CREDIT_CODE, code):
        return known
    party = actions.create_legal_person(
        head, name=name, credit_code=code, legal_representative=representative, checker=LocalFake(), at=at,
        phone="13800000009", address="北京市东城区示例大街2号",
    )  # fmt: skip
    actions.register_agent(
        party, agent, scope="general", since=SINCE, until=None, by=head, at=at, evidence="示例授权委托书"
    )
    return party
