"""Sample changes of the list of powers: one in effect, one before the government, one just proposed, one draft."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from accounts.models import Organisation, User
from casework import registry
from casework.actions import Offer, settle, take
from casework.models import Case, Draft
from casework.queries.rights import Standing
from law.queries import work_calendar
from powerlist.actions import drafts
from powerlist.models import PowerVersion
from powerlist.queries.known import PROCEDURE

WHY = {"reason": "落实优化营商环境要求，压缩办理时限（示例）", "changes": "无"}
NEW = {
    "name": "示例奖励：对举报食品安全违法行为有功人员的奖励",
    "kind": "JL",
    "object": "举报人",
    "authority": "核实举报线索，决定并发放奖励。",
    "level": "区级",
    "supervision": "拨打12345市民服务热线或者向本机关投诉。",
    "phone": "12345",
    "basis": ["《食品安全法》第一百一十五条第一款"],
    "stages": [
        {
            "stage": "受理核实",
            "matter": "登记并核实",
            "subject": "承办科室",
            "manner": "泄露信息的，依法处分",
        },
        {
            "stage": "决定和发放",
            "matter": "作出奖励决定并发放",
            "subject": "机关负责人",
            "manner": "挪用奖金的，依法处分",
        },
    ],
}
REVIEWED = (
    (38, "legal-office", "send_to_legal_review", {"points": "请审核承诺时限是否长于法定时限。"}),
    (36, "legal-office2", "pass_legal_review", {"opinion": "依据、主体、层级、要素和责任符合规定。"}),
    (34, "secretary", "put_on_agenda", {"meeting": "区政府常务会议（示例）", "meeting_on": 33}),
)


def seed(at: datetime) -> None:
    """Make the sample changes once."""
    if Case.objects.filter(procedure=PROCEDURE).exists():
        return
    held = _held("DC-SCJ")
    case = _change(held[0], {"promised": "10个工作日"}, "scj-head", _moment(at, 40))
    for days, who, step, facts in REVIEWED:
        _act(case, who, step, facts, _moment(at, days), at)
    approval = {"effective_on": 25, "minutes": "会议同意该项调整。", "present": "区长（示例）\n副区长（示例）"}
    _act(case, "government", "approve", approval, _moment(at, 33), at)
    _act(case, "legal-office", "publish", {"effective_on": 25}, _moment(at, 30), at)
    settle(case, _moment(at, 25))
    before_government = _change(held[1], {"promised": "15个工作日"}, "scj-head", _moment(at, 12))
    for days, who, step, facts in REVIEWED:
        said = {name: 4 if name == "meeting_on" else value for name, value in facts.items()}
        _act(before_government, who, step, said, _moment(at, days // 4), at)
    _propose(_draft("addition", "", NEW | {"code": "110101-SCJ-JL-901"}, "scj-head", _moment(at, 2)), _moment(at, 2))
    returned = _change(held[3], {"promised": "20个工作日"}, "scj-head", _moment(at, 9))
    missing = {"missing": "承诺时限与法定时限相同，请说明压缩的理由"}
    _act(returned, "legal-office", "return_incomplete", missing, _moment(at, 7), at)
    _draft("change", held[2], {"promised": "12个工作日"}, "scj-head", _moment(at, 1))


def _held(organ: str) -> list[str]:
    """Codes of licences that the organ holds, in their order."""
    held = PowerVersion.objects.filter(organ__code=organ, kind="XK", until=None)
    return list(held.order_by("power__code").values_list("power__code", flat=True)[:4])


def _change(code: str, changed: Mapping[str, Any], who: str, at: datetime) -> Case:
    return _propose(_draft("change", code, changed, who, at), at)


def _draft(kind: str, code: str, changed: Mapping[str, Any], who: str, at: datetime) -> Draft:
    organ = Organisation.objects.get(code="DC-SCJ")
    draft = drafts.begin(User.objects.get(username=who), organ, kind, code, at)
    item = {**draft.content["item"], **{name: value for name, value in changed.items() if name != "code"}}
    return drafts.save(draft, {"item": item, "code": changed.get("code", code)}, at)


def _propose(draft: Draft, at: datetime) -> Case:
    row = registry.procedure(PROCEDURE).step(draft.step)
    attested = [gate.words for gate in row.needs if gate.attested]
    return drafts.propose(draft, User.objects.get(drafts=draft), at, facts=WHY, attested=attested)


def _act(case: Case, who: str, step: str, facts: Mapping[str, Any], moment: datetime, at: datetime) -> None:
    """Take a step as somebody; a number stands for the day so many working days ago."""
    case.refresh_from_db()
    row = registry.procedure(PROCEDURE).step(step)
    actor = Standing(User.objects.get(username=who), timezone.localdate(moment)).actors(case, row)[0]
    said = {name: _day(at, value).isoformat() if isinstance(value, int) else value for name, value in facts.items()}
    take(case, step, actor, moment, Offer(facts=said, attested=[gate.words for gate in row.needs if gate.attested]))


def _day(at: datetime, working_days_ago: int) -> date:
    calendar = work_calendar()
    return calendar.add_working_days(calendar.previous_working_day(timezone.localdate(at)), -working_days_ago)


def _moment(at: datetime, working_days_ago: int) -> datetime:
    """Ten in the morning so many working days ago; never later than `at`."""
    return min(timezone.make_aware(datetime.combine(_day(at, working_days_ago), time(10))), at)
