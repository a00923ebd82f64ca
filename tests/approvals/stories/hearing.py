"""Those whose interest is touched, and hearings: asked for, held by the organ's own motion, lapsed, overdue."""

from __future__ import annotations

from tests.approvals.stories.diary import STANDS, STOPPED, Story, does, law, looks, quiet, refused, visits
from tests.approvals.stories.openings import ACCEPTED, FILED, GRANT, LICENCE, WHY

NEIGHBOUR = {
    "kind": "natural", "name": "赵示例", "id_kind": "resident_id", "id_number": "11010119900307109X",
    "reason": "住在场所楼上，油烟和噪声直接影响其生活",
}  # fmt: skip
INTEREST = {"third_party": "@赵示例", "interest": "油烟排放影响楼上住户", "answer_by": "2026-03-11"}
CLOSE = {"grounds": "主持人是申请人的亲属"}
HELD = {"attendants": "审查人员officer\n申请人王示例\n利害关系人赵示例", "evidence": "现场图纸",
        "arguments": "赵示例：排烟口正对窗户。"}  # fmt: skip
PLACE = {"hearing_time": "上午9时30分", "place": "区政务服务中心听证室"}

ASKED_BY_A_NEIGHBOUR = Story(
    name="a neighbour is told, asks for a hearing, challenges the presider, is heard; the licence is refused",
    procedure=LICENCE,
    pages=(
        FILED,
        ACCEPTED,
        visits("2026-03-04T09:00", "officer", "enter_interested", NEIGHBOUR),
        refused("2026-03-04T09:30", "head", "grant", GRANT, gate="concerned_third_party_heard"),
        refused("2026-03-04T09:31", "head", "refuse", WHY, gate="concerned_third_party_heard"),
        does("2026-03-04T10:00", "officer", "tell_interested_party", INTEREST,
             papers={"xk_third_party_notice": ("许利〔2026〕1号", "赵示例", "油烟排放影响楼上住户", "陈述和申辩",
                                               "2026年3月11日以前")},
             told=("stranger",)),
        does("2026-03-05T10:00", "stranger", "make_statement", {"statement": "排烟口正对窗户"},
             papers={"xk_statement_record": ("排烟口正对窗户", "stranger示例", "网上提交")}, told=("officer",)),
        does("2026-03-06T10:00", "officer", "notify_hearing_right", {"interest": "油烟排放影响楼上住户"},
             due={"xk_decide": "2026-03-31"},
             papers={"xk_hearing_right_notice": ("许听告〔2026〕1号", "油烟排放影响楼上住户", "要求举行听证",
                                                 "五个工作日内", "不承担听证费用")},
             told=("citizen", "stranger")),
        refused("2026-03-06T11:00", "officer", "record_hearing_right_told",
                {"told_on": "2026-03-09", "recipients": "邮寄"}, gate="told_after_the_notice"),
        refused("2026-03-06T11:01", "officer", "record_hearing_right_told",
                {"told_on": "2026-03-05", "recipients": "邮寄"}, gate="told_after_the_notice"),
        # Told on Monday the 9th: 10 to 13 March are 4 days, Monday 16 is the fifth.
        does("2026-03-10T09:00", "officer", "record_hearing_right_told",
             {"told_on": "2026-03-09", "recipients": "电子送达申请人；赵示例签收"},
             due={"xk_hearing_request": "2026-03-16"}, told=("citizen", "stranger")),
        refused("2026-03-10T09:30", "officer", "record_hearing_right_told",
                {"told_on": "2026-03-10", "recipients": "再次"}, gate="not_told_before"),
        # 17 to 20 March are 4, 23 to 27 are 9, 30 March to 3 April 14, 7 to 10 April 18, 13 and 14 April 20.
        does("2026-03-16T16:00", "stranger", "request_hearing",
             due={"xk_hearing_request": STOPPED, "xk_hearing_organise": "2026-04-14", "xk_decide": STANDS},
             told=("section", "officer")),
        refused("2026-03-17T09:00", "section", "notify_hearing_date",
                {**PLACE, "hearing_on": "2026-03-31", "until": "2026-04-02"}, gate="presider_appointed"),
        refused("2026-03-17T09:01", "citizen", "challenge_presider", CLOSE, gate="presider_appointed"),
        refused("2026-03-17T09:02", "section", "appoint_presider", {"presider": "@officer"},
                gate="presider_did_not_examine"),
        does("2026-03-17T10:00", "section", "appoint_presider", {"presider": "@second"},
             told=("officer", "citizen", "stranger")),
        refused("2026-03-17T11:00", "head", "decide_challenge", {"outcome": "stays", "reasons": "没有"},
                gate="challenge_open"),
        does("2026-03-18T10:00", "stranger", "challenge_presider", CLOSE, told=("head",)),
        does("2026-03-19T10:00", "head", "decide_challenge", {"outcome": "recused", "reasons": "系近亲属"},
             told=("citizen", "stranger")),
        refused("2026-03-19T11:00", "section", "notify_hearing_date",
                {**PLACE, "hearing_on": "2026-03-31", "until": "2026-04-02"}, gate="presider_appointed"),
        refused("2026-03-20T09:00", "section", "appoint_presider", {"presider": "@second"},
                gate="presider_did_not_examine"),
        does("2026-03-20T09:30", "section", "appoint_presider", {"presider": "@third"}),
        # Seven working days before Monday the 30th is Thursday the 19th: too late. Before Tuesday the 31st: 30, 27, 26,
        # 25, 24, 23, 20 March - today.
        refused("2026-03-20T10:00", "section", "notify_hearing_date",
                {**PLACE, "hearing_on": "2026-03-30", "until": "2026-04-02"}, gate="ahead"),
        does("2026-03-20T10:30", "section", "notify_hearing_date",
             {**PLACE, "hearing_on": "2026-03-31", "until": "2026-04-02"}, due={"xk_decide": STANDS},
             papers={"xk_hearing_notice": ("许听通〔2026〕1号", "2026年3月31日上午9时30分", "区政务服务中心听证室",
                                           "third示例", "有权申请回避", "2026年3月20日"),
                     "xk_excluded_time_notice": ("听证", "自2026年3月16日起至2026年4月2日止，共18日")},
             told=("citizen", "stranger"), says=("已书面告知：所需时间至2026年4月2日",)),
        refused("2026-03-30T10:00", "third", "hold_hearing", HELD, gate="hearing_follows_notice"),
        does("2026-03-31T09:00", "stranger", "challenge_presider", {"grounds": "主持人曾在示例街任职"}),
        refused("2026-03-31T09:10", "third", "hold_hearing", HELD, gate="no_challenge_open"),
        does("2026-03-31T09:20", "head", "decide_challenge", {"outcome": "stays", "reasons": "不是直接利害关系"}),
        refused("2026-03-31T09:25", "officer", "hold_hearing", HELD, gate="presider_holds"),
        does("2026-03-31T11:00", "third", "hold_hearing", HELD, due={"xk_hearing_organise": STOPPED}),
        # 16 to 30 March do not count: 4 to 6 are 3, 9 to 13 are 8, 31 March is 9, 1 to 3 April 12, 7 to 10 are 16,
        # 13 to 16 April 20.
        does("2026-03-31T15:00", "officer", "confirm_hearing_record", due={"xk_decide": "2026-04-16"},
             papers={"xk_hearing_record": ("third示例", "赵示例", "现场图纸", "排烟口正对窗户", "区政务服务中心听证室",
                                           "2026年3月31日11时")},
             told=("citizen", "stranger")),
        refused("2026-04-01T09:00", "officer", "notify_hearing_right", {"interest": "再次"}, gate="no_hearing_before"),
        does("2026-04-01T10:00", "head", "refuse", WHY, due={"xk_decide": STOPPED},
             papers={"xk_refusal_decision": ("布局不合理", "第三十八条第二款", "六十日内", "六个月内")},
             told=("citizen", "stranger", "officer")),
    ),
    ends="refused",
)  # fmt: skip

LAPSED = Story(
    name="nobody asks for a hearing: the right lapses after five working days from being told, never before",
    procedure=LICENCE,
    pages=(
        FILED,
        ACCEPTED,
        does("2026-03-04T10:00", "officer", "notify_hearing_right", {"interest": "油烟"},
             papers={"xk_hearing_right_notice": ()}, told=("citizen",)),
        # Posted; nobody knows yet when it arrived. Nothing lapses.
        quiet("2026-03-13T00:05", "lapse_hearing_right"),
        refused("2026-03-13T09:00", "head", "grant", GRANT, says=("本案现处于“听证权利告知期”环节",),
                forestalls="no_hearing_right_open"),
        refused("2026-03-13T09:01", "head", "refuse", WHY, says=("本案现处于“听证权利告知期”环节",),
                forestalls="no_hearing_right_open"),
        # It had arrived on Friday the 6th: 9 to 13 March.
        does("2026-03-13T10:00", "officer", "record_hearing_right_told",
             {"told_on": "2026-03-06", "recipients": "邮寄，王示例签收"}, due={"xk_hearing_request": "2026-03-13"}),
        quiet("2026-03-13T23:59", "lapse_hearing_right", gate="expired"),
        refused("2026-03-14T00:01", "citizen", "request_hearing", gate="hearing_asked_in_time"),
        law("2026-03-14T00:05", "lapse_hearing_right", due={"xk_hearing_request": STOPPED, "xk_decide": "2026-03-31"},
            told=("officer", "citizen")),
        refused("2026-03-14T09:00", "citizen", "request_hearing", says=("本案现处于“审查中”环节",)),
        does("2026-03-20T10:00", "head", "grant", GRANT, papers={"xk_grant_decision": (), "xk_licence": ()}),
    ),
    ends="granted",
)  # fmt: skip

PUBLIC = Story(
    name="a hearing by the organ's own motion, announced, its time told twice and then exceeded",
    procedure=LICENCE,
    pages=(
        FILED,
        ACCEPTED,
        does("2026-03-04T10:00", "section", "announce_public_hearing",
             {"hearing_basis": "《娱乐场所管理条例》第十条", "hearing_on": "2026-03-30",
              "place": "区政务服务中心听证室", "how_to_join": "三月二十日以前报名", "until": "2026-03-31"},
             due={"xk_decide": STANDS},
             papers={"xk_hearing_announcement": ("许听公〔2026〕1号", "2026年3月30日", "三月二十日以前报名",
                                                 "《娱乐场所管理条例》第十条"),
                     "xk_excluded_time_notice": ("听证", "自2026年3月4日起至2026年3月31日止，共28日")},
             told=("citizen",)),
        does("2026-03-05T10:00", "citizen", "make_statement", {"statement": "已加装净化设备"},
             papers={"xk_statement_record": ("已加装净化设备",)}, told=("officer",)),
        does("2026-03-06T10:00", "section", "appoint_presider", {"presider": "@second"}, told=("officer", "citizen")),
        does("2026-03-06T11:00", "section", "notify_hearing_date",
             {**PLACE, "hearing_on": "2026-03-30", "until": "2026-04-01"},
             papers={"xk_hearing_notice": ("2026年3月30日上午9时30分",),
                     "xk_excluded_time_notice": ("自2026年3月4日起至2026年4月1日止，共29日",)}),
        does("2026-03-30T11:00", "second", "hold_hearing", HELD),
        looks("2026-04-02T09:00", "officer", "中止计算，已超过告知的时间 1 个工作日"),
        # 4 March to 1 April do not count: 2 and 3 April are 2, 7 to 10 are 6, 13 to 17 are 11, 20 to 24 are 16,
        # 27 to 30 April 20.
        does("2026-04-02T15:00", "officer", "confirm_hearing_record", due={"xk_decide": "2026-04-30"},
             papers={"xk_hearing_record": ("second示例",)}),
    ),
    ends="under_review",
)  # fmt: skip

OVERDUE = Story(
    name="a hearing is asked for before its period began to run, and not organised in twenty working days",
    procedure=LICENCE,
    pages=(
        FILED,
        ACCEPTED,
        does("2026-03-04T10:00", "officer", "notify_hearing_right", {"interest": "油烟"},
             papers={"xk_hearing_right_notice": ()}),
        # Thursday; Friday 6 is 1, 9 to 13 are 6, 16 to 20 are 11, 23 to 27 are 16, 30 March to 2 April 20.
        does("2026-03-05T10:00", "citizen", "request_hearing",
             due={"xk_hearing_organise": "2026-04-02", "xk_decide": STANDS}, told=("section", "officer")),
        quiet("2026-04-02T23:59", "flag_hearing_overdue", gate="expired"),
        law("2026-04-03T00:05", "flag_hearing_overdue", told=("section", "supervisor")),
        does("2026-04-07T10:00", "citizen", "withdraw", {"reasons": "不再开店"},
             due={"xk_hearing_organise": STOPPED, "xk_decide": STOPPED},
             papers={"xk_withdraw_application_note": ("许撤申〔2026〕1号", "不再开店")}, told=("officer",)),
    ),
    ends="withdrawn",
)  # fmt: skip

STORIES = (ASKED_BY_A_NEIGHBOUR, LAPSED, PUBLIC, OVERDUE)
