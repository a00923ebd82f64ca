"""Sample documents on their way: just proposed, before the public or a hearing, under review, due for filing, in force.

Made once, through the same doors as real ones. Days are counted back from the day of the seeding.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Organisation, User
from casework import registry
from casework.actions import Offer, settle, take
from casework.actions.make import make_paper
from casework.models import Case, Document
from casework.queries.rights import Standing
from regulations.actions import consulting, hearing, reviewing, writing
from regulations.models import Consultation, Hearing
from regulations.queries.making import CHECK, PROCEDURE, SUSPICION, current
from regulations.queries.suspicions import suspicions
from regulations.rules.checklist import KEYS

PLAN = {
    "necessity": "服务点分散，居民不易查找（示例）。",
    "problems": "名录不统一，更新不及时（示例）。",
    "systems": "统一名录、定期公布（示例）。",
}
BODY = """第一条 为了方便居民查找{what}，结合本区实际，制定本办法。
第二条 本区行政区域内{what}的名录编制、公布和更新，适用本办法。
第三条 区市场监督管理局负责编制名录，每年公布一次；街道办事处提供本辖区的情况。
第四条 名录载明名称、地址、服务时间和联系电话。情况变化的，自变化之日起及时更新。
第五条 居民可以就名录的内容提出意见，区市场监督管理局应当研究并答复。
第六条 本办法由区市场监督管理局负责解释。"""
MEETING = "局长办公会（示例）"


def seed(at: datetime) -> None:
    """Make the sample documents once."""
    if Case.objects.filter(procedure=PROCEDURE).exists():
        return
    maker = _Maker(at)
    maker.propose("示例老年助餐点管理办法", 1)
    maker.announced(maker.drafted("示例社区晾晒管理办法", 15), 9)
    maker.consulted(maker.drafted("示例社区菜店名录管理办法", 20), 12)
    maker.sent("示例便民维修点名录管理办法", 50)
    due = maker.published("示例早餐网点名录管理办法", 85)
    forced = maker.published("示例便民理发点名录管理办法", 170)
    settle(forced, at)
    settle(due, at)
    if filing := Case.objects.filter(parent=forced, procedure="regulations.filing").first():
        report = {"report": "现将文件报请备案（示例）。", "contact": "承办人甲（示例），12345"}
        maker.act(filing, "scj-head", "submit_filing", report, 90)
        maker.act(filing, "legal-office", "register", {}, 88)


class _Maker:
    """Walks documents of the market regulation bureau; days are counted back from `at`."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.users = {user.username: user for user in User.objects.filter(is_demo=True)}

    def day(self, days: int) -> date:
        return timezone.localdate(self.at) - timedelta(days=days)

    def moment(self, days: int) -> datetime:
        """Ten in the morning so many days ago; never later than the seeding."""
        return min(timezone.make_aware(datetime.combine(self.day(days), time(10))), self.at)

    def act(self, case: Case, who: str, step: str, facts: Mapping[str, Any], days: int) -> None:
        case.refresh_from_db()
        moment = self.moment(days)
        row = registry.procedure(case.procedure).step(step)
        actor = Standing(self.users[who], timezone.localdate(moment)).actors(case, row)[0]
        said = {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}
        take(case, step, actor, moment, Offer(facts=said, attested=[gate.words for gate in row.needs if gate.attested]))
        case.refresh_from_db()

    def propose(self, name: str, days: int) -> Case:
        head, organ = self.users["scj-head"], Organisation.objects.get(code="DC-SCJ")
        draft = writing.begin(head, writing.PROPOSE, organ, self.moment(days))
        return writing.propose(draft, head, self.moment(days), facts={"name": name, **PLAN})

    def drafted(self, name: str, days: int) -> Case:
        """Planned, and written down as a first version."""
        case = self.propose(name, days)
        planned = {"level": "department", "finish_on": self.day(-300), "approval": "区政府常务会议（示例）"}
        self.act(case, "legal-office", "include_in_plan", planned, days - 1)
        drafters = [str(self.users[one].pk) for one in ("scj-officer", "scj-officer2")]
        self.act(case, "scj-head", "start_drafting", {"drafters": drafters, "business": "no"}, days - 2)
        what = name.removesuffix("管理办法").removesuffix("名录")
        content = {
            "title": name,
            "body": BODY.format(what=what),
            "necessity": PLAN["necessity"],
            "measures": PLAN["systems"],
        }
        writing.save(case, self.users["scj-officer"], self.moment(days - 3), content, revision=0)
        self.act(case, "scj-officer", "form_text", {"changes": "第一稿（示例）"}, days - 3)
        return case

    def consulted(self, case: Case, days: int) -> None:
        """Before the public for thirty-one days, with one opinion."""
        asked = {"until": self.day(days - 31), "channel": "电子邮件（示例）"}
        self.act(case, "scj-officer", "open_public_comment", asked, days)
        one = Consultation.objects.get(case=case, closed_by=None)
        consulting.comment(
            one,
            self.users["neighbour"],
            self.moment(days - 2),
            article="第四条",
            words="建议同时写明无障碍设施（示例）。",
        )

    def announced(self, case: Case, days: int) -> None:
        """With a hearing to come, for which somebody has put their name down."""
        said = {
            "hearing_date": self.day(days - 50), "register_by": self.day(days - 35), "place": "局会议室（示例）",
            "subject": "公共区域晾晒的时间和地点（示例）。", "registration": "网上报名；按身份分别抽签（示例）。",
        }  # fmt: skip
        self.act(case, "scj-officer", "announce_hearing", said, days)
        one = Hearing.objects.get(case=case, closed_by=None)
        who, at = self.users["neighbour"], self.moment(days - 2)
        hearing.register(one, who, at, capacity="resident", views="希望保留朝南的晾晒区（示例）。")

    def sent(self, name: str, days: int) -> Case:
        case = self.drafted(name, days)
        self.consulted(case, days - 4)
        settle(case, self.moment(days - 36))
        comment = Consultation.objects.get(case=case).comments.get()
        officer = self.users["scj-officer"]
        consulting.answer(
            comment, officer, self.moment(days - 37), outcome="partly", reason="有条件的服务点写明（示例）。"
        )
        self.act(case, "scj-officer", "publish_feedback", {"summary": "收到一条意见（示例）。"}, days - 38)
        self.act(case, "scj-officer", "record_not_economic", {"reasons": "不涉及经营者经济活动（示例）。"}, days - 38)
        letter = {"signed_by": "局主要负责人（示例）", "coordination": "没有不同意见（示例）。"}
        self.act(case, "scj-officer", "send_to_legality_review", letter, days - 39)
        return case

    def published(self, name: str, days: int) -> Case:
        case = self.sent(name, days)
        version, reviewer = current(case), self.users["scj-legal"]
        if version is None:
            raise ValueError("a document under review has a text")
        on = self.moment(days - 52)
        given = [reviewing.Answer(CHECK, key, True, "") for key in KEYS]
        given += [
            reviewing.Answer(SUSPICION, one.key, True, "有上位法依据（示例）。")
            for one in suspicions(version, timezone.localdate(on))
        ]
        reviewing.answer(case, reviewer, on, version.number, given)
        self.act(case, "scj-legal", "pass_legality_review", {"opinion": "符合规定（示例）。"}, days - 52)
        self.act(case, "secretary", "put_on_agenda", {"meeting": MEETING, "meeting_on": self.day(days - 55)}, days - 53)
        held = {
            "held_on": self.day(days - 55),
            "present": "局长（示例）\n副局长（示例）",
            "discussion": "一致同意（示例）。",
        }
        self.act(case, "scj-head", "adopt", held, days - 55)
        begins = self.day(days - 95)
        numbered = {"signer": "局长（示例）", "signed_on": self.day(days - 56), "subject": "market",
                    "effective_on": begins}  # fmt: skip
        self.act(case, "secretary", "register_and_number", numbered, days - 56)
        official = Document.objects.get(case=case, paper="gfx_document")
        if not make_paper(official, self.moment(days - 57)):
            return case  # the printing is away: it stays numbered, and is published when the print is there
        gazette = {
            "effective_on": begins, "gazette": "示例公报第1期", "interpretation": "统一名录，方便居民（示例）。",
            "phone": "12345",
        }  # fmt: skip
        self.act(case, "secretary", "publish_delayed", gazette, days - 58)
        return case
