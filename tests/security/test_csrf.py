"""Every route that takes a change refuses it without the token that only our own pages have."""

from http.cookies import SimpleCookie

import pytest
from django.test import Client
from django.urls import reverse

from tests.security.matrix import Cell, arguments, minimal, watch
from tests.security.policy import RULES
from tests.security.rules import of
from tests.security.world import Town

CHANGING = [(name, method) for name in sorted(RULES) for method in ("POST", "PATCH", "DELETE")]
CHANGING = [(name, method) for name, method in CHANGING if RULES[name].methods().get(method)]


@pytest.mark.parametrize(("route", "method"), CHANGING)
def test_no_change_without_the_token(town: Town, route: str, method: str) -> None:
    rule = RULES[route]
    label, who = next(
        (
            (label, who)
            for asked in (method, "GET")  # where nobody may change the objects of this world: whoever sees the page
            for label in rule.labels
            for who in sorted(of(rule.methods().get(asked, frozenset()), label) - {"disabled"})
        ),
        (next(iter(rule.labels)), "officer"),  # or whoever has signed in, where nobody sees it
    )
    if rule.api and rule.public:
        assert rule.denied == "hidden"  # an address of nothing changes nothing
        return
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    if who in town.cookies:
        client.cookies = SimpleCookie({"sessionid": town.cookies[who]})
    address = reverse(route, kwargs=arguments(town, route, label))
    body = minimal(town, Cell(rule, label, method, who))
    kind = {"content_type": "application/json"} if rule.api and route != "api-draft-files" else {}
    with watch() as written:
        response = getattr(client, method.lower())(address, body, **kind)
    assert response.status_code == 403, (who, response.status_code, response.get("Location"))
    words = response.content.decode()
    assert "CSRF" in words or "页面已经失效" in words
    assert not written
