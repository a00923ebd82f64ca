"""Sample people, and cases in every stage, for a demonstration. May be repeated; refuses outside demonstrations."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.views.sign_in import demo_accounts
from portal.demo import cases, complaints, ground, people, powers, service


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("seed_demo makes sample people with a known password: set PORTAL_DEMO=1 to want that.")
        now = timezone.now()
        people.seed(now)
        cases.seed(now)
        powers.seed(now)
        ground.seed(now)
        service.seed(now)
        complaints.seed(now)
        accounts = demo_accounts()
        width = max(len(each["username"]) for each in accounts)
        self.stdout.write(
            f"Demo accounts (password {settings.DEMO_PASSWORD}; the sign-in page shows the second factor):"
        )
        for each in accounts:
            self.stdout.write(f"  {each['username']:<{width}}  {each['name']}  {each['does']}")
