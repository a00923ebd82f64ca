"""The district with the people who make documents, and a document on its way, walked by the sample accounts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.actions import load_organisations
from accounts.models import Organisation, User
from accounts.queries import representations
from casework import registry
from casework.actions import Offer, take
from casework.actions.make import make_paper
from casework.actions.ring import ring_all
from casework.models import Act, Case, Document
from casework.queries.rights import Standing
from law.actions import load_law
from law.actions.texts import import_laws
from portal.demo import people
from regulations.actions import consulting, filing_review, hearing, reviewing, writing
from regulations.models import Comment, Consultation, Hearing, HearingRegistration, Manuscript, NormativeDocument
from regulations.queries.about import document_of
from regulations.queries.filing_review import marked
from regulations.queries.making import CHECK, PROCEDURE, SUSPICION, current
from regulations.queries.suspicions import suspicions
from regulations.rules.checklist import KEYS
from tests.accounts.people import BEIJING, sign_in

MADE = datetime(2026, 1, 5, 9, tzinfo=BEIJING)
TITLE = "北京市东城区示例便民服务点管理办法"
BODY = """第一条 为了规范示例便民服务点，依据《北京市示例管理条例》第二条，制定本办法。
第二条 示例便民服务点由街道办事处设置，向居民公布地址和服务时间。
第三条 区市场监督管理局每年公布示例便民服务点名录。
第四条 本办法由区市场监督管理局负责解释。"""
PLAN = {"necessity": "服务点分散，居民找不到。", "problems": "名录不统一。", "systems": "名录和公布制度。"}
REGULATION = """# 北京市示例管理条例

2020年5月1日北京市人民代表大会常务委员会通过　自2020年6月1日起施行

<!-- INFO END -->

第一条 为了示例，制定本条例。

第二条 区市场监督管理部门负责示例经营的许可。
"""


def moment(text: str) -> datetime:
    """2026-03-02T09:00 in Beijing."""
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


@dataclass
class House:
    """Everybody whom a document needs, by the names of the sample accounts. `title` is what documents are called."""

    title: str = TITLE

    def user(self, name: str) -> User:
        return User.objects.get(username=name)

    def organ(self, code: str = "DC-SCJ") -> Organisation:
        return Organisation.objects.get(code=code)

    def client(self, name: str) -> Any:
        return sign_in(Client(), self.user(name))

    def act(self, case: Case, by: str, step: str, at: str, **facts: Any) -> Act:
        """Take a step as somebody, attesting what the table asks for."""
        case.refresh_from_db()
        row = registry.procedure(case.procedure, case.version).step(step)
        actors = Standing(self.user(by), timezone.localdate(moment(at))).actors(case, row)
        assert actors, f"{by} has no right to {step}"
        attested = [gate.words for gate in row.needs if gate.attested]
        act = take(case, step, actors[0], moment(at), Offer(facts=facts, attested=attested))
        case.refresh_from_db()
        return act

    def propose(
        self, at: str = "2026-03-02T09:00", name: str = TITLE, by: str = "scj-head", of: str = "DC-SCJ", **more: str
    ) -> Case:
        draft = writing.begin(self.user(by), writing.PROPOSE, self.organ(of), moment(at))
        return writing.propose(draft, self.user(by), moment(at), facts={"name": name, **PLAN, **more})

    def suggest(self, by: str = "citizen", at: str = "2026-03-02T09:00", of: str = "DC-SCJ") -> Case:
        party = representations(self.user(by), moment(at).date())[0].party
        draft = writing.begin(self.user(by), writing.SUGGEST, self.organ(of), moment(at), party)
        facts = {"name": TITLE, "reasons": "希望统一服务点名录。"}
        return writing.propose(draft, self.user(by), moment(at), facts=facts)

    def planned(self, level: str = "department", at: str = "2026-03-03T09:00", case: Case | None = None) -> Case:
        case = case or self.propose()
        self.act(
            case,
            "legal-office",
            "include_in_plan",
            at,
            level=level,
            finish_on="2026-12-31",
            approval="区政府常务会议（示例）",
        )
        return case

    def drafting(self, level: str = "department", business: str = "no") -> Case:
        case = self.planned(level)
        drafters = [str(self.user("scj-officer").pk)]
        self.act(case, "scj-head", "start_drafting", "2026-03-04T09:00", drafters=drafters, business=business)
        return case

    def write(self, case: Case, at: str, body: str = BODY, by: str = "scj-officer") -> Manuscript:
        found = Manuscript.objects.filter(case=case).first()
        content = {"title": self.title, "body": body, "necessity": "服务点分散。", "measures": "建立名录。"}
        return writing.save(case, self.user(by), moment(at), content, revision=found.revision if found else 0)

    def form(self, case: Case, at: str, body: str = BODY, by: str = "scj-officer") -> Act:
        self.write(case, at, body, by)
        return self.act(case, by, "form_text", at, changes="按照调研情况起草")

    def comment(
        self, case: Case, by: str, at: str, article: str = "第二条", words: str = "建议写明服务时间。"
    ) -> Comment:
        one = Consultation.objects.get(case=case, closed_by=None)
        return consulting.comment(one, self.user(by), moment(at), article=article, words=words)

    def register(self, case: Case, by: str, at: str, capacity: str = "resident") -> HearingRegistration:
        one = Hearing.objects.get(case=case, closed_by=None)
        return hearing.register(one, self.user(by), moment(at), capacity=capacity, views="希望就近设置。")

    def answer(self, comment: Comment, at: str, outcome: str = "adopted", by: str = "scj-officer") -> Comment:
        return consulting.answer(comment, self.user(by), moment(at), outcome=outcome, reason="意见合理。")

    def consulted(self, case: Case) -> None:
        """The public is asked for as long as the law demands, says nothing, and is told so."""
        case.refresh_from_db()
        self.act(case, "scj-officer", "open_public_comment", "2026-03-06T09:00", until="2026-04-06", channel="电子邮件")
        ring_all(moment("2026-04-07T00:10"))
        self.act(case, "scj-officer", "publish_feedback", "2026-04-07T09:00", summary="没有收到意见。")

    def sent(self, level: str = "department") -> Case:
        """A draft at the legality review, sent on 8 April 2026."""
        case = self.drafting(level)
        self.form(case, "2026-03-05T09:00")
        self.consulted(case)
        self.act(case, "scj-officer", "record_not_economic", "2026-04-07T10:00", reasons="不涉及经营者。")
        self.send(case)
        return case

    def send(self, case: Case, at: str = "2026-04-08T09:00") -> Act:
        return self.act(
            case, "scj-officer", "send_to_legality_review", at, signed_by="局主要负责人", coordination="没有不同意见。"
        )

    def check(
        self, case: Case, by: str, at: str, touched: Mapping[str, str] | None = None, keys: tuple[str, ...] = KEYS
    ) -> None:
        """Answer the check-list and every clause that the scan has marked."""
        version = current(case)
        assert version
        wrong = touched or {}
        given = [reviewing.Answer(CHECK, key, key not in wrong, wrong.get(key, "")) for key in keys]
        marked = suspicions(version, moment(at).date())
        given += [reviewing.Answer(SUSPICION, one.key, True, "有上位法依据。") for one in marked]
        reviewing.answer(case, self.user(by), moment(at), version.number, given)

    def check_filing(self, case: Case, by: str, at: str, touched: Mapping[str, str] | None = None) -> None:
        """Answer the check-list of a filing and every clause that the scan has marked in the published text."""
        document, wrong = document_of(case), touched or {}
        assert document
        given = [reviewing.Answer(CHECK, key, key not in wrong, wrong.get(key, "")) for key in KEYS]
        for one in marked(document, moment(at).date()):
            words = wrong.get(one.key, "有上位法依据。")
            given.append(reviewing.Answer(SUSPICION, one.key, one.key not in wrong, words))
        filing_review.answer(case, self.user(by), moment(at), given)

    def reviewed(self, level: str = "department") -> Case:
        """Passed by its reviewer after five working days, on 16 April 2026."""
        case = self.sent(level)
        by = "scj-legal" if level == "department" else "legal-office2"
        self.check(case, by, "2026-04-16T09:00")
        self.act(case, by, "pass_legality_review", "2026-04-16T10:00", opinion="符合规定。")
        return case

    def adopted(self, level: str = "department") -> Case:
        case = self.reviewed(level)
        self.act(
            case, "secretary", "put_on_agenda", "2026-04-17T09:00", meeting="办公会（示例）", meeting_on="2026-04-20"
        )
        by = "scj-head" if level == "department" else "government"
        self.act(case, by, "adopt", "2026-04-20T16:00", **MEETING)
        return case

    def number(
        self, case: Case, at: str = "2026-04-21T09:00", effective_on: str = "2026-06-01", **more: Any
    ) -> Act:  # fmt: skip
        day = at[:10]
        return self.act(
            case, "secretary", "register_and_number", at, signer="主要负责人", signed_on=day, effective_on=effective_on,
            **{"subject": "market", **more},
        )  # fmt: skip

    def print_official(self, case: Case, at: str) -> None:
        """The worker makes the official print; what else waits is left for later."""
        assert make_paper(Document.objects.get(case=case, paper="gfx_document"), moment(at))

    def published(
        self, level: str = "department", at: str = "2026-04-22T09:00", effective_on: str = "2026-06-01",
        step: str = "publish_delayed", case: Case | None = None, **more: Any,
    ) -> Case:  # fmt: skip
        case = case or self.adopted(level)
        self.number(case, effective_on=effective_on, **more)
        self.print_official(case, at)
        reason = {"reasons": "不立即施行将有碍实施。", "approver": "区长"} if step == "publish_immediate" else {}
        self.act(case, "secretary", step, at, effective_on=effective_on, **GAZETTE, **reason)
        return case

    def repeal(self, case: Case, at: str, by: str = "scj-head") -> Act:
        """Whoever issued the document of a making repeals it, in force or before its day."""
        said = {"reasons": "备案审查提出意见。", "present": "局长（示例）", "discussion": "同意。"}
        case.refresh_from_db()
        if case.state == "published":
            return self.act(case, by, "repeal_before_effect", at, **said)
        return self.act(child_of(case, "regulations.validity"), by, "repeal", at, pending="按原规定办结。", **said)

    def document(self, case: Case) -> NormativeDocument:
        return NormativeDocument.objects.get(case=case)


MEETING = {
    "held_on": "2026-04-20",
    "present": "局长（示例）\n副局长（示例）",
    "discussion": "副局长：同意。\n局长：同意。",
}
GAZETTE = {"gazette": "2026年第4期", "interpretation": "为什么制定：服务点分散。\n主要内容：名录。", "phone": "12345"}


def make_house(directory: Path) -> House:
    """Organs, limits, people and one text of law."""
    load_organisations()
    load_law()
    people.seed(MADE)
    directory.mkdir(exist_ok=True)
    (directory / "北京市示例管理条例(2020-05-01).md").write_text(REGULATION, encoding="utf-8")
    import_laws(directory)
    return House()


@pytest.fixture
def house(db: None, tmp_path: Path, settings: Any) -> House:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    return make_house(tmp_path / "laws")


def child_of(case: Case, procedure: str) -> Case:
    """The case that was opened out of another."""
    return Case.objects.get(parent=case, procedure=procedure)


__all__ = ["PROCEDURE", "House", "child_of", "house", "moment"]
