"""Accepted in every way that the law knows, and decided at once."""

from __future__ import annotations

from tests.approvals.stories.diary import STOPPED, Story, does, happens, law, quiet, refused
from tests.approvals.stories.openings import FILED, GRANT, LICENCE, RECEIPT, WHY, filed, flags

ACCEPTING = (
    "accept", "accept_with_inspection", "accept_for_first_examination", "accept_company_registration",
    "accept_low_risk_project",
)  # fmt: skip
ASKED = {"items": ["M3"], "requirements": "缺少食品安全事故处置制度", "correct_by": "2026-04-24"}

ON_THE_SPOT = Story(
    name="put right and decided on the spot, delivered; the next day is not the spot",
    procedure=LICENCE,
    pages=(
        FILED,
        does("2026-03-02T09:30", "citizen", "correct_on_the_spot",
             {"material": "M2", "wrong": "示例街10号", "right": "示例街1号"},
             papers={"xk_on_spot_correction": ("经营场所布局图", "示例街10号", "示例街1号", "citizen示例",
                                               "2026年3月2日9时30分")},
             told=()),
        # Tuesday 3 to Monday 16 March.
        does("2026-03-02T10:00", "officer", "decide_on_the_spot",
             due={"xk_deliver": "2026-03-16", "xk_deficiency_notice": STOPPED},
             papers={"xk_grant_decision": ("许准〔2026〕1号", "自2026年3月2日起至2031年3月1日止", "公众有权查阅",
                                           "第三十四条第二款"),
                     "xk_licence": ("食品经营许可证", "许证〔2026〕1号", "2026年3月2日", "91110101MA01A2BC38")},
             told=("citizen",)),
        quiet("2026-03-16T23:59", "flag_delivery_overdue", gate="expired"),
        law("2026-03-17T00:05", "flag_delivery_overdue", told=("section", "supervisor")),
        does("2026-03-17T10:00", "officer", "deliver",
             {"method": "electronic", "recipient": "王示例", "served_on": "2026-03-17"},
             due={"xk_deliver": STOPPED},
             papers={"sy_service_receipt": ("准予行政许可决定书", "食品经营许可证", "王示例", "2026年3月17日",
                                            "电子送达", "officer示例")},
             told=("citizen",)),
        filed("2026-03-18T09:00"),
        refused("2026-03-19T09:00", "officer", "decide_on_the_spot", gate="within"),
        does("2026-03-19T10:00", "citizen", "withdraw", {"reasons": "不再开店"},
             due={"xk_deficiency_notice": STOPPED},
             papers={"xk_withdraw_application_note": ("不再开店", "2026年3月19日")},
             told=("officer", "second", "third")),
    ),
    ends="withdrawn",
)  # fmt: skip

COMMITMENT = Story(
    name="granted on commitment, only where the list has the item and nobody's safety hangs on it",
    procedure=LICENCE,
    item={"on_commitment": True},
    pages=(
        FILED,
        refused("2026-03-02T10:00", "officer", "grant_on_commitment", gate="on_commitment_list"),
        happens("2026-03-02T10:30", flags(safety=False)),
        does("2026-03-02T11:00", "officer", "grant_on_commitment", due={"xk_deliver": "2026-03-16"},
             papers={"xk_commitment_letter": ("承诺已经符合", "直接撤销决定"),
                     "xk_grant_decision": ("第三十三条",), "xk_licence": ("食品经营许可证",)},
             told=("citizen",)),
    ),
    ends="granted",
)  # fmt: skip

INSPECTION = Story(
    name="accepted with an inspection that is ordered too late",
    procedure=LICENCE,
    pages=(
        FILED,
        refused("2026-03-03T09:00", "officer", "accept_with_inspection", gate="needs_inspection"),
        refused("2026-03-03T09:01", "officer", "accept_for_first_examination", gate="goes_to_superior"),
        refused("2026-03-03T09:02", "officer", "accept_company_registration", gate="is_company_registration"),
        refused("2026-03-03T09:03", "officer", "accept_low_risk_project", gate="is_low_risk_project"),
        happens("2026-03-03T09:04", flags(power_code="")),
        *(refused("2026-03-03T09:05", "officer", step, gate="power_held") for step in ACCEPTING),
        happens("2026-03-03T09:06", flags(power_code="DC-SCJ-XK-01", needs_inspection=True)),
        refused("2026-03-03T09:07", "officer", "accept", gate="ordinary_limit"),
        # The inspection: Wednesday 4, 5, 6, 9 and Tuesday 10 March.
        does("2026-03-03T10:00", "officer", "accept_with_inspection",
             due={"xk_decide": "2026-03-31", "xk_inspection_assign": "2026-03-10"},
             papers={"xk_acceptance_notice": ("2026年3月31日",)}, told=("citizen",)),
        quiet("2026-03-10T23:59", "flag_inspection_not_assigned", gate="expired"),
        law("2026-03-11T00:05", "flag_inspection_not_assigned", told=("section", "supervisor")),
        does("2026-03-11T10:00", "section", "order_inspection", {"body": "示例检测所", "until": "2026-03-20"},
             due={"xk_inspection_assign": STOPPED, "xk_decide": None},
             papers={"xk_excluded_time_notice": ("检验、检测、检疫", "示例检测所",
                                                 "自2026年3月11日起至2026年3月20日止，共10日")},
             told=("citizen", "officer")),
        # 11 to 22 March do not count: 4 to 6 are 3, 9 and 10 are 5, 23 to 27 are 10, 30 March to 3 April 15,
        # 7 to 10 April 19 (the 6th is off), Monday 13 April 20.
        does("2026-03-23T10:00", "officer", "record_special_result", {"result": "检测合格"},
             due={"xk_decide": "2026-04-13"}, told=("citizen",)),
    ),
    ends="under_review",
)  # fmt: skip

SUPERIOR_GRANTS = Story(
    name="examined first, reported late to the superior organ, which grants",
    procedure=LICENCE,
    item={"goes_to_superior": True},
    pages=(
        FILED,
        does("2026-03-03T10:00", "officer", "accept_for_first_examination", due={"xk_lower_review": "2026-03-31"},
             papers={"xk_acceptance_notice": ("2026年3月31日",)}, told=("citizen",)),
        quiet("2026-03-31T23:59", "flag_first_examination_overdue", gate="expired"),
        law("2026-04-01T00:05", "flag_first_examination_overdue", told=("section", "supervisor")),
        does("2026-04-01T10:00", "officer", "forward_to_superior", {"opinion": "材料齐全，建议准予。"},
             due={"xk_lower_review": STOPPED},
             papers={"xk_lower_review_opinion": ("许初〔2026〕1号", "建议准予", "2026年3月3日",
                                                 "保证食品安全的规章制度")},
             told=("citizen",)),
        # 16, 17, 20 to 24, 27 to 29 April.
        does("2026-04-15T10:00", "officer", "record_superior_grant", due={"xk_deliver": "2026-04-29"},
             told=("citizen",)),
    ),
    ends="granted",
)  # fmt: skip

SUPERIOR_REFUSES = Story(
    name="examined first; the superior organ refuses",
    procedure=LICENCE,
    item={"goes_to_superior": True},
    pages=(
        FILED,
        does("2026-03-03T10:00", "officer", "accept_for_first_examination", papers={"xk_acceptance_notice": ()}),
        does("2026-03-06T10:00", "officer", "forward_to_superior", {"opinion": "场所不符合条件。"},
             papers={"xk_lower_review_opinion": ("场所不符合条件",)}),
        does("2026-04-15T10:00", "officer", "record_superior_refusal", told=("citizen",)),
    ),
    ends="refused",
)  # fmt: skip

REGISTRATION = Story(
    name="registering a company takes one working day",
    procedure=LICENCE,
    item={"special_limit": "bj_company_registration"},
    pages=(
        does("2026-04-03T09:00", "citizen", "submit", papers=RECEIPT),
        refused("2026-04-03T09:30", "officer", "accept", gate="ordinary_limit"),
        # Friday before Qingming: the next working day is Tuesday the 7th.
        does("2026-04-03T10:00", "officer", "accept_company_registration",
             due={"bj_company_registration": "2026-04-07"}, papers={"xk_acceptance_notice": ("2026年4月7日",)},
             told=("citizen",)),
        quiet("2026-04-07T23:59", "record_overdue_inaction", gate="expired"),
        law("2026-04-08T00:05", "record_overdue_inaction", told=("citizen", "section", "head")),
        does("2026-04-08T10:00", "head", "refuse", WHY, due={"bj_company_registration": STOPPED},
             papers={"xk_refusal_decision": ("布局不合理",)}),
    ),
    ends="refused",
)  # fmt: skip

LOW_RISK = Story(
    name="a low-risk project has fifteen days in all",
    procedure=LICENCE,
    item={"special_limit": "bj_low_risk_project"},
    pages=(
        FILED,
        # Natural days: the fifteenth is Wednesday 18 March.
        does("2026-03-03T10:00", "officer", "accept_low_risk_project", due={"bj_low_risk_project": "2026-03-18"},
             papers={"xk_acceptance_notice": ("2026年3月18日",)}, told=("citizen",)),
        does("2026-03-18T10:00", "head", "grant", {**GRANT, "valid_from": "2026-03-18"},
             due={"bj_low_risk_project": STOPPED, "xk_deliver": "2026-04-01"},
             papers={"xk_grant_decision": (), "xk_licence": ()}),
    ),
    ends="granted",
)  # fmt: skip

ABANDONED = Story(
    name="what is not corrected by its day is given up, in market regulation alone",
    procedure=LICENCE,
    pages=(
        FILED,
        does("2026-03-03T10:00", "officer", "notify_deficiency", ASKED, due={"xk_correct": "2026-04-24"},
             papers={"xk_deficiency_notice": ("2026年4月24日",)}),
        quiet("2026-04-24T23:59", "abandon_without_correction", gate="expired"),
        law("2026-04-25T00:05", "abandon_without_correction", told=("citizen", "officer"), due={"xk_correct": STOPPED}),
    ),
    ends="abandoned",
)  # fmt: skip

NEVER_ABANDONED = Story(
    name="other departments wait for the correction",
    procedure=LICENCE,
    item={"market_regulation": False},
    pages=(
        FILED,
        does("2026-03-03T10:00", "officer", "notify_deficiency", ASKED, papers={"xk_deficiency_notice": ()}),
        quiet("2026-04-25T00:05", "abandon_without_correction", gate="belongs_to_market_regulation"),
        # Monday 18 May; 19 to 22 and 25 May.
        does("2026-05-18T10:00", "citizen", "submit_correction", {"files": ["M3"]},
             due={"xk_correct": STOPPED, "xk_deficiency_notice": "2026-05-25"}, papers={"xk_intake_receipt": ()}),
        refused("2026-05-26T00:01", "officer", "return_outstanding_items", {"items": ["M3"]}, gate="within"),
        # Silence again. The review counts from the day on which the corrected materials came, 18 May: 19 to 22 are 4,
        # 25 to 29 are 9, 1 to 5 June 14, 8 to 12 June 19, Monday 15 June 20.
        law("2026-05-26T00:05", "deem_accepted", due={"xk_decide": "2026-06-15"},
            papers={"xk_deemed_acceptance_note": ("2026年5月18日", "2026年5月25日")}),
    ),
    ends="under_review",
)  # fmt: skip

STORIES = (
    ON_THE_SPOT, COMMITMENT, INSPECTION, SUPERIOR_GRANTS, SUPERIOR_REFUSES, REGISTRATION, LOW_RISK, ABANDONED,
    NEVER_ABANDONED,
)  # fmt: skip
