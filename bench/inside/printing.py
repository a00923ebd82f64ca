"""PDFs as the portal makes them, and as WeasyPrint is used by itself: naively, and as well as it can be."""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Callable
from datetime import date

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from casework import registry
from casework.models import Document
from casework.paper import SEALED, Paper
from casework.printing.child import STYLE
from casework.printing.listing import Column, Listing, render_listing
from casework.printing.render import html_of, paper_html, render_paper

WARM = 2
COLUMNS = (("序号", 1.0), ("案号", 3.0), ("事项", 3.0), ("申请人", 3.0), ("承办单位", 2.0), ("办理期限", 2.0))


def short(rounds: int, each: int) -> dict[str, list[float]]:
    """way → ms for one sealed paper with its QR code, a median of `each` for every round; ours, naive, best in turn."""
    paper, context = _sealed_paper()
    written = paper_html(paper, context)
    faces = FontConfiguration()
    style = CSS(filename=str(STYLE), font_config=faces)

    def best() -> object:
        return HTML(string=written).write_pdf(stylesheets=[style], font_config=faces)

    ways: dict[str, Callable[[], object]] = {
        "ours": lambda: render_paper(paper, context),
        "naive": lambda: HTML(string=written).write_pdf(stylesheets=[str(STYLE)]),
        "best": best,
    }
    found: dict[str, list[float]] = {way: [] for way in ways}
    for way in ways.values():
        for _ in range(WARM):
            way()
    gc.collect()
    gc.freeze()
    for turn in range(rounds):
        for name in ways if turn % 2 == 0 else reversed(ways):
            # The best that WeasyPrint can do by itself: everything loaded once, nothing collected meanwhile.
            (gc.enable if name == "naive" else gc.disable)()
            found[name].append(sorted(_took(ways[name]) for _ in range(each))[each // 2])
    gc.enable()
    return found


def _sealed_paper() -> tuple[Paper, dict[str, object]]:
    for document in Document.objects.filter(kind=Document.Kind.PAPER).order_by("pk")[:500]:
        paper = registry.paper(document.paper)
        if paper and paper.seal in SEALED and document.context:
            return paper, document.printed
    raise LookupError("no sealed paper among the first ones")


def long(rows: int, ours: bool) -> dict[str, float]:
    """ms and megabytes (the most that the process held) for a list of so many rows."""
    lines = [
        [str(n), f"东市监许受〔2026〕{n}号", "食品经营许可新办", f"示例第{n}号餐饮店", "区市场监管局", "2026年11月28日"]
        for n in range(1, rows + 1)
    ]
    if ours:
        columns = [Column(title, width) for title, width in COLUMNS]
        listing = Listing("在办案件清单", columns, lines, date(2026, 11, 28), "东城区政务服务")
        took = _took(lambda: render_listing(listing))
        return {"ms": took, "mb": _most_held(resource.RUSAGE_CHILDREN)}
    titles = [{"title": title} for title, _ in COLUMNS]
    context = {"title": "在办案件清单", "columns": titles, "rows": lines, "paper": {"seal": "none"}, "dense": True}
    written = html_of("papers/list.html", context)
    took = _took(lambda: HTML(string=written).write_pdf(stylesheets=[str(STYLE)]))
    return {"ms": took, "mb": _most_held(resource.RUSAGE_SELF)}


def _most_held(whose: int) -> float:
    return resource.getrusage(whose).ru_maxrss / 1000


def _took(call: Callable[[], object]) -> float:
    begun = time.perf_counter()
    assert call()
    return 1000 * (time.perf_counter() - begun)
