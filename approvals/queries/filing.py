"""What a notice asks an applicant to put right."""

from __future__ import annotations

from typing import Any

from approvals.models import Material
from approvals.queries.applied import application_of
from approvals.queries.bundles import subject_of
from casework.models import Act, Case, Document


def asked_of(case: Case) -> tuple[list[Material], dict[str, Any]]:
    """The materials that the latest notice names, and what it says."""
    notice = case.acts.filter(step__in=("notify_deficiency", "return_outstanding_items")).order_by("-seq").first()
    application = application_of(case)
    if notice is None or application is None:
        return [], {}
    wanted = set(notice.facts.get("items", []))
    listed = [each for each in subject_of(application).materials.all() if each.code in wanted]
    return listed, {**notice.facts, "requirements": notice.facts.get("requirements") or _printed(notice)}


def _printed(notice: Act) -> str:
    """What the notice itself says of each material, where several organs want something of it."""
    paper = Document.objects.filter(act=notice, paper="xk_deficiency_notice").first()
    rows = paper.printed["elements"]["deficiencies"] if paper else []
    return "\n".join(f"{row['material']}：{row['wanted']}" for row in rows)
