"""Personal data that nobody has: wherever these strings turn up, somebody's data leaked there."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PdfReadError

from tests.accounts.people import resident_number


@dataclass(frozen=True)
class Canary:
    """One person's data, each value to be found nowhere else in the world of the tests."""

    name: str
    id_number: str
    phone: str
    email: str
    address: str
    contact_phone: str
    contact_address: str
    child: str = ""

    @property
    def secrets(self) -> dict[str, str]:
        """Field and value of everything that is masked unless the policy opens it. Names are not secret as such."""
        return {
            "id_number": self.id_number,
            "phone": self.phone,
            "email": self.email,
            "address": self.address,
            "contact_phone": self.contact_phone,
            "contact_address": self.contact_address,
        }


def _canary(serial: int, name: str, child: str = "") -> Canary:
    return Canary(
        name=name,
        id_number=resident_number(serial),
        phone=f"1391111{serial:04d}",
        email=f"canary{serial}@mail.example",
        address=f"北京市东城区金丝雀胡同{serial}号院甲单元",
        contact_phone=f"1392222{serial:04d}",
        contact_address=f"北京市东城区联络巷{serial}号乙单元",
        child=child,
    )


CANARIES = {
    "citizen": _canary(811, "甄雀鸣", child="甄小雏"),
    "citizen_b": _canary(822, "贝雀乙"),
    "agent": _canary(833, "戴雀理"),
    "agent_b": _canary(844, "戴雀别"),
    "head_of_company": _canary(855, "孔雀东"),
    "third": _canary(866, "单雀关"),
}


def leaks(content: bytes) -> set[tuple[str, str]]:
    """(person, field) of every secret that stands in the bytes in clear."""
    text = readable(content)
    return {
        (who, field)
        for who, canary in CANARIES.items()
        for field, value in canary.secrets.items()
        if value in text or value.encode("unicode_escape").decode() in text
    }


def names(content: bytes) -> set[str]:
    """The persons whose full name stands in the bytes; a child's name counts as its parent's secret `child`."""
    text = readable(content)
    found = {who for who, canary in CANARIES.items() if canary.name in text}
    return found | {f"{who}:child" for who, canary in CANARIES.items() if canary.child and canary.child in text}


def readable(content: bytes) -> str:
    """What a person or a program can read in the bytes: unpacked, decoded, without the spaces that a PDF puts in."""
    if content[:4] == b"%PDF":
        try:
            reader = PdfReader(io.BytesIO(content))
            pages = "".join(page.extract_text() or "" for page in reader.pages)
        except PdfReadError:  # what somebody handed in may be no more than its first line
            return content.decode("latin-1")
        return re.sub(r"\s", "", pages) + str(reader.metadata or "") + content.decode("latin-1")
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return content.decode("utf-8", "replace")


def everything(response: Any) -> bytes:
    """Every byte that an answer sends: head, address, body. A file's content is taken as it is."""
    body = b"".join(response) if response.streaming else response.content
    if body[:4] == b"%PDF" or body[:2] == b"PK":
        body = readable(body).encode()
    head = "\n".join(f"{name}: {value}" for name, value in response.items())
    cookies = response.cookies.output()
    return f"{response.request['PATH_INFO']}\n{head}\n{cookies}\n".encode() + body
