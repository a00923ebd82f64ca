"""What the gates of a filing look at, and what the legal office sees of all of them: days, completeness, rates."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import connection
from django.utils import timezone

from casework.models import Act, Case, Document
from casework.queries.situations import last_day
from law.wording import day_zh
from regulations.models import NormativeDocument
from regulations.queries import exchange, filing_review
from regulations.queries.about import document_of

PROCEDURE, CONGRESS = "regulations.filing", "regulations.filing_congress"
STATE_LIMIT, CITY_LIMIT = "gfxwj_file_up_state", "gfxwj_file_up_bj"
HANDLE = "gz_handle"  # within which a document is to be corrected
REVIEW, DISCUSSION = "gfx_legality_opinion", "gfx_collective_minutes"
EMERGENCY = "gfx_emergency_approval"  # takes the place of both where the procedure was simplified
# What a package consists of (北京市行政规范性文件备案规定 5), by the papers of the making.
MATERIALS = {
    "正式文本和电子文本": ("gfx_document",),
    "起草说明": ("gfx_drafting_explanation", EMERGENCY),
    "依据对照表": ("gfx_basis_table", EMERGENCY),
    "合法性审核意见": (REVIEW, EMERGENCY),
    "集体讨论纪要": (DISCUSSION, EMERGENCY),
}
OBJECTED = ("issue_correction_opinion", "city_orders_correction", "issue_opinion", "agree_to_correct")
PASSED = ("pass_legality_review", "adopt", "issue_in_emergency")


def materials(case: Case) -> dict[str, Document | None]:
    """Each material of a package with the paper that is it; None where it is missing, void or not made yet."""
    papers = Document.objects.filter(case=case.parent_id, kind="paper", voided_at=None).select_related("act")
    found: dict[str, Document] = {}
    for paper in papers.order_by("pk"):
        reviewed = paper.paper not in (REVIEW, DISCUSSION) or (paper.act and paper.act.step in PASSED)
        if reviewed and (paper.paper != "gfx_document" or paper.made_at):
            found[paper.paper] = paper
    return {name: next((found[code] for code in codes if code in found), None) for name, codes in MATERIALS.items()}


def known(case: Case | None, facts: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Plain values for `regulations.rules`."""
    document = document_of(case) if case else None
    if case is None or document is None:
        return {}
    making = Act.objects.filter(case=case.parent_id)
    return {
        "published_on": document.published_on,
        "of_government": bool(document.organ and document.organ.kind == "district_government"),
        "reviewed": lambda: making.filter(step__in=("pass_legality_review", "issue_in_emergency")).exists(),
        "discussed": lambda: making.filter(step__in=("adopt", "issue_in_emergency")).exists(),
        "with_the_city": lambda: exchange.with_the_city(case),
        "city_answered": lambda: exchange.answered(str(facts.get("message", ""))),
        "corrected": lambda: corrected(case, document),
        "review": lambda: filing_review.review(case, timezone.localdate(at)),
        "missing_materials": lambda: [name for name, paper in materials(case).items() if paper is None],
    }


def corrected(case: Case, document: NormativeDocument) -> list[str]:
    """How the document was corrected, as the register knows it: amended since it was objected to, repealed, or both
    where a new document took its place."""
    if document.ended:
        return ["repealed", "amended"] if document.ended == "replaced" else ["repealed"]
    objected = Act.objects.filter(case=case, step__in=OBJECTED).order_by("-seq").first()
    since = timezone.localdate(objected.at if objected else case.opened_at)
    return ["amended"] if document.versions.filter(text__version_on__gte=since).exists() else []


def limits_of(document: NormativeDocument) -> dict[str, date | None]:
    """The last days of filing under the city's rule, which applies, and under the State Council's, which is shorter."""
    if document.published_on is None:
        return {CITY_LIMIT: None, STATE_LIMIT: None}
    published = timezone.make_aware(datetime.combine(document.published_on, time()))
    return {key: last_day(key, published) for key in (CITY_LIMIT, STATE_LIMIT)}


def summary(case: Case) -> list[tuple[str, str]]:
    """What a filing is about, with both limits: they contradict each other, and the page says so."""
    document = document_of(case)
    if document is None:
        return []
    limits = limits_of(document)
    city, state = limits[CITY_LIMIT], limits[STATE_LIMIT]
    rows = [
        ("规范性文件", str(document)),
        ("公布日期", day_zh(document.published_on) if document.published_on else ""),
        ("报送期限", f"{day_zh(city)}（北京市行政规范性文件备案规定第六条）" if city else ""),
        (
            "国务院文件的期限",
            f"{day_zh(state)}（国发〔2008〕17号（十四），与北京市规定不一致，从北京市规定）" if state else "",
        ),
    ]
    missing = [name for name, paper in materials(case).items() if paper is None]
    rows.append(("备案材料", f"缺少：{'、'.join(missing)}" if missing else "齐全"))
    return [(label, value) for label, value in rows if value]


def congress_summary(case: Case) -> list[tuple[str, str]]:
    """The same for the congress, whose ordinance knows one limit."""
    return [row for row in summary(case) if row[0] not in ("报送期限", "国务院文件的期限")]


@dataclass(frozen=True, slots=True)
class Rate:
    """How an organ files: of the documents whose duty has come to something, how many in time, complete, correct.

    Of the `corrected`, which are those that had to be, `mended` are those that were within the time for it, `unmended`
    those whose time is over; for the others it runs, or the maker disagrees.
    """

    organ: str
    filed: int
    late: int
    waiting: int
    overdue: int
    supplemented: int
    corrected: int
    mended: int
    unmended: int

    @property
    def done(self) -> int:
        return self.filed + self.overdue

    @property
    def on_time(self) -> str:
        return _percent(self.filed - self.late, self.done)

    @property
    def complete(self) -> str:
        return _percent(self.filed - self.supplemented, self.filed)

    @property
    def correct(self) -> str:
        return _percent(self.filed - self.corrected, self.filed)


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "—"


# One row for each organ: first submission against the clock that ran until then; a late filing stays late.
_RATES = """
SELECT o.name,
    count(*) FILTER (WHERE sent.at IS NOT NULL) AS filed,
    count(*) FILTER (WHERE sent.at IS NOT NULL AND late.late) AS late,
    count(*) FILTER (WHERE sent.at IS NULL AND NOT late.late) AS waiting,
    count(*) FILTER (WHERE sent.at IS NULL AND late.late) AS overdue,
    count(*) FILTER (WHERE EXISTS (
        SELECT 1 FROM casework_act a
        WHERE a.case_id = c.id AND a.step IN ('ask_supplement', 'city_asks_supplement'))) AS supplemented,
    count(*) FILTER (WHERE EXISTS (
        SELECT 1 FROM casework_act a
        WHERE a.case_id = c.id AND a.step IN ('issue_correction_opinion', 'city_orders_correction'))) AS corrected,
    count(*) FILTER (WHERE handled.step = 'report_corrected' AND handled.day <= handled.due_on) AS mended,
    count(*) FILTER (WHERE handled.step IN ('', 'report_corrected', 'mark_not_corrected')
        AND handled.day > handled.due_on) AS unmended
FROM casework_case c
JOIN accounts_organisation o ON o.id = c.organ_id
LEFT JOIN LATERAL (
    SELECT a.at FROM casework_act a WHERE a.case_id = c.id AND a.step = 'submit_filing' ORDER BY a.seq LIMIT 1
) sent ON true
CROSS JOIN LATERAL (
    SELECT coalesce(
        bool_or(d.due_on < coalesce((sent.at AT TIME ZONE 'Asia/Shanghai')::date, %(today)s)), false
    ) AS late
    FROM casework_deadline d WHERE d.case_id = c.id AND d.key = %(key)s
) late
LEFT JOIN LATERAL (
    SELECT d.due_on, coalesce(a.step, '') AS step,
        coalesce((d.stopped_at AT TIME ZONE 'Asia/Shanghai')::date, %(today)s) AS day
    FROM casework_deadline d LEFT JOIN casework_act a ON a.id = d.stopped_by_id
    WHERE d.case_id = c.id AND d.key = %(handle)s ORDER BY d.id DESC LIMIT 1
) handled ON true
WHERE c.procedure = %(procedure)s
  AND (c.opened_at AT TIME ZONE 'Asia/Shanghai')::date BETWEEN %(since)s AND %(until)s
  AND (%(organs)s::bigint[] IS NULL OR o.id = ANY(%(organs)s))
GROUP BY o.id, o.name ORDER BY o.name
"""


def rates(since: date, until: date, today: date, organs: Collection[int] | None = None) -> list[Rate]:
    """How each organ, or each of those that are named, filed the documents published between two days. One query."""
    with connection.cursor() as cursor:
        given = {"today": today, "since": since, "until": until, "organs": None if organs is None else sorted(organs)}
        cursor.execute(_RATES, {"key": CITY_LIMIT, "handle": HANDLE, "procedure": PROCEDURE, **given})
        return [Rate(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Filed:
    """A document in the catalogue of filings (备案目录)."""

    document: NormativeDocument
    registered_on: date
    number: str


def catalogue(year: int, month: int) -> list[Filed]:
    """The documents whose filing was registered in a month, in the order of registration. Two queries."""
    begins = timezone.make_aware(datetime(year, month, 1))
    ends = timezone.make_aware(datetime(year + month // 12, month % 12 + 1, 1))
    acts = Act.objects.filter(case__procedure=PROCEDURE, step="register", at__gte=begins, at__lt=ends)
    receipts = Document.objects.filter(act__in=acts, paper="gfx_filing_receipt").select_related("act__case")
    listed = list(receipts.order_by("act__at", "pk"))
    keys = [int(one.act.case.matter.partition(":")[2]) for one in listed if one.act]
    documents = NormativeDocument.objects.select_related("organ").in_bulk(keys)
    return [
        Filed(documents[key], timezone.localdate(one.act.at), one.number)
        for one, key in zip(listed, keys, strict=True)
        if one.act and key in documents
    ]
