"""The finished papers of a diary: each element that the register demands can be read on the PDF."""

from __future__ import annotations

import io
import os
from datetime import timedelta
from pathlib import Path

from pypdf import PdfReader

from casework import registry
from casework.actions.make import make_papers
from casework.models import Case, Document
from casework.paper import squeeze
from tests.approvals.conftest import moment
from tests.approvals.stories.diary import Story
from tests.approvals.stories.required import PRINTED


def read_papers(story: Story, case: Case) -> None:
    """Make the papers that are looked at in this diary, as the worker does, and read them."""
    wanted = [printed for printed in PRINTED if printed.story is story]
    at = moment(story.pages[-1].at) + timedelta(minutes=1)
    of_table = Document.objects.filter(case__procedure=case.procedure, kind="paper")
    papers = {printed.code: of_table.filter(paper=printed.code).earliest("id") for printed in wanted}
    kept = [paper.pk for paper in papers.values()]
    # The others would only be made a second time elsewhere: they wait.
    Document.objects.filter(kind="paper").exclude(pk__in=kept).update(next_try_at=at + timedelta(days=1))
    assert make_papers(at) == len(kept)
    for printed in wanted:
        paper = papers[printed.code]
        paper.refresh_from_db()
        content = paper.file.read()
        _keep(printed.code, content)
        page = squeeze("".join(each.extract_text() for each in PdfReader(io.BytesIO(content)).pages))
        for name, words in printed.elements.items():
            assert squeeze(words) in page, f"{paper.title}: {name} - {words!r} is not on {page}"
        kind = registry.paper(paper.paper)
        assert kind
        kind.check_printed(paper.printed, page)
        assert (b"/Sig" in content) == printed.sealed, f"{paper.title}: electronic seal"


def _keep(code: str, content: bytes) -> None:
    """Leave the papers for eyes, if somebody asks for them: PAPERS_FOR_EYES=directory."""
    if folder := os.environ.get("PAPERS_FOR_EYES"):
        Path(folder, f"{code}.pdf").write_bytes(content)
