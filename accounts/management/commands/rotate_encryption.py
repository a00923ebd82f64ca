from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actions import rotate_encryption, rotation


class Command(BaseCommand):
    help = (
        "Bring every sealed value under the newest key of ENCRYPTION_KEYS, in short transactions, while the portal is "
        "up. Afterwards the older keys can be taken away. No clear text is read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=500, help="rows per transaction")
        parser.add_argument("--left", action="store_true", help="only count what still needs an older key")

    def handle(self, *args: object, batch: int = 500, left: bool = False, **options: object) -> None:
        if batch < 1:
            raise CommandError("--batch must be at least 1")
        for column, count in rotation.left() if left else rotate_encryption(batch):
            self.stdout.write(f"{column}: {count}")
