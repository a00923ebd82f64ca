import getpass
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from accounts import roles
from accounts.actions import Refused, create_staff, grant_seat
from accounts.models import Organisation, User


class Command(BaseCommand):
    help = (
        "Create an official's account with its first seat. The first administrators are made this way, on the server; "
        "afterwards accounts and seats are made on the screens. The password is asked for, or read from standard input."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("name", help="the person's name")
        parser.add_argument("--role", required=True, choices=sorted(roles.SEAT_ROLES), metavar="ROLE")
        parser.add_argument("--organisation", required=True, help="code of the organisation, for example DC-ZFJ")
        parser.add_argument("--staff-number")
        parser.add_argument("--phone", default="")
        parser.add_argument("--email", default="")

    def handle(self, *args: object, **options: object) -> None:
        password = getpass.getpass("Password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        role, at = str(options["role"]), timezone.now()
        kind = User.Kind.ADMINISTRATOR if role in roles.ADMINISTRATOR_ROLES else User.Kind.STAFF
        try:
            validate_password(password, User(username=str(options["username"]), kind=kind))
            organisation = Organisation.objects.get(code=options["organisation"])
            with transaction.atomic():
                user = create_staff(
                    str(options["username"]),
                    str(options["name"]),
                    at=at,
                    password=password,
                    kind=kind,
                    staff_number=options["staff_number"],  # type: ignore[arg-type]
                    phone=str(options["phone"]),
                    email=str(options["email"]),
                )
                grant_seat(user, role, organisation, at=at)
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        except Organisation.DoesNotExist as error:
            raise CommandError(f"no organisation has the code {options['organisation']}") from error
        except Refused as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{user.username}: {roles.label(role)}, {organisation.name}")
