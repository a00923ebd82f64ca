"""Signatures after PAdES-B, made and judged by pyHanko."""

import logging
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from casework.printing.certificates import Certificates
from casework.printing.verification import Verification

# A forged paper is an answer, not an incident for the log.
for name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(name).setLevel(logging.CRITICAL)

FIELD = "Signature1"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # when no certificate was valid: a signature without a time is not trusted


class _DatedSigner(signers.PdfSigner):
    """Signs at a given time instead of the machine's."""

    at: datetime

    def init_signing_session(self, *arguments: Any, **options: Any) -> Any:
        session = super().init_signing_session(*arguments, **options)
        session.system_time = self.at
        return session


class PyHankoSigner:
    """PAdES-B signatures with the certificates of a directory (made on first use)."""

    def __init__(self, key_dir: Path) -> None:
        self.certificates = Certificates(key_dir)

    def sign(self, document: bytes, *, organ: str, at: datetime, reason: str = "") -> bytes:
        """Sign a PDF. Raises ValueError for a naive time."""
        if at.tzinfo is None:
            raise ValueError("a signature needs an aware time")
        identity, authority = self.certificates.of(organ, at), self.certificates.authority()
        signer = signers.SimpleSigner.load(
            str(identity.key), str(identity.certificate), ca_chain_files=(str(authority.certificate),)
        )
        pdf_signer = _DatedSigner(
            signers.PdfSignatureMetadata(
                field_name=FIELD,
                name=organ,
                reason=reason or None,
                md_algorithm="sha256",
                subfilter=SigSeedSubFilter.PADES,
                certify=True,
                docmdp_permissions=MDPPerm.NO_CHANGES,
            ),
            signer=signer,
        )
        pdf_signer.at = at
        signed: BytesIO = pdf_signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(document)))
        return signed.getvalue()

    def verify(self, document: bytes, *, at: datetime | None = None) -> Verification:
        """Judge a PDF; never raises for what the bytes contain."""
        try:
            signatures = PdfFileReader(BytesIO(document)).embedded_signatures
            if not signatures:
                return _not_valid("文件没有电子签名。")
            return self._judge(signatures[-1], at)
        except Exception:  # anybody may hand in any bytes
            return _not_valid("文件已经损坏或者不是本门户签发的文书。")

    def _judge(self, signature: Any, at: datetime | None) -> Verification:
        stated: datetime | None = signature.self_reported_timestamp
        root = load_cert_from_pemder(str(self.certificates.authority().certificate))
        context = ValidationContext(
            trust_roots=[root], moment=(at or stated or EPOCH).astimezone(UTC), allow_fetching=False
        )
        status = validate_pdf_signature(signature, context)
        whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        intact = bool(status.intact and status.valid and whole)
        reason = ""
        if not (status.intact and status.valid):
            reason = "文件内容在签名后被改动。"
        elif not whole:
            reason = "签名后又在文件中追加了内容。"
        elif not status.trusted:
            reason = "签名证书不是本门户签发的，或者在签名时无效。"
        return Verification(
            valid=intact and bool(status.trusted) and bool(status.bottom_line),
            intact=intact,
            trusted=bool(status.trusted),
            signer=signature.signer_cert.subject.native.get("common_name", ""),
            signed_at=stated,
            reason=reason,
        )


def _not_valid(reason: str) -> Verification:
    return Verification(False, False, False, "", None, reason)
