from importlib import import_module

from django.apps import AppConfig

REVIEWED = ("pass_legality_review", "pass_with_changes", "fail_legality_review", "return_materials")
OPENED = ("propose_project", "suggest_project", "form_text")


class RegulationsConfig(AppConfig):
    name = "regulations"
    verbose_name = "规范性文件"

    def ready(self) -> None:
        from casework.registry import Chapter, register
        from regulations.actions.effects import EFFECTS
        from regulations.papers import CONTEXTS, PAPERS
        from regulations.procedures import PROCEDURES
        from regulations.procedures.document import DOCUMENT
        from regulations.queries.known import known, summary
        from regulations.queries.making import PROCEDURE, articles, organs

        texts = {
            (PROCEDURE, row.name): ("文件各稿和对照", "regulations:texts")
            for row in DOCUMENT.steps
            if row.name not in OPENED
        }
        reviews = {(PROCEDURE, step): ("审核清单和系统标出的条款", "regulations:review") for step in REVIEWED}
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
                case_word="规",
                choices={"organs": organs, "articles": articles},
                pages={(PROCEDURE, "form_text"): "regulations:write"},
                aids={
                    **texts,
                    **reviews,
                    (PROCEDURE, "publish_feedback"): ("逐条答复意见", "regulations:answers"),
                },
            )
        )
        import_module("regulations.receivers")
