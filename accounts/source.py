"""Where a request comes from, believing only as many proxies as `ALLAUTH_TRUSTED_PROXY_COUNT` says there are."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The client's address, or None where the server was not told."""
    try:
        return get_adapter(request).get_client_ip(request)
    except PermissionDenied:
        return None


def network(request: HttpRequest) -> str:
    """What limits count by: the address; of IPv6 the /64, in which a client takes any; or "unknown"."""
    text = client_address(request)
    if text is None:
        return "unknown"
    address = ip_address(text)
    if isinstance(address, IPv6Address):
        return str(IPv6Network(f"{address}/64", strict=False).network_address)
    return text
