"""Which ways cases take through the table of the administrative licence, and how often.

Names are rows of `approvals.procedures.licence`. `{visit}` stands for the verification on the spot where the item wants
one, `{legal}` for the legal review of a major decision. Days are working days.
"""

from __future__ import annotations

from dataclasses import dataclass

VISIT, LEGAL = "assign_verification record_verification", "pass_legal_review"
TO_HEARING = "submit accept notify_hearing_right record_hearing_right_told"
REQUESTED = f"{TO_HEARING} request_hearing"

# (how many in a hundred, the way to the end)
ENDED: tuple[tuple[int, str], ...] = (
    (28, "submit accept {visit} advise {legal} grant deliver"),
    (16, "submit accept {visit} {legal} grant deliver"),
    (14, "submit notify_deficiency submit_correction accept {visit} {legal} grant deliver"),
    (10, "take_in_at_window accept {visit} {legal} grant deliver"),
    (8, "submit accept {visit} {legal} refuse"),
    (4, "submit refuse_not_competent"),
    (2, "submit tell_no_licence_needed"),
    (5, "submit accept withdraw"),
    (3, "submit notify_deficiency {abandoned}"),
    (2, "submit accept terminate"),
    (3, "submit accept order_expert_review record_special_result {legal} grant deliver"),
    (3, "submit accept {extended} advise {legal} grant deliver"),
    (1, f"{TO_HEARING} lapse_hearing_right {{legal}} grant deliver"),
    (
        1,
        f"{REQUESTED} appoint_presider notify_hearing_date hold_hearing confirm_hearing_record {{legal}} grant deliver",
    ),
)


@dataclass(frozen=True, slots=True)
class Open:
    """A place where open cases stand: how many in a hundred, the way there, and the age of the clock.

    `clock` is the place of the step that started the clock, `youngest` and `oldest` how many working days before the
    last one it was taken. `before` is how many days the steps before it took.
    """

    weight: int
    way: str
    clock: int
    oldest: int
    youngest: int = 0
    before: int = 0


OPEN: tuple[Open, ...] = (
    Open(13, "submit", 0, 4),
    Open(3, "submit notify_deficiency submit_correction", 2, 4, before=8),
    Open(8, "submit notify_deficiency", 1, 8, before=3),
    Open(24, "submit accept", 1, 23, before=3),
    Open(9, "take_in_at_window accept", 1, 23, before=3),
    Open(8, "submit accept {visit}", 1, 24, 3, before=2),
    Open(6, "submit accept assign_verification", 1, 21, 1, before=2),
    Open(6, "submit accept {visit} advise", 1, 24, 4, before=2),
    Open(5, "submit accept order_expert_review", 2, 18, before=6),
    Open(2, "submit accept notify_hearing_right", 2, 6, before=6),
    Open(1, f"{TO_HEARING}", 3, 4, before=9),
    Open(1, f"{REQUESTED}", 4, 12, before=12),
    Open(1, f"{REQUESTED} appoint_presider notify_hearing_date", 4, 14, 4, before=12),
    Open(1, f"{REQUESTED} appoint_presider notify_hearing_date hold_hearing", 4, 18, 14, before=12),
    Open(9, "submit accept {visit} {legal} grant", -1, 11, before=14),
    Open(3, "submit accept {extended}", 1, 34, 12, before=2),
)

# The least and most days between a step and the one before it.
GAPS: dict[str, tuple[int, int]] = {
    "accept": (0, 4), "notify_deficiency": (1, 4), "submit_correction": (1, 9), "assign_verification": (1, 4),
    "record_verification": (1, 4), "advise": (1, 3), "pass_legal_review": (1, 3), "grant": (1, 4), "refuse": (1, 4),
    "deliver": (1, 6), "refuse_not_competent": (0, 3), "tell_no_licence_needed": (0, 2), "withdraw": (1, 9),
    "terminate": (3, 12), "order_expert_review": (1, 4), "record_special_result": (5, 14), "extend": (9, 14),
    "notify_hearing_right": (1, 4), "record_hearing_right_told": (1, 2), "request_hearing": (1, 4),
    "appoint_presider": (1, 3), "notify_hearing_date": (1, 2), "hold_hearing": (9, 12),
    "confirm_hearing_record": (1, 3),
}  # fmt: skip
LONGEST = 75  # days: no way to an end takes longer
# What the law itself does when the clock of a state runs out, where the case stays open.
SILENCE = {
    "under_review": "record_overdue_inaction", "granted": "flag_delivery_overdue",
    "hearing_preparing": "flag_hearing_overdue", "hearing_scheduled": "flag_hearing_overdue",
}  # fmt: skip
LONG = ("make_statement", "advise")  # what very long files are full of
