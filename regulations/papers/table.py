"""Every paper of the chapter."""

from regulations.papers import cleanup, making, suggestions

PAPERS = (*making.PAPERS, *suggestions.PAPERS, *cleanup.PAPERS)
