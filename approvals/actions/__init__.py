"""The only room of this chapter that writes."""

from approvals.actions.bundling import load_bundles
from approvals.actions.catalogue import CatalogueError, load_items
from approvals.actions.drafts import DraftError, begin, discard, discard_file, keep_file, save
from approvals.actions.filing import begin_correction, correct, file_application
from approvals.actions.importing import ImportFailed, import_service_items
from approvals.actions.parties import add_interested

__all__ = [
    "CatalogueError",
    "DraftError",
    "ImportFailed",
    "add_interested",
    "begin",
    "begin_correction",
    "correct",
    "discard",
    "discard_file",
    "file_application",
    "import_service_items",
    "keep_file",
    "load_bundles",
    "load_items",
    "save",
]  # fmt: skip
