"""How dates, money, numbers and lamps are written on screen: `{% load portal_tags %}` in any template."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from cn2an import an2cn
from django import template
from django.template import Context, engines
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

LAMP_SHAPES = {"overdue": "▲", "today": "▲", "soon": "◆", "fine": "●", "none": "○"}


@register.filter
def day(value: date | None) -> SafeString | str:
    """2026年11月22日, in a <time>; nothing for None."""
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        value = _local(value)
    words = f"{value.year}年{value.month}月{value.day}日"
    return _time(f"{value:%Y-%m-%d}", words)


@register.filter
def moment(value: date | None) -> SafeString | str:
    """2026年11月22日 09:05 in Beijing time; a plain date stays without an hour."""
    if not isinstance(value, datetime):
        return day(value)
    value = _local(value)
    words = f"{value.year}年{value.month}月{value.day}日 {value:%H:%M}"
    return _time(value.isoformat(timespec="minutes"), words)


@register.filter
def yuan(value: Any) -> str:
    """¥1,234.50; nothing for None."""
    return "" if value is None or value == "" else f"¥{_cents(value):,.2f}"


@register.filter
def money(value: Any) -> str:
    """¥1,234.50（人民币壹仟贰佰叁拾肆元伍角）: figures, and the capitals that cannot be altered."""
    if value is None or value == "":
        return ""
    return f"{yuan(value)}（人民币{capitals(value)}）"


@register.filter
def capitals(value: Any) -> str:
    """The amount in capitals 大写: 壹仟贰佰叁拾肆元伍角, 零元整."""
    amount = _cents(value)
    return str(an2cn(f"{amount:f}", "rmb"))


@register.filter
def mask(value: str | None, kind: str = "id") -> str:
    """A personal number with its middle hidden; `kind` is id (证件号码), phone (电话) or name (姓名)."""
    text = value or ""
    if kind == "name":
        return text[:1] + "*" * (len(text) - 1)
    head, tail = {"id": (3, 2), "phone": (3, 4)}[kind]
    if len(text) <= head + tail:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[-tail:]


@register.filter
def lamp_shape(code: str) -> str:
    """The shape that says without colour what the lamp says with it."""
    return LAMP_SHAPES[code]


@register.inclusion_tag("components/lamp.html")
def lamp(lamp: Any, due_on: date | None = None, provisional: bool = False) -> dict[str, Any]:
    """`{% lamp row.lamp row.due_on %}`: components/lamp.html in a word."""
    return {"lamp": lamp, "due_on": due_on, "provisional": provisional}


@register.inclusion_tag("components/tag.html")
def tag(label: str, tone: str = "blue") -> dict[str, str]:
    """`{% tag "受理审查" "purple" %}`: components/tag.html in a word."""
    return {"label": label, "tone": tone}


@register.simple_tag(takes_context=True)
def compiled(context: Context, name: str, **given: Any) -> SafeString:
    """`{% compiled "casework/_rows.jinja" %}`: a part of the page written by Jinja2 (portal.compiled).

    It knows what the page knows; with `{% compiled "….jinja" clocks=running %}` it knows that and no more.
    """
    part: Any = engines["compiled"].get_template(name)
    if given:
        return mark_safe(part.render(given))  # noqa: S308 - escaped there
    return mark_safe(part.render(context.flatten(), context.get("request")))  # noqa: S308


def _time(value: str, words: str) -> SafeString:
    return mark_safe(f'<time datetime="{value}">{words}</time>')  # noqa: S308 - figures only


def _local(value: datetime) -> datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


def _cents(value: Any) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)
