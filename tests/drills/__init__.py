"""Faults on purpose: `make drill` breaks a running portal and holds what it acknowledged against its database.

Not part of `make test`: a drill takes minutes. `python -m tests.drills R1 R9` runs some of them; FULL=1 takes the
numbers of the goals instead of numbers that fit into a few minutes.
"""
