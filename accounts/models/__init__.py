from .events import AccessEvent
from .organisations import Organisation, OrganisationName, Post, ServicePoint
from .people import Party, Representation, User
from .seats import Credential, Delegation, Recusal, Seat, SeatRequest

__all__ = [
    "AccessEvent",
    "Credential",
    "Delegation",
    "Organisation",
    "OrganisationName",
    "Party",
    "Post",
    "Recusal",
    "Representation",
    "Seat",
    "SeatRequest",
    "ServicePoint",
    "User",
]
