"""Diaries of cases: what everybody does on which day, what each clock then says, which papers come out."""
