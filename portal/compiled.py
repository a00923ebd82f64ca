"""What is drawn most often, the head and foot of every page and long lists, is written by Jinja2, which compiles it.

Why, and what may be: docs/decisions/front-pages.md.
"""

from typing import Any

from django.template.defaultfilters import linebreaksbr
from jinja2 import ChainableUndefined, Environment

from portal.templatetags import portal_tags


def environment(**options: Any) -> Environment:
    """Jinja2 with the words of `portal_tags`; what is not there is nothing, as in Django's templates."""
    options |= {"undefined": ChainableUndefined, "trim_blocks": True, "lstrip_blocks": True}
    made = Environment(**options)  # noqa: S701 - Django's backend switches escaping on
    made.filters |= {
        "day": portal_tags.day,
        "moment": portal_tags.moment,
        "lamp_shape": portal_tags.lamp_shape,
        "linebreaksbr": linebreaksbr,
    }
    return made
