"""In how many of a hundred requests the other side misbehaves, and how."""

from __future__ import annotations

import random
import threading
from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True)
class Faults:
    """Each is a percentage."""

    down: int = 0  # answers 503, or breaks the line off
    slow: int = 0  # answers after `seconds`
    duplicate: int = 0  # sends its own message twice at once
    reorder: int = 0  # sends a message before the one in front of it
    lie: int = 0  # acknowledges under its signature and keeps nothing
    forget: int = 0  # keeps a message and breaks the line off before it says so
    bad_signature: int = 0  # answers, and sends, with a wrong signature
    wrong_answer: int = 0  # acknowledges something else
    seconds: int = 1

    @classmethod
    def of(cls, given: dict[str, int]) -> Faults:
        """ValueError for a fault that there is not."""
        if unknown := given.keys() - {field.name for field in fields(cls)}:
            raise ValueError(f"no fault is called {', '.join(sorted(unknown))}")
        return cls(**{name: int(value) for name, value in given.items()})


class Dice:
    """Whether it happens now; the same sequence for the same seed. Threads share it."""

    def __init__(self, seed: int) -> None:
        self.faults, self.random, self.lock = Faults(), random.Random(seed), threading.Lock()  # noqa: S311
        self.happened: dict[str, int] = {}

    def falls(self, fault: str) -> bool:
        with self.lock:
            chance: int = asdict(self.faults)[fault]
            happens = chance > 0 and self.random.randrange(100) < chance
            if happens:
                self.happened[fault] = self.happened.get(fault, 0) + 1
            return happens
