"""The words in which the policy is written: persons, answers, and a row for one route. See policy.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.security.canaries import CANARIES
from tests.security.world import SEATS

# What an answer can be.
OK, SIGN_IN, ENROL, NEW_PASSWORD = "ok", "sign in", "enrol", "new password"
FORBIDDEN, HIDDEN, AWAY, NO_METHOD = "forbidden", "hidden", "away", "no such method"

People = frozenset[str]
Who = People | Mapping[str, People]

PERSONS = frozenset(CANARIES)
GATED = frozenset({"anonymous", "disabled", "no_factor", "old_password"})  # stopped before any page that is not public
ADMINISTRATORS = frozenset({"system", "security", "audit"})
STAFF = frozenset(SEATS) - ADMINISTRATORS - GATED
SIGNED_IN = PERSONS | STAFF | ADMINISTRATORS
EVERYBODY = SIGNED_IN | GATED
NOBODY: People = frozenset()


def only(*who: str) -> People:
    return frozenset(who)


# Seats of two organs, and the offices that read everything.
OF_SCJ = only("officer", "officer_2", "recused", "section_head", "head", "lawyer", "stand_in")
OF_WJW = only("officer_else", "section_head_else", "head_else", "lawyer_else")
READERS = only("auditor", "supervisor")


@dataclass(frozen=True)
class Rule:
    """One route. A method that is None is not served: 405 for whoever may use the others."""

    route: str
    get: Who | None = None
    post: Who | None = None
    patch: Who | None = None
    delete: Who | None = None
    denied: str = FORBIDDEN
    forbidden: Who = NOBODY
    away: Who = NOBODY
    public: bool = False
    api: bool = False
    head: bool = True  # HEAD is served like GET
    form: bool = False  # a view of allauth: it answers OPTIONS and PUT, and may turn away before it looks at the method
    writes: bool = False  # GET begins something of one's own
    begins: Who = NOBODY  # of whom coming here begins a draft, though there is nothing for them to change
    opens: People = NOBODY  # of those whom the gates stop, who is let through all the same
    query: str = ""  # without which the address says nothing
    note: str = ""

    def methods(self) -> dict[str, Who]:
        """Served methods and for whom."""
        named = {"GET": self.get, "POST": self.post, "PATCH": self.patch, "DELETE": self.delete}
        if self.head:
            named["HEAD"] = self.get
        return {name: who for name, who in named.items() if who is not None}

    @property
    def labels(self) -> list[str]:
        """The objects that the route leads to; one empty label where there is none."""
        found: dict[str, None] = {}
        for who in (*self.methods().values(), self.away):
            if isinstance(who, Mapping):
                found.update(dict.fromkeys(who))
        return list(found) or [""]


def of(who: Who, label: str) -> People:
    """The people of one object."""
    return who.get(label, NOBODY) if isinstance(who, Mapping) else who


def page(route: str, **more: object) -> Rule:
    """A page for everybody."""
    return Rule(route, get=EVERYBODY, public=True, **more)  # type: ignore[arg-type]
