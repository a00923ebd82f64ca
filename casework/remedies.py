"""What a paper must tell its addressee about remedies: the table of codes RN0 … RN25 and the texts.

Pure. The text comes from the kind of act and the law in force, never from free text: periods are taken from the time
limits handed in (the caller asks for the versions in force on the day of the act), the reconsideration organ from the
kind of organ that acts. The court is never named: Beijing has special and cross-district jurisdiction in administrative
cases. A text that would lack a period or an organ is refused, because leaving the notice out lengthens the periods to a
year (行政复议法(2023) 20(3); 法释〔2018〕1号 64).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from law.numerals import to_chinese
from law.wording import UNITS

COURT = "有管辖权的人民法院"


class RemedyRefused(ValueError):
    """The remedy text cannot be composed; the text says in Chinese what is missing."""


class Period(Protocol):
    """What a text needs of a time limit (`law.limits.Limit` has it)."""

    @property
    def key(self) -> str: ...
    @property
    def quantity(self) -> int | None: ...
    @property
    def unit(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Remedy:
    """A code of the table. text: what is owed, with {blanks}. limits: the time limits behind the blanks of that name.

    basis: the articles in short, as in the table of papers. needs: blanks that the caller fills.
    """

    code: str
    text: str
    basis: str
    limits: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


_OR_SUE = (
    "如不服本{act}，可以自收到本{paper}之日起{fy_apply}内向{reconsideration}申请行政复议；"
    "也可以自收到本{paper}之日起{xs_direct}内依法向{court}提起行政诉讼。"
)
_HEARING = "要求举行听证；听证由本机关组织，{you}不承担听证费用。逾期不提出的，视为放弃要求听证的权利。"

REMEDIES: dict[str, Remedy] = {
    each.code: each
    for each in (
        Remedy("RN0", "", ""),
        Remedy("RN1", _OR_SUE, "复议法20、诉讼法46", ("fy_apply", "xs_direct"), ("reconsideration",)),
        Remedy(
            "RN2",
            "如不服本{act}，应当自收到本{paper}之日起{fy_apply}内先向{reconsideration}申请行政复议；"
            "对行政复议决定不服的，可以自收到行政复议决定书之日起{xs_after_fy}内依法向{court}提起行政诉讼。"
            "行政复议机关决定不予受理、驳回申请或者受理后超过行政复议期限不作答复的，"
            "可以自收到决定书之日起或者行政复议期限届满之日起{fy_sue_refusal}内依法向{court}提起行政诉讼。",
            "复议法23、34，诉讼法45",
            ("fy_apply", "xs_after_fy", "fy_sue_refusal"),
            ("reconsideration",),
        ),
        Remedy(
            "RN2I",  # there is no act to challenge: the organ was silent
            "如认为本机关不履行法定职责，可以自办理期限届满之日起{fy_apply}内先向{reconsideration}申请行政复议；"
            "对行政复议决定不服的，可以自收到行政复议决定书之日起{xs_after_fy}内依法向{court}提起行政诉讼。",
            "复议法11(3)、20、23，诉讼法45",
            ("fy_apply", "xs_after_fy"),
            ("reconsideration",),
        ),
        Remedy(
            "RN3",
            "{you}有权进行陈述和申辩，请自收到本{paper}之日起{plead}内提出；逾期未提出的，视为放弃陈述、申辩的权利。"
            "本机关不因陈述、申辩给予更重的处罚。",
            "处罚法44、45、62",
            ("samr_plead",),
            ("plead",),
        ),
        Remedy(
            "RN4",
            "{you}有权进行陈述和申辩，请自收到本{paper}之日起{plead}内提出；逾期未提出的，视为放弃陈述、申辩的权利。"
            "本机关不因陈述、申辩给予更重的处罚。{you}有权自收到本{paper}之日起{cf_hearing_request}内" + _HEARING,
            "处罚法44、45、62、63、64",
            ("samr_plead", "cf_hearing_request"),
            ("plead",),
        ),
        Remedy(
            "RN5",
            "{you}有权自收到本{paper}之日起{xk_hearing_request}内" + _HEARING,
            "许可法47",
            ("xk_hearing_request",),
        ),
        Remedy("RN6", "{you}有权进行陈述和申辩，本机关将听取{you}的意见。", "许可法36"),
        Remedy(
            "RN7",
            "如不服本{act}，可以自收到本{paper}之日起{xs_after_fy}内依法向{court}提起行政诉讼。被申请人应当履行本{paper}。",
            "诉讼法45、复议法77",
            ("xs_after_fy",),
        ),
        Remedy(
            "RN8",
            "如不服本{act}，可以自收到本{paper}之日起{xs_direct}内依法向{court}提起行政诉讼；"
            "认为行政复议机关无正当理由不予受理、驳回申请或者受理后超过期限不作答复的，有权向上级行政机关反映。",
            "复议法34、35，诉讼法46",
            ("xs_direct",),
        ),
        Remedy(
            "RN8P",  # the act had to go to reconsideration first
            "如不服本{act}，可以自收到本{paper}之日起{fy_sue_refusal}内依法向{court}提起行政诉讼。",
            "复议法34",
            ("fy_sue_refusal",),
        ),
        Remedy(
            "RN9",
            "{you}收到本{paper}后有权进行陈述和申辩。自收到本{paper}之日起{performance}内仍不履行的，"
            "本机关将依法强制执行或者申请人民法院强制执行。",
            "强制法35、36、54",
            (),
            ("performance",),
        ),
        Remedy(
            "RN10",
            "如不服本{act}，可以自收到本{paper}之日起{xf_fucha_apply}内向{review}请求复查。",
            "信访条例35",
            ("xf_fucha_apply",),
            ("review",),
        ),
        Remedy(
            "RN11",
            "如不服本{act}，可以自收到本{paper}之日起{xf_fuhe_apply}内向{review}请求复核。",
            "信访条例36",
            ("xf_fuhe_apply",),
            ("review",),
        ),
        Remedy(
            "RN12",
            "本{paper}为信访终结意见。{you}仍以同一事实和理由提出投诉请求的，各级机关不再受理。",
            "信访条例36",
        ),
        Remedy(
            "RN13",
            "如不服本{act}，可以自收到本{paper}之日起{pc_sue}内依法向{court}提起诉讼。",
            "赔偿法14",
            ("pc_sue",),
        ),
        Remedy(
            "RN14",
            "如不服本{act}，可以自知道本{act}之日起{gwy_review_apply}内向{decider}申请复核；对复核结果不服的，可以自接到复核决定之日起"
            "{gwy_appeal_apply}内向{appeal}提出申诉；也可以不经复核，自知道本{act}之日起{gwy_review_apply}内直接提出申诉。",
            "公务员法95",
            ("gwy_review_apply", "gwy_appeal_apply"),
            ("decider", "appeal"),
        ),
        Remedy(
            "RN15",
            "对本{act}有异议的，可以自收到本{paper}之日起{dc_review}内向{review}申请复核。",
            "督查条例17",
            ("dc_review",),
            ("review",),
        ),
        Remedy(
            "RN16",
            "双方当事人认为有必要的，可以自调解协议生效之日起{tj_confirm}内共同向人民法院申请司法确认。"
            "当事人之间就调解协议的履行或者内容发生争议的，一方当事人可以向人民法院提起诉讼。",
            "人民调解法32、33",
            ("tj_confirm",),
        ),
        Remedy("RN17", _OR_SUE, "审计法53（财务收支）", ("fy_apply", "xs_direct"), ("reconsideration",)),
        Remedy(
            "RN17F",  # 财政收支
            "如不服本{act}，可以提请{government}裁决，{government}的裁决为最终决定。",
            "审计法53（财政收支）",
            (),
            ("government",),
        ),
        Remedy(
            "RN18",
            "{you}认为主持人与本事项有直接利害关系的，有权申请回避；有权提出证据，并进行申辩和质证。",
            "处罚法43、64(4)，许可法48(3)",
        ),
        Remedy(
            "RN19",
            "请自收到本{paper}之日起{correction}内补正；无正当理由逾期不补正的，视为{consequence}。",
            "复议法31、公开条例30",
            (),
            ("correction", "consequence"),
        ),
        Remedy(
            "RN19S",  # the office's own silence counts: an application is accepted
            "申请材料不齐全或者不符合法定形式的，本机关应当当场或者自收到申请材料之日起{xk_deficiency_notice}内一次告知"
            "需要补正的全部内容；逾期不告知的，自收到申请材料之日起即为受理。",
            "许可法32(1)(4)",
            ("xk_deficiency_notice",),
        ),
        Remedy(
            "RN20",
            "请自收到本{paper}之日起{xx_third_party}内提出意见；逾期未提出意见的，由本机关依法决定是否公开。",
            "公开条例32",
            ("xx_third_party",),
        ),
        Remedy("RN22", "本决定的行政处罚信息将依法通过国家企业信用信息公示系统等渠道向社会公示。", "市监公示8"),
        Remedy(
            "RN23",
            "{you}可以依法通过仲裁、行政、司法等途径维护自己的权利；申请行政复议、提起诉讼等的期限不因调解或者信访而中断，请在法定期限内提出。",
            "调解法26",
        ),
        Remedy(
            "RN24",
            "本{paper}不属于可以申请行政复议或者提起行政诉讼的行为；有新的理由的，可以再次提出建议。",
            "备案审查条例26",
        ),
        Remedy(
            "RN25",
            "对本{act}有异议的，可以自收到本{paper}之日起{objection}内向{review}提出。",
            "粤案卷12、21",
            (),
            ("objection", "review"),
        ),
    )
}
# Papers whose limit decides which wording of a code is owed.
WORDING = {("RN19", "xk_deficiency_notice"): "RN19S"}


def remedy_text(
    code: str,
    *,
    paper: str,
    limits: Mapping[str, Period] | Sequence[Period] = (),
    online: str = "",
    you: str = "你（单位）",
    **given: str,
) -> str:
    """The remedy text of a paper.

    paper: what the addressee holds, as it calls itself (决定书, 通知书). you: how it speaks to them (你, 你单位).
    limits: the time limits in force on the day of the act. online: where reconsideration can be applied for on line,
    owed on papers served electronically (行政复议法 22(2)). given: the blanks that `Remedy.needs` names, e.g.
    reconsideration. RN0 gives an empty text.
    Raises RemedyRefused for an unknown code or a blank that nothing fills.
    """
    periods = limits if isinstance(limits, Mapping) else {limit.key: limit for limit in limits}
    remedy = _remedy(code, periods)
    blanks = {"paper": paper, "act": paper.removesuffix("书") if len(paper) > 2 else paper, "you": you, "court": COURT}
    for key in remedy.limits:
        if key in periods:
            blanks["plead" if key == "samr_plead" else key] = period_zh(periods[key])
    blanks.update({name: words for name, words in given.items() if words.strip()})
    wanted = [name for name in (*remedy.limits, *remedy.needs) if name != "samr_plead"]
    if unfilled := sorted({name for name in ("paper", *wanted) if not blanks.get(name)}):
        raise RemedyRefused(f"救济告知（{code}）缺少：{'、'.join(unfilled)}。")
    text = remedy.text.format(**blanks)
    if online and "reconsideration" in remedy.needs:
        text += f"行政复议申请可以通过{online}在线提交。"
    return text


def _remedy(code: str, periods: Mapping[str, Period]) -> Remedy:
    for key in periods:
        code = WORDING.get((code, key), code)
    if code not in REMEDIES:
        raise RemedyRefused(f"没有救济告知代码“{code}”。")
    return REMEDIES[code]


def period_zh(limit: Period) -> str:
    """A period as papers write it: 六十日, 六个月, 五个工作日. Raises RemedyRefused when the law gives no number."""
    if limit.quantity is None:
        raise RemedyRefused(f"期限{limit.key}没有法定天数，应当先由门户设置确定。")
    return f"{to_chinese(limit.quantity)}{UNITS[limit.unit]}"


# Kind of organ that acts → kinds of organ to which reconsideration may be applied for, and the article of
# 行政复议法 (2023).
RECONSIDERATION: dict[str, tuple[tuple[str, ...], str]] = {
    "department": (("district_government",), "24(1)(1)"),
    "subdistrict_office": (("district_government",), "24(1)(3)"),
    "authorised_organisation": (("district_government",), "24(1)(4)"),
    "district_government": (("municipal_government",), "24(1)(2)"),
    "branch": (("municipal_government", "district_government"), "24(4)"),
    "tax": (("municipal_tax_bureau",), "27"),
    "justice_bureau": (("district_government", "municipal_justice_bureau"), "28"),
}


def reconsideration_organs(kind: str, names: Mapping[str, str]) -> str:
    """To whom the acts of an organ of this kind go, e.g. 北京市人民政府或者北京市东城区人民政府.

    names: the legal name of each kind of reconsideration organ. Raises RemedyRefused for kinds that the law leaves
    unsettled (vertical bodies such as the fire and rescue service) and for names that are missing.
    """
    if kind not in RECONSIDERATION:
        raise RemedyRefused("本机关的行政复议机关尚未设定。")
    organs, _ = RECONSIDERATION[kind]
    if not all(names.get(organ) for organ in organs):
        raise RemedyRefused("没有登记行政复议机关的名称。")
    return "或者".join(names[organ] for organ in organs)
