"""Documents on their way for whoever might knock: one being drafted, one before the public, a filing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import Organisation
from casework import registry
from casework.actions import Offer, open_case, take
from casework.models import Case, Document
from casework.queries.rights import LAW, Standing
from regulations.actions import consulting, writing
from regulations.models import Consultation, Hearing, NormativeDocument
from regulations.queries.about import matter_of
from tests.approvals.conftest import pdf

if TYPE_CHECKING:
    from tests.security.world import Town

BODY = "第一条 为了示例，制定本办法。\n第二条 示例服务点由街道办事处设置。"


def make_documents(town: Town, now: datetime) -> None:
    """In a town with its people."""
    organ = Organisation.objects.get(code="DC-SCJ")
    town.drafts["r_proposal"] = writing.begin(town.people["head"], writing.PROPOSE, organ, now)
    town.cases["r_making"] = _drafted(town, organ, "示例服务点办法", now)
    asked = _drafted(town, organ, "示例公告办法", now)
    until = (timezone.localdate(now) + timedelta(days=40)).isoformat()
    _act(town, asked, "officer", "open_public_comment", now, until=until, channel="信函")
    one = Consultation.objects.get(case=asked)
    comment = consulting.comment(one, town.people["citizen"], now, article="第二条", words="建议写明时间。")
    town.keys["consultation"] = one.pk
    heard = _drafted(town, organ, "示例听证办法", now)
    days = {"hearing_date": timezone.localdate(now) + timedelta(days=40), "register_by": timezone.localdate(now)}
    said = {name: day.isoformat() for name, day in days.items()}
    _act(town, heard, "officer", "announce_hearing", now, place="会议室", subject="设置", registration="网上", **said)
    town.keys["hearing"] = Hearing.objects.get(case=heard).pk
    town.documents["r_receipt"] = Document.objects.get(act=comment.act_id)
    today = timezone.localdate(now)
    document = NormativeDocument.objects.create(
        organ=organ, issuer=organ.name, number="东市监发〔2026〕99号", title="示例办法", published_on=today,
        effective_from=today + timedelta(days=40),
    )  # fmt: skip
    town.cases["r_filing"] = open_case(
        "regulations.filing", "open_on_department_publication", LAW, now, organ=organ, matter=matter_of(document),
        title="备案：示例办法", channel=Case.Channel.OFFICE, parent=town.cases["r_making"],
    )  # fmt: skip
    town.documents["r_paper"] = Document.objects.create(
        kind="paper", case=town.cases["r_making"], organ=organ, paper="gfx_document", title="正式文本", added_at=now,
        made_at=now, file=ContentFile(pdf().read(), name="text.pdf"), content_type="application/pdf",
    )  # fmt: skip


def _drafted(town: Town, organ: Organisation, name: str, now: datetime) -> Case:
    """Proposed, planned, and written down as a first version."""
    draft = writing.begin(town.people["head"], writing.PROPOSE, organ, now)
    facts = {"name": name, "necessity": "需要", "problems": "没有名录", "systems": "名录"}
    case = writing.propose(draft, town.people["head"], now, facts=facts)
    finish = (timezone.localdate(now) + timedelta(days=200)).isoformat()
    _act(town, case, "legal_office", "include_in_plan", now, level="department", finish_on=finish, approval="会议")
    drafters = [str(town.people["officer"].pk)]
    _act(town, case, "head", "start_drafting", now, drafters=drafters, business="no")
    content = {"title": name, "body": BODY, "necessity": "需要", "measures": "名录"}
    writing.save(case, town.people["officer"], now, content, revision=0)
    _act(town, case, "officer", "form_text", now, changes="第一稿")
    return case


def _act(town: Town, case: Case, who: str, step: str, now: datetime, **facts: Any) -> None:
    case.refresh_from_db()
    row = registry.procedure(case.procedure).step(step)
    actor = Standing(town.people[who], timezone.localdate(now)).actors(case, row)[0]
    take(case, step, actor, now, Offer(facts=facts, attested=[gate.words for gate in row.needs if gate.attested]))


def address(town: Town, route: str, label: str) -> dict[str, Any]:
    """What stands in the address of a route of this chapter for an object of the policy."""
    match route:
        case "regulations:consultation":
            return {"pk": town.keys["consultation"]}
        case "regulations:hearing":
            return {"pk": town.keys["hearing"]}
        case "regulations:plan-file":
            return {"kind": "csv"}
        case "regulations:comment-receipt":
            return {"token": town.documents["r_receipt"].token}
        case "regulations:proposal" | "regulations:proposal-discard":
            return {"code": town.drafts["r_proposal"].code}
        case "regulations:filing-paper":
            return {"code": town.cases[label].code, "token": town.documents["r_paper"].token}
        case "regulations:filing-rates-file":
            return {"kind": "csv"}
        case "regulations:statistics-file":
            return {"code": "making", "kind": "csv"}
    return {"code": town.cases[label].code} if label else {}
