"""The end of a text that no later version replaces."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from law.actions.stamping import stamp
from law.models import LegalText, SuspendedProvision
from law.signals import Change, law_changed
from law.statute import family
from law.wording import day_zh


class RepealError(ValueError):
    """In words for people."""


@transaction.atomic
def repeal(title: str, last_day: date, ended: str = LegalText.Ended.REPEALED) -> LegalText:
    """Record that a text (its name, family name or an alias) applied for the last time on a day. May be repeated."""
    name = family(title.strip().strip("《》").replace("\x00", ""))
    found = LegalText.objects.select_for_update().filter(effective_from__lte=last_day)
    versions = found.filter(family=name) | found.filter(aliases__contains=[name])
    text = versions.order_by("-effective_from", "-pk").first()
    if text is None:
        raise RepealError(f"法规库中没有在{day_zh(last_day)}施行的《{name}》")
    if text.ended == LegalText.Ended.REVISED:
        raise RepealError(f"《{text.title}》在{day_zh(last_day)}的版本已被后来的版本取代，请写明现行版本的最后有效日期")
    return end_text(text, last_day, ended)


@transaction.atomic
def end_text(text: LegalText, last_day: date, ended: str, said: str = "") -> LegalText:
    """Record that this version applied for the last time on a day, and tell whoever rests on it. May be repeated.

    What ends before it began never applied: it keeps no day from which it does. said: who says so.
    """
    if (text.effective_to, text.ended) == (last_day, ended):
        return text
    if text.effective_from and last_day < text.effective_from:
        text.effective_from = None
    text.effective_to, text.ended = last_day, ended
    text.save(update_fields=["effective_from", "effective_to", "ended"])
    stamp()
    law_changed.send(LegalText, changes=[Change(text, "repealed", said)])
    return text


@transaction.atomic
def suspend_provisions(text: LegalText, anchors: Iterable[str], since: date) -> None:
    """Record that provisions of a text do not apply from a day on, until `resume_provisions`. May be repeated."""
    for anchor in anchors:
        SuspendedProvision.objects.get_or_create(text=text, anchor=anchor, until=None, defaults={"since": since})


@transaction.atomic
def resume_provisions(texts: Iterable[LegalText], anchors: Iterable[str], since: date) -> None:
    """Record that suspended provisions of texts apply again from a day on."""
    held = SuspendedProvision.objects.filter(text__in=list(texts), anchor__in=list(anchors), until=None)
    held.filter(since__lt=since).update(until=since)


@transaction.atomic
def renew_text(text: LegalText, last_day: date | None, ended: str = "") -> LegalText:
    """Record that this version applies, until a last day if one is known (`ended`: why it ends). May be repeated."""
    if (text.effective_to, text.ended) != (last_day, ended):
        text.effective_to, text.ended = last_day, ended
        text.save(update_fields=["effective_to", "ended"])
        stamp()
    return text
