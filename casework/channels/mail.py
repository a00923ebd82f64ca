"""E-mail: to a relay over SMTP (RFC 5321), or in demonstrations through Django's backend, which writes files.

A relay takes a message when it has read the line with nothing but a dot, and throws it away when the connection breaks
before. The offer is therefore committed between the last line of the text and the dot: whatever fails earlier
(a relay that is away, slow, full, greylisting) leaves no doubt. Nobody can ask a relay afterwards.
"""

from __future__ import annotations

import hashlib
import re
import smtplib
import ssl
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from types import TracebackType
from urllib.parse import urlsplit

from django.conf import settings
from django.core import mail

from casework.channels.port import Away, Letter, NotTaken, Rejected, Unanswered

_FAILURES = (OSError, smtplib.SMTPException)


def headers(letter: Letter, at: datetime) -> dict[str, str]:
    """Those that make it one message however often it is tried, and tell machines that no person wrote it."""
    host = urlsplit(settings.BASE_URL).hostname
    return {
        "Message-ID": f"<{hashlib.sha256(letter.key.encode()).hexdigest()[:32]}@{host}>",
        "Date": format_datetime(at),
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{settings.BASE_URL}/accounts/notices/>",
    }


class Smtp:
    """A relay; one connection for a batch, opened with its first letter."""

    can_tell = False

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.relay: smtplib.SMTP | None = None

    def __enter__(self) -> Smtp:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.relay:
            try:
                self.relay.quit()
            except _FAILURES:
                self._hang_up()

    def send(self, letter: Letter, offer: Callable[[], None]) -> None:
        relay = self._connected()
        try:
            self._address(relay, letter)
            relay.send(self._lines(letter))
            offer()
        except _FAILURES as error:
            self._hang_up()
            raise NotTaken(f"邮件服务器中断：{error}") from error
        except (NotTaken, Rejected):
            raise
        except BaseException:
            self._hang_up()
            raise
        try:
            relay.send(b".\r\n")
            code, words = relay.getreply()
        except _FAILURES as error:
            self._hang_up()
            raise Unanswered(f"邮件服务器没有答复：{error}") from error
        if code >= 400:
            _refuse(code, words)

    def taken(self, key: str) -> bool | None:
        return None

    def _connected(self) -> smtplib.SMTP:
        if self.relay:
            return self.relay
        host, port, seconds = settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT
        try:
            if settings.EMAIL_USE_SSL:
                relay: smtplib.SMTP = smtplib.SMTP_SSL(
                    host, port, timeout=seconds, context=ssl.create_default_context()
                )
            else:
                relay = smtplib.SMTP(host, port, timeout=seconds)
            self.relay = relay
            relay.ehlo_or_helo_if_needed()
            if settings.EMAIL_USE_TLS:
                relay.starttls(context=ssl.create_default_context())
            if settings.EMAIL_HOST_USER:
                relay.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
        except _FAILURES as error:
            self._hang_up()
            raise Away(f"邮件服务器不可用：{error}") from error
        return relay

    def _address(self, relay: smtplib.SMTP, letter: Letter) -> None:
        code, words = relay.mail(settings.DEFAULT_FROM_EMAIL)
        if code >= 400:
            raise smtplib.SMTPResponseException(code, words)
        code, words = relay.rcpt(letter.to)
        if code >= 400:
            relay.rset()
            _refuse(code, words)
        code, words = relay.docmd("DATA")
        if code != 354:
            raise smtplib.SMTPResponseException(code, words)

    def _lines(self, letter: Letter) -> bytes:
        """The message as it goes over the wire: a dot at the beginning of a line is doubled (RFC 5321 4.5.2)."""
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"], message["Subject"] = settings.DEFAULT_FROM_EMAIL, letter.to, letter.subject
        for name, value in headers(letter, self.at).items():
            message[name] = value
        message.set_content(letter.text, cte="base64")
        return re.sub(rb"(?m)^\.", b"..", message.as_bytes())

    def _hang_up(self) -> None:
        """Without a farewell: a message that is not ended by its dot is thrown away."""
        relay, self.relay = self.relay, None
        if relay:
            relay.close()


def _refuse(code: int, words: bytes) -> None:
    said = words.decode(errors="replace")
    if code >= 500:
        raise Rejected(f"邮件服务器拒收（{code}）：{said}")
    raise NotTaken(f"邮件服务器暂时不收（{code}）：{said}")


class Backend:
    """Django's configured backend: files below var/ in a demonstration, the outbox in tests."""

    can_tell = False

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __enter__(self) -> Backend:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing stays open."""

    def send(self, letter: Letter, offer: Callable[[], None]) -> None:
        message = mail.EmailMessage(letter.subject, letter.text, to=[letter.to], headers=headers(letter, self.at))
        offer()
        try:
            message.send()
        except _FAILURES as error:
            raise Unanswered(f"邮件没有写成：{error}") from error

    def taken(self, key: str) -> bool | None:
        return None
