"""What the chapter prints, draws and writes out: its official papers, and how a case fills them."""

from regulations.papers.contexts import CONTEXTS
from regulations.papers.table import PAPERS

__all__ = ["CONTEXTS", "PAPERS"]
