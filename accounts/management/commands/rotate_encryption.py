from django.core.management.base import BaseCommand, CommandParser

from accounts.actions import rotate_encryption


class Command(BaseCommand):
    help = (
        "Bring every sealed value under the newest key of ENCRYPTION_KEYS, in short transactions, while the portal is "
        "up. Afterwards the older keys can be taken away. No clear text is read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--batch", type=int, default=500, help="rows per transaction")

    def handle(self, *args: object, batch: int = 500, **options: object) -> None:
        for column, count in rotate_encryption(batch):
            self.stdout.write(f"{column}: {count}")
