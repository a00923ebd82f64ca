"""What papers tell about remedies."""

import re
from dataclasses import dataclass

import pytest

from casework.remedies import RECONSIDERATION, REMEDIES, RemedyRefused, period_zh, reconsideration_organs, remedy_text


@dataclass(frozen=True)
class Limit:
    key: str
    quantity: int | None
    unit: str


LIMITS = {
    key: Limit(key, quantity, unit)
    for key, quantity, unit in (
        ("fy_apply", 60, "natural_day"),
        ("xs_direct", 6, "month"),
        ("xs_after_fy", 15, "natural_day"),
        ("fy_sue_refusal", 15, "natural_day"),
        ("samr_plead", 5, "working_day"),
        ("cf_hearing_request", 5, "working_day"),
        ("xk_hearing_request", 5, "working_day"),
        ("xf_fucha_apply", 30, "natural_day"),
        ("xf_fuhe_apply", 30, "natural_day"),
        ("pc_sue", 3, "month"),
        ("gwy_review_apply", 30, "natural_day"),
        ("gwy_appeal_apply", 15, "natural_day"),
        ("dc_review", 30, "natural_day"),
        ("tj_confirm", 30, "natural_day"),
        ("xx_third_party", 15, "working_day"),
        ("xk_deficiency_notice", 5, "working_day"),
    )
}
GIVEN = {
    "plead": "五个工作日",
    "reconsideration": "北京市东城区人民政府",
    "review": "北京市东城区人民政府",
    "decider": "示例局",
    "appeal": "公务员主管部门",
    "government": "北京市东城区人民政府",
    "performance": "十日",
    "correction": "十个工作日",
    "consequence": "放弃行政复议申请",
    "objection": "五日",
}


def text(code: str, **changed: str) -> str:
    limits = {key: LIMITS[key] for key in REMEDIES[code].limits}
    return remedy_text(code, paper="决定书", limits=limits, **{**GIVEN, **changed})


def test_ordinary_remedy_names_organ_periods_and_starts() -> None:
    assert text("RN1") == (
        "如不服本决定，可以自收到本决定书之日起六十日内向北京市东城区人民政府申请行政复议；"
        "也可以自收到本决定书之日起六个月内依法向有管辖权的人民法院提起行政诉讼。"
    )


def test_periods_come_from_the_limits_in_force() -> None:
    limits = {**LIMITS, "xs_direct": Limit("xs_direct", 3, "month")}
    assert "三个月内依法向" in remedy_text("RN1", paper="决定书", limits=limits, reconsideration="区政府")


def test_prior_reconsideration_comes_first() -> None:
    assert text("RN2").index("行政复议") < text("RN2").index("行政诉讼")
    assert "应当自收到本决定书之日起六十日内先向" in text("RN2")


def test_silence_of_the_office_is_told_on_its_own_deficiency_notice() -> None:
    own = remedy_text("RN19", paper="告知书", limits=[LIMITS["xk_deficiency_notice"]])
    assert "五个工作日内" in own
    assert "自收到申请材料之日起即为受理" in own
    other = remedy_text("RN19", paper="通知书", correction="十个工作日", consequence="放弃行政复议申请")
    assert other == "请自收到本通知书之日起十个工作日内补正；无正当理由逾期不补正的，视为放弃行政复议申请。"


def test_sector_rule_sets_the_time_to_plead_and_otherwise_the_organ() -> None:
    assert "五个工作日内提出" in remedy_text("RN3", paper="告知书", limits=[LIMITS["samr_plead"]])
    assert "三日内提出" in remedy_text("RN3", paper="告知书", plead="三日")


def test_online_papers_carry_the_online_way() -> None:
    assert text("RN1", online="北京市行政复议在线平台").endswith("可以通过北京市行政复议在线平台在线提交。")


def test_it_speaks_to_the_addressee() -> None:
    assert "你有权" in text("RN5", you="你")


@pytest.mark.parametrize("code", [code for code in REMEDIES if code != "RN0"])
def test_every_code_gives_a_finished_text(code: str) -> None:
    written = text(code)
    assert written.endswith("。")
    assert not set("{}〈〉") & set(written)
    assert not re.search("[区市]人民法院", written), "the court is never named"


@pytest.mark.parametrize("code", [code for code, remedy in REMEDIES.items() if remedy.needs or remedy.limits])
def test_nothing_is_left_blank(code: str) -> None:
    with pytest.raises(RemedyRefused, match="缺少"):
        remedy_text(code, paper="决定书")


def test_missing_organ_and_unknown_code_are_refused() -> None:
    with pytest.raises(RemedyRefused, match="reconsideration"):
        text("RN1", reconsideration=" ")
    with pytest.raises(RemedyRefused, match="RN99"):
        remedy_text("RN99", paper="决定书")


def test_limit_without_number_is_refused() -> None:
    with pytest.raises(RemedyRefused, match="没有法定天数"):
        period_zh(Limit("xk_x", None, "working_day"))


NAMES = {
    "district_government": "北京市东城区人民政府",
    "municipal_government": "北京市人民政府",
    "municipal_tax_bureau": "国家税务总局北京市税务局",
    "municipal_justice_bureau": "北京市司法局",
}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("department", "北京市东城区人民政府"),
        ("subdistrict_office", "北京市东城区人民政府"),
        ("district_government", "北京市人民政府"),
        ("branch", "北京市人民政府或者北京市东城区人民政府"),
        ("tax", "国家税务总局北京市税务局"),
        ("justice_bureau", "北京市东城区人民政府或者北京市司法局"),
    ],
)
def test_reconsideration_organ_follows_the_kind_of_organ(kind: str, expected: str) -> None:
    assert reconsideration_organs(kind, NAMES) == expected


def test_unsettled_organ_is_refused() -> None:
    with pytest.raises(RemedyRefused, match="尚未设定"):
        reconsideration_organs("vertical_body", NAMES)
    with pytest.raises(RemedyRefused, match="没有登记行政复议机关的名称"):
        reconsideration_organs("district_government", {})
    assert all(article.startswith("2") for _, article in RECONSIDERATION.values())
