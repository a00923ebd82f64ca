from django.apps import AppConfig


class PowerlistConfig(AppConfig):
    name = "powerlist"
    verbose_name = "权力和责任清单"

    def ready(self) -> None:
        from casework.registry import Chapter, register
        from powerlist.procedures import PROCEDURES

        register(Chapter(code="powerlist", title="权力和责任清单", procedures=PROCEDURES))
