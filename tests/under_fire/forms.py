"""Finds every form that a person can reach by following links, as that person sees it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.urls import Resolver404, resolve
from lxml import html

MOST_PAGES = 250  # of one person
OF_A_KIND = 2  # pages of one kind are alike
WHICH_ONE = {"code", "token", "pk", "number", "key"}  # parts of an address that do not make a page another kind of page


@dataclass
class Form:
    """One form of a page: where it is sent, and what a browser would send if nothing were typed."""

    page: str
    action: str
    route: str
    method: str
    sent: dict[str, list[str]]
    typed: dict[str, str] = field(default_factory=dict)  # name → kind of box that a person fills in
    files: frozenset[str] = frozenset()

    @property
    def kind(self) -> tuple[str, str, frozenset[str]]:
        return self.route, self.method, frozenset(self.sent) | frozenset(self.typed)


def kind_of(address: str) -> str:
    """The route of an address with what makes the page another kind of page; nothing where it leads nowhere."""
    try:
        found = resolve(urlsplit(address).path)
    except Resolver404:
        return ""
    return " ".join([found.view_name, *(str(part) for name, part in found.kwargs.items() if name not in WHICH_ONE)])


def forms_of(person: Client, *begin: str) -> dict[tuple[str, str, frozenset[str]], Form]:
    """All forms of all pages that the person reaches from where he begins, one of each kind."""
    waiting, seen, met = deque(begin), set(begin), dict[str, int]()
    found: dict[tuple[str, str, frozenset[str]], Form] = {}
    while waiting and len(seen) < MOST_PAGES * 4 and sum(met.values()) < MOST_PAGES:
        address = waiting.popleft()
        kind = kind_of(address)
        if not kind or met.get(kind, 0) >= OF_A_KIND:
            continue
        answer = person.get(address, follow=True)
        assert answer.status_code < 500, address
        if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
            continue
        met[kind] = met.get(kind, 0) + 1
        query = answer.request["QUERY_STRING"]
        here = answer.request["PATH_INFO"] + (f"?{query}" if query else "")
        page = html.document_fromstring(answer.content.decode())
        for form in page.forms:
            one = read(form, here)
            found.setdefault(one.kind, one)
        for link in page.xpath("//a/@href"):
            target = local(str(link), here)
            if target and target not in seen:
                seen.add(target)
                waiting.append(target)
    return found


def local(link: str, page: str) -> str:
    """The address within the portal that a link on the page leads to; nothing for others."""
    link = link.split("#")[0]
    if link.startswith("?"):
        return urlsplit(page).path + link
    return link if link.startswith("/") and not link.startswith("//") else ""


def read(form: Any, page: str) -> Form:
    sent: dict[str, list[str]] = {}
    typed: dict[str, str] = {}
    files = set()
    for box in form.inputs:
        name, kind = box.get("name"), box.get("type") or box.tag
        if not name or kind in ("submit", "button", "image", "reset"):
            continue
        if kind == "file":
            files.add(name)
            continue
        if kind != "hidden":
            typed[name] = kind
        if kind in ("checkbox", "radio"):
            if box.get("checked") is not None:
                sent.setdefault(name, []).append(box.get("value", "on"))
        else:
            value = box.value
            values = [value] if isinstance(value, str) else list(value or [])
            sent.setdefault(name, []).extend(str(one) for one in values)
    action = local(form.get("action") or "", page) or page
    return Form(page, action, kind_of(action), (form.get("method") or "get").lower(), sent, typed, frozenset(files))
