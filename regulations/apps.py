from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "regulations"
    verbose_name = "规范性文件"

    def ready(self) -> None:
        from casework.registry import Chapter, register
        from regulations.actions import cleanup as cleaning
        from regulations.actions import suggestions as suggesting
        from regulations.papers import cleanup as cleanup_papers
        from regulations.papers import suggestions as suggestion_papers
        from regulations.procedures import PROCEDURES
        from regulations.queries import cleanup, suggestions
        from regulations.queries.known import known

        register(
            Chapter(
                code="regulations",
                title="规范性文件",
                procedures=PROCEDURES,
                papers=(*suggestion_papers.PAPERS, *cleanup_papers.PAPERS),
                contexts={**suggestion_papers.CONTEXTS, **cleanup_papers.CONTEXTS},
                known=known,
                effects={**suggesting.EFFECTS, **cleaning.EFFECTS},
                choices={"makers": cleanup.makers, "documents_left": cleanup.documents_left},
                case_word="规",
                progress=suggestions.PROGRESS,
                answer=suggestions.answer,
            )
        )
