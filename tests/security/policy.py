"""Who may what: one row for each route of the portal. `docs/security-matrix.md` is written from it.

A new route gets a row here, in the part of its app:

    Rule("name", get=WHO, post=WHO, denied=HIDDEN)

* `get` … `delete`: who is served, as a set of persons or, for routes that lead to an object, a set for each object's
  label (`tests/security/world.py` makes the objects; `arguments` in `matrix.py` turns a label into an address).
* Everybody else gets `denied`: HIDDEN (404) where the object itself must not be known, which is the rule for everything
  that belongs to somebody; FORBIDDEN (403) where the page is no secret. `forbidden` are those who see the object and
  still may not do this; `away` are those who are led to their own page.
* `public=True` where nobody need sign in. Everywhere else the gates come first, for all methods: signing in, binding a
  second factor, changing a temporary password.
"""

from __future__ import annotations

from tests.security.policy_lists import LISTS
from tests.security.rules import (
    ADMINISTRATORS,
    EVERYBODY,
    HIDDEN,
    NOBODY,
    OF_SCJ,
    OF_WJW,
    PERSONS,
    READERS,
    SIGNED_IN,
    STAFF,
    People,
    Rule,
    only,
    page,
)

# Who sees a case: seats in the organ, the point that took it in, reading offices, and parts in one case.
SEES: dict[str, People] = {
    "a_filed": OF_SCJ | READERS | only("citizen", "agent", "third", "clerk", "delegate", "grantee", "verifier"),
    "a_correct": OF_SCJ | READERS | only("citizen", "agent"),
    "a_ended": OF_SCJ | READERS | only("citizen", "agent"),
    "a_licence": OF_SCJ | READERS | only("citizen", "agent"),
    "b_filed": OF_SCJ | READERS | only("citizen_b", "agent_b"),
    "c_elsewhere": OF_WJW | READERS | only("head_of_company"),
}
OFFICE: dict[str, People] = {case: who - PERSONS for case, who in SEES.items()}

# Files: what was handed in, what the office issued to the applicant, what it keeps to itself.
NO_FILES = ("a_filed", "a_licence")  # nothing was handed in on line
FILES: dict[str, People] = {
    **{f"{case}:material": who - only("third") for case, who in SEES.items() if case not in NO_FILES},
    **{f"{case}:paper": who - only("third") for case, who in SEES.items() if case != "a_licence"},
    "a_filed:record": OFFICE["a_filed"],
    "a_filed:third": SEES["a_filed"],
}

# Steps: who may take the row in this state. `test_steps.py` tries every row of every procedure.
TAKES: dict[str, People] = {
    "a_filed:accept": only("clerk", "officer"),
    "a_filed:correct_on_the_spot": only("citizen", "agent"),
    "a_filed:assign": only("section_head", "stand_in", "head", "delegate"),
    "a_filed:recuse": only("head", "delegate"),
    "a_filed:advise": only("officer", "section_head", "stand_in", "head", "delegate", "lawyer"),
    "b_filed:accept": only("officer", "officer_2", "recused"),
    "c_elsewhere:accept": only("officer_else"),
    "c_elsewhere:assign": only("section_head_else", "head_else"),
}
SEES_STEP = {label: SEES[label.partition(":")[0]] for label in TAKES}

ASSIGNS = only("section_head", "stand_in", "head", "section_head_else", "head_else", "delegate")
ENTERS = {"a_filed": only("officer", "section_head", "stand_in"), "b_filed": OF_SCJ - only("head", "lawyer")}

A_DRAFT = {"a_draft": only("citizen"), "b_draft": only("citizen_b")}
DRAFTS = {**A_DRAFT, "clerk_draft": only("clerk")}
UPLOADS = {"citizen": only("citizen"), "officer": only("officer")}
CORRECTS = {"a_correct": only("citizen", "agent")}
A_PARTY = {"citizen": only("citizen"), "company": only("head_of_company")}
# Changing how somebody is reached, and authorising others: not for agents with general authority.
SPECIAL = {**A_PARTY, "citizen_b": only("citizen_b", "agent_b")}
REVOKES = {"agent_of_a": only("citizen", "agent"), "agent_of_b": only("citizen_b", "agent_b")}

HOLDS = {"a_licence": only("citizen", "agent")}
AT_WINDOW = {"a_licence": only("clerk", "clerk_else")}
# Whoever hands over and receives materials and certificates: windows, and officers of the organs.
KEEPERS = only("clerk", "clerk_else", "officer", "officer_2", "officer_else", "recused", "verifier", "grantee")
CLERKS = only("clerk", "clerk_else")
COUNTER, NO_CLERK = {"a_filed": only("clerk")}, {"a_filed": SIGNED_IN - CLERKS}
LEADERS = ASSIGNS  # whoever stands in for one of them too
# Lending one's seat in one case: whoever holds one of one's own in its organ.
LENDS = {case: (OF_SCJ | OF_WJW) & who - only("stand_in") for case, who in SEES.items()}

# Whoever looks after the exchange with the city, and those who read everything.
KEEPER = only("keeper")
READS_EXCHANGE = KEEPER | READERS

SYSTEM, SECURITY, AUDIT = only("system"), only("security"), only("audit")
BOTH = SYSTEM | SECURITY


PORTAL = (
    page("home"),
    page("accessibility"),
    page("privacy"),
    page("help"),
    page("site-map"),
    Rule("preference", post=EVERYBODY, public=True),
    page("health-live"),
    page("health-ready"),
    page("styleguide"),
    page("styleguide-form", post=EVERYBODY),
    page("styleguide-queue"),
    page("styleguide-case"),
    page("api-schema", api=True),
    page("api-docs", api=True),
    Rule("api-unknown", get=NOBODY, post=NOBODY, patch=NOBODY, delete=NOBODY, denied=HIDDEN, public=True, api=True),
)
LAW = (
    page("law:index"),
    page("law:limits"),
    page("law:thresholds"),
    page("law:calendar"),
    page("law:due"),
    page("law:text"),
    page("api-law-limits", api=True),
    page("api-law-due", api=True, query="?key=xk_decide&trigger=2026-03-02"),
    page("api-law-texts", api=True),
)
FIGURES = (OF_SCJ - only("officer", "officer_2", "recused")) | READERS | only(
    "section_head_else", "head_else", "lawyer_else", "delegate", "legal_office"
)  # fmt: skip
OVERSIGHT = (
    Rule("oversight:dashboard", get=FIGURES),
    Rule("oversight:export", get=FIGURES),
    Rule("oversight:filings", get=FIGURES),
    page("oversight:complain"),
    Rule("oversight:complain-named", get=PERSONS, post=PERSONS),
    page("oversight:complain-unnamed", post=EVERYBODY),
    Rule("oversight:complain-more", get=NOBODY, post=EVERYBODY, away=EVERYBODY, public=True),
    Rule("oversight:complain-add", get={"a_filed": NOBODY}, post={"a_filed": NOBODY}, denied=HIDDEN),
    Rule("oversight:complained", get={"a_draft": NOBODY}, denied=HIDDEN, public=True),
    Rule("oversight:filings-export", get=FIGURES),
    Rule("oversight:watch", get=FIGURES),
    Rule("oversight:watch-export", get=FIGURES),
)
CASEWORK = (
    Rule("casework:desk", get=STAFF),
    Rule("casework:neighbour", away=STAFF, get=NOBODY),
    Rule(
        "casework:assign", post=only("section_head", "stand_in", "head", "section_head_else", "head_else", "delegate")
    ),
    Rule("casework:export", get=STAFF),
    Rule("casework:views", get=STAFF, post=STAFF),
    Rule(
        "casework:change_view",
        get=only("officer"),
        post=only("officer"),
        forbidden=PERSONS | ADMINISTRATORS,
        denied=HIDDEN,
    ),
    Rule("casework:delegate", get=LENDS, post=LENDS, forbidden=OFFICE, denied=HIDDEN),
    Rule("casework:delegations", get=STAFF, post=STAFF),
    Rule("casework:end_delegation", post=only("head", "delegate"), forbidden=PERSONS | ADMINISTRATORS, denied=HIDDEN),
    Rule("casework:undelivered", get=SYSTEM),
    Rule("casework:send_again", post=SYSTEM),
    Rule("casework:drop_view", post=STAFF, note="deletes one's own only"),
    Rule("casework:mine", get=PERSONS, away=STAFF | ADMINISTRATORS),
    Rule("casework:notices", get=SIGNED_IN),
    Rule("casework:read_all", post=SIGNED_IN),
    Rule("casework:open_notice", post={"citizen": only("citizen"), "officer": only("officer")}, denied=HIDDEN),
    Rule("casework:case", get=SEES, denied=HIDDEN),
    Rule("casework:document", get=FILES, denied=HIDDEN),
    Rule("casework:step", get=TAKES, post=TAKES, forbidden=SEES_STEP, denied=HIDDEN),
    Rule("casework:reveal", get=OFFICE, post=OFFICE, denied=HIDDEN),
    Rule("casework:uploads", post=SIGNED_IN),
    Rule("casework:upload", get=UPLOADS, post=UPLOADS, patch=UPLOADS, delete=UPLOADS, denied=HIDDEN),
    page("casework:procedures"),
    page("casework:procedure"),
    page("casework:verify", post=EVERYBODY),
    Rule("api-cases", get=SIGNED_IN, api=True),
    Rule("api-case", get=SEES, denied=HIDDEN, api=True),
    Rule("api-steps", get=SEES, denied=HIDDEN, api=True),
    Rule("api-take", post=TAKES, forbidden=SEES_STEP, denied=HIDDEN, api=True),
    page("api-document", api=True),
    page("api-search", api=True, query="?q=食品"),
    page("search"),
)
APPROVALS = (
    page("services"),
    page("services-personal"),
    page("services-corporate"),
    page("services-departments"),
    page("results"),
    page("track", post=EVERYBODY),
    page("rate", post=EVERYBODY),
    page("ratings"),
    page("accepted"),
    page("bundles"),
    page("bundle", post=PERSONS | CLERKS),
    Rule("bundle-board", get=STAFF),
    page("service"),
    page("apply", post=PERSONS),
    Rule("apply-tasks", get=DRAFTS, denied=HIDDEN),
    Rule("apply-done", get=NOBODY, away=DRAFTS, denied=HIDDEN),
    Rule("apply-discard", get=DRAFTS, post=DRAFTS, denied=HIDDEN),
    Rule("apply-upload", get=DRAFTS, post=DRAFTS, denied=HIDDEN),
    Rule("apply-file", get=A_DRAFT, denied=HIDDEN),
    Rule("apply-remove", get=A_DRAFT, post=A_DRAFT, denied=HIDDEN),
    Rule("apply-page", get=DRAFTS, post=DRAFTS, denied=HIDDEN),
    Rule("my", get=PERSONS, away=STAFF | ADMINISTRATORS),
    Rule("my-correct", get=CORRECTS, post=CORRECTS, denied=HIDDEN, writes=True),
    Rule("my-correct-remove", post={"a_correct": only("citizen")}, denied=HIDDEN),
    Rule("my-correct-file", get=CORRECTS, post=CORRECTS, denied=HIDDEN, writes=True),
    Rule("my-uses", get=PERSONS, away=STAFF | ADMINISTRATORS),
    Rule("my-licences", get=PERSONS, away=STAFF | ADMINISTRATORS),
    Rule("my-licence", get=HOLDS, denied=HIDDEN),
    Rule("my-licence-apply", get=HOLDS, post=HOLDS, denied=HIDDEN, writes=True),
    Rule("my-licence-check", get=NOBODY, post=HOLDS, away=HOLDS, denied=HIDDEN, writes=True),
    Rule("my-licence-file", get=HOLDS, post=HOLDS, denied=HIDDEN, writes=True),
    Rule("my-licence-remove", post={"a_licence": only("citizen")}, begins=HOLDS, denied=HIDDEN),
    Rule("ask-revocation", get=PERSONS, post=PERSONS),
    Rule("window-licences", get=CLERKS),
    Rule("window-licence-apply", get=AT_WINDOW, post=AT_WINDOW, writes=True),
    Rule("window-licence-presence", get=AT_WINDOW, post=AT_WINDOW, writes=True),
    Rule("window-licence-check", get=NOBODY, post=AT_WINDOW, away=AT_WINDOW, writes=True),
    Rule("window-licence-file", get=AT_WINDOW, post=AT_WINDOW, writes=True),
    Rule("window-licence-remove", post={"a_licence": only("clerk")}, begins=AT_WINDOW),
    # What is brought to a window about a case: the clerk of the point that took it in, or to which somebody came.
    Rule("counter", get=CLERKS, post=CLERKS),
    Rule("counter-visit", get=COUNTER, post=COUNTER, forbidden=NO_CLERK, denied=HIDDEN),
    Rule("counter-step", get=NOBODY, post=COUNTER, away=COUNTER, forbidden=NO_CLERK, denied=HIDDEN),
    Rule("counter-file", get=NOBODY, post=COUNTER, away=COUNTER, forbidden=NO_CLERK, denied=HIDDEN),
    Rule("counter-remove", post=COUNTER, forbidden=NO_CLERK, denied=HIDDEN),
    page("visits"),
    Rule("visit-book", get=PERSONS, post=PERSONS),
    Rule("visit-cancel", post={"a": only("citizen")}, denied=HIDDEN),
    page("visit-screen"),
    Rule("visit-line", get=CLERKS, post=CLERKS),
    Rule("visit-hours", get=LEADERS, post=LEADERS),
    Rule("handovers", get=KEEPERS, post=KEEPERS),
    Rule("handovers-export", get=KEEPERS),
    Rule("intake", get=CLERKS, post=CLERKS),
    Rule("interested", get=ENTERS, post=ENTERS, forbidden=OFFICE, denied=HIDDEN),
    page("api-items", api=True),
    page("api-item", api=True),
    Rule("api-drafts", get=PERSONS, post=PERSONS, api=True),
    Rule("api-licences", get=PERSONS, api=True),
    Rule("api-draft", get=A_DRAFT, patch=A_DRAFT, forbidden=STAFF | ADMINISTRATORS, denied=HIDDEN, api=True),
    Rule("api-draft-files", post=A_DRAFT, forbidden=STAFF | ADMINISTRATORS, denied=HIDDEN, api=True),
    Rule("api-draft-file", delete=A_DRAFT, forbidden=STAFF | ADMINISTRATORS, denied=HIDDEN, api=True),
    Rule("api-submission", post=A_DRAFT, forbidden=STAFF | ADMINISTRATORS, denied=HIDDEN, api=True),
)
EXCHANGE = (
    Rule("exchange", get=READS_EXCHANGE),
    Rule("exchange-message", get=READS_EXCHANGE),
    Rule("exchange-content", get=READS_EXCHANGE, post=READS_EXCHANGE),
    Rule("exchange-act", post=KEEPER),
    Rule("exchange-books", get=READS_EXCHANGE, post=KEEPER),
    Rule("exchange-book", get=READS_EXCHANGE),
    Rule("exchange-book-file", get=READS_EXCHANGE),
    Rule(
        "exchange-inbox", post=NOBODY, denied=HIDDEN, public=True, head=False,
        note="only under the city's signature, and only where there is a city",
    ),
)  # fmt: skip
ACCOUNTS = (
    Rule("accounts:profile", get=SIGNED_IN, head=False),
    Rule("accounts:contact", get=SPECIAL, post=SPECIAL, denied=HIDDEN, head=False),
    Rule("accounts:choose_identity", post=PERSONS, denied=HIDDEN),
    Rule("accounts:register_entity", get=PERSONS, post=PERSONS, denied=HIDDEN, head=False),
    Rule("accounts:notices", get=SIGNED_IN, post=SIGNED_IN, head=False),
    Rule("accounts:representations", get=SIGNED_IN, head=False),
    Rule("accounts:authorise", get=SPECIAL, post=SPECIAL, denied=HIDDEN, head=False),
    Rule("accounts:revoke", get=REVOKES, post=REVOKES, denied=HIDDEN, head=False),
    Rule("accounts:manage", get=NOBODY, away=ADMINISTRATORS, head=False),
    Rule("accounts:manage_users", get=BOTH, head=False),
    Rule("accounts:manage_create_user", get=SYSTEM, post=SYSTEM, head=False),
    Rule("accounts:manage_user", get={"officer": BOTH, "citizen": BOTH}, head=False),
    Rule("accounts:manage_propose", get={"officer": SYSTEM}, post={"officer": SYSTEM}, head=False),
    Rule(
        "accounts:manage_act",
        get={"disable": SYSTEM, "enable": SYSTEM, "password": SYSTEM, "factor": SECURITY},
        post={"disable": SYSTEM, "enable": SYSTEM, "password": SYSTEM, "factor": SECURITY},
        head=False,
    ),
    Rule("accounts:manage_propose_end", get=SYSTEM, post=SYSTEM, head=False),
    Rule("accounts:manage_requests", get=BOTH, head=False),
    Rule("accounts:manage_decide", get=SECURITY, post=SECURITY, head=False),
    Rule("accounts:manage_events", get=AUDIT, head=False),
    Rule("me", get=SIGNED_IN, api=True),
)
# The door itself (allauth): about oneself only, so that nobody can be refused but by the gates.
SIGNED_OUT = only("anonymous", "disabled")
ALL_IN = EVERYBODY - SIGNED_OUT
ENROLLED = only("officer")  # the one of the town who has bound a second factor
DOOR = (
    Rule("account_login", get=SIGNED_OUT, post=EVERYBODY, away=ALL_IN, public=True, form=True),
    Rule("accounts:logout", get=ALL_IN, post=EVERYBODY, away=SIGNED_OUT, public=True, form=True),
    Rule("account_logout", get=ALL_IN, post=EVERYBODY, away=SIGNED_OUT, public=True, form=True),
    Rule("account_signup", get=SIGNED_OUT, post=EVERYBODY, away=ALL_IN, public=True, form=True),
    page("account_inactive", form=True),
    Rule("account_reauthenticate", get=ALL_IN, post=ALL_IN, form=True, opens=only("no_factor", "old_password")),
    Rule("account_confirm_email", get=EVERYBODY, post=NOBODY, denied=HIDDEN, public=True, form=True),
    Rule("account_change_password", get=ALL_IN, post=ALL_IN, form=True, opens=only("no_factor", "old_password")),
    Rule("account_set_password", get=NOBODY, post=SIGNED_IN, away=SIGNED_IN, form=True),
    page("account_reset_password", post=EVERYBODY, form=True),
    page("account_reset_password_done", form=True),
    page("account_reset_password_from_key", post=EVERYBODY, form=True),
    page("account_reset_password_from_key_done", form=True),
    Rule("mfa_index", get=SIGNED_IN, form=True),
    Rule("mfa_authenticate", get=NOBODY, post=ALL_IN, away=ALL_IN, public=True, form=True),
    Rule("mfa_reauthenticate", get=ENROLLED, post=ALL_IN, away=ALL_IN - ENROLLED, form=True, opens=only("no_factor")),
    Rule("mfa_activate_totp", get=ALL_IN - ENROLLED, post=ALL_IN, away=ENROLLED, form=True, opens=only("no_factor")),
    Rule("mfa_deactivate_totp", get=ENROLLED, post=ENROLLED, denied=HIDDEN, form=True),
    # Codes are shown once: that they were shown is written down.
    Rule("mfa_view_recovery_codes", get=ENROLLED, denied=HIDDEN, form=True, writes=True),
    Rule("mfa_generate_recovery_codes", get=SIGNED_IN, post=SIGNED_IN, form=True, writes=True),
    Rule("mfa_download_recovery_codes", get=ENROLLED, denied=HIDDEN, form=True, writes=True),
    Rule("usersessions_list", get=SIGNED_IN, post=SIGNED_IN, form=True),
)
PARTS: dict[str, tuple[Rule, ...]] = {
    "Front door": PORTAL,
    "Statute-book": LAW,
    "Cases": CASEWORK,
    "Oversight": OVERSIGHT,
    **LISTS,
    "Licensing": APPROVALS,
    "The exchange with the city": EXCHANGE,
    "People": ACCOUNTS,
    "Signing in": DOOR,
}
RULES: dict[str, Rule] = {rule.route: rule for part in PARTS.values() for rule in part}
