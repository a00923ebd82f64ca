"""The entries of the navigation bar, one table for both shells. An entry appears as soon as its URL exists."""

from dataclasses import dataclass
from typing import Literal

from django.urls import NoReverseMatch, reverse

Audience = Literal["public", "desk"]


@dataclass(frozen=True)
class Entry:
    """One entry: its words, the name of its URL, and the shell (公众端 or 办理端) that shows it."""

    label: str
    url_name: str
    audience: Audience


@dataclass(frozen=True)
class Link:
    """An entry as drawn on one page; `current` marks the entry that the page belongs to."""

    label: str
    url: str
    current: bool


ENTRIES: tuple[Entry, ...] = (
    Entry("个人服务", "services_personal", "public"),
    Entry("法人服务", "services_corporate", "public"),
    Entry("部门服务", "services_departments", "public"),
    Entry("我要办", "services", "public"),
    Entry("我的办件", "my_cases", "public"),
    Entry("我要查", "results", "public"),
    Entry("法规库", "law_library", "public"),
    Entry("待办", "desk", "desk"),
    Entry("查询", "desk_search", "desk"),
    Entry("统计", "desk_statistics", "desk"),
    Entry("期限日历", "desk_calendar", "desk"),
)


def url_of(name: str) -> str | None:
    """The address of a named URL, or None while no app answers to that name."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def links(audience: Audience, path: str) -> list[Link]:
    """The bar of one shell; of the entries whose address begins `path`, the longest one is current."""
    found = [(entry.label, url) for entry in ENTRIES if entry.audience == audience and (url := url_of(entry.url_name))]
    current = max((url for _, url in found if path.startswith(url)), key=len, default=None)
    return [Link(label, url, url == current) for label, url in found]
