"""What the gates of a document's making look at besides the case: its texts, its opinions, its review."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from accounts.models import Organisation
from accounts.roles import HANDLING_ORGANS
from casework.models import Act, Case, Document
from casework.procedure import Step
from casework.queries.rights import Actor, Standing
from regulations.models import Comment, Manuscript, NormativeDocument, ReviewAnswer, TextRead, TextVersion
from regulations.queries import replacing
from regulations.queries.suspicions import suspicions
from regulations.queries.terms import last_day_of, trial
from regulations.rules import checklist, text
from regulations.rules.making import reviewer_of
from regulations.rules.names import issuer_and_number, normal_number

PROCEDURE, PLAN = "regulations.document", "regulations.plan"
CHECK, SUSPICION = ReviewAnswer.Kind.CHECK, ReviewAnswer.Kind.SUSPICION
LEVELS = {"department": "部门或者街道文件", "government": "区政府文件"}


def current(case: Case) -> TextVersion | None:
    """The latest version of a document's text."""
    return TextVersion.objects.filter(case=case).order_by("-number").first() if case.pk else None


def known(case: Case | None, facts: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """Plain values for `regulations.rules`; what costs a query is asked only when a rule looks at it."""
    on = timezone.localdate(at)
    named = {
        "unfound": lambda: replacing.unfound(facts.get("replaces"), on),
        "amends_found": lambda: case is not None and _amends_found(case, facts, on),
        "plan_is_out": lambda: plan_is_out(facts.get("finish_on")),
    }
    if case is None or not case.pk:
        return named
    found = _Making(case, on)
    return {
        **named,
        "amends": lambda: found.amends,
        "amends_nothing_new": lambda: found.amends_nothing_new,
        "still_amendable": lambda: found.still_amendable(facts.get("effective_on")),
        "foreign_replaced": lambda: replacing.foreign(case, on),
        "longest_term": lambda: found.longest_term(facts.get("effective_on")),
        "number": lambda: found.version.number if found.version else 0,
        "digest": lambda: digest_of(found.version) if found.version else "",
        "reviewed_digest": lambda: read_as(case, TextRead.Stage.REVIEWED),
        "adopted_digest": lambda: read_as(case, TextRead.Stage.ADOPTED),
        "numbered_digest": lambda: read_as(case, TextRead.Stage.NUMBERED),
        "draft_gaps": lambda: found.gaps,
        "draft_digest": lambda: found.draft_digest,
        "drafters": lambda: drafters(case),
        "unanswered_organs": lambda: unanswered(case),
        "disagreeing": lambda: disagreeing(case),
        "unanswered_comments": lambda: Comment.objects.filter(consultation__case=case, outcome="").count(),
        "unanswered_checks": lambda: [key for key in checklist.KEYS if key not in found.answers(CHECK)],
        "touched_checks": lambda: [key for key, clear in found.answers(CHECK).items() if not clear],
        "unanswered_suspicions": lambda: found.unanswered_suspicions,
        "confirmed_suspicions": lambda: found.confirmed_suspicions,
        "printed": lambda: printed(case),
        "ended": lambda: NormativeDocument.objects.filter(case=case).exclude(ended="").exists(),
    }


class _Making:
    """The texts of one case, read once for all the rules that look at them."""

    def __init__(self, case: Case, on: date) -> None:
        self.case, self.on = case, on
        self._answers: dict[str, dict[str, bool]] = {}

    @cached_property
    def version(self) -> TextVersion | None:
        return current(self.case)

    @cached_property
    def manuscript(self) -> Manuscript | None:
        return Manuscript.objects.filter(case=self.case).first()

    @cached_property
    def amends(self) -> str:
        return replacing.amends(self.case)

    @property
    def amends_nothing_new(self) -> bool:
        """Whether the draft is to amend a document and leaves its words as they are."""
        document = replacing.amended(self.case, self.on) if self.amends else None
        written = self.manuscript.consolidated if self.manuscript else ""
        return document is not None and text.cleaned(replacing.current_words(document)) == written

    def still_amendable(self, begins: object) -> bool:
        return self.version is not None and replacing.still_amendable(self.case, self.version, begins, self.on)

    @property
    def gaps(self) -> list[str]:
        return text.gaps(self.manuscript.content if self.manuscript else {}, amends=bool(self.amends))

    @property
    def draft_digest(self) -> str:
        found = self.manuscript
        return digest_of(found) if found and found.body else ""

    def longest_term(self, begins: object) -> date | None:
        """The last day that the validity rule allows to a document that begins on a day."""
        return last_day_of(begins, trial(self.version.title)) if self.version and isinstance(begins, date) else None

    def answers(self, kind: str) -> dict[str, bool]:
        if self.version is None:
            return {}
        if kind not in self._answers:
            self._answers[kind] = {key: one.clear for key, one in answers(self.version, kind).items()}
        return self._answers[kind]

    @cached_property
    def marked(self) -> list[str]:
        """Keys of what the scan marks today."""
        return [one.key for one in suspicions(self.version, self.on)] if self.version else []

    @property
    def unanswered_suspicions(self) -> list[str]:
        answered = self.answers(SUSPICION)
        return [key for key in self.marked if key not in answered]

    @property
    def confirmed_suspicions(self) -> list[str]:
        """Those of which the last answer says that something is wrong there."""
        answered = self.answers(SUSPICION)
        return [key for key in self.marked if not answered.get(key, True)]


def _amends_found(case: Case, facts: Mapping[str, Any], on: date) -> bool:
    """Whether the document that is to be amended is there and the maker's own, and is not to be replaced as well."""
    number = str(facts.get("amends") or "")
    if not number:
        return True
    replaced = {issuer_and_number(line)[1] for line in replacing.named(facts.get("replaces"))}
    own = replacing.amendable(case, number, str(facts.get("level") or ""), on)
    return own and normal_number(number) not in replaced


def plan_is_out(finish_on: object) -> bool:
    """Whether the plan of the year in which a document is to be finished was published already. One query."""
    if not isinstance(finish_on, date):
        return False
    return Case.objects.filter(procedure=PLAN, matter=f"plan:{finish_on.year}", state="published").exists()


def digest_of(written: Manuscript | TextVersion) -> str:
    """The hash of the words that are written there now, whatever hash is kept beside them."""
    return text.digest(written.title, written.body, written.consolidated)


def answers(version: TextVersion, kind: str) -> dict[str, ReviewAnswer]:
    """The answer that counts for each item of a review: the last one. One query."""
    return {one.key: one for one in ReviewAnswer.objects.filter(version=version, kind=kind).order_by("id")}


def read_as(case: Case, stage: str) -> str:
    """The hash of the text that the latest act of a stage rested on; "" without one."""
    found = TextRead.objects.filter(case=case, stage=stage).order_by("-id").values_list("digest", flat=True)
    return found.first() or ""


def drafters(case: Case) -> list[int]:
    """Keys of the accounts that draft: those named for it, and whoever has saved the manuscript."""
    named = case.participants.filter(role="drafter", user__isnull=False).values_list("user_id", flat=True)
    saved = Manuscript.objects.filter(case=case).values_list("saved_by", flat=True)
    return sorted({*named, *saved})


def opinions(case: Case) -> list[Act]:
    """The last answer of each organ since it was asked last, in their order."""
    asked = Act.objects.filter(case=case, step="ask_departments").order_by("-seq").first()
    if asked is None:
        return []
    given = Act.objects.filter(case=case, step="answer_draft").select_related("organisation").order_by("seq")
    return list({act.organisation.organ_id: act for act in given if act.organisation}.values())


def unanswered(case: Case) -> list[str]:
    """Codes of the organs that were asked last and have not answered since."""
    asked = Act.objects.filter(case=case, step="ask_departments").order_by("-seq").first()
    if asked is None:
        return []
    answered = {act.organisation.organ_id for act in opinions(case) if act.seq > asked.seq and act.organisation}
    parts = case.participants.filter(role="concerned", until=None, organisation__isnull=False)
    found = parts.select_related("organisation").order_by("organisation__code")
    return [part.organisation.code for part in found if part.organisation and part.organisation_id not in answered]


def disagreeing(case: Case) -> list[str]:
    """Names of the organs whose last opinion is a disagreement that the government has not settled since."""
    settled = Act.objects.filter(case=case, step="settle_dispute").order_by("-seq").first()
    since = settled.seq if settled else 0
    found = [act for act in opinions(case) if act.facts.get("opinion") == "disagree" and act.seq > since]
    return [act.organisation.name for act in found if act.organisation]


def official_print(case: Case) -> Document | None:
    """The official print of a document."""
    return Document.objects.filter(case=case, paper="gfx_document").order_by("-pk").first()


def printed(case: Case) -> bool:
    """Whether the official print is made and sealed."""
    found = official_print(case)
    return bool(found and found.made_at)


def level_of(case: Case) -> str:
    """department or government, as the plan says; "" before it does."""
    planned = Act.objects.filter(case=case, step__in=("include_in_plan", "add_out_of_plan")).order_by("-seq").first()
    return str(planned.facts["level"]) if planned else ""


def reviewers(case: Case, standing: Standing, row: Step) -> list[Actor]:
    """The capacities in which a person reviews the legality of this case: the legal office sees a department's too."""
    return [one for one in standing.actors(case, row) if one.role == reviewer_of(level_of(case))]


def organs(case: Case, on: date) -> list[tuple[str, str]]:
    """The organs that can be asked for an opinion on a draft."""
    found = Organisation.objects.at(on).filter(kind__in=HANDLING_ORGANS).exclude(kind="municipal_government")
    own = case.organ_id if case.organ_id else 0
    return [(organ.code, organ.name) for organ in found.exclude(pk=own).order_by("code")]


def articles(case: Case, on: date) -> list[tuple[str, str]]:
    """What a comment may be about: the whole text, or one of its articles."""
    found = current(case)
    return [(label, label) for label in text.labels(found.body)] if found else [(text.WHOLE, text.WHOLE)]


def summary(case: Case) -> list[tuple[str, str]]:
    """What a case is about, in a few lines of its page."""
    opened = Act.objects.filter(case=case, seq=1).first()
    found = current(case)
    level = level_of(case)
    rows = [
        ("文件名称", found.title if found else str(opened.facts.get("name", "")) if opened else ""),
        ("制发主体", LEVELS.get(level, "")),
        ("现在的文本", f"第{found.number}稿，哈希值{found.digest[:16]}" if found else ""),
    ]
    if opened and opened.step == "propose_project":
        rows += [("必要性", opened.facts["necessity"]), ("主要问题", opened.facts["problems"]),
                 ("主要制度", opened.facts["systems"])]  # fmt: skip
    elif opened and opened.step == "suggest_project":
        rows.append(("建议的理由和主要内容", opened.facts["reasons"]))
    rows += [("修改的文件", replacing.amends(case)), ("代替的文件", "、".join(replacing.stated(case)))]
    return [(label, str(value)) for label, value in rows if value]
