"""Entering versions of the catalogue, projects under it, and transfer payments."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from accounts.models import Organisation, User
from powerlist.actions.disclosure import WORDS, enter, refuse
from powerlist.models import Catalogue, Exclusion, Heading, Project, Transfer
from powerlist.queries import purchases
from powerlist.queries.disclosing import FINANCE

_HEADING = re.compile(r"([AB](?:\d{2}){0,2})\s+(\S.*)")


@dataclass(frozen=True, slots=True)
class Excluded:
    """One line of the negative list as entered."""

    text: str
    basis: str
    verified: bool = False


def read_headings(text: str) -> tuple[list[tuple[str, str]], list[str]]:
    """Headings, one a line (“A0101 事项”), and what is wrong, line by line. Every heading needs the one above it."""
    found: dict[str, str] = {}
    wrong: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.replace("\u3000", " ").strip()
        if not words:
            continue
        match = _HEADING.fullmatch(words)
        if match is None:
            wrong.append(f"第{number}行：应当写作“A0101 服务事项”，编码为A或者B加0、2或者4位数字")
        elif match[1] in found:
            wrong.append(f"第{number}行：编码{match[1]}重复")
        elif len(match[2]) > 80:
            wrong.append(f"第{number}行：名称超过80个字")
        else:
            found[match[1]] = match[2].strip()
    wrong += [f"编码{code}缺少上一级{code[:-2]}" for code in found if len(code) > 1 and code[:-2] not in found]
    if not any(len(code) == 5 for code in found) and not wrong:
        wrong.append("至少须有一个三级服务事项")
    return sorted(found.items()), wrong


def read_exclusions(text: str) -> tuple[list[Excluded], list[str]]:
    """The negative list, one a line (“内容 | 依据”), and what is wrong, line by line."""
    found: list[Excluded] = []
    wrong: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        words, sign, basis = line.replace("｜", "|").partition("|")
        if not sign or not words.strip() or not basis.strip():
            wrong.append(f"第{number}行：应当写作“不得购买的内容 | 依据”")
        elif max(len(words.strip()), len(basis.strip())) > 200:
            wrong.append(f"第{number}行：内容、依据各不超过200个字")
        else:
            found.append(Excluded(words.strip(), basis.strip()))
    return found, wrong


def enter_catalogue(
    title: str, since: date, headings: Sequence[tuple[str, str]], excluded: Sequence[Excluded], by: User, at: datetime,
    *, sample: bool = False,
) -> Catalogue:  # fmt: skip
    """A further version, to be published by a second person of the finance bureau.

    What the version before has verified of the negative list stays verified.
    """
    latest = Catalogue.objects.order_by("-number").first()
    known = {(one.text, one.basis) for one in latest.exclusions.filter(verified=True)} if latest else set()

    def parts(catalogue: Catalogue) -> None:
        Heading.objects.bulk_create(Heading(catalogue=catalogue, code=code, name=name) for code, name in headings)
        Exclusion.objects.bulk_create(
            Exclusion(
                catalogue=catalogue, order=order, text=one.text, basis=one.basis,
                verified=one.verified or (one.text, one.basis) in known,
            )
            for order, one in enumerate(excluded, 1)
        )  # fmt: skip

    number = (Catalogue.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    row = Catalogue(number=number, title=title, since=since, organ=finance(), sample=sample)
    return enter(row, by, at, parts)


def finance() -> Organisation:
    """The organ that answers for the catalogue and for transfer payments."""
    return Organisation.objects.get(code=FINANCE)


def enter_project(
    organ: Organisation, given: Mapping[str, Any], by: User, at: datetime, sample: bool = False
) -> Project:
    """A project under a heading. Refused: outside the catalogue in force on the day of its contract."""
    catalogue = purchases.in_force(given["contracted_on"])
    if catalogue is None or not purchases.finest(catalogue).filter(pk=given["heading"].pk).exists():
        field, words = WORDS["project_within_catalogue"]
        raise refuse(words, "project_within_catalogue", field)
    if not given["outside_exclusions"]:
        raise refuse("请先对照负面清单核对", field="outside_exclusions")
    return enter(Project(organ=organ, sample=sample, **given), by, at)


def enter_transfer(given: Mapping[str, Any], by: User, at: datetime, sample: bool = False) -> Transfer:
    """A transfer payment; a special one names its project (预算法实施条例 6)."""
    if given["kind"] == Transfer.Kind.SPECIAL and not given["project"]:
        raise refuse("专项转移支付的公开应当细化到项目，请填写项目", field="project")
    return enter(Transfer(organ=finance(), sample=sample, **given), by, at)
