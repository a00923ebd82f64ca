"""Where a request comes from, believing only as many proxies as `ALLAUTH_TRUSTED_PROXY_COUNT` says there are."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The client's address, or None where the server was not told."""
    try:
        return get_adapter(request).get_client_ip(request)
    except PermissionDenied:
        return None
