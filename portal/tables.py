"""What the running portal may do to each table. A table that is not named here may not even be read.

Read with docs/decisions/database-guards.md. `portal/guards.py` grants it after every migration; a test fails while a
table is missing. Rights on columns are the narrowest: what is not named can be written once and never again.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """What may be done to the rows of a table; with `columns`, only these can be updated."""

    rights: str
    columns: tuple[str, ...] = ()


ORDINARY = Kind("SELECT, INSERT, UPDATE, DELETE")
KEPT = Kind("SELECT, INSERT, UPDATE")  # rows are never deleted
APPEND_ONLY = Kind("SELECT, INSERT")
READ_ONLY = Kind("SELECT")  # written by the owner, or by a trigger in the owner's name


def kept_but(*columns: str) -> Kind:
    """Rows that stand, except for these columns."""
    return Kind("SELECT, INSERT", columns)


def entered_and_published() -> Kind:
    """Rows that a second person publishes: thrown away until then, and afterwards only withdrawn."""
    later = ("published_by_id", "published_at", "withdrawn_by_id", "withdrawn_at", "withdrawal_reason")
    return Kind("SELECT, INSERT, DELETE", later)


TABLES: dict[str, Kind] = {
    # the record
    "casework_act": APPEND_ONLY,
    "accounts_accessevent": APPEND_ONLY,
    "casework_actlane": READ_ONLY,
    "accounts_accesslane": READ_ONLY,
    "casework_permitted": READ_ONLY,
    "casework_count": READ_ONLY,
    "django_migrations": READ_ONLY,
    # cases
    "casework_case": kept_but(
        "number", "state", "detours", "act_count", "ended_at", "handler_id", "due_on", "promised_on"
    ),
    "casework_decision": kept_but("document_id", "remedy", "public", "served_on", "ended_on", "ended_by_id"),
    "casework_deadline": KEPT,
    "casework_suspension": KEPT,
    "casework_participant": KEPT,
    "casework_series": KEPT,
    "casework_message": kept_but(
        "case_id",
        "act_id",
        "body",
        "repaired",
        "proposal",
        "proposed_by_id",
        "reason",
        "state",
        "done_at",
        "attempts",
        "next_try_at",
        "claim",
        "error",
    ),
    "exchange_reconciliation": APPEND_ONLY,
    "casework_notice": KEPT,
    "casework_document": ORDINARY,  # material of a draft may go; of a case, triggers keep it
    "casework_draft": ORDINARY,
    "casework_upload": ORDINARY,
    "casework_savedview": ORDINARY,
    "casework_searchentry": ORDINARY,  # follows what it comes from
    # people
    "accounts_user": KEPT,
    "accounts_party": KEPT,
    "accounts_representation": KEPT,
    "accounts_seat": kept_but("until"),
    "accounts_seatrequest": kept_but("outcome", "decided_by_id", "decided_at", "opinion", "seat_id"),
    "accounts_delegation": kept_but("until", "revoked_at"),
    "accounts_recusal": kept_but("lifted_at"),
    "accounts_credential": KEPT,
    "accounts_organisation": KEPT,
    "accounts_organisationname": ORDINARY,
    "accounts_organisationduty": ORDINARY,
    "accounts_post": KEPT,
    "accounts_servicepoint": KEPT,
    "accounts_tally": ORDINARY,
    # purchases and transfer payments: what is published stands (powerlist/models/disclosure.py)
    "powerlist_catalogue": entered_and_published(),
    "powerlist_heading": Kind("SELECT, INSERT, DELETE"),
    "powerlist_exclusion": Kind("SELECT, INSERT, DELETE"),
    "powerlist_project": entered_and_published(),
    "powerlist_transfer": entered_and_published(),
    # communities: the counters of an activity are kept by triggers in the owner's name
    "powerlist_socialorganisation": entered_and_published(),
    "powerlist_activity": entered_and_published(),
    "powerlist_signup": kept_but("state", "promoted_at", "left_at"),
    # licensing
    "approvals_application": KEPT,
    "approvals_bundle": KEPT,
    "approvals_bundleitem": ORDINARY,
    "approvals_licence": KEPT,
    "approvals_licenceentry": APPEND_ONLY,
    "approvals_licensingitem": KEPT,
    "approvals_opinionreading": APPEND_ONLY,
    "approvals_itempoint": ORDINARY,
    "approvals_consignment": kept_but("received_by_id", "received_at", "remark"),
    "approvals_visit": kept_but("state", "number", "called_at", "called_by_id", "window"),
    "approvals_rating": APPEND_ONLY,
    "approvals_visitplan": APPEND_ONLY,
    "approvals_filed": ORDINARY,  # worked out anew every night
    "approvals_waiting": ORDINARY,
    "approvals_material": ORDINARY,
    # the list of powers: what is published stands (powerlist/models/guards.py)
    "powerlist_power": APPEND_ONLY,
    "powerlist_powerversion": kept_but("until", "ended_by_id"),
    "powerlist_powerword": READ_ONLY,
    "powerlist_basis": APPEND_ONLY,
    "powerlist_stage": APPEND_ONLY,
    "powerlist_proposal": APPEND_ONLY,
    "powerlist_importedfile": Kind("SELECT, INSERT, DELETE", ("confirmed_at", "attested", "address", "finished_at")),
    "powerlist_importedline": Kind("SELECT, INSERT, DELETE", ("case_id", "refusal")),
    "powerlist_basischange": APPEND_ONLY,
    "powerlist_basischange_versions": APPEND_ONLY,
    # normative documents: who made them, their number and what was published stand
    "regulations_normativedocument": kept_but(
        "title",
        "kind",
        "subject",
        "index_number",
        "signed_on",
        "published_on",
        "effective_from",
        "valid_until",
        "trial",
        "ended",
        "ended_on",
        "ended_by",
        "replaced_by_id",
        "source",
        "interpretation",
        "case_id",
        "text_id",
        "words",
    ),
    "regulations_documentversion": APPEND_ONLY,
    "regulations_documentsuspension": kept_but("until", "resumed_by_id"),
    # documents on their way: what was read, reviewed and said about them stands
    "regulations_manuscript": KEPT,
    "regulations_textversion": APPEND_ONLY,
    "regulations_textread": APPEND_ONLY,
    "regulations_reviewanswer": APPEND_ONLY,
    "regulations_consultation": kept_but("closed_by_id", "feedback_by_id", "summary"),
    "regulations_hearing": kept_but("closed_by_id"),
    "regulations_hearingregistration": kept_but("chosen_by_id"),
    "regulations_cleanupentry": kept_but("item_id", "proposal", "left_out"),
    "regulations_comment": kept_but("outcome", "reason", "answered_by_id", "answered_at"),
    # the law
    "law_calendarday": ORDINARY,
    "law_legaltext": ORDINARY,
    "law_provision": ORDINARY,
    "law_publishedyear": ORDINARY,
    "law_relation": ORDINARY,
    "law_stamp": ORDINARY,
    "law_suspendedprovision": ORDINARY,
    "law_threshold": ORDINARY,
    "law_timelimit": ORDINARY,
    # signing in
    "account_emailaddress": ORDINARY,
    "account_emailconfirmation": ORDINARY,
    "django_session": ORDINARY,
    "mfa_authenticator": ORDINARY,
    "socialaccount_socialaccount": ORDINARY,
    "socialaccount_socialapp": READ_ONLY,
    "socialaccount_socialtoken": ORDINARY,
    "usersessions_usersession": ORDINARY,
    # grants on single cases; groups are not used, rights follow from seats
    "guardian_userobjectpermission": ORDINARY,
    "guardian_groupobjectpermission": READ_ONLY,
    "accounts_user_groups": READ_ONLY,
    "accounts_user_user_permissions": READ_ONLY,
    "auth_group": READ_ONLY,
    "auth_group_permissions": READ_ONLY,
    "auth_permission": READ_ONLY,
    "django_content_type": READ_ONLY,
}

# What statements of the running portal may call besides what PostgreSQL brings.
FUNCTIONS = (
    "casework_plain(text)",
    "casework_search_query(text[], text[], text)",
    "casework_search_tokens(text, text, bigint, date)",
)
