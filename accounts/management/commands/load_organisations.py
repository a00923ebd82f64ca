from django.core.management.base import BaseCommand

from accounts.actions import load_organisations


class Command(BaseCommand):
    help = "Load the district's organs, their former names, duties and the service points (repeatable)."

    def handle(self, *args: object, **options: object) -> None:
        loaded = load_organisations()
        self.stdout.write(
            f"{loaded.organisations} organisations, {loaded.names} former names, {loaded.duties} duties, "
            f"{loaded.service_points} service points"
        )
