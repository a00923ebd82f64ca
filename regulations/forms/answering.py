"""The sheet of a review: an answer to each item of the check-list and to each clause that the scan has marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from regulations.actions.reviewing import Answer
from regulations.forms.making import CheckForm, SuspicionForm
from regulations.models import ReviewAnswer
from regulations.queries.making import CHECK, SUSPICION
from regulations.queries.suspicions import Suspicion
from regulations.rules.checklist import CHECKS


class FiledSuspicionForm(SuspicionForm):
    """The same of a text that was published and filed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verdict: Any = self.fields["verdict"]
        verdict.label, verdict.choices = "审查意见", (("clear", "经审查没有问题"), ("touched", "有问题，应当纠正"))


class AnswerSheet:
    """The forms of one review. `said`: the answers that count now, by kind and key."""

    def __init__(
        self,
        said: Mapping[str, Mapping[str, ReviewAnswer]],
        marked: Iterable[Suspicion],
        data: Any = None,
        clause: type[SuspicionForm] = SuspicionForm,
    ) -> None:
        self.checks = [CheckForm(check, data, initial=_initial(said[CHECK].get(check.key))) for check in CHECKS]
        self.clauses = [
            (one, clause(data, prefix=f"s{number}", initial=_initial(said[SUSPICION].get(one.key))))
            for number, one in enumerate(marked, 1)
        ]

    @property
    def _all(self) -> list[Any]:
        return [*self.checks, *(form for _, form in self.clauses)]

    def is_valid(self) -> bool:
        fine = [form.is_valid() for form in self._all]  # every one, so that each shows its errors
        return all(fine)

    @property
    def given(self) -> list[Answer]:
        """What was answered, after `is_valid`."""
        told = [(CHECK, form.check.key, form.cleaned_data) for form in self.checks]
        told += [(SUSPICION, one.key, form.cleaned_data) for one, form in self.clauses]
        return [Answer(kind, key, said["verdict"] == "clear", said["words"]) for kind, key, said in told]

    @property
    def errors(self) -> list[tuple[str, str]]:
        fields = [field for form in self._all if form.is_bound for field in form]
        return [(field.error_target, str(error)) for field in fields for error in field.errors]


def _initial(answer: ReviewAnswer | None) -> dict[str, str]:
    return {"verdict": "clear" if answer.clear else "touched", "words": answer.words} if answer else {}
