"""docs/security-matrix.md: the policy for people to read, written from the table."""

from __future__ import annotations

from collections.abc import Mapping

from tests.security import policy
from tests.security.clear import CLEAR
from tests.security.policy import PARTS
from tests.security.rules import (
    ADMINISTRATORS,
    EVERYBODY,
    HIDDEN,
    OF_SCJ,
    OF_WJW,
    PERSONS,
    READERS,
    SIGNED_IN,
    STAFF,
    People,
    Rule,
    Who,
    of,
)

HEAD = """# Who may what

Written from `tests/security/policy.py` by `tests/security/test_sheet.py`; do not edit by hand.
Every line is tried with every person and object by `tests/security/test_matrix.py`.

People: `a`, `b` and so on are two citizens with their agents; *office of the case* is whoever holds a seat in the organ
that handles it, sits at the window that took it in, or has a part in this one case; *reading offices* are auditors and
supervisors. Whoever is not named gets the last column: 404 where the thing itself must not be known, 403 elsewhere.
Signed out one is led to the sign-in page, an official without a second factor to binding one, an account with a
temporary password to changing it, before anything else.

"""
GROUPS: tuple[tuple[str, People], ...] = (
    ("everybody", EVERYBODY),
    ("whoever is signed in", SIGNED_IN),
    ("staff", STAFF),
    ("the public", PERSONS),
    ("the three administrators", ADMINISTRATORS),
    ("seats in SCJ", OF_SCJ),
    ("seats in WJW", OF_WJW),
    ("reading offices", READERS),
    ("whoever is signed out", policy.SIGNED_OUT),
)


def words(who: People) -> str:
    """A set of people in few words: groups first, then persons by name."""
    if who == policy.ALL_IN:
        return "whoever is signed in"
    found, rest = [], set(who)
    for label, group in GROUPS:
        if group <= rest:
            found.append(label)
            rest -= group
    if not found and len(rest) > len(SIGNED_IN) // 2:
        return f"whoever is signed in but {', '.join(sorted(SIGNED_IN - rest))}"
    return ", ".join(found + sorted(rest)) or "nobody"


def _served(rule: Rule) -> str:
    """Methods with those whom they serve; methods for the same people stand together."""
    lines: dict[str, list[str]] = {}
    for method, who in rule.methods().items():
        if method != "HEAD":
            lines.setdefault(_who(who), []).append(method)
    return "<br>".join(f"{' '.join(methods)}: {who}" for who, methods in lines.items())


def _who(who: Who) -> str:
    if not isinstance(who, Mapping):
        return words(who)
    named = next((name for name, known in SHARED.items() if known == who), "")
    return f"*{named}*" if named else "; ".join(f"{label}: {words(people)}" for label, people in who.items())


# Sets that many routes share, each told once.
SHARED: dict[str, Mapping[str, People]] = {
    "who sees the case": policy.SEES,
    "office of the case": policy.OFFICE,
    "who may have the file": policy.FILES,
    "who may take the step": policy.TAKES,
    "whose draft it is": policy.DRAFTS,
    "whose own draft it is": policy.A_DRAFT,
}


def sheet() -> str:
    """The whole document."""
    text = HEAD
    for title, shared in SHARED.items():
        text += f"**{title[0].upper()}{title[1:]}**\n\n"
        text += "".join(f"* {label.replace(':', ' · ')}: {words(who)}\n" for label, who in shared.items()) + "\n"
    for part, rules in PARTS.items():
        text += f"## {part}\n\n| route | who | others |\n|---|---|---|\n"
        for rule in rules:
            others = {"forbidden": "403", "hidden": "404"}[rule.denied]
            if rule.forbidden:
                others += "; 403 for who sees it" if rule.denied == HIDDEN else ""
            away = [who for label in rule.labels if (who := of(rule.away, label))]
            others += f"; led away: {words(away[0])}" if away else ""
            everybody = all(who == EVERYBODY for who in rule.methods().values())
            text += f"| `{rule.route}` | {_served(rule)} | {'' if everybody else others} |\n"
        text += "\n"
    return text.rstrip() + "\n" + fields()


def fields() -> str:
    """Where personal data stand in clear."""
    text = "\n## Personal data in clear\n\nEverywhere else they are masked or absent, in pages, API, files, tables, "
    text += "search, mail, logs, cache and broker.\n\n| route | field | whose | to whom |\n|---|---|---|---|\n"
    for (route, label), told in CLEAR.items():
        for (whose, names), who in told.items():
            about = f" ({label})" if label else ""
            text += f"| `{route}`{about} | {', '.join(names)} | {whose} | {words(who)} |\n"
    return text
