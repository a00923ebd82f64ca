"""Every route × method × person × object: what is expected by the policy, what the portal answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from django.db import connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from tests.security.ground import at_counter
from tests.security.ground_regulations import address as address_of_document
from tests.security.rules import (
    AWAY,
    ENROL,
    EVERYBODY,
    FORBIDDEN,
    GATED,
    HIDDEN,
    NEW_PASSWORD,
    NO_METHOD,
    OK,
    SIGN_IN,
    SIGNED_IN,
    Rule,
    of,
)
from tests.security.world import BATHS, FOOD, POWER, VISIT, Town

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SAFE = ("GET", "HEAD", "OPTIONS")
# One of each kind of person, for what does not depend on more than the kind.
KINDS = ("anonymous", "no_factor", "citizen", "citizen_b", "officer", "officer_else", "auditor", "system")
FEW = ("anonymous", "citizen", "officer", "system")
# What an entitled person may hear who sends nothing: a form with its errors, a conflict, a limit.
ANSWERED = {400, 409, 410, 413, 415, 422, 429}
# Rows about the session itself are no effect of a page.
OF_THE_SESSION = ("django_session", "usersessions_", "accounts_accessevent")


@dataclass(frozen=True)
class Cell:
    """One question to the portal."""

    rule: Rule
    label: str
    method: str
    who: str

    def __str__(self) -> str:
        return f"{self.method} {self.rule.route}{f' [{self.label}]' if self.label else ''} as {self.who}"


@dataclass
class Outcome:
    """What came of it: the kind of answer, and the tables that were written to."""

    kind: str
    response: Any
    written: list[str]

    def __str__(self) -> str:
        wrote = f", wrote {', '.join(sorted(set(self.written)))}" if self.written else ""
        return f"{self.kind} ({self.response.status_code} {self.response.get('Location', '')}{wrote})"


def routes() -> dict[str, Callable[..., Any]]:
    """Every named route with its view; a route without a name has its pattern for a name."""
    found: dict[str, Callable[..., Any]] = {}

    def walk(resolver: URLResolver, space: str, path: str) -> None:
        for each in resolver.url_patterns:
            here = path + str(each.pattern)
            if isinstance(each, URLResolver):
                walk(each, f"{space}{each.namespace}:" if each.namespace else space, here)
            elif isinstance(each, URLPattern):
                found[f"{space}{each.name}" if each.name else here] = each.callback

    walk(get_resolver(), "", "")
    return found


def cells(rule: Rule) -> Iterator[Cell]:
    """Everybody for every object by GET and each changing method, unless the page makes no difference between people.

    Of HEAD, of methods that are not served and of pages for all, one of each kind of person is asked.
    """
    served = rule.methods()
    for label in rule.labels:
        users = sorted({who for people in served.values() for who in of(people, label)})
        for method in METHODS:
            if method in served and method != "HEAD" and SIGNED_IN - of(served[method], label):
                people = EVERYBODY
            elif method in served:
                people = frozenset({*KINDS, *users[:1], *rule.opens})
            else:
                people = frozenset({*FEW, *users[:1]})
            if method in served or label == rule.labels[0]:
                yield from (Cell(rule, label, method, who) for who in sorted(people))


def expected(cell: Cell) -> set[str]:
    """The kinds of answer that the policy allows: one, except where a method is not served at all."""
    rule, who, label = cell.rule, cell.who, cell.label
    served = rule.methods()
    if who not in rule.opens and (gate := _gate(rule, who)):
        return {gate}
    if cell.method not in served:
        if rule.form:
            return {NO_METHOD, OK, AWAY, FORBIDDEN, HIDDEN, SIGN_IN}
        if cell.method == "OPTIONS" and rule.api:
            return {OK, FORBIDDEN}
        return {NO_METHOD} if _uses(cell) else {NO_METHOD, FORBIDDEN, HIDDEN, AWAY}
    if who in of(served[cell.method], label):
        return {OK}
    if who in of(rule.begins, label):
        return {HIDDEN}
    if who in of(rule.away, label):
        return {AWAY}
    if who in of(rule.forbidden, label):
        return {FORBIDDEN}
    return {SIGN_IN} if who in ("anonymous", "disabled") and rule.denied != HIDDEN else {rule.denied}


def _gate(rule: Rule, who: str) -> str | None:
    """What stops somebody before the page is asked for at all."""
    if who in ("anonymous", "disabled"):
        return None if rule.public else SIGN_IN
    if rule.public and not rule.api:
        return None
    return {"no_factor": ENROL, "old_password": NEW_PASSWORD}.get(who)


def wrong(cell: Cell, outcome: Outcome) -> str:
    """What is wrong with an answer, in words; nothing if it is as the policy says."""
    lawful = expected(cell)
    if outcome.kind not in lawful:
        return f"{cell}: expected {' or '.join(sorted(lawful))}, got {outcome}"
    served = cell.method in cell.rule.methods() and cell.method not in SAFE
    begun = (cell.rule.writes and _uses(cell)) or cell.who in of(cell.rule.begins, cell.label)
    if outcome.written and not begun and not (outcome.kind == OK and served):
        return f"{cell}: must change nothing, got {outcome}"
    return ""


def _uses(cell: Cell) -> bool:
    """Whether the person may use the route by one method or another."""
    return any(cell.who in of(people, cell.label) for people in cell.rule.methods().values())


def ask(town: Town, cell: Cell, more: str = "") -> Outcome:
    """Send the request, with `more` behind the address, and undo what it did."""
    address = reverse(cell.rule.route, kwargs=arguments(town, cell.rule.route, cell.label)) + (more or cell.rule.query)
    client = town.client
    cookie = town.cookies.get(cell.who)
    client.cookies = SimpleCookie({"sessionid": cookie} if cookie else {})
    source = f"10.9.0.{sorted(EVERYBODY).index(cell.who) + 1}"
    body: dict[str, Any] = {}
    if cell.method in ("POST", "PUT", "PATCH"):
        body = minimal(town, cell)
        if cell.rule.api and cell.rule.route != "api-draft-files":
            body = {"data": body, "content_type": "application/json"}
        else:
            body = {"data": body} if cell.method == "POST" else {}
    with watch() as written, transaction.atomic():
        response = getattr(client, cell.method.lower())(address, REMOTE_ADDR=source, **body)
        transaction.set_rollback(True)
    return Outcome(kind_of(cell, response), response, written)


def minimal(town: Town, cell: Cell) -> dict[str, Any]:
    """The least with which a form does something: an unlawful request that got through would show."""
    match cell.rule.route:
        case "casework:step" | "api-take":
            return {"seen": town.cases[cell.label.partition(":")[0]].act_count}
        case "casework:reveal":
            return {"reason": "电话通知"}
        case "casework:assign":
            return {"selected": f"{town.cases['a_filed'].pk}-{town.cases['a_filed'].act_count}"}
        case "accounts:choose_identity":
            own = town.parties.get(cell.who) or town.parties["citizen"]
            return {"party": str(own.pk)}
        case "accounts:manage_act":
            return {"reason": "离职"}
        case "accounts:manage_decide":
            return {"decision": "approve"}
        case "accounts:manage_propose_end":
            return {"on": timezone.localdate().isoformat(), "reason": "离职"}
        case "exchange-content":
            return {"why": "核对"}
        case "interested":
            return {"kind": "natural", "name": "关示例", "reason": "相邻权"}
        case "intake":
            return {"item": FOOD}
        case "api-drafts":
            return {"item": FOOD}
        case _:
            return {}


@contextmanager
def watch() -> Iterator[list[str]]:
    """The tables that are written to meanwhile, whatever comes of it."""
    written: list[str] = []

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        words = str(sql).split(None, 3)
        if words[:1] and words[0].upper() in ("INSERT", "UPDATE", "DELETE"):
            table = next(word for word in words[1:] if word.upper() not in ("INTO", "FROM", "ONLY")).strip('"')
            if not table.startswith(OF_THE_SESSION):
                written.append(table)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield written


def kind_of(cell: Cell, response: Any) -> str:
    """The kind of an answer."""
    status, place = response.status_code, response.get("Location", "")
    if status in (301, 302, 303, 307):
        for start, kind in GATES.items():
            if place.startswith(start) and (kind != NEW_PASSWORD or cell.who == "old_password"):
                return kind if cell.method in SAFE or cell.who in GATED else OK
        return OK if cell.method not in SAFE else AWAY
    if status == 403 and cell.rule.api:
        return _api_refusal(cell, response)
    if status == 405:
        return NO_METHOD
    if status in (403, 404):
        return FORBIDDEN if status == 403 else HIDDEN
    if status < 300 or (status in ANSWERED and (cell.method not in SAFE or cell.rule.form)):
        return OK
    if status == 503 and cell.rule.route == "health-ready":
        return OK  # the tests have no beat; who may ask is what counts here
    return f"broken {status} {response.exc_info[1] if getattr(response, 'exc_info', None) else ''}"


GATES = {
    "/accounts/login/": SIGN_IN,
    "/accounts/2fa/totp/activate/": ENROL,
    "/accounts/password/change/": NEW_PASSWORD,
}


def _api_refusal(cell: Cell, response: Any) -> str:
    if not response.content:  # the answer to HEAD
        return {"anonymous": SIGN_IN, "disabled": SIGN_IN, "no_factor": ENROL}.get(cell.who, FORBIDDEN)
    said = response.json()
    if said.get("code") == "not_authenticated":
        return SIGN_IN
    detail = said.get("detail", "")
    return ENROL if "第二重验证" in detail else NEW_PASSWORD if "修改密码" in detail else FORBIDDEN


def arguments(town: Town, route: str, label: str) -> dict[str, Any]:
    """What stands in the address for an object of the policy."""
    case, _, part = label.partition(":")
    match route:
        case (
            "oversight:complain-add"
            | "casework:case"
            | "api-case"
            | "api-steps"
            | "interested"
            | "my-correct"
            | "my-licence"
            | "casework:delegate"
            | "regulations:cleanup"
        ):
            return {"code": town.cases[label].code}
        case "casework:document":
            return {"code": town.cases[case].code, "token": town.documents[label].token}
        case "casework:step" | "api-take":
            return {"code": town.cases[case].code, "step": part}
        case "casework:reveal":
            return {"code": town.cases[label].code, "pk": town.cases[label].applicant_id}
        case "casework:verify" | "api-document":
            return {"token": town.documents["a_ended:paper"].token}
        case "casework:procedure":
            return {"code": "approvals.licence"}
        case "casework:export" | "oversight:export" | "oversight:filings-export" | "oversight:watch-export":
            return {"kind": "csv"}
        case "counter-visit" | "counter-step" | "counter-file" | "counter-remove" | "my-correct-file":
            return at_counter(town, route, label)
        case "casework:upload":
            return {"token": town.keys[f"{label}_upload"]}
        case name if name.endswith(("licence-apply", "licence-presence", "licence-check")):
            return {"code": town.cases[label].code, "kind": "change"}
        case "my-licence-file" | "window-licence-file":
            return {"code": town.cases[label].code, "kind": "change", "material": "M2"}
        case "my-licence-remove" | "window-licence-remove":
            token = town.documents["a_request" if route.startswith("my") else "clerk_request"].token
            return {"code": town.cases[label].code, "kind": "change", "token": token}
        case "ask-revocation":
            return {"token": town.documents["a_ended:certificate"].token}
        case "casework:end_delegation":
            return {"pk": town.keys["delegation"]}
        case "casework:send_again":
            return {"pk": town.keys["given_up"]}
        case "exchange-message" | "exchange-content":
            return {"pk": town.keys["message"]}
        case "exchange-act":
            return {"pk": town.keys["message"], "what": "retry"}
        case "exchange-book":
            return {"pk": town.keys["book"]}
        case "exchange-book-file":
            return {"pk": town.keys["book"], "kind": "csv"}
        case "casework:drop_view" | "casework:change_view":
            return {"pk": town.keys["view"]}
        case "casework:open_notice":
            return {"pk": town.keys[f"{label}_notice"]}
        case "powerlist:export":
            return {"organ": "DC-SCJ", "kind": "csv"}
        case "powerlist:power" | "powerlist:versions" | "api-power" | "api-power-versions":
            return {"code": POWER}
        case "powerlist:draft" | "powerlist:check" | "powerlist:discard":
            return {"code": town.drafts[label].code}
        case "powerlist:imported" | "powerlist:import-report" | "powerlist:import-discard":
            return {"code": town.keys[label]}
        case "powerlist:text" | "powerlist:complete" | "powerlist:basis-change":
            return {"code": town.cases[label].code}
        case "powerlist:report-part":
            return {"part": "unused"}
        case "powerlist:report-file":
            return {"part": "unused", "kind": "csv"}
        case "powerlist:organ" | "powerlist:organ-powers" | "api-organ":
            return {"code": "DC-SCJ"}
        case "powerlist:catalogue":
            return {"number": 1}
        case "powerlist:catalogue-file":
            return {"number": 1, "kind": "csv"}
        case "powerlist:projects-file" | "powerlist:transfers-file" | "powerlist:changes-file" | "handovers-export":
            return {"kind": "xlsx"}
        case "powerlist:disclose":
            return {"what": "projects"}
        case "powerlist:activity" | "powerlist:sign-up" | "powerlist:leave" | "powerlist:participants":
            return {"pk": town.keys["activity"]}
        case "powerlist:disclosed":
            return {"what": "projects", "pk": town.keys["project"]}
        case "regulations:document" | "regulations:versions" | "api-normative-document" | "regulations:propose-review":
            return {"pk": town.keys["normative_document"]}
        case "regulations:export":
            return {"pk": town.keys["normative_document"], "kind": "xml"}
        case "regulations:cleanup-new":
            return {"step": "launch_periodic"}
        case "regulations:number":
            return {"number": "示〔2024〕1号"}
        case "visit-book" | "visit-screen":
            return {"code": "QZW"}
        case "visit-cancel":
            return {"code": VISIT}
        case "law:text":
            return {"pk": town.keys["law"]}
        case "bundle":
            return {"code": "DC-YJS-KBCG"}
        case "service" | "apply" | "api-item":
            return {"code": FOOD if route != "api-item" else BATHS}
        case (
            "oversight:complained"
            | "regulations:review-proposed"
            | "apply-tasks"
            | "apply-done"
            | "apply-discard"
            | "api-draft"
            | "api-draft-files"
            | "api-submission"
        ):
            return {"code": town.drafts[label].code}
        case "apply-upload":
            return {"code": town.drafts[label].code, "material": "M2"}
        case "apply-file" | "apply-remove" | "api-draft-file":
            return {"code": town.drafts[label].code, "token": town.documents[label].token}
        case "apply-page":
            return {"code": town.drafts[label].code, "page": "contact"}
        case "my-correct-remove":
            return {"code": town.cases[label].code, "token": town.documents["a_correction"].token}
        case "accounts:contact" | "accounts:authorise":
            return {"party": town.parties[label].pk}
        case "accounts:revoke":
            return {"representation": town.keys[label]}
        case "accounts:manage_user" | "accounts:manage_propose":
            return {"pk": town.people[label].pk}
        case "accounts:manage_act":
            return {"pk": town.people["officer_2"].pk, "what": label}
        case "accounts:manage_propose_end":
            return {"seat": town.keys["seat"]}
        case "accounts:manage_decide":
            return {"pk": town.keys["request"]}
        case "account_confirm_email":
            return {"key": "abc"}
        case "account_reset_password_from_key":
            return {"uidb36": "1", "key": "abc"}
        case _:
            return address_of_document(town, route, label) if route.startswith("regulations:") else {}
