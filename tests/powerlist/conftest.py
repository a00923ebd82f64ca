"""The district with a list of powers, the people who change it, and a small statute-book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from accounts.actions import load_organisations
from accounts.models import Organisation, User
from casework import registry
from casework.actions import Offer, take
from casework.models import Act, Case, Draft
from casework.queries.rights import Standing
from law.actions import load_law
from law.actions.texts import import_laws
from portal.demo import people
from powerlist.actions import drafts
from powerlist.actions.stock import load_powers
from powerlist.queries.known import PROCEDURE
from tests.accounts.people import BEIJING, sign_in
from tests.powerlist.ground import catalogue, ground, moment  # noqa: F401

MADE = datetime(2026, 1, 5, 9, tzinfo=BEIJING)
FOOD, FOOD_ITEM = "110101-SCJ-XK-001", "DC-SCJ-SPJY"
WHY = {"reason": "基层管理需要", "changes": "无"}

REGULATION = """# 北京市示例管理条例

2020年5月1日北京市人民代表大会常务委员会通过　自2020年6月1日起施行

<!-- INFO END -->

## 第一章 总则

第一条 为了示例，制定本条例。

第二条 区市场监督管理部门负责示例经营的许可。

街道办事处可以接受委托。

第三条 违反本条例第二条规定的，由区市场监督管理部门处以警告。
"""
OLD = """# 北京市旧示例办法

2001年5月1日北京市人民政府公布　自2001年6月1日起施行

<!-- INFO END -->

第一条 旧的规定。
"""


def item(**changed: Any) -> dict[str, Any]:
    """A whole new item of the market regulation bureau."""
    return {
        "name": "示例经营许可", "kind": "XK", "organ": "DC-SCJ", "object": "示例经营者",
        "authority": "审查并决定示例经营许可。",
        "level": "区级", "time_limit": "20个工作日", "promised": "10个工作日", "supervision": "拨打投诉电话。",
        "phone": "12345", "note": "", "entrusted": "", "items": [], "basis": ["《北京市示例管理条例》第二条第一款"],
        "stages": [
            {"stage": "受理", "matter": "公示并受理", "subject": "窗口", "manner": "责令改正", "basis": ""},
            {"stage": "决定", "matter": "依法决定", "subject": "负责人", "manner": "依法处分", "basis": ""},
        ],
    } | changed  # fmt: skip


@dataclass
class Town:
    """Everybody whom a change of the list needs, by the names of the sample accounts."""

    def user(self, name: str) -> User:
        return User.objects.get(username=name)

    def organ(self, code: str = "DC-SCJ") -> Organisation:
        return Organisation.objects.get(code=code)

    def draft(
        self, kind: str, code: str = "", at: str = "2026-03-02T09:00", by: str = "scj-head", of: str = "DC-SCJ",
        ex_officio: bool = False, **changed: Any,
    ) -> Draft:  # fmt: skip
        """A draft with everything filled in."""
        draft = drafts.begin(self.user(by), self.organ(of), kind, code, moment(at), ex_officio=ex_officio)
        if kind == "cancellation":
            return draft
        text = item(organ=of) if not code or kind in ("addition", "take_over") else dict(draft.content["item"])
        change: dict[str, Any] = {"item": text | changed}
        if not draft.content["code"]:
            change["code"] = code or "110101-SCJ-XK-900"
        return drafts.save(draft, change, moment(at))

    def propose(self, draft: Draft, at: str = "2026-03-02T10:00", **facts: Any) -> Case:
        row = registry.procedure(PROCEDURE).step(draft.step)
        return drafts.propose(
            draft, User.objects.get(drafts=draft), moment(at), facts={**WHY, **facts},
            attested=[gate.words for gate in row.needs if gate.attested],
        )  # fmt: skip

    def act(self, case: Case, by: str, step: str, at: str, **facts: Any) -> Act:
        """Take a step as somebody, attesting what the table asks for."""
        case.refresh_from_db()
        row = registry.procedure(PROCEDURE).step(step)
        actors = Standing(self.user(by), timezone.localdate(moment(at))).actors(case, row)
        assert actors, f"{by} has no right to {step}"
        attested = [gate.words for gate in row.needs if gate.attested]
        return take(case, step, actors[0], moment(at), Offer(facts=facts, attested=attested))

    def complete(self, case: Case, by: str, at: str, **changed: Any) -> Act:
        """Hand in a further text of a case that was returned."""
        case.refresh_from_db()
        draft = drafts.begin_completion(case, self.user(by), moment(at))
        drafts.save(draft, {"item": {**draft.content["item"], **changed}}, moment(at))
        row = registry.procedure(PROCEDURE).step(drafts.COMPLETE)
        (actor,) = Standing(self.user(by), timezone.localdate(moment(at))).actors(case, row)
        return drafts.complete(case, draft, actor, moment(at), answer="已补充", seen=None)

    def through(
        self, case: Case, effective_on: str, published: str = "2026-03-20T09:00", day: str = "",
        proposed: str = "2026-03-02", **approved: Any,
    ) -> Case:  # fmt: skip
        """From the legal office's desk to publication, in so many days after it was proposed."""

        def on(days: int) -> str:
            return (date.fromisoformat(proposed) + timedelta(days=days)).isoformat()

        self.act(case, "legal-office", "send_to_legal_review", f"{on(1)}T09:00", points="请审核依据和层级")
        self.act(case, "legal-office2", "pass_legal_review", f"{on(3)}T09:00", opinion="符合规定。")
        self.act(case, "secretary", "put_on_agenda", f"{on(4)}T09:00", meeting="常务会议", meeting_on=on(8))
        self.act(
            case, "government", "approve", f"{on(8)}T09:00", effective_on=effective_on, minutes="同意。",
            present="区长（示例）\n副区长（示例）", **approved,
        )  # fmt: skip
        day = day or max(effective_on, published[:10])
        self.act(case, "legal-office", "publish", published, effective_on=day)
        case.refresh_from_db()
        return case

    def client(self, name: str) -> Any:
        from django.test import Client

        return sign_in(Client(), self.user(name))


def make_town(directory: Path) -> Town:
    """Organs, limits, a list of powers, people and two texts of law."""
    load_organisations()
    load_law()
    load_powers(bound_only=True)
    people.seed(MADE)
    (directory / "北京市示例管理条例(2020-05-01).md").write_text(REGULATION, encoding="utf-8")
    (directory / "北京市旧示例办法(2001-05-01).md").write_text(OLD, encoding="utf-8")
    import_laws(directory)
    return Town()


@pytest.fixture
def town(db: None, tmp_path: Path, settings: Any) -> Town:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "laws").mkdir()
    return make_town(tmp_path / "laws")
