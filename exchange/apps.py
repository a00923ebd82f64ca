from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "exchange"
    verbose_name = "数据交换"

    def ready(self) -> None:
        from exchange import receivers  # noqa: F401
        from exchange.actions.take_in import rejection
        from exchange.rules.bodies import DIRECTORY
        from exchange.rules.kinds import Kind, register

        register(Kind(code="rejection", label="退回通知", schema=DIRECTORY / "rejection.json", take=rejection))
