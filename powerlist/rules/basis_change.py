"""The gates of a check of powers whose statute changed; their docstrings are the words that people read. Pure."""

from __future__ import annotations

from casework.situation import Situation


def own_powers_rest_on_it(s: Situation) -> bool:
    """本机关在清单上有以该法规为依据的权责事项"""
    return bool(s.known.get("own_resting"))


def powers_rest_on_it(s: Situation) -> bool:
    """清单上有以该法规为依据的权责事项"""
    return bool(s.known.get("resting"))


def all_proposed(s: Situation) -> bool:
    """列出的事项均已在依据变化之后提出调整，或者已经调整、取消"""
    return s.known.get("unproposed") == []


def some_unproposed(s: Situation) -> bool:
    """列出的事项中有的没有调整，也不再有正在办理的调整"""
    return bool(s.known.get("unproposed"))


def all_changed(s: Situation) -> bool:
    """列出的事项均已公布调整或者取消"""
    return s.known.get("unchanged") == []
