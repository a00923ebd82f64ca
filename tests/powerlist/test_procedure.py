"""A change of the list from proposal to effect, by the people named in the table."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from casework.actions.ring import ring_all
from casework.models import Act, Document, Notice
from casework.refusal import Refused
from law.actions.stamping import stamp
from law.models import LegalText
from powerlist.actions import drafts
from powerlist.models import PowerVersion, Proposal
from powerlist.queries import events
from powerlist.queries.holding import holds, on_day
from powerlist.queries.versions import history
from tests.powerlist.conftest import FOOD, FOOD_ITEM, Town, item, moment


def codes(*steps: str) -> set[str]:
    return set(Document.objects.filter(act__step__in=steps).values_list("paper", flat=True))


def test_a_new_power_comes_on_the_list_on_its_day(town: Town) -> None:
    case = town.propose(town.draft("addition"))
    assert case.title == "权责清单调整（新增）：示例经营许可"
    assert Proposal.objects.get(case=case).content == item()
    town.through(case, "2026-04-01")
    assert case.state == "published"
    version = PowerVersion.objects.get(power__code="110101-SCJ-XK-900")
    assert (version.since, version.until) == (date(2026, 4, 1), None)
    assert version.made_by == Act.objects.get(step="publish")
    assert [basis.citation for basis in version.bases.all()] == ["《北京市示例管理条例》第二条第一款"]
    assert [stage.stage for stage in version.stages.all()] == ["受理", "决定"]
    scj = town.organ().pk
    assert not holds(scj, version.power.code, date(2026, 3, 31))
    assert holds(scj, version.power.code, date(2026, 4, 1))
    ring_all(moment("2026-03-31T23:00"))
    case.refresh_from_db()
    assert case.state == "published"
    ring_all(moment("2026-04-01T00:10"))
    case.refresh_from_db()
    assert (case.state, case.ended_at is not None) == ("in_effect", True)


def test_every_paper_of_the_way_is_there(town: Town) -> None:
    case = town.propose(town.draft("addition"))
    town.through(case, "2026-04-01")
    steps = ("propose_addition", "send_to_legal_review", "pass_legal_review", "put_on_agenda", "approve", "publish")
    assert codes(*steps) == {
        "power_change_application", "power_review_request", "power_change_review_opinion", "power_agenda_item",
        "power_change_approval", "sy_minutes", "power_list_announcement",
    }  # fmt: skip
    opinion = Document.objects.get(paper="power_change_review_opinion")
    assert (opinion.organ, opinion.number) == (town.organ("DC-SFJ"), "东司权审〔2026〕1号")
    assert "《北京市示例管理条例》第二条第一款：现行有效" in str(opinion.context)
    assert Document.objects.get(paper="power_list_announcement").organ == town.organ("110101")


def test_a_change_follows_the_version_before_it_and_both_stay_readable(town: Town) -> None:
    case = town.propose(town.draft("change", FOOD, promised="8个工作日"))
    town.through(case, "2026-04-01")
    new, old = history(FOOD)
    assert (old.until, new.since, new.promised) == (date(2026, 4, 1), date(2026, 4, 1), "8个工作日")
    assert on_day(date(2026, 3, 31)).get(power__code=FOOD) == old
    assert on_day(date(2026, 4, 1)).get(power__code=FOOD) == new
    assert new.items == [FOOD_ITEM]


def test_a_cancelled_power_ends_and_nothing_takes_its_place(town: Town) -> None:
    draft = town.draft("cancellation", FOOD)
    case = town.propose(draft, supervision="改为备案")
    with pytest.raises(Refused, match="正在办理的案件由哪一机关继续办理"):
        town.through(case, "2026-04-01")
    town.act(
        case, "government", "approve", "2026-03-10T09:30", effective_on="2026-04-01", minutes="同意。", present="区长",
        pending_owner="DC-SCJ",
    )  # fmt: skip
    town.act(case, "legal-office", "publish", "2026-03-20T09:00", effective_on="2026-04-01")
    assert not on_day(date(2026, 4, 1)).filter(power__code=FOOD).exists()
    assert on_day(date(2026, 3, 31)).filter(power__code=FOOD).exists()
    found = events.page(date(2026, 1, 1), date(2026, 12, 31)).events
    assert [(event.label, event.version.power.code) for event in found] == [("取消", FOOD)]


def test_an_approved_day_that_was_missed_becomes_the_day_of_publication(town: Town) -> None:
    case = town.propose(town.draft("addition"))
    with pytest.raises(Refused, match="审定日期已过的，为公布之日"):
        town.through(case, "2026-03-15", published="2026-03-20T09:00", day="2026-03-15")
    town.act(case, "legal-office", "publish", "2026-03-20T09:00", effective_on="2026-03-20")
    case.refresh_from_db()
    assert case.state == "in_effect"  # the day is here: the law took its step at once
    assert PowerVersion.objects.get(power__code="110101-SCJ-XK-900").since == date(2026, 3, 20)


def test_what_is_published_for_the_same_day_speaks_of_what_stood_before(town: Town) -> None:
    """The list says already what it will say when the announcement is written."""
    changed = town.propose(town.draft("change", FOOD, promised="8个工作日"))
    town.through(changed, "2026-03-15", published="2026-03-20T09:00", day="2026-03-20")
    told = Document.objects.get(paper="power_list_announcement").context["elements"]
    assert "原版本自2026年1月1日起施行，仍可在清单中查阅。" in told["comparison"]
    assert "承诺时限：由“无”变更为“8个工作日”" in told["comparison"]
    at = "2026-04-02"
    ended = town.propose(town.draft("cancellation", FOOD, at=f"{at}T09:00"), at=f"{at}T10:00", supervision="改为备案")
    town.through(
        ended, "2026-04-12", published="2026-04-20T09:00", day="2026-04-20", proposed=at, pending_owner="DC-SCJ"
    )
    assert ended.state == "in_effect"
    told = Document.objects.filter(paper="power_list_announcement").latest("pk").context["elements"]
    assert told["version"][0].startswith("取消：食品（含保健食品）经营许可")
    assert told["channels"][0].startswith("监督方式：")
    assert not on_day(date(2026, 4, 20)).filter(power__code=FOOD).exists()


def test_a_transfer_waits_for_the_receiver_and_moves_the_power(town: Town) -> None:
    case = town.propose(town.draft("transfer", FOOD, organ="110101010"), wished_on="2026-04-01")
    with pytest.raises(Refused, match="已经确认承接"):
        town.act(case, "legal-office", "send_to_legal_review", "2026-03-03T09:00", points="请审核")
    town.act(case, "legal-office", "ask_receiver", "2026-03-02T11:00", confirm_by="2026-03-09")
    assert Notice.objects.filter(case=case, to=town.user("street-head")).exists()
    town.act(case, "street-head", "confirm_taking_over", "2026-03-02T12:00", means="四名持证人员")
    town.through(case, "2026-04-01", pending_owner="DC-SCJ")
    assert not holds(town.organ().pk, FOOD_ITEM, date(2026, 4, 1))
    assert holds(town.organ("110101010").pk, FOOD_ITEM, date(2026, 4, 1))
    assert events.page(date(2026, 1, 1), date(2026, 12, 31)).events[0].label == "划转"


def test_a_dispute_is_settled_by_the_government_and_the_text_says_so(town: Town) -> None:
    case = town.propose(town.draft("transfer", FOOD, organ="110101010"), wished_on="2026-04-01")
    town.act(case, "legal-office", "ask_receiver", "2026-03-02T11:00", confirm_by="2026-03-09")
    town.act(case, "street-head", "object_to_taking_over", "2026-03-02T12:00", reasons="没有人员")
    town.act(case, "government", "settle_for_change", "2026-03-02T13:00", successor="DC-WJW", reasons="职责相近")
    assert [text.content["organ"] for text in Proposal.objects.filter(case=case)] == ["110101010", "DC-WJW"]
    town.through(case, "2026-04-01", pending_owner="DC-WJW")
    assert holds(town.organ("DC-WJW").pk, FOOD_ITEM, date(2026, 4, 1))


def test_a_licence_may_be_entrusted_once_and_the_holder_stays(town: Town) -> None:
    case = town.propose(town.draft("delegation", FOOD, entrusted="110101010"))
    town.act(case, "legal-office", "ask_receiver", "2026-03-02T11:00", confirm_by="2026-03-09")
    town.act(case, "street-head", "confirm_taking_over", "2026-03-02T12:00", means="四名持证人员")
    town.through(case, "2026-04-01")
    town.act(case, "scj-head", "announce_entrustment", "2026-03-21T09:00", period="两年")
    assert "xk_entrust_announcement" in codes("announce_entrustment")
    assert holds(town.organ().pk, FOOD_ITEM, date(2026, 4, 1))
    ring_all(moment("2026-04-01T08:00"))
    with pytest.raises(Refused, match="不得再委托"):
        town.propose(town.draft("delegation", FOOD, at="2026-05-06T09:00", entrusted="DC-WJW"), at="2026-05-06T10:00")


def test_consulted_organs_answer_or_their_time_runs_out(town: Town) -> None:
    case = town.propose(town.draft("addition"))
    asked = {"organs": ["DC-WJW", "110101010"], "reply_by": "2026-03-09"}
    town.act(case, "legal-office", "consult_organs", "2026-03-02T11:00", **asked)
    town.act(case, "wjw-head", "give_opinion", "2026-03-03T09:00", opinion="agree", reasons="没有意见")
    with pytest.raises(Refused, match="期限已经届满"):
        town.act(case, "legal-office", "close_consultation", "2026-03-09T09:00", summary="一家未复")
    town.act(case, "legal-office", "close_consultation", "2026-03-10T09:00", summary="一家同意，一家逾期未复")
    case.refresh_from_db()
    assert case.state == "proposed"


def test_the_public_is_asked_for_the_whole_period(town: Town) -> None:
    case = town.propose(town.draft("addition"))
    town.act(
        case, "legal-office", "open_public_consultation", "2026-03-02T11:00", comment_until="2026-03-31",
        channel="网站留言",
    )  # fmt: skip
    with pytest.raises(Refused, match="公告确定的期限已经届满"):
        town.act(case, "legal-office", "close_public_consultation", "2026-03-31T18:00", adoption="采纳一条")
    town.act(case, "legal-office", "close_public_consultation", "2026-04-01T09:00", adoption="采纳一条")


def test_a_text_completed_after_review_is_reviewed_again(town: Town) -> None:
    case = town.propose(town.draft("addition"))
    town.act(case, "legal-office", "return_incomplete", "2026-03-02T11:00", missing="承诺时限")
    draft = drafts.begin_completion(case, town.user("scj-head"), moment("2026-03-02T12:00"))
    drafts.save(draft, {"item": item(promised="7个工作日")}, moment("2026-03-02T12:00"))
    town.act(case, "scj-head", "complete", "2026-03-02T13:00", answer="已补充")
    assert [text.content["promised"] for text in Proposal.objects.filter(case=case)] == ["10个工作日", "7个工作日"]
    town.through(case, "2026-04-01")
    assert PowerVersion.objects.get(power__code="110101-SCJ-XK-900").promised == "7个工作日"


def test_the_reviewer_of_an_ex_officio_change_is_not_its_drafter(town: Town) -> None:
    draft = town.draft("change", FOOD, by="legal-office", of="DC-SFJ", ex_officio=True)
    content = {**draft.content["item"], "organ": "DC-SCJ", "promised": "9个工作日"}
    drafts.save(draft, {"item": content}, moment("2026-03-02T09:00"))
    case = town.propose(draft)
    town.act(case, "legal-office", "send_to_legal_review", "2026-03-03T09:00", points="请审核")
    with pytest.raises(Refused, match="办理过前一环节的人员不得办理"):
        town.act(case, "legal-office", "pass_legal_review", "2026-03-04T09:00", opinion="符合")
    town.act(case, "legal-office2", "pass_legal_review", "2026-03-04T09:00", opinion="符合")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"supervision": ""}, "权责事项各要素均已填写"),
        ({"stages": []}, "责任清单同步调整"),
        ({"stages": [{"stage": "受理", "matter": "受理", "subject": "", "manner": "处分"}]}, "责任清单同步调整"),
        ({"basis": ["《北京市示例管理条例》第九十九条"]}, "能找到条文并且现行有效"),
        ({"basis": ["《示例工作的通知》第一条"]}, "不以规范性文件作为设定依据"),
        ({"organ": "DC-WJW"}, "新增事项的实施主体是本机关"),
        ({"name": "食品（含保健食品）经营许可"}, "清单上没有同一事项"),
    ],
)
def test_what_no_addition_may_be(town: Town, changed: dict[str, Any], reason: str) -> None:
    draft = town.draft("addition", **changed)
    with pytest.raises(Refused, match=reason):
        town.propose(draft)
    draft.refresh_from_db()
    assert draft.case is None
    assert draft.content["item"]["name"]  # nothing that was typed is lost


def test_a_repealed_text_is_no_basis(town: Town) -> None:
    LegalText.objects.filter(family="北京市旧示例办法").update(effective_to=date(2020, 1, 1), ended="repealed")
    stamp()
    with pytest.raises(Refused, match="能找到条文并且现行有效"):
        town.propose(town.draft("addition", basis=["《北京市旧示例办法》第一条"]))


def test_one_change_of_a_power_at_a_time(town: Town) -> None:
    town.propose(town.draft("change", FOOD, promised="8个工作日"))
    with pytest.raises(Refused, match="没有其他正在办理"):
        town.propose(town.draft("change", FOOD, promised="7个工作日"))


def test_nothing_different_is_no_change(town: Town) -> None:
    with pytest.raises(Refused, match="拟调整内容与现行内容不同"):
        town.propose(town.draft("change", FOOD))


def test_pressing_twice_proposes_once(town: Town) -> None:
    draft = town.draft("addition")
    assert town.propose(draft) == town.propose(draft, at="2026-03-02T10:01")
