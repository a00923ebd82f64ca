"""Who may what with documents on their way: making, consultations, filing. Part of the policy (policy.py)."""

from __future__ import annotations

from tests.security.rules import HIDDEN, OF_SCJ, PERSONS, READERS, SIGNED_IN, STAFF, Rule, only, page

# The case stands with SCJ; the legal office has a part in it from the beginning.
SEES = OF_SCJ | READERS | only("legal_office")
R_CASE, R_FILING = {"r_making": SEES}, {"r_filing": SEES}
WRITES = {"r_making": only("officer")}  # who took it on; other officers of the organ only where they draft as well
R_PROPOSAL = {"r_proposal": only("head")}
RATES = READERS | only("legal_office", "head", "head_else")  # a head sees the own organ
NOT_REVIEWED = {"r_filing": frozenset[str]()}  # nor what was not filed yet
NOT_YET = {"r_making": frozenset[str]()}  # nobody reviews or answers while it is being drafted

MAKING = (
    page("regulations:consultations"),
    page("regulations:plan"),
    page("regulations:plan-file"),
    Rule("regulations:plan-new", get=only("legal_office"), post=only("legal_office")),
    Rule("regulations:hearing", get=page("regulations:hearing").get, post=PERSONS, public=True),
    Rule("regulations:registrations", get=R_CASE, denied=HIDDEN),
    Rule("regulations:consultation", get=page("regulations:consultation").get, post=PERSONS, public=True),
    Rule("regulations:my-comments", get=PERSONS | STAFF | only("system", "security", "audit")),
    Rule("regulations:comment-receipt", get={"r_receipt": only("citizen")}, denied=HIDDEN),
    Rule("regulations:suggest", get=PERSONS, post=PERSONS),
    Rule("regulations:proposal", get=R_PROPOSAL, post=R_PROPOSAL, denied=HIDDEN),
    Rule("regulations:proposal-discard", post=R_PROPOSAL, denied=HIDDEN),
    Rule("regulations:desk", get=STAFF),
    Rule("regulations:new", post=only("head", "head_else")),
    Rule("regulations:write", get=R_CASE, post=WRITES, forbidden=R_CASE, denied=HIDDEN),
    Rule("regulations:texts", get=R_CASE, denied=HIDDEN),
    Rule("regulations:review", get=R_CASE, post=NOT_YET, forbidden=R_CASE, denied=HIDDEN),
    Rule("regulations:answers", get=R_CASE, post=NOT_YET, denied=HIDDEN),
)
FILING = (
    page("regulations:filing-catalogue"),
    Rule("regulations:filings", get=STAFF),
    Rule("regulations:congress-filings", get=STAFF),
    Rule("regulations:annual-catalogues", get=STAFF),
    Rule("regulations:validities", get=STAFF),
    Rule("regulations:filing-rates", get=RATES),
    Rule("regulations:filing-rates-file", get=RATES),
    Rule("regulations:statistics", get=RATES),
    Rule("regulations:statistics-file", get=RATES),
    Rule("regulations:filing-materials", get=R_FILING, post=NOT_REVIEWED, forbidden=R_FILING, denied=HIDDEN),
    Rule("regulations:filing-paper", get=R_FILING, denied=HIDDEN),
)
REVIEWING = (
    page("regulations:cleanup-results"),
    Rule("regulations:cleanups", get=STAFF),
    Rule("regulations:cleanup-new", get=only("legal_office"), post=only("legal_office")),
    Rule("regulations:cleanup", get={"a_filed": frozenset()}, denied=HIDDEN, forbidden=SIGNED_IN - STAFF),
    Rule("regulations:propose-review", get=PERSONS, post=PERSONS),
    Rule("regulations:review-proposed", get={"a_draft": frozenset()}, denied=HIDDEN),
)
REGULATIONS: dict[str, tuple[Rule, ...]] = {
    "Documents on their way": MAKING, "Filing": FILING, "Clean-ups and proposals to review": REVIEWING,
}  # fmt: skip
