"""What the case page says of an application."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from approvals.models import Application, Consignment, LicensingItem
from approvals.queries import presence, questions
from approvals.queries.applied import application_of
from approvals.queries.bundles import Subject, Whole, subject_of
from casework.models import Case
from law.wording import instant_zh


def summary(case: Case) -> list[tuple[str, str]]:
    """Label and value of what was applied for, for the applicant and for officers who may open the case."""
    application = application_of(case)
    if application is None:
        return []
    subject = subject_of(application)
    rows = [("申请事项", subject.name)]
    if isinstance(subject, Whole):
        rows += [("所含事项", "、".join(member.item.name for member in subject.members))]
        if others := LicensingItem.objects.filter(code__in=application.elsewhere).order_by("code", "-since"):
            names = dict.fromkeys(f"{one.name}（{one.organ.short_name}）" for one in others.select_related("organ"))
            rows += [("需要另外办理", "、".join(names))]
        rows += [("各事项的结果", application.get_hand_over_display())] if len(subject.members) > 1 else []
    rows += questions.shown(questions.asks(subject), application.answers)
    if shared := _shared(application, subject):
        rows.append(("共享取得的材料", f"{shared}。由承办机关查询核对，本门户没有自动取得"))
    rows += presence.rows(application.presence)
    rows += _moves(application) if application.case_id == case.pk else []
    rows.append(("领取方式", application.get_delivery_display()))
    if application.delivery_point:
        rows.append(("领取地点", application.delivery_point.name))
    rows.append(("同意电子送达", "是" if application.consents_to_electronic_service else "否"))
    if application.case_id == case.pk and application.licence:  # type: ignore[attr-defined]
        rows.append(("许可证件", application.licence))  # type: ignore[attr-defined]
    return rows


def _shared(application: Application, subject: Subject) -> str:
    """What departments share and nobody hands in, each with its source."""
    if isinstance(subject, Whole):
        found = [(each.name, each.shared_from) for each in subject.materials]
    else:
        found = [(name, source) for _, name, source in application.listed]  # type: ignore[attr-defined]
    return "、".join(f"{name}（{source}）" for name, source in found if source)


def _moves(application: Application) -> list[tuple[str, str]]:
    """The hand-overs of papers and certificates, in their order."""
    kinds = dict(Consignment.Content.choices)
    rows = []
    for content, pieces, sender, sent_at, receiver, received_at in application.moves:  # type: ignore[attr-defined]
        came = f"{_clock(received_at)}接收" if received_at else "途中"
        rows.append((f"移交{kinds[content]}", f"{pieces}：{_clock(sent_at)}由{sender}移交{receiver}，{came}"))
    return rows


def _clock(moment: str) -> str:
    return instant_zh(timezone.localtime(datetime.fromisoformat(moment)))


def contact(case: Case) -> list[tuple[str, str]]:
    """How the applicant is reached about this application: for the applicant, and for officers who say why."""
    application = application_of(case)
    given = application.contact if application else {}
    labels = {"name": "联系人", "phone": "联系电话", "email": "电子邮箱", "address": "联系地址"}
    return [(label, str(given[name])) for name, label in labels.items() if given.get(name)]
