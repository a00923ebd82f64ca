from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "approvals"
    verbose_name = "统一审批"

    def ready(self) -> None:
        from approvals import receivers  # noqa: F401
        from approvals.actions.effects import EFFECTS
        from approvals.actions.exchange import KINDS
        from approvals.actions.opinions import opened
        from approvals.papers.contexts import CONTEXTS
        from approvals.papers.service import SERVICE_RECEIPT, TERMINATION
        from approvals.papers.table import PAPERS
        from approvals.procedures import PROCEDURES
        from approvals.queries import accepted, bundles, items, parts, results
        from approvals.queries.custody import collecting_points
        from approvals.queries.drafts import BY_WINDOW
        from approvals.queries.exchange import beside
        from approvals.queries.known import application_parts, known, materials, own_limit, parties, promised
        from approvals.queries.licences import CORRECTED
        from approvals.queries.progress import NEXT
        from approvals.queries.ratings import onward
        from approvals.queries.summary import contact, summary
        from approvals.views.revocation import standing_shown
        from casework.registry import Chapter, register
        from exchange.rules import kinds

        kinds.register(*KINDS)
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
                beside=beside,
                said=parts.said,
                opened=opened,
                case_word="许申",
                choices={
                    "application_parts": application_parts,
                    "materials": materials,
                    "parties": parties,
                    "collecting_points": collecting_points,
                    **parts.CHOICES,
                },
                own_limit=own_limit,
                promised=promised,
                pages={
                    **{(code, "submit_correction"): "my-correct" for code in CORRECTED},
                    **{(code, step): "counter-visit" for code in CORRECTED for step in BY_WINDOW},
                },
                aids={
                    ("approvals.licence", "tell_interested_party"): ("登记利害关系人", "interested"),
                    (bundles.PART, "tell_interested_party"): ("登记利害关系人", "interested"),
                    ("approvals.licence_in_force", "notify_revocation_intent"): ("登记利害关系人", "interested"),
                    ("approvals.licence_in_force", "notify_taking_back_intent"): ("登记利害关系人", "interested"),
                },
                public={"xk_licence": standing_shown},
                progress=NEXT,
                onward=onward,
                service_items=items.guides,
                search=(items.SEARCH, bundles.SEARCH, results.SEARCH, accepted.SEARCH),
            )
        )
