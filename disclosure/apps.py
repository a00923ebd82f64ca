from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "disclosure"
    verbose_name = "政务公开"

    def ready(self) -> None:
        from casework.registry import Chapter, register
        from disclosure.procedures import PROCEDURES

        register(Chapter(code="disclosure", title="政务公开", procedures=PROCEDURES))
