"""From a paper and its context to a PDF."""

import html as markup
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.template import Context, Engine

from casework.paper import Paper, PaperRefused, frozen
from casework.printing.fonts import PROJECT
from casework.printing.worker import WORKER, Attached

UNFILLED = "⟦%s⟧"
TIMEOUT_S = 60.0
MEMORY_MB = 512


@lru_cache(maxsize=1)
def _engine() -> Engine:
    return Engine(
        dirs=[str(PROJECT / "templates")],
        libraries={"paper": "casework.printing.filters"},
        builtins=["casework.printing.filters"],
        string_if_invalid=UNFILLED,
        autoescape=True,
    )


class Page(Context):
    """What fills a template, included parts too, and whether what is drawn for this page alone is wanted."""

    def __init__(self, values: Mapping[str, Any], pictures: bool) -> None:
        super().__init__(values, use_l10n=False)
        self.pictures = pictures


def html_of(template_name: str, context: Mapping[str, Any], *, pictures: bool = True) -> str:
    """The HTML of a paper. Raises PaperRefused if the template prints something that the context lacks.

    Without `pictures` the places of those that are drawn for this paper alone stay empty.
    """
    filled = {"you": "你（单位）", **frozen(context)}
    written = _engine().get_template(template_name).render(Page(filled, pictures))
    if unfilled := sorted(set(re.findall("⟦(.+?)⟧", written))):
        raise PaperRefused(f"文书模板 {template_name} 需要而没有得到：{'、'.join(unfilled)}。")
    return written


def text_of(html: str) -> str:
    """The words a reader finds in the HTML of a paper."""
    body = re.sub(r"<(style|title)\b.*?</\1>", "", html, flags=re.DOTALL)
    return markup.unescape(re.sub(r"<[^>]+>", "", body))


def paper_html(paper: Paper, context: Mapping[str, Any], *, pictures: bool = True) -> str:
    """The HTML of a paper with every required element on it; without `pictures` where only its words are wanted.

    Raises PaperRefused, naming element and article, if one is missing, empty or would not be printed.
    """
    paper.check(context)
    elements = context.get("elements") or {}
    written = html_of(
        paper.template,
        {**context, "paper": _facts(paper, elements), "title": paper.printed_title(context), "e": elements},
        pictures=pictures,
    )
    paper.check_printed(context, text_of(written))
    return written


def render_paper(
    paper: Paper,
    context: Mapping[str, Any],
    *,
    attachments: Iterable[Attached] = (),
    timeout_s: float = TIMEOUT_S,
    memory_mb: int = MEMORY_MB,
) -> bytes:
    """A paper as a tagged PDF/A-3u, not yet signed. Same context, same bytes.

    Rendered in a process of its own, within the time and memory given. Raises PaperRefused (see `paper_html`) or
    `worker.RenderFailed`.
    """
    written = paper_html(paper, context)
    return WORKER.render(written, attachments=attachments, timeout_s=timeout_s, memory_mb=memory_mb)


def render_pdf(
    template_name: str,
    context: Mapping[str, Any],
    *,
    attachments: Iterable[Attached] = (),
    timeout_s: float = TIMEOUT_S,
    memory_mb: int = MEMORY_MB,
) -> bytes:
    """Any other printed matter (lists, reports, general documents) as a tagged PDF/A-3u, in the same way."""
    written = html_of(template_name, context)
    return WORKER.render(written, attachments=attachments, timeout_s=timeout_s, memory_mb=memory_mb)


def _facts(paper: Paper, elements: Mapping[str, Any]) -> dict[str, Any]:
    """What templates know of the kind of paper."""
    return {
        "code": paper.code,
        "title": paper.title,
        "seal": paper.seal,
        "seal_words": paper.seal_words,
        "elements": [
            {"name": each.name_zh, "value": elements[each.key]} for each in paper.elements if each.key in elements
        ],
    }
