from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "oversight"
    verbose_name = "监督问责"

    def ready(self) -> None:
        from casework.registry import Chapter, register
        from oversight.actions.complaining import EFFECTS
        from oversight.papers import CONTEXTS, PAPERS
        from oversight.procedures import PROCEDURES
        from oversight.queries import complaints

        register(
            Chapter(
                code="oversight",
                title="监督问责",
                procedures=PROCEDURES,
                papers=PAPERS,
                contexts=CONTEXTS,
                known=complaints.known,
                effects=EFFECTS,
                case_word="举报",
                choices={"organs": complaints.organs},
                progress=complaints.PROGRESS,
                answer=complaints.answer,
                onward=complaints.onward,
                pages={(complaints.PROCEDURE, complaints.ADD): "oversight:complain-add"},
            )
        )
