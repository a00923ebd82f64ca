"""Officials and citizens who are signed in. Limits for each account hold in a bench too, so many take turns."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, Seat, User
from casework.models import Document, Draft
from casework.models.case import new_code
from casework.models.issue import new_token
from tests.accounts.people import sign_in
from tests.drills.seed import seed


@transaction.atomic
def officials(organ: int, role: str, number: int) -> list[dict[str, str]]:
    """The cookies of so many officials with one seat each in an organ; made where they are not there yet."""
    now = timezone.now()
    where = Organisation.objects.get(pk=organ)
    names = [f"bench-{role}-{organ}-{serial}" for serial in range(number)]
    since = timezone.localdate(now) - timedelta(days=30)
    for name in set(names) - set(User.objects.filter(username__in=names).values_list("username", flat=True)):
        user = User.objects.create(
            username=name, kind=User.Kind.STAFF, display_name=f"测试人员{name.rpartition('-')[2]}", staff_number=name,
            created_at=now, password_changed_at=now,
        )  # fmt: skip
        Seat.objects.create(user=user, role=role, organisation=where, since=since)
    return [cookies(user) for user in User.objects.filter(username__in=names)]


def account(name: str) -> dict[str, str]:
    """The cookies of one account that is there."""
    return cookies(User.objects.get(username=name))


def cookies(user: User) -> dict[str, str]:
    client = sign_in(Client(), user)
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


@transaction.atomic
def applications(drafts: int, people: int, organs: int) -> list[list[str]]:
    """Applications that only wait to be submitted, each with the session of whoever may: [[session, code], …].

    One for each person (and organ) is filled in as people fill it in; the others are copies of it.
    """
    made = seed(drafts=min(drafts, max(people, organs)), people=people, organs=organs)
    found = [[made["citizens"][who], code] for who, code in made["drafts"]]
    for number in range(drafts - len(found)):
        session, code = found[number % len(made["drafts"])]
        found.append([session, copied(code)])
    return found


def copied(code: str) -> str:
    """Another draft with the same content and the same files; its code. What is sealed is sealed for the new rows."""
    draft = Draft.objects.get(code=code)
    documents = list(Document.objects.filter(draft=draft))
    content = draft.content
    draft.pk, draft.code, draft.content = None, new_code(), content
    draft._state.adding = True
    draft.save()
    for document in documents:
        context = document.context
        document.pk, document.token, document.draft, document.context = None, new_token(), draft, context
        document._state.adding = True
        document.save()
    return draft.code
