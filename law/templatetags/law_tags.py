"""Citations as links: `{% load law_tags %}` in any template."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from law.links import linked

register = template.Library()


@register.filter
def linkify(text: str, on: date) -> SafeString:
    """`{{ basis|linkify:case.opened_on }}`: 《行政许可法》第三十二条 as a link to the version in force on that day."""
    if isinstance(on, datetime):
        on = timezone.localdate(on) if timezone.is_aware(on) else on.date()
    return linked([str(text)], on)[0]
