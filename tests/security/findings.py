"""What the matrix does not ask by itself: what lists hold, that acting touches one's own rows only, rights to steps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from http.cookies import SimpleCookie
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from casework import registry
from casework.models import Case, Notice, Participant, SavedView
from casework.procedure import Procedure
from casework.queries.rights import Standing
from tests.security.matrix import Cell, ask
from tests.security.policy import RULES, SEES
from tests.security.policy_lists import P_CASE, P_CHECK
from tests.security.rules import PERSONS, STAFF
from tests.security.world import Town

SHEETS = Path(__file__).parents[1]
# Whom the words of the sheet mean in each case of the town. The officer in charge of a_filed is named, so that no other
# officer acts there; a delegate acts for the head in a_filed only, a stand-in for the section head in every case.
MEANT: dict[str, dict[str, set[str]]] = {
    "a_filed": {
        "公民": {"citizen"},
        "代理人": {"agent"},
        "第三人": {"third"},
        "窗口人员": {"clerk"},
        "承办人": {"officer"},
        "科室负责人": {"section_head", "stand_in"},
        "机关负责人": {"head", "delegate"},
        "法制机构人员": {"lawyer"},
    },
    "b_filed": {
        "公民": {"citizen_b"},
        "代理人": {"agent_b"},
        "承办人": {"officer", "officer_2", "recused"},
        "科室负责人": {"section_head", "stand_in"},
        "机关负责人": {"head"},
        "法制机构人员": {"lawyer"},
    },
    "c_elsewhere": {
        "法人或者其他组织": {"head_of_company"},
        "承办人": {"officer_else"},
        "科室负责人": {"section_head_else"},
        "机关负责人": {"head_else"},
        "法制机构人员": {"lawyer_else"},
    },
}
# A grant opens a case to somebody who looks for it; a part in another organ's change stands among the changes of the
# lists (/desk/powers/). Neither puts it on the list of work.
NOT_LISTED = {"grantee", "legal_office"}
# Who finds which case, of licensing and of the lists.
FOUND = {**SEES, **P_CASE, **P_CHECK}


def live() -> list[Procedure]:
    """The procedures of licensing that take cases."""
    return [table for table in registry.procedures().values() if table.live and table.chapter == "approvals"]


def signed(table: Procedure) -> Iterator[tuple[str, str]]:
    """Name of each step, and the words of the signed sheet that say who takes it."""
    text = (SHEETS / table.chapter / "sheets" / f"{table.code.split('.')[1]}.md").read_text(encoding="utf-8")
    told = re.findall(r"^### \d+\. (.+)\n\n- 谁：(.+)$", text, re.MULTILINE)
    assert [label for label, _ in told] == [row.label for row in table.steps]
    yield from zip([row.name for row in table.steps], [who for _, who in told], strict=True)


def lawful(case: str, who: str) -> set[str]:
    """The people of the town whom the words of the sheet mean in a case."""
    if "收到文书后由承办人记录" in who:
        who = "承办人"
    who = who.partition("；")[0]
    who = who.replace("（经办的服务点）", "")  # the clerk of the town sits at the point that took a_filed in
    if "（" in who.replace("（政府法制机构）", ""):
        return set()  # of another organ than the responsible one: nobody of the town is
    return {one for word in who.split("、") for one in MEANT[case].get(word, set())}


def rights(town: Town) -> Iterator[str]:
    """Every row of every live procedure × everybody × three cases: the right to it against the signed sheet."""
    # Read anew, since one account was disabled meanwhile; the two that only the gates stop do hold their seats.
    accounts = User.objects.filter(username__in=set(town.people) - {"no_factor", "old_password"})
    standings = {account.username: Standing(account, timezone.localdate()) for account in accounts}
    for label in MEANT:
        case = Case.objects.get(pk=town.cases[label].pk)
        parts = list(case.participants.filter(until=None))
        for table in live():
            for name, who in signed(table):
                may = {one for one, standing in standings.items() if standing.actors(case, table.step(name), parts)}
                if may != lawful(label, who):
                    yield f"{table.code} {name} ({who}) in {label}: {sorted(may)}"


def member_organs(town: Town) -> Iterator[str]:
    """A row of an organ that takes part belongs to the people of that organ, to nobody else's."""
    case, row = town.cases["a_filed"], registry.procedures()["approvals.licence"].step("refuse_barred")
    organ = Organisation.objects.get(code="DC-WJW")
    part = Participant(case=case, role="respondent", organisation=organ)
    for account in User.objects.filter(username__in=set(town.people) - {"no_factor", "old_password"}):
        standing = Standing(account, timezone.localdate())
        may = bool(standing.actors(case, replace(row, of="respondent"), [part]))
        if may != (account.username == "officer_else"):
            yield f"{account.username} {'acts' if may else 'does not act'} for the organ that takes part"


def lists(town: Town) -> Iterator[str]:
    """Who finds which cases in the queue, among one's own cases, and by the API."""
    for who in sorted(STAFF | PERSONS):
        lawful_ones = {label for label, people in FOUND.items() if who in people}
        pages = {"api-cases": [""], **({"casework:desk": ["?tab=open", "?tab=ended"]} if who in STAFF else {})}
        if who in PERSONS:
            pages = {**pages, "casework:mine": ["", "?ended=1"]}
        for route, addresses in pages.items():
            answers = [ask(town, Cell(RULES[route], "", "GET", who), more).response for more in addresses]
            text = "".join(answer.content.decode() for answer in answers)
            found = {label for label, case in town.cases.items() if label in FOUND and case.code in text}
            if found - lawful_ones or (lawful_ones - found and not (route == "casework:desk" and who in NOT_LISTED)):
                yield f"{route} as {who} lists {sorted(found)}"


def own(town: Town) -> Iterator[str]:
    """A changing request about one's own rows leaves those of others alone; an inbox holds one's own notices."""
    for route, rows in (
        ("casework:drop_view", SavedView.objects.filter(owner=town.people["officer"])),
        ("casework:read_all", Notice.objects.filter(to=town.people["officer"], read_at=None)),
    ):
        with transaction.atomic():
            before = rows.count()
            town.client.cookies = SimpleCookie({"sessionid": town.cookies["officer_2"]})
            pk = {"casework:drop_view": f"/desk/views/{town.keys['view']}/delete/"}.get(route, "/my/notices/read/")
            town.client.post(pk)
            if not before or rows.count() != before:
                yield f"{route} as officer_2 touched what is the officer's"
            transaction.set_rollback(True)
    page = ask(town, Cell(RULES["casework:notices"], "", "GET", "officer_2")).response.content.decode()
    if f"/my/notices/{town.keys['officer_notice']}/" in page or "只给承办人看的通知" in page:
        yield "casework:notices as officer_2 holds the officer's notice"
