from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    name = "enforcement"
    verbose_name = "行政执法"

    def ready(self) -> None:
        from casework.registry import Chapter, register
        from enforcement.procedures import PROCEDURES

        register(Chapter(code="enforcement", title="行政执法", procedures=PROCEDURES))
