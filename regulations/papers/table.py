"""Every paper of the chapter."""

from regulations.papers import annual, cleanup, filing, making, suggestions, validity

PAPERS = (*making.PAPERS, *filing.PAPERS, *validity.PAPERS, *suggestions.PAPERS, *cleanup.PAPERS, *annual.PAPERS)
