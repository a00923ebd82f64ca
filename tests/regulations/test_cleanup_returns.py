"""A clean-up that is sent back, one that is published late, what it ends while its term rests, and changed laws."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from casework.actions import settle
from casework.models import Case, Notice
from casework.refusal import Refused
from law.actions.repeal import end_text
from law.actions.texts import import_laws
from law.models import LegalText
from regulations.actions import opening
from regulations.actions.entering import end
from regulations.actions.portions import go_on
from regulations.models import NormativeDocument
from regulations.queries.cleanup import PROCEDURE
from tests.powerlist.conftest import Town, make_town, moment
from tests.regulations.test_cleanup import act, begun, document, items, state

MEETING = {"meeting": "常务会议", "present": "区长（示例）", "opinions": "退回"}
AMENDED = """# 北京市示例管理条例

2020年5月1日北京市人民代表大会常务委员会通过　自2020年6月1日起施行
2026年2月1日北京市人民代表大会常务委员会修正　自2026年3月1日起施行

<!-- INFO END -->

第一条 为了示例，制定本条例。

第二条 区人民政府负责示例工作，每年公布情况。
"""


@pytest.fixture
def town(db: None, tmp_path: Path, settings: Any) -> Town:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "laws").mkdir()
    return make_town(tmp_path / "laws")


@pytest.fixture
def two(town: Town) -> list[NormativeDocument]:
    return [document("DC-SCJ", f"示例规〔2025〕{place}号") for place in range(2)]


def collected(town: Town) -> tuple[Case, Case, Case]:
    """A clean-up whose opinions are agreed to and collected."""
    case = begun(town)
    first, second = items(case)
    for each in (first, second):
        act(town, each, "scj-head", "propose_keep", "2026-03-03T09:00", reasons="仍有必要")
        act(town, each, "legal-office", "agree", "2026-03-04T09:00", checked="同意")
    act(town, case, "legal-office", "collect", "2026-03-05T09:00")
    return case, first, second


def test_proposals_that_are_returned_have_the_time_that_is_set_anew(town: Town, two: list[NormativeDocument]) -> None:
    case, first, _ = collected(town)
    with pytest.raises(Refused, match="今天以后"):
        act(town, case, "legal-office", "return_proposals", "2026-03-23T09:00", reasons="重提", reply_by="2026-03-23")
    act(town, case, "legal-office", "return_proposals", "2026-03-23T09:00", reasons="重提", reply_by="2026-04-20")
    # The day of the launch, 20 March, is over; that of the return is not.
    for at in ("2026-03-24T09:00", "2026-04-20T23:00"):
        with pytest.raises(Refused, match="退回时确定的日期"):
            act(town, case, "legal-office", "collect_with_gaps", at)
    # What was agreed to can be opened again, and is proposed otherwise.
    act(town, first, "legal-office", "disagree", "2026-03-24T10:00", reasons="与上位法抵触")
    assert state(first) == "to_assess"
    act(town, first, "scj-head", "propose_repeal", "2026-03-25T09:00", reasons="依据失效", pending="没有")
    act(town, first, "legal-office", "agree", "2026-03-26T09:00", checked="同意")
    act(town, case, "legal-office", "collect", "2026-04-21T09:00")
    act(town, case, "legal-office", "send_to_decision", "2026-04-22T09:00")


def test_what_the_meeting_sends_back_is_opened_and_decided_anew(town: Town, two: list[NormativeDocument]) -> None:
    case, first, second = collected(town)
    act(town, case, "legal-office", "send_to_decision", "2026-03-06T09:00")
    with pytest.raises(Refused, match="尚未报请决定"):
        act(town, first, "legal-office", "disagree", "2026-03-06T10:00", reasons="重新考虑")
    act(town, case, "government", "send_back", "2026-03-09T09:00", reasons="第一件应当废止", **MEETING)
    assert state(case) == "collected"
    act(town, first, "legal-office", "disagree", "2026-03-10T09:00", reasons="会议要求重提")
    act(town, first, "scj-head", "propose_repeal", "2026-03-11T09:00", reasons="会议意见", pending="没有")
    with pytest.raises(Refused, match="均已经合法性审核"):
        act(town, case, "legal-office", "send_to_decision", "2026-03-11T10:00")
    act(town, first, "legal-office", "agree", "2026-03-12T09:00", checked="同意")
    act(town, case, "legal-office", "send_to_decision", "2026-03-12T10:00")
    act(town, case, "government", "decide", "2026-03-13T09:00", **MEETING)
    # Twenty working days to publish it; afterwards a lamp, and nothing is taken for published.
    assert settle(case, moment("2026-04-10T23:00")) == []
    assert [one.step for one in settle(case, moment("2026-04-14T00:10"))] == ["flag_publication_overdue"]
    assert settle(case, moment("2026-04-15T00:10")) == []
    assert Notice.objects.filter(case=case, act__step="flag_publication_overdue").exists()
    act(town, case, "legal-office", "publish_results", "2026-04-15T09:00")
    go_on(lambda: moment("2026-04-15T09:01"))
    assert [state(each) for each in (case, first, second)] == ["published", "repealed", "continues"]


def test_the_end_of_a_clean_up_closes_terms_that_rest(town: Town, two: list[NormativeDocument]) -> None:
    """One that is suspended, one whose extension is reviewed: repealed and left out of the list."""
    terms = [opening.validity(one, town.organ(), moment("2026-01-05T09:00")) for one in two]
    assert [state(term) for term in terms] == ["term_unstated"] * 2
    for term in terms:
        act(town, term, "legal-office", "fix_ordinary", "2026-01-06T09:00", validity_ends_on="2030-06-30", reasons="x")
    act(town, terms[0], "legal-office", "suspend", "2026-01-07T09:00", reasons="明显违法。")
    said = {"effects": "x", "problems": "x", "bases": "x", "public": "x", "conclusion": "keep"}
    act(town, terms[1], "scj-head", "evaluate", "2026-01-07T09:00", **said)
    act(town, terms[1], "scj-head", "propose_extension", "2026-01-08T09:00", validity_ends_on="2032-06-30", reasons="x")
    case = begun(town)
    first, _ = items(case)
    act(town, first, "scj-head", "propose_repeal", "2026-03-03T09:00", reasons="依据失效", pending="没有")
    act(town, first, "legal-office", "agree", "2026-03-04T09:00", checked="同意")
    act(town, case, "legal-office", "collect_with_gaps", "2026-03-21T09:00")
    act(town, case, "legal-office", "send_to_decision", "2026-03-22T09:00")
    act(town, case, "government", "decide", "2026-03-23T09:00", **MEETING)
    act(town, case, "legal-office", "publish_results", "2026-03-24T09:00")
    go_on(lambda: moment("2026-03-24T09:01"))
    assert state(case) == "published"
    assert [one.acts.latest("seq").step for one in terms] == ["close_on_repeal", "drop_unlisted"]
    assert [state(term) for term in terms] == ["repealed", "ended_unpublished"]
    act(town, terms[1], "legal-office", "publish_lapse", "2026-03-25T09:00")
    assert state(terms[1]) == "lapsed"


def resting(title: str = "北京市示例管理条例") -> NormativeDocument:
    return document("DC-SCJ", "示例规〔2025〕9号", f"第一条 根据《{title}》，制定本办法。")


def found() -> list[Case]:
    return list(Case.objects.filter(procedure=PROCEDURE, acts__step="find_changed_law").order_by("pk"))


def test_a_new_version_of_a_law_is_a_task_of_the_office_once(
    town: Town, two: list[NormativeDocument], tmp_path: Path
) -> None:
    on_it = resting()
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "北京市示例管理条例(2026-02-01).md").write_text(AMENDED, encoding="utf-8")
    for _ in range(2):
        import_laws(tmp_path / "new")
    (case,) = found()
    assert (case.state, case.organ.code) == ("law_changed", "DC-SFJ")
    assert "《北京市示例管理条例》有新版本" in case.title
    assert Notice.objects.filter(case=case, to=town.user("legal-office")).exists()
    assert case.number in town.client("legal-office").get("/desk/cleanups/").content.decode()
    act(town, case, "legal-office", "launch_found", moment_of(case), reply_by="2027-12-31")
    go_on(lambda: moment(moment_of(case)))
    assert [each.matter for each in items(case)] == [f"document:{on_it.pk}"]
    notice = case.documents.get(paper="gfx_cleanup_notice")
    assert "《北京市示例管理条例》有变化" in str(notice.context)


def moment_of(case: Case) -> str:
    """The minute after a case was opened, in Beijing."""
    opened = timezone.localtime(case.opened_at)
    return f"{opened:%Y-%m-%d}T23:59"


def test_a_law_that_ends_is_a_task_too_and_may_need_nothing(town: Town, two: list[NormativeDocument]) -> None:
    text = LegalText.objects.get(family="北京市示例管理条例")
    end_text(text, date(2026, 3, 1), "repealed")
    assert found() == []  # nothing rests on it
    resting()
    end_text(text, date(2026, 3, 2), "repealed")
    (case,) = found()
    assert "已废止或者失效" in case.title
    act(town, case, "legal-office", "find_no_need", moment_of(case), reasons="逐条对照，没有抵触。")
    assert state(case) == "cancelled"


def test_a_document_that_others_rest_on_is_like_a_law(town: Town, two: list[NormativeDocument]) -> None:
    on_it = resting(two[0].title)
    end(two[0], date(2026, 3, 1), NormativeDocument.Ended.REPEALED, by="示例决定")
    (case,) = found()
    assert case.acts.get().facts["law"].startswith("示例办法0")
    act(town, case, "legal-office", "launch_found", moment_of(case), reply_by="2027-12-31")
    go_on(lambda: moment(moment_of(case)))
    assert [each.matter for each in items(case)] == [f"document:{on_it.pk}"]


def test_the_page_of_a_law_lists_documents_and_powers(
    town: Town, two: list[NormativeDocument], django_assert_max_num_queries: Any
) -> None:
    on_it = resting()
    text = LegalText.objects.get(family="北京市示例管理条例")
    page = Client().get(text.get_absolute_url()).content.decode()
    assert "以本法规为依据的规范性文件" in page
    assert on_it.get_absolute_url() in page
    assert "以本法规为依据的权责事项" not in page or "/powers/" in page
    with django_assert_max_num_queries(9):
        Client().get(text.get_absolute_url())
    bare = LegalText.objects.get(normative_document=two[0])
    assert "以本法规为依据的规范性文件" not in Client().get(f"/law/{bare.pk}/").content.decode()
