"""Where personal data stand in clear and who may come upon somebody's name: part of the policy (policy.py)."""

from __future__ import annotations

from collections.abc import Mapping

from tests.security.policy import AUDIT, BOTH, KEEPER, OFFICE, READS_EXCHANGE, SEES
from tests.security.rules import People, only

# S2. Where personal data stand in clear: route and object → whose, which fields → to whom. Everywhere else, in every
# byte that leaves the portal, they are masked or absent. The numbers of identity papers are clear in two places only:
# behind the pages that ask the office for a reason and write it down.
CONTACT, REACHED = ("contact_phone", "contact_address"), ("phone", "email", "address")
Clear = Mapping[tuple[str, tuple[str, ...]], People]
_A_SIDE = only("citizen", "agent")
CLEAR: dict[tuple[str, str], Clear] = {
    ("accounts:contact", "citizen"): {("citizen", REACHED): only("citizen")},
    ("accounts:contact", "citizen_b"): {("citizen_b", REACHED): only("citizen_b", "agent_b")},
    ("apply-page", "a_draft"): {("citizen", CONTACT): only("citizen")},
    ("apply-page", "b_draft"): {("citizen_b", CONTACT): only("citizen_b")},
    ("apply-page", "clerk_draft"): {("citizen", CONTACT): only("clerk")},
    **{("casework:case", case): {("citizen", CONTACT): _A_SIDE} for case in SEES if case.startswith("a_")},
    ("casework:case", "b_filed"): {("citizen_b", CONTACT): only("citizen_b", "agent_b")},
    ("casework:case", "c_elsewhere"): {("head_of_company", CONTACT): only("head_of_company")},
    **{
        ("casework:reveal", case): {("citizen", ("id_number", "phone", "address", *CONTACT)): OFFICE[case]}
        for case in ("a_filed", "a_correct", "a_ended", "a_licence")
    },
    ("casework:reveal", "b_filed"): {("citizen_b", ("id_number", "phone", "address", *CONTACT)): OFFICE["b_filed"]},
    ("casework:reveal", "c_elsewhere"): {("head_of_company", CONTACT): OFFICE["c_elsewhere"]},
    ("exchange-content", ""): {("citizen", ("id_number", "phone", "address", *CONTACT)): READS_EXCHANGE},
}

# Who may come upon a natural person's full name at all, on any page. A child's name stands in the parent's answers.
_OF_A = frozenset().union(*(SEES[case] for case in ("a_filed", "a_correct", "a_ended"))) | only("clerk")
NAMED: dict[str, People] = {
    "citizen": _OF_A | BOTH | AUDIT | KEEPER,
    # The window that takes in a change for the holder sees what the licence says now.
    "citizen:child": (_OF_A - only("third")) | only("clerk_else"),
    "citizen_b": SEES["b_filed"] | AUDIT,
    "agent": _OF_A,
    "agent_b": SEES["b_filed"],
    "head_of_company": SEES["c_elsewhere"] | AUDIT,
    "third": SEES["a_filed"] | AUDIT,
}
