"""The real-name check behind an interface: the portal asks, somebody else's register answers.

网络安全法 第二十四条: who asks for such services proves who they are. `settings.REAL_NAME_CHECK` names the class.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Answer:
    """What the register said; `reason` is for the person on the screen."""

    passed: bool
    reason: str = ""


class RealNameCheck(Protocol):
    """A register of people and bodies. `code` is kept with what it verified; `notice` is shown where it is used."""

    code: str
    notice: str

    def person(self, name: str, id_kind: str, id_number: str, phone: str) -> Answer:
        """Whether name, number and (where the register has it) telephone belong to one person."""
        ...

    def body(self, name: str, credit_code: str, legal_representative: str) -> Answer:
        """Whether the body is registered under this name and code with this legal representative."""
        ...


class LocalFake:
    """Says yes to everything, and says so on the screen. For demonstration and tests only."""

    code = "local_fake"
    notice = "演示环境：未连接实名认证平台，所填信息只检查格式，不核对真伪。请勿填写真实的个人信息。"

    def person(self, name: str, id_kind: str, id_number: str, phone: str) -> Answer:
        return Answer(True)

    def body(self, name: str, credit_code: str, legal_representative: str) -> Answer:
        return Answer(True)


class NotConnected:
    """No register is connected: nobody can be verified online."""

    code = "not_connected"
    notice = "实名认证服务尚未接通，暂时不能在线注册。请携带证件到政务服务大厅办理。"

    def person(self, name: str, id_kind: str, id_number: str, phone: str) -> Answer:
        return Answer(False, self.notice)

    def body(self, name: str, credit_code: str, legal_representative: str) -> Answer:
        return Answer(False, self.notice)


def checker() -> RealNameCheck:
    """The register of this deployment."""
    return import_string(settings.REAL_NAME_CHECK)()


# How a party was verified, for screens (Party.verified_by).
VERIFIED_BY = {
    "local_fake": "演示环境（未核对）",
    "window": "窗口核验证件原件",
    "register": "实名认证平台",
    "demo": "演示数据",
}
