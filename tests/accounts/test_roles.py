"""The roles of the step tables, and which of them exclude one another."""

import itertools

from accounts import roles


def test_every_role_has_a_chinese_label_and_a_known_group() -> None:
    for role in roles.ROLES.values():
        assert role.label
        assert not role.label.isascii()
        assert role.group in roles.GROUP_LABELS


def test_seats_are_only_for_people_with_accounts() -> None:
    assert not roles.SEAT_ROLES & roles.PUBLIC_ROLES
    assert "the_law" not in roles.SEAT_ROLES
    assert not {code for code in roles.SEAT_ROLES if code.startswith("outside_")}


def test_three_administrators_exclude_one_another_and_every_other_role() -> None:
    for one, other in itertools.combinations(sorted(roles.SEAT_ROLES), 2):
        apart = bool({one, other} & roles.ADMINISTRATOR_ROLES)
        assert roles.incompatible(one, other) is apart
        assert roles.incompatible(other, one) is apart


def test_conflict_names_the_role_in_the_way() -> None:
    assert roles.conflict("audit_administrator", ["case_officer"]) == "case_officer"
    assert roles.conflict("case_officer", ["section_head", "head_of_organ"]) is None
    assert roles.conflict("system_administrator", ["system_administrator"]) is None


def test_some_roles_need_an_organ_of_their_kind() -> None:
    assert roles.may_be_held_in("head_of_government", "district_government")
    assert not roles.may_be_held_in("head_of_government", "department")
    assert roles.may_be_held_in("case_officer", "subdistrict_office")
    assert not roles.may_be_held_in("case_officer", "court")
    assert not roles.may_be_held_in("citizen", "department")
