"""Messages as the city writes them."""

from __future__ import annotations

import base64
from typing import Any
from uuid import uuid4

from exchange.rules.letters import Letter
from tests.accounts.people import resident_number
from tests.approvals.conftest import ANSWERS, FOOD, pdf

CITY, DISTRICT = "110000", "110101"
WRITTEN = "2026-03-02T09:00:00+08:00"
STATUS = {
    "case": "许申〔2026〕1号", "organ": "北京市市场监督管理局", "state": "reviewing", "label": "市级会审中",
    "at": WRITTEN, "ended": False,
}  # fmt: skip


def letter(kind: str, body: dict[str, Any], stream: str = "BJ-1", sequence: int = 1, **more: Any) -> Letter:
    """A message of the city."""
    ends = {"id": str(uuid4()), "sender": CITY, "receiver": DISTRICT, "written_at": WRITTEN, **more}
    return Letter(kind=kind, stream=stream, sequence=sequence, body=body, **ends)


def file(code: str) -> dict[str, str]:
    content = pdf(words=code.encode()).read()
    return {"code": code, "name": f"{code}.pdf", "content": base64.b64encode(content).decode()}


def filing(serial: int = 77, **changes: Any) -> dict[str, Any]:
    """A whole application for the food licence."""
    return {
        "item": FOOD,
        "applicant": {
            "kind": "natural", "name": f"钱示例{serial}", "id_kind": "resident_id",
            "id_number": resident_number(serial), "phone": "13800000000", "address": "北京市东城区示例街1号",
        },
        "contact": {"name": "钱示例", "phone": "13800000000"},
        "answers": dict(ANSWERS),
        "materials": [file(code) for code in ("M2", "M3", "M4")],
        "delivery": {"way": "electronic", "electronic_service": True},
        "identity_checked": True,
        "declared": True,
        **changes,
    }  # fmt: skip
