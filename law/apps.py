from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "law"
    verbose_name = "法规与期限"
