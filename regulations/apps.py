from importlib import import_module

from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "regulations"
    verbose_name = "规范性文件"

    def ready(self) -> None:
        from casework.registry import Chapter, register
        from exchange.rules import kinds
        from law import resting
        from regulations.actions.effects import EFFECTS
        from regulations.actions.exchange import KINDS
        from regulations.papers import CONTEXTS, PAPERS
        from regulations.procedures import PROCEDURES
        from regulations.queries.catalogue import unpublished
        from regulations.queries.cleanup import told_to_the_book
        from regulations.queries.exchange import beside
        from regulations.queries.known import AIDS, CHOICES, PAGES, known, summary
        from regulations.queries.search import SEARCH
        from regulations.queries.suggestions import PROGRESS, answer

        kinds.register(*KINDS)
        register(
            Chapter(
                code="regulations",
                title=self.verbose_name,
                procedures=PROCEDURES,
                papers=PAPERS,
                known=known,
                contexts=CONTEXTS,
                effects=EFFECTS,
                summary=summary,
                beside=beside,
                case_word="规",
                choices=CHOICES,
                pages=PAGES,
                aids=AIDS,
                search=(SEARCH,),
                progress=PROGRESS,
                answer=answer,
                unpublished=unpublished,
            )
        )
        resting.register("documents", told_to_the_book)
        import_module("regulations.receivers")
