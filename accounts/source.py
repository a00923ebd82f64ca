"""Where a request comes from, believing only as many proxies as `ALLAUTH_TRUSTED_PROXY_COUNT` says there are."""

from allauth.account.adapter import get_adapter
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The client's address; PermissionDenied if the request has none."""
    return get_adapter(request).get_client_ip(request)
