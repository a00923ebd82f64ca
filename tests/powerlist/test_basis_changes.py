"""A statute changes: whoever holds powers that rest on it is told, and the matter stays until it is dealt with."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from casework import registry
from casework.actions import Offer, take
from casework.actions.ring import ring_all
from casework.models import Act, Case, Notice
from casework.queries.rights import Standing
from casework.refusal import NotAllowed, Refused
from law.actions.repeal import RepealError, repeal
from law.actions.texts import import_laws
from law.models import LegalText
from law.signals import Change
from powerlist.actions.basis_changes import open_checks
from powerlist.models import BasisChange, PowerVersion
from powerlist.queries.basis_changes import PROCEDURE, page, told_to_the_book
from tests.powerlist.conftest import REGULATION, Town, item, make_town, moment

NEW_POWER = "110101-SCJ-XK-900"
LATER = REGULATION.replace("2020年5月1日", "2026年11月1日").replace("自2020年6月1日", "自2026年12月1日")
OFFICIAL = "北京市示例管理条例"


@pytest.fixture
def resting(town: Town) -> Town:
    """A power of the market regulation bureau rests on the regulation of the example."""
    town.through(town.propose(town.draft("addition")), "2026-04-01")
    ring_all(moment("2026-04-01T08:00"))
    return town


def arrives(directory: Path, text: str = "", name: str = f"{OFFICIAL}(2026-11-01)") -> None:
    """A text enters the statute-book."""
    directory.mkdir(exist_ok=True)
    (directory / f"{name}.md").write_text(text or changed_words(), encoding="utf-8")
    import_laws(directory)


def changed_words() -> str:
    return LATER.replace("负责示例经营的许可", "负责示例经营的备案")


def checks() -> list[Case]:
    return list(Case.objects.filter(procedure=PROCEDURE).select_related("organ").order_by("organ__code"))


def state_unchanged(town: Town, case: Case, by: str, **facts: Any) -> Act:
    row = registry.procedure(PROCEDURE).step("state_unchanged")
    actors = Standing(town.user(by), timezone.localdate()).actors(case, row)
    if not actors:
        raise NotAllowed([], row.label)
    attested = [gate.words for gate in row.needs if gate.attested]
    return take(case, row.name, actors[0], timezone.now(), Offer(facts=facts, attested=attested))


def test_a_new_version_reaches_the_organ_and_the_legal_office(resting: Town, tmp_path: Path) -> None:
    arrives(tmp_path / "new")
    assert [case.organ.code for case in checks()] == ["DC-SCJ", "DC-SFJ"]
    for case in checks():
        assert case.title == f"核对权责事项的依据：《{OFFICIAL}》有新版本（2026年12月1日起施行）"
        assert [version.power.code for version in case.basis_change.versions.all()] == [NEW_POWER]
    assert Notice.objects.filter(case__in=checks(), to=resting.user("scj-head")).count() == 1
    assert Notice.objects.filter(case__in=checks(), to=resting.user("legal-office")).count() == 1


def test_it_waits_on_the_desk_of_both(resting: Town, tmp_path: Path) -> None:
    arrives(tmp_path / "new")
    for who in ("scj-head", "legal-office"):
        assert "核对权责事项的依据" in resting.client(who).get("/desk/").content.decode()
        assert "核对权责事项的依据" in resting.client(who).get("/desk/powers/").content.decode()
    assert "核对权责事项的依据" not in resting.client("wjw-head").get("/desk/powers/").content.decode()


def test_what_nobody_rests_on_concerns_nobody(town: Town, tmp_path: Path) -> None:
    arrives(tmp_path / "new")
    assert checks() == []


def test_what_only_a_stage_cites_is_watched_too(town: Town, tmp_path: Path, client: Client) -> None:
    """责任清单: a statute on which the duties of a stage rest, and not the power itself."""
    received, decided = item()["stages"]
    stages = [received, {**decided, "basis": f"《北京市旧示例办法》第一条、《{OFFICIAL}》第二条第一款、第三条"}]
    draft = town.draft("addition", NEW_POWER, basis=["《北京市旧示例办法》第一条"], stages=stages)
    town.through(town.propose(draft), "2026-04-01")
    version = PowerVersion.objects.get(power__code=NEW_POWER)
    assert [stage.families for stage in version.stages.all()] == [[], sorted(["北京市旧示例办法", OFFICIAL])]
    text = LegalText.objects.get(family=OFFICIAL)
    assert [words for words, _ in told_to_the_book(text, date(2026, 4, 2)).rows] == ["示例经营许可（区市场监管局）"]
    arrives(tmp_path / "new")
    assert [case.organ.code for case in checks()] == ["DC-SCJ", "DC-SFJ"]
    found = page(checks()[0].basis_change).places
    assert [(place.old.citation, place.same, list(place.lines[0].stages)) for place in found] == [
        (f"《{OFFICIAL}》第二条第一款", False, ["决定"]), (f"《{OFFICIAL}》第三条", True, ["决定"]),
    ]  # fmt: skip
    said = town.client("scj-head").get(f"/desk/powers/laws/{checks()[0].code}/").content.decode()
    assert "责任清单“决定”环节" in said
    assert "完成其中一项以前，本件不办结" in said


def test_a_stage_may_not_cite_what_has_ended(town: Town) -> None:
    repeal("北京市旧示例办法", date(2026, 2, 1))
    stages = [{**item()["stages"][0], "basis": "《北京市旧示例办法》第一条"}]
    with pytest.raises(Refused, match="责任清单引用的依据"):
        town.propose(town.draft("addition", stages=stages))
    stages = [{**item()["stages"][0], "basis": f"《{OFFICIAL}》第九十九条"}]
    with pytest.raises(Refused, match="责任清单引用的依据"):
        town.propose(town.draft("addition", stages=stages))
    stages = [{**item()["stages"][0], "basis": "《关于示例的通知》第一条、《没有收录的办法》第一条"}]
    town.propose(town.draft("addition", stages=stages))  # duties may rest on what cannot give a power


def test_what_ended_while_a_change_was_under_way_stops_its_review(town: Town) -> None:
    stages = [{**item()["stages"][0], "basis": "《北京市旧示例办法》第一条"}]
    case = town.propose(town.draft("addition", stages=stages))
    repeal("北京市旧示例办法", date(2026, 2, 1))
    with pytest.raises(Refused, match="责任清单引用的依据"):
        town.act(case, "legal-office", "send_to_legal_review", "2026-03-03T09:00", points="请审核")


def test_a_first_version_and_one_of_the_past_change_nothing(resting: Town, tmp_path: Path) -> None:
    past = REGULATION.replace("2020年5月1日", "2010年5月1日").replace("自2020年6月1日", "自2010年6月1日")
    arrives(tmp_path / "past", past, f"{OFFICIAL}(2010-05-01)")
    arrives(tmp_path / "other", REGULATION.replace("示例管理", "另一"), "北京市另一条例(2020-05-01)")
    assert checks() == []


@pytest.mark.parametrize("repeat", ["same file", "another transcription", "told again"])
def test_once_for_each_version_and_organ(resting: Town, tmp_path: Path, repeat: str) -> None:
    arrives(tmp_path / "new")
    if repeat == "told again":
        text = LegalText.objects.get(family=OFFICIAL, effective_to=None)
        assert open_checks([Change(text, "new")], timezone.now()) == []
    else:
        arrives(tmp_path / "new", changed_words() + ("" if repeat == "same file" else "\n第四条 补录。\n"))
    assert len(checks()) == 2


def test_a_repeal_is_recorded_and_told(resting: Town) -> None:
    call_command("repeal_law", OFFICIAL, "2026-12-31")
    call_command("repeal_law", OFFICIAL, "2026-12-31")
    assert LegalText.objects.get(family=OFFICIAL).validity(date(2027, 1, 1)) == "已废止"
    assert [case.basis_change.kind for case in checks()] == ["repealed", "repealed"]


@pytest.mark.parametrize(("title", "day"), [("没有这样的条例", "2026-12-31"), (OFFICIAL, "2001-01-01")])
def test_only_what_is_in_the_book_can_end(resting: Town, title: str, day: str) -> None:
    with pytest.raises(RepealError, match="法规库中没有"):
        repeal(title, date.fromisoformat(day))


def test_a_text_that_says_it_repeals_another_is_told_and_the_end_waits_for_people(
    resting: Town, tmp_path: Path, client: Client
) -> None:
    said = f"# 北京市示例新条例\n\n自2026年12月1日起施行\n\n<!-- INFO END -->\n\n第一条 《{OFFICIAL}》同时废止。\n"
    arrives(tmp_path / "new", said, "北京市示例新条例(2026-11-01)")
    case, _ = checks()
    assert LegalText.objects.get(family=OFFICIAL).ended == ""
    page = resting.client("scj-head").get(f"/desk/powers/laws/{case.code}/").content.decode()
    assert "《北京市示例新条例》载明该法规废止" in page
    assert "法规库尚未登记废止" in page
    repeal(OFFICIAL, date(2026, 11, 30))
    assert len(checks()) == 2  # known already


def test_the_page_has_the_old_and_the_new_words(resting: Town, tmp_path: Path) -> None:
    arrives(tmp_path / "new")
    case, _ = checks()
    page = resting.client("scj-head").get(f"/desk/powers/laws/{case.code}/").content.decode()
    assert "区市场监督管理部门负责示例经营的许可。" in page
    assert "区市场监督管理部门负责示例经营的备案。" in page
    assert "文字有变化" in page
    assert f"/desk/powers/new/?code={NEW_POWER}" in page
    assert resting.client("wjw-head").get(f"/desk/powers/laws/{case.code}/").status_code == 404


def test_a_proposal_for_every_power_lets_the_check_wait_until_all_are_changed(resting: Town, tmp_path: Path) -> None:
    arrives(tmp_path / "new")
    now = timezone.localtime().replace(tzinfo=None).isoformat()
    case = resting.propose(resting.draft("change", NEW_POWER, at=now, promised="7个工作日"), at=now)
    assert [(check.state, check.ended_at) for check in checks()] == [("proposed", None)] * 2
    later = timezone.localdate() + timedelta(days=18)
    resting.through(case, f"{later}", f"{later}T09:00", proposed=now[:10])
    assert [check.state for check in checks()] == ["changed", "changed"]


def test_a_proposal_that_is_withdrawn_brings_the_check_back_and_its_people_are_told(
    resting: Town, tmp_path: Path
) -> None:
    arrives(tmp_path / "new")
    now = timezone.localtime().replace(tzinfo=None).isoformat()
    case = resting.propose(resting.draft("change", NEW_POWER, at=now, promised="7个工作日"), at=now)
    resting.act(
        case, "scj-head", "withdraw", f"{timezone.localdate() + timedelta(days=1)}T09:00", reasons="文本还要研究。"
    )
    assert [check.state for check in checks()] == ["to_check", "to_check"]
    told = Notice.objects.filter(case__in=checks(), act__step="check_again")
    assert {notice.to.username for notice in told if notice.to} >= {"scj-head", "legal-office"}


def test_a_statement_ends_it_for_the_organ_alone_and_says_who_and_why(resting: Town, tmp_path: Path) -> None:
    arrives(tmp_path / "new")
    own, office = checks()
    with pytest.raises(Refused, match="无需调整的理由"):
        state_unchanged(resting, own, "scj-head")
    act = state_unchanged(resting, own, "scj-head", reasons="备案不影响本项许可的依据。")
    own.refresh_from_db()
    office.refresh_from_db()
    assert (own.state, office.state) == ("unchanged", "to_check")
    page = resting.client("scj-head").get(f"/desk/powers/laws/{own.code}/").content.decode()
    assert act.actor_name in page
    assert "备案不影响本项许可的依据。" in page


@pytest.mark.parametrize("who", ["wjw-head", "scj-officer", "government"])
def test_nobody_else_may_state_it(resting: Town, tmp_path: Path, who: str) -> None:
    arrives(tmp_path / "new")
    with pytest.raises(NotAllowed):
        state_unchanged(resting, checks()[0], who, reasons="不需要。")


def test_the_page_costs_the_same_whatever_rests_on_it(
    resting: Town, tmp_path: Path, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for number in range(901, 905):
        code = f"110101-SCJ-XK-{number}"
        case = resting.propose(resting.draft("addition", code, name=f"示例许可{number}"))
        resting.through(case, "2026-04-01")
    arrives(tmp_path / "new")
    case, _ = checks()
    assert BasisChange.objects.get(case=case).versions.count() == 5
    client = resting.client("scj-head")
    client.get(f"/desk/powers/laws/{case.code}/")
    with django_assert_max_num_queries(22):
        client.get(f"/desk/powers/laws/{case.code}/")


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_tell_once(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "laws").mkdir()
    town = make_town(tmp_path / "laws")
    town.through(town.propose(town.draft("addition")), "2026-04-01")
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{OFFICIAL}(2026-11-01).md").write_text(changed_words(), encoding="utf-8")
    together = Barrier(2)

    def come(name: str) -> str:
        try:
            together.wait(30)
            return import_laws(tmp_path / name)[0].outcome
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(come, "ab")) == ["新增", "未变"]
    assert [case.organ.code for case in checks()] == ["DC-SCJ", "DC-SFJ"]
