"""The only room that writes the lists: stock-taking, drafts, what acts of a change case set off, what is disclosed."""
