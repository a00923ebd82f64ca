"""The entries of the navigation bar, one table for both shells. An entry appears as soon as its URL exists."""

import functools
import itertools
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse

from accounts.roles import ADMINISTRATOR_ROLES
from approvals.queries.custody import KEEPERS
from approvals.queries.visits import MANAGERS
from oversight.queries import figures

SYSTEM, SECURITY, AUDIT = "system_administrator", "security_administrator", "audit_administrator"
Place = Literal["public", "desk", "utility", "footer"]


@dataclass(frozen=True)
class Entry:
    """One entry: its words, the name of its URL, and where it stands (a shell's bar, the top line, the footer)."""

    label: str
    url_name: str
    place: Place
    about: str = ""
    elder: bool = False  # one of the few great doors of the home page in elder mode
    roles: frozenset[str] = frozenset()  # only for those who hold one of them; empty: for everybody of the shell
    cases: bool = False  # about cases, which the three administrators do not handle
    also: str = ""  # the name of another URL whose page belongs to this entry
    group: str = ""  # the words under which the bar folds it away together with its neighbours


@dataclass(frozen=True)
class Link:
    """An entry as drawn on one page; `current` marks the entry that the page belongs to."""

    label: str
    url: str
    current: bool
    about: str = ""
    elder: bool = False
    group: str = ""


@dataclass(frozen=True)
class Item:
    """What stands in the bar: a link, or the words of a group with the links that it unfolds."""

    label: str
    links: tuple[Link, ...]
    group: bool

    @property
    def current(self) -> bool:
        return any(link.current for link in self.links)


SERVICES, OPEN = "办事服务", "政务公开"
ENTRIES: tuple[Entry, ...] = (
    Entry("个人服务", "services-personal", "public", "面向居民的办事事项和办事指南", group=SERVICES),
    Entry("法人服务", "services-corporate", "public", "面向企业和其他组织的办事事项和办事指南", group=SERVICES),
    Entry("部门服务", "services-departments", "public", "按承办部门查找事项", group=SERVICES),
    Entry("我要办", "services", "public", "按事项名称查找，网上申请", elder=True, group=SERVICES),
    Entry("预约取号", "visits", "public", "预约到服务网点办事的时间，查看叫号", group=SERVICES),
    Entry("受理公示", "accepted", "public", "公开已经受理的行政许可申请", group=SERVICES),
    Entry("好差评", "ratings", "public", "各单位办事服务的评价情况，凭收件凭证评价", also="rate", group=SERVICES),
    Entry("我要查", "results", "public", "查询公开的办理结果", elder=True, also="track"),
    Entry("权责清单", "powerlist:list", "public", "行政机关的权力、责任和依据", group=OPEN),
    Entry("机构职能", "powerlist:organs", "public", "机关的职责、内设机构、沿革和服务网点", group=OPEN),
    Entry(
        "购买服务",
        "powerlist:purchases",
        "public",
        "政府购买服务目录、项目和转移支付",
        also="powerlist:transfers",
        group=OPEN,
    ),
    Entry("规范性文件", "regulations:list", "public", "公布的规范性文件，全文查找，逐日可查", group=OPEN),
    Entry("法规库", "law:index", "public", "办事依据的法律法规原文", group=OPEN),
    Entry("征求意见", "regulations:consultations", "public", "规范性文件草案征求意见，提出立规建议", group=OPEN),
    Entry(
        "公益活动", "powerlist:activities", "public", "社区和社会组织的公益活动，网上报名", also="powerlist:communities"
    ),
    Entry("投诉举报", "oversight:complain", "public", "反映行政机关和工作人员行使职权的问题，实名或者匿名"),
    Entry("我的办件", "my", "public", "查看进度、补正材料、下载结果", elder=True),
    Entry("待办", "casework:desk", "desk", "等待办理的案件，按期限由近到远", cases=True),
    Entry("授权代行", "casework:delegations", "desk", "外出、休假期间由同事代行职务", cases=True),
    Entry("清单调整", "powerlist:desk", "desk", "权责清单的提出、审核、审定和公布", cases=True),
    Entry("文件制定", "regulations:desk", "desk", "规范性文件的立项、起草、审核、公布", cases=True),
    Entry("文件清理", "regulations:cleanups", "desk", "规范性文件的定期清理和专项清理", cases=True),
    Entry(
        "文件备案",
        "regulations:filings",
        "desk",
        "规范性文件的备案、登记、审查和有效期",
        cases=True,
        also="regulations:validities",
    ),
    Entry("材料和证件交接", "handovers", "desk", "纸质材料、证件在网点和单位间的移交、接收", roles=frozenset(KEEPERS)),
    Entry("排队叫号", "visit-line", "desk", "预约签到、现场取号、叫号", roles=frozenset({"window_clerk"})),
    Entry("预约安排", "visit-hours", "desk", "网点可以预约的时段和人数", roles=frozenset(MANAGERS)),
    Entry("一件事", "bundle-board", "desk", "并联审批的总表：各部门办到哪里、谁在等谁、谁已经超时", cases=True),
    Entry("窗口收件", "intake", "desk", "收取申请人递交的申请", roles=frozenset({"window_clerk"})),
    Entry(
        "信息公布",
        "powerlist:disclosing",
        "desk",
        "购买服务、转移支付等由一人录入、另一人公布的内容",
        roles=frozenset({"case_officer", "section_head", "head_of_organ"}),
    ),
    Entry(
        "市级交换",
        "exchange",
        "desk",
        "与市级平台往来的消息和每日核对",
        roles=frozenset({"exchange_officer", "auditor", "supervisor"}),
        also="exchange-books",
    ),
    Entry(
        "账号管理",
        "accounts:manage_users",
        "desk",
        "账号、任职和审批",
        roles=frozenset({SYSTEM, SECURITY}),
        also="accounts:manage",
    ),
    Entry("审计记录", "accounts:manage_events", "desk", "账号和个人信息的操作记录", roles=frozenset({AUDIT})),
    Entry("通知发送", "casework:undelivered", "desk", "未送达的通知", roles=frozenset({SYSTEM})),
    Entry("查询", "desk-search", "desk", "查找案件"),
    Entry("统计", "oversight:dashboard", "desk", "收件、在办、超期的件数和按期办结率", roles=figures.ROLES),
    Entry("期限日历", "desk-calendar", "desk", "按日期查看即将到期的案件"),
    Entry("法规库", "law:index", "desk", "办案依据的法律法规原文"),
    Entry("无障碍浏览", "accessibility", "utility"),
    Entry("我为政府网站找错", "report-error", "footer", "指出本网站的错误"),
    Entry("无障碍声明", "accessibility", "footer", "本网站的无障碍水平和联系方式"),
    Entry("隐私保护", "privacy", "footer", "本网站收集哪些信息、如何保护"),
    Entry("使用帮助", "help", "footer", "登录、申请、查询的常见问题"),
    Entry("网站地图", "site-map", "footer", "全部栏目一览"),
)


def url_of(name: str) -> str | None:
    """The address of a named URL, or None while no app answers to that name."""
    return _url_of(name, get_urlconf(), get_script_prefix())


@functools.cache
def _url_of(name: str, urlconf: str | None, prefix: str) -> str | None:
    try:
        return reverse(name, urlconf)
    except NoReverseMatch:
        return None


def links(place: Place, path: str = "", roles: Collection[str] = ()) -> list[Link]:
    """The links of one place for the holder of `roles`; the longest whose address begins `path` is current."""
    wanted = [entry for entry in ENTRIES if entry.place == place and _is_for(entry, frozenset(roles))]
    found = [(entry, url) for entry in wanted if (url := url_of(entry.url_name))]
    pages = [(each, url) for entry, url in found for each in (url, url_of(entry.also) if entry.also else None) if each]
    current = max((page for page in pages if path.startswith(page[0])), key=lambda page: len(page[0]), default=("", ""))
    return [Link(entry.label, url, url == current[1], entry.about, entry.elder, entry.group) for entry, url in found]


def bar(found: Iterable[Link]) -> list[Item]:
    """The links as the bar draws them: neighbours of one group under its words."""
    items: list[Item] = []
    for group, members in itertools.groupby(found, key=lambda link: link.group):
        listed = tuple(members)
        items += [Item(group, listed, True)] if group else [Item(link.label, (link,), False) for link in listed]
    return items


def _is_for(entry: Entry, roles: frozenset[str]) -> bool:
    if entry.cases and roles & ADMINISTRATOR_ROLES:
        return False
    return not entry.roles or bool(entry.roles & roles)
