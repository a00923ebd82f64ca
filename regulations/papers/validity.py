"""The papers over the term of a document: its evaluation, its extension, its end."""

from __future__ import annotations

from casework.paper import Paper
from casework.procedure import statute
from regulations.papers.words import FILED, PUBLISHED, element, paper

state17 = statute("国务院关于加强市县政府依法行政的决定")

MAKER, OFFICE, PUBLIC = "制定机关", "区司法局", "社会"
TEXT = element("document", "文件")
REASONS = element("reasons", "理由")
ANNOUNCED = {"seal": "organ", "service": PUBLISHED, "copies": 1, "retention": "永久"}

PAPERS: tuple[Paper, ...] = (
    paper(
        "gfx_evaluation_report", "实施后评估报告", "report", MAKER, "制定机关负责人", TEXT, element("content",
            "评估内容"),
        element("conclusion", "结论"), service=FILED,
    ),
    paper("gfx_evaluation_decision", "评估处理意见", "form", MAKER, OFFICE, TEXT, element("decision", "处理意见")),
    paper(
        "gfx_extension_application", "延续有效期申请", "form", MAKER, OFFICE, TEXT, element("until", "延续至"), REASONS,
        element("evaluation", "评估结论"),
    ),
    paper("gfx_extension_review", "延续审核意见", "form", OFFICE, MAKER, TEXT, element("opinion", "审核意见")),
    paper("gfx_extension_refusal", "不予延续意见", "form", OFFICE, MAKER, TEXT, REASONS),
    paper(
        "gfx_extension_announcement", "延续有效期公告", "announcement", MAKER, PUBLIC, TEXT,
        element("until", "延续后的有效期"), element("discussion", "集体讨论"), **ANNOUNCED,
    ),
    paper("gfx_lapse_announcement", "失效公告", "announcement", OFFICE, PUBLIC, TEXT, element("ended_on", "失效日期"),
        **ANNOUNCED),
    paper(
        "gfx_suspension", "停止执行通知", "announcement", "审查机关", "制定机关；社会", TEXT, element("articles",
            "停止执行的范围"),
        REASONS, **ANNOUNCED,
    ),
    paper("gfx_resumption", "恢复执行通知", "announcement", "审查机关", "制定机关；社会", TEXT,
          element("articles", "恢复执行的范围"), REASONS, **ANNOUNCED),
    paper(
        "gfx_repeal_decision", "关于废止规范性文件的决定", "gbt9704_document", MAKER, PUBLIC,
        element("document", "废止文件目录", *state17("（十五）")), element("ends", "废止日"), REASONS,
        element("pending", "正在办理事项的处理"), element("discussion", "集体讨论"), word="发", titles=None,
        service=("publication",), retention="永久", law="国务院关于加强市县政府依法行政的决定", article="(十五)",
        verified="yes",
    ),
)  # fmt: skip
