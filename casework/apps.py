from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = "案件"

    def ready(self) -> None:
        from casework import receivers, system_checks  # noqa: F401
