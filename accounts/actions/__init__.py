"""The only room of this app that writes."""

from .administration import decide, propose_end, propose_seat
from .credentials import (
    change_password,
    disable,
    enable,
    end_sessions,
    enrol_second_factor,
    offer_email,
    remove_second_factor,
    reset_password,
)
from .notices import choose_channels
from .organisations import load_organisations
from .people import (
    change_contact,
    create_citizen,
    create_legal_person,
    end_representation,
    register_agent,
    register_party,
)
from .record import Refused, record
from .reveal import Revealed, look, reveal
from .rotation import rotate_encryption
from .staff import (
    create_staff,
    delegate,
    end_seat,
    grant_seat,
    issue_credential,
    lift_recusal,
    recuse,
    revoke_credential,
    revoke_delegation,
    suspend_credential,
)

__all__ = [
    "Refused",
    "Revealed",
    "change_contact",
    "change_password",
    "choose_channels",
    "create_citizen",
    "create_legal_person",
    "create_staff",
    "decide",
    "delegate",
    "disable",
    "enable",
    "end_representation",
    "end_seat",
    "end_sessions",
    "enrol_second_factor",
    "grant_seat",
    "issue_credential",
    "lift_recusal",
    "load_organisations",
    "look",
    "offer_email",
    "propose_end",
    "propose_seat",
    "record",
    "recuse",
    "register_agent",
    "register_party",
    "remove_second_factor",
    "reset_password",
    "reveal",
    "revoke_credential",
    "revoke_delegation",
    "rotate_encryption",
    "suspend_credential",
]
