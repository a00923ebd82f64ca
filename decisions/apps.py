from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "decisions"
    verbose_name = "重大决策"

    def ready(self) -> None:
        from casework.registry import Chapter, register
        from decisions.procedures import PROCEDURES

        register(Chapter(code="decisions", title="重大决策", procedures=PROCEDURES))
