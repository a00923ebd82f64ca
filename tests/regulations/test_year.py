"""One document over a year, the clock moved day by day: what each clock shows, when it rings, what the law does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from django.utils import timezone

from casework.actions.ring import ring_all
from casework.lamps import lamp
from casework.models import Case, Notice
from law.queries import work_calendar
from tests.regulations.ground import GAZETTE, MEETING, House, child_of, moment
from tests.regulations.test_every_row import EVALUATED, REPORT

NAMES = {
    "regulations.document": "制定", "regulations.filing": "备案", "regulations.validity": "有效期",
}  # fmt: skip
BEGINS, ENDS = date(2026, 3, 2), date(2027, 3, 31)
LAST_DAY = "2027-02-01"  # of its validity, as it states
OPINION = {"articles": "第二条", "superior": "示例条例第二条", "reasons": "没有依据。", "not_applied": ["a2"]}


# What changed on which day: the case, where it stands, its lamp. The days were worked out by hand.
DIARY = [
    ("03-05", "制定", "drafting", "none"),
    ("03-06", "制定", "consulting", "fine"),  # until Monday 6 April: 1, 2 and 3 April before it, the 6th is a holiday
    ("03-31", "制定", "consulting", "soon"),
    ("04-06", "制定", "consulting", "today"),
    ("04-07", "制定", "drafting", "none"),  # the law has closed it
    ("04-07", "制定", "legality_review", "fine"),  # 8 to 10, 13 to 17, 20 to 24, 27 and 28: fifteen working days
    ("04-23", "制定", "legality_review", "soon"),
    ("04-28", "制定", "legality_review", "today"),
    ("04-29", "制定", "legality_review", "overdue"),
    ("04-30", "制定", "adopted", "none"),
    ("05-06", "制定", "published", "fine"),  # until the day before 1 July
    ("05-06", "备案", "due", "fine"),  # thirty days
    ("06-02", "备案", "due", "soon"),
    ("06-05", "备案", "due", "today"),
    ("06-06", "备案", "overdue", "overdue"),
    ("06-12", "备案", "registered", "fine"),
    ("06-25", "制定", "published", "soon"),
    ("06-30", "制定", "published", "today"),
    ("07-01", "制定", "in_force", "none"),
    ("07-01", "有效期", "in_force", "fine"),
    ("07-20", "备案", "opinion_issued", "fine"),
    ("07-28", "有效期", "in_force", "soon"),
    ("07-31", "有效期", "in_force", "today"),  # six months before 1 February are Saturday 1 August
    ("08-01", "有效期", "evaluation_due", "fine"),
    ("08-12", "备案", "filed", "none"),
    ("09-01", "有效期", "in_force", "fine"),
    ("01-27", "有效期", "in_force", "soon"),
    ("02-01", "有效期", "in_force", "today"),
    ("02-02", "有效期", "ended_unpublished", "fine"),
]


class Year:
    """Walks through the days; keeps what changed on each: where a case stands, and the colour of its lamp.

    names: what the diary calls the cases of the procedures that it is about.
    """

    def __init__(self, names: Mapping[str, str], begins: date, ends: date) -> None:
        self.names, self.begins, self.ends = names, begins, ends
        self.diary: list[tuple[str, str, str, str]] = []
        self.shown: dict[int, tuple[str, str]] = {}

    def walk(self, acts: dict[str, Callable[[], object]]) -> None:
        day = self.begins
        while day <= self.ends:
            ring_all(moment(f"{day}T00:10"))
            self.look(day)
            if act := acts.pop(day.isoformat(), None):
                act()
                self.look(day)
            day += timedelta(days=1)
        assert not acts

    def look(self, day: date) -> None:
        calendar = work_calendar()
        for case in Case.objects.filter(procedure__in=self.names).order_by("pk"):
            now = (case.state, lamp(case.due_on, day, calendar).code)
            if self.shown.get(case.pk) != now:
                self.shown[case.pk] = now
                self.diary.append((f"{day:%m-%d}", self.names[case.procedure], *now))


def test_a_year_of_one_document(house: House) -> None:
    made: list[Case] = []
    year = Year(NAMES, BEGINS, ENDS)

    def case() -> Case:
        made[0].refresh_from_db()
        return made[0]

    def filing() -> Case:
        return child_of(case(), "regulations.filing")

    def term() -> Case:
        return child_of(case(), "regulations.validity")

    def begin() -> None:
        made.append(house.planned(case=house.propose()))
        drafters = [str(house.user("scj-officer").pk)]
        house.act(case(), "scj-head", "start_drafting", "2026-03-04T09:00", drafters=drafters, business="no")
        house.form(case(), "2026-03-05T09:00")

    def consult() -> None:
        house.act(case(), "scj-officer", "open_public_comment", "2026-03-06T09:00", until="2026-04-06", channel="信函")

    def feedback() -> None:
        house.act(case(), "scj-officer", "publish_feedback", "2026-04-07T09:00", summary="没有收到意见。")
        house.act(case(), "scj-officer", "record_not_economic", "2026-04-07T10:00", reasons="不涉及经营者。")
        house.send(case(), "2026-04-07T11:00")

    def review() -> None:  # late: fifteen working days are over on the 28th
        house.check(case(), "scj-legal", "2026-04-30T09:00")
        house.act(case(), "scj-legal", "pass_legality_review", "2026-04-30T10:00", opinion="符合规定。")
        house.act(case(), "secretary", "put_on_agenda", "2026-04-30T11:00", meeting="办公会", meeting_on="2026-04-30")
        house.act(case(), "scj-head", "adopt", "2026-04-30T16:00", **MEETING | {"held_on": "2026-04-30"})

    def publish() -> None:
        house.number(case(), "2026-05-06T09:00", effective_on="2026-07-01", valid_until=LAST_DAY)
        house.print_official(case(), "2026-05-06T10:00")
        house.act(case(), "secretary", "publish_delayed", "2026-05-06T11:00", effective_on="2026-07-01", **GAZETTE)

    def order() -> None:
        house.act(filing(), "legal-office", "order_to_file", "2026-06-08T09:00", file_by="2026-06-12")

    def file() -> None:
        house.act(filing(), "scj-head", "submit_filing", "2026-06-12T09:00", **REPORT)
        house.act(filing(), "legal-office", "register", "2026-06-12T10:00")

    def object_() -> None:
        house.act(filing(), "legal-office", "issue_correction_opinion", "2026-07-20T09:00", **OPINION)

    def contest() -> None:
        house.act(filing(), "scj-head", "contest_opinion", "2026-08-12T09:00", report="依据充分。")
        house.act(filing(), "legal-office", "withdraw_opinion", "2026-08-13T09:00", reasons="说明成立。")
        house.act(term(), "legal-office", "resume_clauses", "2026-08-13T10:00", clauses=["a2"], reasons="没有问题。")

    def evaluate() -> None:
        house.act(term(), "scj-head", "evaluate", "2026-09-01T09:00", conclusion="lapse", **EVALUATED)
        house.act(term(), "scj-head", "decide_to_let_lapse", "2026-09-01T10:00", pending="按原规定办结。")

    def announce() -> None:
        house.act(term(), "legal-office", "publish_lapse", "2027-03-15T09:00")

    year.walk({
        "2026-03-05": begin, "2026-03-06": consult, "2026-04-07": feedback, "2026-04-30": review,
        "2026-05-06": publish, "2026-06-08": order, "2026-06-12": file, "2026-07-20": object_,
        "2026-08-12": contest, "2026-09-01": evaluate, "2027-03-15": announce,
    })  # fmt: skip
    assert year.diary[: len(DIARY)] == DIARY
    # Twenty working days to announce it, in a year whose holidays nobody has published yet.
    assert [line[2:] for line in year.diary[len(DIARY) :]] == [
        ("ended_unpublished", "soon"), ("ended_unpublished", "today"), ("ended_unpublished", "overdue"),
        ("lapsed", "none"),
    ]  # fmt: skip
    keys = ("gfxwj_file_up_bj", "gfxwj_file_ordered", "gfxwj_validity_alert", "gfxwj_legality_review_max")
    assert rung(keys) == [
        ("gfxwj_legality_review_max", "soon", "04-23"), ("gfxwj_legality_review_max", "today", "04-28"),
        ("gfxwj_legality_review_max", "overdue", "04-29"),
        ("gfxwj_file_up_bj", "soon", "06-02"), ("gfxwj_file_up_bj", "today", "06-05"),
        ("gfxwj_file_up_bj", "overdue", "06-06"),
        ("gfxwj_file_ordered", "soon", "06-09"),  # ordered on Monday to file by Friday
        ("gfxwj_file_up_bj", "overdue", "06-11"),  # the heads are asked to see to it
        ("gfxwj_file_ordered", "today", "06-12"),
        ("gfxwj_validity_alert", "soon", "07-28"), ("gfxwj_validity_alert", "today", "07-31"),
        ("gfxwj_validity_alert", "overdue", "08-01"),
    ]  # fmt: skip
    filer = house.user("scj-head")
    told = Notice.objects.filter(deadline__key="gfxwj_file_up_bj", to=filer).values_list("urgency", flat=True)
    assert list(told.order_by("pk")) == ["soon", "today", "overdue", "overdue"]
    late = ("flag_overdue_review", "mark_overdue", "flag_lapse_unpublished")
    assert set(Notice.objects.filter(act__step__in=late).values_list("act__step", flat=True)) == set(late)
    document = house.document(case())
    seen = [document.standing(date.fromisoformat(day)) for day in ("2026-05-06", "2026-07-01", LAST_DAY, "2027-02-02")]
    assert seen == ["not_yet", "current", "current", "lapsed"]
    paused = document.suspensions.values_list("clause", "since", "until").get()
    assert paused == ("a2", date(2026, 7, 20), date(2026, 8, 13))


def rung(keys: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """Which clock rang how on which day, whoever was told."""
    heard = Notice.objects.filter(deadline__key__in=keys).order_by("pk")
    rows = heard.values_list("deadline__key", "urgency", "created_at")
    return list(dict.fromkeys((key, how, f"{timezone.localtime(at):%m-%d}") for key, how, at in rows))
