"""Openings that many stories share, and events that change the item."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from approvals.models import LicensingItem
from law.actions.stamping import stamp
from law.models import LegalText
from tests.approvals.conftest import FOOD, World
from tests.approvals.stories.diary import Page, does

LICENCE = "approvals.licence"
RECEIPT = {"xk_intake_receipt": ("示例（北京）餐饮管理有限公司", "食品经营许可（新办）")}
GRANT = {"reasons": "符合法定条件。", "valid_from": "2026-03-20"}
WHY = {"reasons": "布局不合理，不符合《食品安全法》第三十三条第一款第四项。"}
FORGED = {"reasons": "检测报告系伪造。"}

FILED = does("2026-03-02T09:00", "citizen", "submit", papers=RECEIPT)
# Wednesday 4 to Friday 6 March are 3 days, three weeks make 18, Monday 30 and Tuesday 31 March 20.
ACCEPTED = does(
    "2026-03-03T10:00", "officer", "accept", due={"xk_decide": "2026-03-31"}, papers={"xk_acceptance_notice": ()}
)


def food_law_ends(world: World) -> None:
    """The statute that the item rests on is in the book, and does not apply any more."""
    LegalText.objects.update_or_create(
        family="食品安全法",
        defaults={
            "title": "中华人民共和国食品安全法", "kind": "statute", "digest": "food", "ended": "repealed",
            "effective_from": date(2015, 10, 1), "effective_to": date(2026, 3, 1),
        },
    )  # fmt: skip
    stamp()


def food_law_applies(world: World) -> None:
    LegalText.objects.filter(family="食品安全法").update(effective_to=None, ended="")
    stamp()


def flags(**values: object) -> Callable[[World], object]:
    """The item is another kind of item from now on."""
    return lambda world: LicensingItem.objects.filter(code=FOOD).update(**values)


def filed(at: str) -> Page:
    return does(at, "citizen", "submit", papers=RECEIPT)
