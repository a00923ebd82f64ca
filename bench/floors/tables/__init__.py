"""The portal's tables as a stranger would describe them: only the columns that a floor reads."""
