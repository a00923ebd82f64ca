from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "approvals"
    verbose_name = "统一审批"

    def ready(self) -> None:
        from approvals import receivers  # noqa: F401
        from approvals.actions.effects import EFFECTS
        from approvals.papers.contexts import CONTEXTS
        from approvals.papers.service import SERVICE_RECEIPT, TERMINATION
        from approvals.papers.table import PAPERS
        from approvals.procedures import PROCEDURES
        from approvals.queries.known import known, materials, own_limit, parties
        from approvals.queries.summary import contact, summary
        from casework.registry import Chapter, register

        register(
            Chapter(
                code="approvals",
                title=self.verbose_name,
                procedures=PROCEDURES,
                papers=(*PAPERS, TERMINATION, SERVICE_RECEIPT),
                known=known,
                contexts=CONTEXTS,
                effects=EFFECTS,
                summary=summary,
                private=contact,
                case_word="许申",
                choices={"materials": materials, "parties": parties},
                own_limit=own_limit,
                pages={("approvals.licence", "submit_correction"): "my-correct"},
                aids={("approvals.licence", "tell_interested_party"): ("登记利害关系人", "interested")},
            )
        )
