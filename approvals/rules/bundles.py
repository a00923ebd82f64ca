"""What the gates of parallel approval look at: the parts of a bundle, and for a part those that stand beside it.

`parts` are all of them, `prerequisites` those that must be agreed to before this one is examined.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from casework.situation import Situation

LEFT = frozenset({"not_needed_told", "not_competent_told"})  # no longer in the bundle, and told so
UNNEEDED = LEFT | {"not_needed", "not_competent"}  # not for this organ to decide on
RELEASED = frozenset({"released", "delivered"})  # granted before the others, as the applicant chose
SETTLED = frozenset({"agreed", "granted"}) | RELEASED | UNNEEDED  # nothing stands in the way of what waits for it
REFUSED = frozenset({"refused", "refusal_issued"})
DECIDED = frozenset({"granted", "refusal_issued"}) | RELEASED
OPINED = frozenset({"agreed", "refused"})
OPINIONS = ("agree", "refuse_part")  # what may be taken back while nobody has opened it
WAITING = frozenset({"checking", "checked", "waiting_for_prerequisite", "closed_with_bundle"}) | UNNEEDED


@dataclass(frozen=True, slots=True)
class PartView:
    """One part as rules see it. `report` is what its organ said last of its materials, `asked` what it wants put right.

    `first` are the items that it waits for; `late`: the organ's own days of the published scheme are over; `silent`:
    it has reported nothing, and the time in which the applicant must be told is running out.
    """

    code: str
    item: str
    state: str
    report: str = ""
    asked: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    late: bool = False
    silent: bool = False


def _parts(s: Situation) -> list[PartView]:
    return list(s.known.get("parts", ()))


def _named(s: Situation) -> list[PartView]:
    return [part for part in _parts(s) if part.code == s.facts.get("part")]


def not_circulated_before(s: Situation) -> bool:
    """此前没有分送过：全部成员机关同时收到"""
    return not s.taken("circulate_for_check")


def named_part_unneeded(s: Situation) -> bool:
    """成员机关已经反馈该事项无需取得许可，且尚未告知申请人"""
    there = any(part.state == "not_needed" for part in _parts(s))
    return there and any(part.state == "not_needed" for part in _named(s))


def named_part_foreign(s: Situation) -> bool:
    """成员机关已经反馈该事项不属于其职权，且尚未告知申请人"""
    there = any(part.state == "not_competent" for part in _parts(s))
    return there and any(part.state == "not_competent" for part in _named(s))


def named_part_silent(s: Situation) -> bool:
    """该部分尚未反馈核对结果，距一次告知的期限届满不超过三个工作日"""
    return any(part.silent for part in _parts(s)) and any(part.silent for part in _named(s))


def last_day_to_tell(s: Situation) -> bool:
    """当日为一次告知的法定期限最后一日"""
    clock = s.clock("xk_deficiency_notice")
    return clock is not None and clock.running and clock.due == s.today


def named_part_opined(s: Situation) -> bool:
    """该部分已经出具意见，尚未作出决定"""
    there = any(part.state in OPINED for part in _parts(s))
    return there and any(part.state in OPINED for part in _named(s))


def reports_joined(s: Situation) -> bool:
    """各部门反馈的全部补正内容合并在这一份告知书中"""
    wanted = {code for part in _parts(s) for code in part.asked}
    return bool(wanted) and set(s.facts.get("items", [])) == wanted


def every_report_complete(s: Situation) -> bool:
    """各部门均反馈材料齐全、符合法定形式"""
    needed = [part for part in _parts(s) if part.state not in UNNEEDED]
    return bool(needed) and all(part.report == "report_complete" for part in needed)


def two_officers_of_each(s: Situation) -> bool:
    """需要核查的各机关分别有两名以上工作人员参加"""
    organs = s.known.get("officer_organs", {})
    present: dict[int, int] = {}
    for officer in set(s.facts.get("signed_by", [])):
        organ = organs.get(int(officer))
        if organ is None:
            return False
        present[organ] = present.get(organ, 0) + 1
    return bool(present) and min(present.values()) >= int(s.known.get("verify_staff_min", 2))


def named_part_late(s: Situation) -> bool:
    """该部分已经超过公布的并联办理方案确定的内部时限"""
    return any(part.late for part in _parts(s)) and any(part.late for part in _named(s))


def joint_time_not_extended(s: Situation) -> bool:
    """并联审批期限此前没有延长过"""
    return not s.taken("extend_joint")


def the_rest_agreed(s: Situation) -> bool:
    """除已经剥离、剔除的以外，其余各部分均为同意"""
    rest = [part for part in _parts(s) if part.state != "refusal_issued" and part.state not in LEFT]
    return bool(rest) and all(part.state == "agreed" for part in rest)


def named_part_may_be_examined(s: Situation) -> bool:
    """该部分的前置事项没有不同意的（有的，应当先退回前置事项）"""
    first = {item for part in _named(s) for item in part.first}
    return not any(part.item in first and part.state in REFUSED for part in _parts(s))


def named_part_refused(s: Situation) -> bool:
    """该部分为不同意，且尚未剥离"""
    there = any(part.state == "refused" for part in _parts(s))
    return there and any(part.state == "refused" for part in _named(s))


def nothing_rests_on_named_part(s: Situation) -> bool:
    """其他同意事项不以该事项为前提"""
    items = {part.item for part in _named(s)}
    return not any(items & set(part.first) for part in _parts(s) if part.state not in REFUSED | UNNEEDED)


def something_else_agreed(s: Situation) -> bool:
    """仍有其他同意的事项，可以继续按“一件事”办理"""
    return any(part.state == "agreed" or part.state in RELEASED for part in _parts(s))


def nothing_agreed(s: Situation) -> bool:
    """各事项均为不同意，或者以不同意的事项为前提"""
    rest = [part for part in _parts(s) if part.state not in UNNEEDED]
    return bool(rest) and all(part.state in REFUSED for part in rest)


def no_part_decided(s: Situation) -> bool:
    """各事项均未作出决定"""
    return not any(part.state in DECIDED for part in _parts(s))


def rest_may_end(s: Situation) -> bool:
    """各事项均未作出决定；申请人选择办成一项领取一项的，已经作出的决定不受影响"""
    return as_they_come(s) or no_part_decided(s)


def as_they_come(s: Situation) -> bool:
    """申请人选择办成一项领取一项"""
    return bool(s.known.get("as_they_come"))


def together(s: Situation) -> bool:
    """申请人选择全部办完后一次领取（没有选择的，也是如此）"""
    return not as_they_come(s)


def each_decided(s: Situation) -> bool:
    """申请人选择办成一项领取一项，各事项均已作出决定，其中有准予的"""
    parts = _parts(s)
    over = all(part.state in DECIDED | LEFT for part in parts)
    return as_they_come(s) and over and any(part.state in RELEASED for part in parts)


def opinion_taken_back(s: Situation) -> bool:
    """有成员机关撤回了意见，尚未重新出具"""
    return any(part.state not in SETTLED | REFUSED | UNNEEDED for part in _parts(s))


def own_opinion(s: Situation) -> bool:
    """由出具该意见的人本人撤回"""
    given = s.last(*OPINIONS)
    return given is not None and given.actor == s.actor


def own_report(s: Situation) -> bool:
    """由作出该反馈的人本人撤回"""
    given = s.last("report_not_needed", "report_not_competent")
    return given is not None and given.actor == s.actor


def nobody_has_read(s: Situation) -> bool:
    """出具以后没有其他人打开过"""
    return not s.known.get("opinion_read")


def somebody_has_read(s: Situation) -> bool:
    """出具以后已经有其他人打开过"""
    return bool(s.known.get("opinion_read"))


def review_ordered(s: Situation) -> bool:
    """牵头机关已经退回本事项"""
    return bool(s.known.get("returned"))


def nothing_rests_on_opinion(s: Situation) -> bool:
    """没有其他事项以该意见为前提开始审查"""
    return not s.known.get("rested_on")


def no_joint_notice_yet(s: Situation) -> bool:
    """“一件事”的一次性补正告知书尚未发出"""
    return not s.known.get("notified")


def correction_came(s: Situation) -> bool:
    """本事项反馈过需要补正的内容，申请人其后提交了补正"""
    return bool(s.known.get("corrected"))


def drop_ordered(s: Situation) -> bool:
    """牵头机关已经剔除本事项"""
    return bool(s.known.get("dropped"))


def refusal_ordered(s: Situation) -> bool:
    """牵头机关已经剥离本事项，或者全部事项不予许可"""
    return bool(s.known.get("split")) or s.parent_state == "refused"


def _first(s: Situation) -> Iterable[PartView]:
    return s.known.get("prerequisites", ())


def prerequisites_agreed(s: Situation) -> bool:
    """各前置事项均已同意"""
    return all(part.state in SETTLED for part in _first(s))


def prerequisite_open(s: Situation) -> bool:
    """仍有前置事项尚未同意"""
    return not prerequisites_agreed(s)


def prerequisite_refused(s: Situation) -> bool:
    """前置事项为不同意"""
    return any(part.state in REFUSED for part in _first(s))
