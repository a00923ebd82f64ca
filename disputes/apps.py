from django.apps import AppConfig


class DisputesConfig(AppConfig):
    name = "disputes"
    verbose_name = "矛盾纠纷化解"

    def ready(self) -> None:
        from casework.registry import Chapter, register
        from disputes.procedures import PROCEDURES

        register(Chapter(code="disputes", title="矛盾纠纷化解", procedures=PROCEDURES))
