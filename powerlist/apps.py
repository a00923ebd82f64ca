from importlib import import_module

from django.apps import AppConfig


class PowerlistConfig(AppConfig):
    name = "powerlist"
    verbose_name = "权力和责任清单"

    def ready(self) -> None:
        from casework.registry import Chapter, register
        from law import resting
        from powerlist.actions.effects import EFFECTS
        from powerlist.papers import CONTEXTS, PAPERS
        from powerlist.procedures import PROCEDURES
        from powerlist.procedures.change import CHANGE
        from powerlist.queries.basis_changes import PROCEDURE as BASIS_CHANGE
        from powerlist.queries.basis_changes import told_to_the_book
        from powerlist.queries.holding import may_open, power_page
        from powerlist.queries.known import PROCEDURE, known, organs, summary
        from powerlist.queries.search import SEARCH

        register(
            Chapter(
                code="powerlist",
                title=self.verbose_name,
                procedures=PROCEDURES,
                papers=PAPERS,
                known=known,
                contexts=CONTEXTS,
                effects=EFFECTS,
                summary=summary,
                case_word="权调",
                choices={"organs": organs},
                pages={(PROCEDURE, "complete"): "powerlist:complete"},
                aids={
                    **{(PROCEDURE, row.name): ("拟调整内容对照", "powerlist:text") for row in CHANGE.steps},
                    (BASIS_CHANGE, "state_unchanged"): ("涉及的事项和新旧条文", "powerlist:basis-change"),
                },
                may_open=may_open,
                power_page=power_page,
                search=(SEARCH,),
            )
        )
        resting.register("powers", told_to_the_book)
        import_module("powerlist.receivers")
