"""Handing something in by one form: the form carries a token, and any number of presses open one case."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Party, User
from casework.models import Draft
from casework.refusal import Reason, Refused


def held(
    token: str, procedure: str, step: str, at: datetime, *, user: User | None, party: Party | None, matter: str,
    title: str,
) -> Draft:  # fmt: skip
    """The draft under this token, locked until the end of the transaction; with `case` if it became one already.

    Files may have come before with another form under the same token: what is said last counts.

    Raises Refused for a token that somebody else used, or that was used for something else.
    """
    said = {"party": party, "step": step, "matter": matter, "title": title[:200], "saved_at": at}
    Draft.objects.get_or_create(
        code=token, defaults={"owner": user, "procedure": procedure, "created_at": at, **said}
    )  # fmt: skip
    draft = Draft.objects.select_for_update(of=("self",)).select_related("case").get(code=token)
    if (draft.procedure, draft.owner_id) != (procedure, user.pk if user else None):
        raise Refused([Reason("stale_page", "页面已经过期，请重新填写。")])
    if draft.case_id is None:
        for name, value in said.items():
            setattr(draft, name, value)
        draft.save(update_fields=list(said))
    return draft
