"""The register of normative documents."""

from .documents import DocumentVersion, NormativeDocument

__all__ = ["DocumentVersion", "NormativeDocument"]
