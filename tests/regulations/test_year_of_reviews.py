"""A year of what is reviewed, the clock moved day by day: the filing with the congress, a proposal, a clean-up."""

from __future__ import annotations

from datetime import date

from accounts.queries import representations
from casework.actions import Offer
from casework.models import Case, Notice
from casework.models.case import new_code
from regulations.actions.cleanup import launch
from regulations.actions.portions import go_on
from regulations.actions.suggestions import suggest
from regulations.queries import cleanup, suggestions
from regulations.queries.filing import CONGRESS
from tests.regulations.ground import House, child_of, moment
from tests.regulations.test_year import Year, rung

NAMES = {CONGRESS: "人大备案", suggestions.PROCEDURE: "审查建议", cleanup.PROCEDURE: "清理"}
BEGINS, ENDS = date(2026, 4, 22), date(2026, 12, 31)
OPINION = {"articles": "第二条", "superior": "示例条例第二条", "reasons": "没有依据。"}
SAID = {"articles": "第二条", "matters": "设定了义务", "reasons": "没有法律、法规依据"}
MEETING = {"meeting": "常务会议", "present": "区长（示例）", "opinions": "同意"}

# What changed on which day: the case, where it stands, its lamp. The days were worked out by hand.
DIARY = [
    ("04-22", "人大备案", "due", "fine"),  # thirty days, until Friday 22 May
    ("05-19", "人大备案", "due", "soon"),
    ("05-22", "人大备案", "due", "today"),
    ("05-23", "人大备案", "overdue", "overdue"),  # ordered on the 25th to file by the 29th: it is late all the same
    ("05-28", "人大备案", "received", "fine"),  # ten days end on a Sunday: Monday 8 June
    ("06-03", "人大备案", "received", "soon"),
    ("06-04", "人大备案", "registered", "fine"),  # five working days to distribute it: the 11th
    ("06-08", "人大备案", "registered", "soon"),
    ("06-09", "人大备案", "registered", "fine"),  # the committee has until 9 July
    ("06-10", "审查建议", "received", "fine"),  # five working days
    ("06-12", "审查建议", "received", "soon"),
    ("06-17", "审查建议", "received", "today"),
    ("06-18", "审查建议", "studying", "none"),  # nobody asked for more: it counts as complete
    ("06-22", "审查建议", "under_review", "fine"),  # three months
    ("07-01", "清理", "listing", "none"),
    ("07-01", "清理", "launched", "none"),
    ("07-06", "人大备案", "registered", "soon"),
    ("07-09", "人大备案", "registered", "today"),
    ("07-10", "人大备案", "registered", "overdue"),
    ("07-13", "人大备案", "registered", "fine"),  # the committee has spoken: until 4 September
    ("08-04", "清理", "collected", "none"),
    ("08-05", "清理", "to_decide", "none"),
    ("08-06", "清理", "decided", "fine"),  # twenty working days to publish it: Thursday 3 September
    ("08-31", "清理", "decided", "soon"),
    ("09-01", "人大备案", "registered", "soon"),
    ("09-03", "清理", "decided", "today"),
    ("09-03", "清理", "taking_effect", "none"),
    ("09-03", "清理", "published", "none"),
    ("09-04", "人大备案", "registered", "today"),
    ("09-04", "人大备案", "opinion_issued", "fine"),
    ("09-18", "审查建议", "under_review", "soon"),  # Sunday the 20th is a working day
    ("09-22", "审查建议", "under_review", "today"),
    ("09-23", "审查建议", "under_review", "overdue"),
    ("09-24", "审查建议", "result", "none"),
    ("09-25", "审查建议", "answered", "none"),
    ("09-28", "人大备案", "opinion_issued", "soon"),  # thirty days end in the holidays: until 8 October
    ("10-08", "人大备案", "opinion_issued", "today"),
    ("10-09", "人大备案", "motion", "none"),
]
KEYS = (
    "gfxwj_rdsc_file", "gfxwj_rdsc_ordered", "gfxwj_rdsc_formal", "gfxwj_rdsc_distribute", "gfxwj_rdsc_committee",
    "gfxwj_rdsc_review", "gfxwj_rdsc_opinion_reply", "gfxwj_rdsc_suggestion_incomplete", "xx_proactive",
)  # fmt: skip

# Which clock rang how on which day.
RUNG = [
    ("gfxwj_rdsc_file", "soon", "05-19"), ("gfxwj_rdsc_file", "today", "05-22"),
    ("gfxwj_rdsc_file", "overdue", "05-23"),
    ("gfxwj_rdsc_ordered", "soon", "05-26"),  # filed before its day
    ("gfxwj_rdsc_file", "overdue", "05-28"),  # the heads are asked to see to it
    ("gfxwj_rdsc_formal", "soon", "06-03"), ("gfxwj_rdsc_distribute", "soon", "06-08"),
    ("gfxwj_rdsc_suggestion_incomplete", "soon", "06-12"), ("gfxwj_rdsc_suggestion_incomplete", "today", "06-17"),
    ("gfxwj_rdsc_suggestion_incomplete", "overdue", "06-18"),
    ("gfxwj_rdsc_committee", "soon", "07-06"), ("gfxwj_rdsc_committee", "today", "07-09"),
    ("gfxwj_rdsc_committee", "overdue", "07-10"),
    ("xx_proactive", "soon", "08-31"), ("gfxwj_rdsc_review", "soon", "09-01"), ("xx_proactive", "today", "09-03"),
    ("gfxwj_rdsc_review", "today", "09-04"),  # the filing; then the proposal
    ("gfxwj_rdsc_review", "soon", "09-18"), ("gfxwj_rdsc_review", "today", "09-22"),
    ("gfxwj_rdsc_review", "overdue", "09-23"),
    # The clean-up has not kept the document: within twenty working days its lapse is to be announced, and is not.
    ("xx_proactive", "soon", "09-28"), ("gfxwj_rdsc_opinion_reply", "soon", "09-28"),
    ("xx_proactive", "today", "10-08"), ("gfxwj_rdsc_opinion_reply", "today", "10-08"),
    ("xx_proactive", "overdue", "10-09"), ("gfxwj_rdsc_opinion_reply", "overdue", "10-09"),
    ("xx_proactive", "overdue", "10-13"),
]  # fmt: skip


def test_a_year_of_reviews(house: House) -> None:
    making = house.published("government")
    found: dict[str, Case] = {}
    year = Year(NAMES, BEGINS, ENDS)

    def filing() -> Case:
        return child_of(making, CONGRESS)

    def congress(step: str, at: str, by: str = "congress-review", **facts: object) -> None:
        house.act(filing(), by, step, at, **facts)

    def order() -> None:
        congress("order_correction", "2026-05-25T09:00", file_by="2026-05-29", reasons="逾期。")

    def file() -> None:
        congress("submit_filing", "2026-05-28T09:00", by="secretary", report="报请备案。")

    def register() -> None:
        congress("register", "2026-06-04T09:00")

    def distribute() -> None:
        congress("distribute", "2026-06-09T09:00", committee="法制委员会（示例）")

    def committee() -> None:
        congress("give_committee_opinion", "2026-07-13T09:00", by="congress-committee", opinion="没有意见。")

    def object_() -> None:
        congress("issue_opinion", "2026-09-04T09:00", **OPINION)

    def propose() -> None:
        user, at = house.user("citizen"), moment("2026-06-10T09:00")
        said = SAID | {"document": str(house.document(making).pk)}
        draft = suggest(new_code(), said, at, user=user, party=representations(user, at.date())[0].party)
        assert draft.case
        found["suggestion"] = draft.case

    def start() -> None:
        house.act(found["suggestion"], "congress-review", "start_review", "2026-06-22T09:00", scope="第二条")

    def conclude() -> None:
        house.act(found["suggestion"], "congress-review", "find_no_problem", "2026-09-24T09:00", conclusion="没有问题")

    def answer() -> None:
        house.act(found["suggestion"], "congress-review", "answer", "2026-09-25T09:00", result="没有问题",
                  reasons="有依据", handling="无")  # fmt: skip

    def clean_up() -> None:
        offer, at = Offer(facts={"reply_by": "2026-07-31"}), moment("2026-07-01T09:00")
        draft = launch(new_code(), "launch_periodic", offer, at, house.user("legal-office"))
        assert draft.case
        found["cleanup"] = draft.case
        year.look(at.date())
        go_on(lambda: at)

    def collect() -> None:
        house.act(found["cleanup"], "legal-office", "collect_with_gaps", "2026-08-04T09:00")

    def send() -> None:
        house.act(found["cleanup"], "legal-office", "send_to_decision", "2026-08-05T09:00")

    def decide() -> None:
        house.act(found["cleanup"], "government", "decide", "2026-08-06T09:00", **MEETING)

    def publish() -> None:
        at = moment("2026-09-03T09:00")
        house.act(found["cleanup"], "legal-office", "publish_results", "2026-09-03T09:00")
        year.look(at.date())
        go_on(lambda: at)

    year.walk({
        "2026-05-25": order, "2026-05-28": file, "2026-06-04": register, "2026-06-09": distribute,
        "2026-06-10": propose, "2026-06-22": start, "2026-07-01": clean_up, "2026-07-13": committee,
        "2026-08-04": collect, "2026-08-05": send, "2026-08-06": decide, "2026-09-03": publish,
        "2026-09-04": object_, "2026-09-24": conclude, "2026-09-25": answer,
    })  # fmt: skip
    assert year.diary == DIARY
    assert rung(KEYS) == RUNG
    late = ("mark_overdue", "flag_committee_overdue", "flag_review_overdue", "register_by_silence", "mark_no_answer")
    told = Notice.objects.filter(case__procedure__in=NAMES, act__step__in=late)
    assert set(told.values_list("act__step", flat=True)) == set(late)
