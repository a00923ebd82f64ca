from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "oversight"
    verbose_name = "监督问责"

    def ready(self) -> None:
        from casework.registry import Chapter, register
        from oversight.procedures import PROCEDURES

        register(Chapter(code="oversight", title="监督问责", procedures=PROCEDURES))
