from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "账户与组织"

    def ready(self) -> None:
        from accounts import receivers  # noqa: F401 - connects the receivers
