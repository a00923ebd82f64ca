from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "门户"

    def ready(self) -> None:
        from portal.guards import after_migrations

        # Once for all apps; the portal has no models and hears nothing itself.
        post_migrate.connect(after_migrations, sender=apps.get_app_config("casework"), dispatch_uid="portal.guards")
