"""Citations as links, two texts side by side: `{% load law_tags %}` in any template."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from law.comparison import marks
from law.links import linked

register = template.Library()


@register.filter
def linkify(text: str, on: date) -> SafeString:
    """`{{ basis|linkify:case.opened_on }}`: 《行政许可法》第三十二条 as a link to the version in force on that day."""
    if isinstance(on, datetime):
        on = timezone.localdate(on) if timezone.is_aware(on) else on.date()
    return linked([str(text)], on)[0]


@register.filter
def taken_out(before: str, after: str) -> SafeString:
    """`{{ before|taken_out:after }}`: the text with what the other one lacks in `<del>`."""
    return _marked(marks(str(before), str(after))[0], "del")


@register.filter
def put_in(after: str, before: str) -> SafeString:
    """`{{ after|put_in:before }}`: the text with what the other one lacks in `<ins>`."""
    return _marked(marks(str(before), str(after))[1], "ins")


def _marked(pieces: list[tuple[str, bool]], element: str) -> SafeString:
    written = (f"<{element}>{escape(words)}</{element}>" if own else escape(words) for words, own in pieces)
    return mark_safe("".join(written).replace("\n", "<br>"))  # noqa: S308 - every piece is escaped above
