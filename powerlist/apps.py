from django.apps import AppConfig


class PowerlistConfig(AppConfig):
    name = "powerlist"
    verbose_name = "权力和责任清单"
