"""Who may what with the lists: powers, organs, purchases, activities. Part of the policy (policy.py)."""

from __future__ import annotations

from tests.security.policy_regulations import REGULATIONS
from tests.security.rules import (
    ADMINISTRATORS,
    EVERYBODY,
    HIDDEN,
    NOBODY,
    OF_SCJ,
    PERSONS,
    READERS,
    SIGNED_IN,
    STAFF,
    Rule,
    only,
    page,
)

# A change of the list: proposed by the head of the organ or the district's legal office, drafted by one of them.
PROPOSES = only("head", "head_else", "legal_office")
HEADS, P_IMPORT = only("head", "head_else"), {"p_import": only("head")}
P_DRAFT, COMPLETES = {"p_draft": only("head")}, {"p_returned": only("head")}
P_CASE = {"p_returned": OF_SCJ | READERS | only("legal_office")}
REPORTS = READERS | only("legal_office")
P_CHECK = {"p_check": OF_SCJ | READERS}

POWERLIST = (
    page("powerlist:list"),
    page("powerlist:plain"),
    page("powerlist:changes"),
    page("powerlist:changes-file"),
    page("powerlist:feed"),
    page("powerlist:consultations"),
    page("powerlist:export"),
    page("powerlist:power"),
    page("powerlist:versions"),
    Rule("powerlist:desk", get=STAFF),
    Rule("powerlist:new", get=PROPOSES, post=PROPOSES),
    Rule("powerlist:draft", get=P_DRAFT, post=P_DRAFT, denied=HIDDEN),
    Rule("powerlist:check", get=P_DRAFT, post=P_DRAFT, denied=HIDDEN),
    Rule("powerlist:discard", post=P_DRAFT, denied=HIDDEN),
    Rule("powerlist:import", get=HEADS, post=HEADS),
    Rule("powerlist:import-sheet", get=HEADS),
    Rule("powerlist:imported", get=P_IMPORT, post=P_IMPORT, denied=HIDDEN),
    Rule("powerlist:import-report", get=P_IMPORT, denied=HIDDEN),
    Rule("powerlist:import-discard", post=P_IMPORT, denied=HIDDEN),
    Rule("powerlist:basis-change", get=P_CHECK, denied=HIDDEN),
    *(Rule(f"powerlist:{name}", get=REPORTS) for name in ("report", "report-part", "report-file")),
    Rule("powerlist:text", get=P_CASE, denied=HIDDEN),
    Rule("powerlist:complete", get=COMPLETES, post=COMPLETES, forbidden=P_CASE, denied=HIDDEN, writes=True),
    page("api-powers", api=True),
    page("api-power", api=True),
    page("api-power-versions", api=True),
    page("api-power-changes", api=True),
)
ORGANS = (
    page("powerlist:organs"),
    page("powerlist:organ-chart"),
    page("powerlist:organ"),
    page("powerlist:organ-powers"),
    page("api-organs", api=True),
    page("api-organ", api=True),
)
# Who enters for an organ, and who publishes: another one of the same organ.
ENTERING = OF_SCJ - only("head", "lawyer") | only(
    "officer_else", "section_head_else", "delegate", "grantee", "verifier"
)
DISCLOSING = ENTERING | only("head", "head_else")
COMMUNITIES = (
    *map(page, ("powerlist:communities", "powerlist:activities", "powerlist:past-activities")),
    page("powerlist:activity"),
    Rule("powerlist:sign-up", post=PERSONS),
    Rule("powerlist:leave", post=PERSONS),
    Rule("powerlist:my-activities", get=PERSONS, away=STAFF | ADMINISTRATORS),
    Rule("powerlist:participants", get=OF_SCJ - only("lawyer"), denied=HIDDEN, forbidden=SIGNED_IN - DISCLOSING),
    page("api-activities", api=True),
)
PURCHASES = (
    *map(page, ("powerlist:purchases", "powerlist:catalogue", "powerlist:catalogue-file")),
    *map(page, ("powerlist:projects", "powerlist:projects-file", "powerlist:transfers", "powerlist:transfers-file")),
    Rule("powerlist:disclosing", get=DISCLOSING),
    Rule("powerlist:disclose", get=ENTERING, post=ENTERING),
    Rule(
        "powerlist:disclosed", get=OF_SCJ - only("lawyer"), post=OF_SCJ - only("lawyer"), denied=HIDDEN,
        forbidden=SIGNED_IN - DISCLOSING,
    ),
    *(page(route, api=True) for route in ("api-catalogue", "api-projects", "api-transfers")),
)  # fmt: skip
CATALOGUE = (
    page("regulations:list"),
    page("regulations:feed"),
    Rule("regulations:number", get=NOBODY, away=EVERYBODY, public=True, note="leads on to the document"),
    page("regulations:document"),
    page("regulations:versions"),
    page("regulations:export"),
    page("api-normative-documents", api=True),
    page("api-normative-document", api=True),
)

LISTS: dict[str, tuple[Rule, ...]] = {
    "The list of powers": POWERLIST,
    "Organs": ORGANS,
    "Purchases and transfers": PURCHASES,
    "Communities": COMMUNITIES,
    **REGULATIONS,
    "The catalogue of normative documents": CATALOGUE,
}
