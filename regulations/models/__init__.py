"""The register of normative documents, and what becomes of a text before it is one."""

from .cleanups import CleanupEntry
from .consultations import Comment, Consultation
from .documents import DocumentSuspension, DocumentVersion, NormativeDocument
from .drafts import Manuscript, ReviewAnswer, TextRead, TextVersion
from .hearings import Hearing, HearingRegistration

__all__ = [
    "CleanupEntry", "Comment", "Consultation", "DocumentSuspension", "DocumentVersion", "Hearing",
    "HearingRegistration", "Manuscript", "NormativeDocument", "ReviewAnswer", "TextRead", "TextVersion",
]  # fmt: skip
