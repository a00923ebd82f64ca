"""What templates of papers can do beside Django's own: dates, amounts, lines of a title, seal and verification code."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from casework.paper import STOPS, leaves, parsed, words_of
from casework.printing import frame, qr, words
from law.numerals import to_chinese

BEIJING = ZoneInfo("Asia/Shanghai")
IMAGES = ("data:image/png;base64,", "data:image/jpeg;base64,")
HEAD_POINTS = 442.0  # width of the text area
register = template.Library()


@register.filter
def zh(value: object) -> str:
    """A date or instant in Chinese (ISO strings too); anything else as it is; nothing for None."""
    return "" if value is None else words_of(value)


@register.filter
def w3c(value: date | datetime | str | None) -> str:
    """A date or instant for the file's metadata; a bare day means its first minute in Beijing."""
    moment = parsed(value) if isinstance(value, str) else value
    if isinstance(moment, datetime):
        return (moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)).isoformat(timespec="seconds")
    return datetime.combine(moment, time(), BEIJING).isoformat() if isinstance(moment, date) else ""


@register.filter
def money(value: Any) -> str:
    """An amount in digits and in capitals: 1,234.50元（人民币壹仟贰佰叁拾肆元伍角整）."""
    return f"{words.amount(value)}（人民币{words.amount_in_capitals(value)}）"


@register.filter
def chinese(number: int) -> str:
    """一, 二, 三 for headings."""
    return to_chinese(number)


@register.filter
def full_stop(text: object) -> str:
    """A sentence with exactly one mark at its end."""
    written = zh(text).strip()
    return written if written.endswith(("。", "！", "？")) else f"{written.rstrip('；;，,.')}。"


@register.filter
def no_stop(text: object) -> str:
    """Words without a mark at their end, to go on after them."""
    return zh(text).strip().rstrip(STOPS)


@register.filter
def listed(values: Any) -> list[Any]:
    """A list as it is; a single value as a list of one."""
    return list(values) if isinstance(values, (list, tuple)) else [values] if values else []


@register.filter
def title_lines(title: str) -> list[str]:
    """A title broken into even lines."""
    return words.title_lines(title)


@register.filter
def picture(address: str) -> str:
    """The address of a photograph; only PNG and JPEG carried in the context itself are shown."""
    return address if address.startswith(IMAGES) else ""


@register.filter
def unseen(text: str) -> str:
    """Spaces that take the room of a text."""
    return "".join("\u2002" if character.isascii() else "\u3000" for character in text)


@register.filter
def head_size(name: str) -> str:
    """Type size in points of a red head that fills the text area, at most 48."""
    return f"{min(48.0, HEAD_POINTS / max(words.width(name), 1)):.2f}"


@register.simple_tag
def signature_style(organ: str, day: object) -> SafeString:
    """Width of the block of name and date, and its distance from the right edge."""
    block, right = words.signature_place(organ, zh(day))
    return format_html("width: {}em; margin-right: {}em", f"{block:.3f}", f"{right:.3f}")


@register.simple_tag(takes_context=True)
def seal_image(context: Any, organ: str, line: str = "", demo: bool = False) -> str:
    """The seal of an organ; `line` under the star makes it a special seal."""
    if not context.pictures:
        return ""
    from casework.printing import seal  # with the fonts, which a web server that only checks words does not need

    return seal.svg_data_uri(organ, line, demo)


@register.simple_tag(takes_context=True)
def qr_image(context: Any, address: str) -> str:
    """The verification code."""
    return qr.svg_data_uri(address) if context.pictures else ""


@register.filter
def rows(value: Any) -> list[tuple[Any, Any]]:
    """Label and value of each line of a table: from pairs, or from a mapping."""
    return list(value.items()) if isinstance(value, Mapping) else [(pair[0], pair[1]) for pair in value or []]


@register.filter
def lines(value: Any) -> list[str]:
    """The value of an element as lines: each entry of a list on its own, the words of an entry side by side."""
    return ["　".join(leaves(entry)) for entry in listed(value)]


@register.simple_tag
def frame_image() -> str:
    """The ornamental border of a certificate."""
    return frame.svg_data_uri()
