"""How official papers are printed, sealed, signed and verified.

`render` turns a paper and its context into a PDF, in a process of its own (`worker`, `child`); `signing` signs it;
`seal`, `qr`, `words` and `filters` make what stands on it.
"""
