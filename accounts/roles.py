"""Who may appear in a step table, and which seats one person may not hold together.

The codes are those of the column `by` of the step tables, plus the three administrators and whoever looks after the
exchange of data with other platforms. A role is held through a Seat
in an organisation; public roles follow from what a party does in a case, and outside actors have no account at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

PUBLIC, STAFF, INVITED, ADMINISTRATOR, OUTSIDE = "public", "staff", "invited", "administrator", "outside"

GROUP_LABELS = {
    PUBLIC: "社会公众",
    STAFF: "工作人员",
    INVITED: "受邀人员",
    ADMINISTRATOR: "三员",
    OUTSIDE: "系统外主体",
}

# Organs that exercise administrative power in their own name or in that of the law that authorises them.
HANDLING_ORGANS = frozenset(
    {
        "district_government",
        "municipal_government",
        "gov_office",
        "department",
        "vertical_branch",
        "special_organ",
        "institution",
        "enforcement_team",
        "dispatched_committee",
        "subdistrict_office",
    }
)


@dataclass(frozen=True)
class Role:
    """A role: its code, its official Chinese label, its group, and the kinds of organ in which it can be held."""

    code: str
    label: str
    group: str
    organisation_kinds: frozenset[str] = frozenset()


def _staff(code: str, label: str, *kinds: str) -> Role:
    return Role(code, label, STAFF, frozenset(kinds) or HANDLING_ORGANS)


_ALL = (
    Role("citizen", "公民", PUBLIC),
    Role("legal_person", "法人或者其他组织", PUBLIC),
    Role("agent", "代理人", PUBLIC),
    Role("third_party", "第三人", PUBLIC),
    Role("unnamed", "未具名的人", PUBLIC),
    _staff("window_clerk", "窗口人员"),
    _staff("case_officer", "承办人"),
    _staff("section_head", "科室负责人"),
    _staff("head_of_organ", "机关负责人"),
    _staff("departmental_legal_unit", "法制机构人员"),
    _staff("district_legal_office", "区司法局（政府法制机构）人员", "department"),
    _staff("executive_meeting_secretary", "政府常务会议秘书", "gov_office"),
    _staff("head_of_government", "区政府负责人", "district_government"),
    _staff("head_of_disclosure_office", "政府信息公开工作机构负责人"),
    _staff("secrecy_reviewer", "保密审查人员"),
    _staff("market_regulator", "市场监督管理部门人员", "department"),
    _staff("training_administrator", "培训管理员", "department"),
    _staff("exchange_officer", "数据交换管理人员", "department"),
    _staff("auditor", "审计人员", "department"),
    _staff("supervisor", "监察人员", "supervision_commission"),
    _staff("superior_government", "上级人民政府人员", "municipal_government"),
    _staff("congress_review_office", "人大备案审查工作机构人员", "people_congress"),
    _staff("congress_standing_committee", "人大常委会人员", "people_congress"),
    Role("mediator", "调解员", INVITED, HANDLING_ORGANS),
    Role("committee_member", "行政复议委员会委员", INVITED, HANDLING_ORGANS),
    Role("expert", "专家", INVITED, HANDLING_ORGANS),
    Role("legal_counsel", "法律顾问", INVITED, HANDLING_ORGANS),
    Role("system_administrator", "系统管理员", ADMINISTRATOR, HANDLING_ORGANS),
    Role("security_administrator", "安全管理员", ADMINISTRATOR, HANDLING_ORGANS),
    Role("audit_administrator", "审计管理员", ADMINISTRATOR, HANDLING_ORGANS),
    Role("the_law", "依法自动发生", OUTSIDE),
    Role("outside_court", "人民法院", OUTSIDE),
    Role("outside_procuratorate", "人民检察院", OUTSIDE),
    Role("outside_police", "公安机关", OUTSIDE),
    Role("outside_bank", "代收银行", OUTSIDE),
    Role("outside_congress", "人民代表大会", OUTSIDE),
    Role("outside_deputy", "人大代表、政协委员", OUTSIDE),
)

ROLES: dict[str, Role] = {role.code: role for role in _ALL}
PUBLIC_ROLES = frozenset(role.code for role in _ALL if role.group == PUBLIC)
ADMINISTRATOR_ROLES = frozenset(role.code for role in _ALL if role.group == ADMINISTRATOR)
SEAT_ROLES = frozenset(role.code for role in _ALL if role.group in {STAFF, INVITED, ADMINISTRATOR})
SEAT_CHOICES = [(role.code, role.label) for role in _ALL if role.code in SEAT_ROLES]


def label(code: str) -> str:
    """Official Chinese label of a role; KeyError if there is no such role."""
    return ROLES[code].label


def may_be_held_in(code: str, organisation_kind: str) -> bool:
    """Whether a seat with this role can exist in an organ of this kind (internal units: ask with the organ's kind)."""
    return code in SEAT_ROLES and organisation_kind in ROLES[code].organisation_kinds


def incompatible(one: str, other: str) -> bool:
    """Whether one person may not hold both roles on the same day.

    系统管理员、安全管理员、审计管理员 are three separate people and handle no cases (GB/T 22239, 三权分立).
    """
    return one != other and bool({one, other} & ADMINISTRATOR_ROLES)


def conflict(new: str, held: Iterable[str]) -> str | None:
    """The first role of `held` that excludes `new`, or None."""
    return next((code for code in held if incompatible(new, code)), None)
