"""The entries of the navigation bar, one table for both shells. An entry appears as soon as its URL exists."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from django.urls import NoReverseMatch, reverse

Place = Literal["public", "desk", "utility", "footer"]


@dataclass(frozen=True)
class Entry:
    """One entry: its words, the name of its URL, and where it stands (a shell's bar, the top line, the footer)."""

    label: str
    url_name: str
    place: Place
    about: str = ""
    elder: bool = False  # one of the few great doors of the home page in elder mode
    role: str = ""  # only for those who hold this role; empty: for everybody of the shell


@dataclass(frozen=True)
class Link:
    """An entry as drawn on one page; `current` marks the entry that the page belongs to."""

    label: str
    url: str
    current: bool
    about: str = ""
    elder: bool = False


ENTRIES: tuple[Entry, ...] = (
    Entry("个人服务", "services-personal", "public", "面向居民的办事事项和办事指南"),
    Entry("法人服务", "services-corporate", "public", "面向企业和其他组织的办事事项和办事指南"),
    Entry("部门服务", "services-departments", "public", "按承办部门查找事项"),
    Entry("我要办", "services", "public", "按事项名称查找，网上申请", elder=True),
    Entry("我要查", "results", "public", "查询公开的办理结果", elder=True),
    Entry("法规库", "law:index", "public", "办事依据的法律法规原文"),
    Entry("我的办件", "my", "public", "查看进度、补正材料、下载结果", elder=True),
    Entry("待办", "casework:desk", "desk", "等待办理的案件，按期限由近到远"),
    Entry("窗口收件", "intake", "desk", "收取申请人递交的申请", role="window_clerk"),
    Entry("查询", "desk-search", "desk", "查找案件"),
    Entry("统计", "desk-statistics", "desk", "办理数量和时限统计"),
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
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def links(place: Place, path: str = "", roles: Collection[str] = ()) -> list[Link]:
    """The links of one place for the holder of `roles`; the longest whose address begins `path` is current."""
    wanted = [entry for entry in ENTRIES if entry.place == place and (not entry.role or entry.role in roles)]
    found = [(entry, url) for entry in wanted if (url := url_of(entry.url_name))]
    current = max((url for _, url in found if path.startswith(url)), key=len, default=None)
    return [Link(entry.label, url, url == current, entry.about, entry.elder) for entry, url in found]
