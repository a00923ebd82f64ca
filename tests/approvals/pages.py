"""Somebody at the pages: what a page says, and filling in an application."""

from __future__ import annotations

import re
from typing import Any

from django.utils import timezone

from casework.models import Draft
from tests.approvals.conftest import FOOD, World, pdf


def text(answer: Any) -> str:
    """The words of a page, without what belongs to every page."""
    body = answer.content.decode()
    return re.sub(r"\s+", " ", body.split('id="main-content"')[-1].split("<footer")[0])


def now() -> str:
    return timezone.localtime().strftime("%Y-%m-%dT%H:%M")


class Applicant:
    """Somebody who fills in pages."""

    def __init__(self, world: World, item: str = FOOD) -> None:
        self.world, self.client = world, world.client(world.citizen)
        self.begin = self.client.post(f"/apply/{item}/")
        self.draft = Draft.objects.filter(owner=world.citizen, case=None).latest("id")
        self.home = f"/apply/draft/{self.draft.code}/"

    def get(self, page: str = "") -> Any:
        return self.client.get(self.home + (f"{page}/" if page else ""))

    def post(self, page: str, go: str = "on", **data: Any) -> Any:
        return self.client.post(f"{self.home}{page}/", {"go": go, **data})

    def upload(self, material: str, *files: Any) -> Any:
        return self.client.post(f"{self.home}materials/{material}/", {"files": list(files)})

    def fill(self) -> None:
        """Everything but the button that counts."""
        self.post("applicant", party=str(self.world.company.pk))
        self.post("contact", name="王示例", phone="13800000000")
        self.post("form-1", shop_name="示例小吃店", shop_address="东城区示例街1号", area="60")
        self.post("form-2", business_type="catering", projects=["hot", "cold"], online="no")
        self.post("form-3", manager="李示例", staff="3")
        for code in ("M2", "M3", "M4"):
            self.upload(code, pdf(f"{code}.pdf", code.encode()))
        self.post("materials")
        self.post("delivery", way="electronic", electronic_service="on")
