"""The number of the request that is being answered; set by the portal, written into logs and into the record."""

from contextvars import ContextVar

NONE = "-"  # outside a request
current: ContextVar[str] = ContextVar("request_number", default=NONE)
