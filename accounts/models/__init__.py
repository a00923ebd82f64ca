from .events import AccessEvent, AccessLane
from .organisations import Organisation, OrganisationDuty, OrganisationName, Post, ServicePoint
from .people import Party, Representation, User
from .seats import Credential, Delegation, Recusal, Seat, SeatRequest
from .tallies import Tally

__all__ = [
    "AccessEvent",
    "AccessLane",
    "Credential",
    "Delegation",
    "Organisation",
    "OrganisationDuty",
    "OrganisationName",
    "Party",
    "Post",
    "Recusal",
    "Representation",
    "Seat",
    "SeatRequest",
    "ServicePoint",
    "Tally",
    "User",
]
