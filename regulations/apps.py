from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "regulations"
    verbose_name = "规范性文件"

    def ready(self) -> None:
        from casework.registry import Chapter, register
        from regulations.procedures import PROCEDURES
        from regulations.queries.search import SEARCH

        register(Chapter(code="regulations", title="规范性文件", procedures=PROCEDURES, search=(SEARCH,)))
