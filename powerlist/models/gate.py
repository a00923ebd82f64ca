"""No case without a power in force, in the database itself: whoever writes the row, and however."""

import pgtrigger

from casework.models import Case
from powerlist.models import guards


class PoweredCase(Case):
    """A case as this floor sees it: where its procedure needs a power, its organ holds one on the day of opening."""

    class Meta:
        proxy = True
        triggers = [
            pgtrigger.Trigger(
                name="under_power", operation=pgtrigger.Insert, when=pgtrigger.Before, func=guards.POWERED
            )
        ]
