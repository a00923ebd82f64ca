from importlib import import_module

from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "law"
    verbose_name = "法规与期限"

    def ready(self) -> None:
        import_module("law.receivers")
