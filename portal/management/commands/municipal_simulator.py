"""`manage.py municipal_simulator`: the city's side of the exchange, as a process with a database of its own."""

from __future__ import annotations

import signal
import sqlite3
import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from exchange.rules import signed
from portal.municipal.book import Book
from portal.municipal.faults import Dice
from portal.municipal.platform import LOOPBACK, Platform, Server


class Command(BaseCommand):
    """In a demonstration only: it holds the key that there stands for the city's."""

    help = "Runs the city's side of the exchange: --port, --book FILE, --district URL, --seed."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8900, help="0: any free one; it is printed")
        parser.add_argument("--book", type=Path, default=settings.VAR / "municipal" / "book.sqlite3")
        parser.add_argument("--district", default=settings.BASE_URL, help="address of the portal")
        parser.add_argument("--seed", type=int, default=1, help="of the dice that decide about faults")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.EXCHANGE_SIMULATOR_KEYS:
            raise CommandError("The simulator runs beside a demonstration (PORTAL_DEMO=1) that names no other city.")
        try:
            server = Server(self._platform(options), options["port"])
        except (OSError, OverflowError) as error:
            raise CommandError(f"Port {options['port']} cannot be had: choose another with --port.") from error
        except sqlite3.Error as error:
            raise CommandError(f"{options['book']} is no file of SQLite: name another with --book.") from error
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
        sending = threading.Thread(target=server.platform.send_all, daemon=True)
        sending.start()
        self.stdout.write(f"The city listens: http://{LOOPBACK}:{server.server_port}")
        self.stdout.flush()
        server.serve_forever(poll_interval=0.1)
        server.platform.over.set()
        sending.join(20)

    def _platform(self, options: dict[str, Any]) -> Platform:
        city, district = settings.EXCHANGE_PEER, settings.EXCHANGE_SELF
        version = max(settings.EXCHANGE_SIMULATOR_KEYS)
        known = [signed.signer(district, number, seed) for number, seed in settings.EXCHANGE_KEYS.items()]
        return Platform(
            book=Book(options["book"]),
            signer=signed.signer(city, version, settings.EXCHANGE_SIMULATOR_KEYS[version]),
            keys={one.key: one.private.public_key() for one in known},
            ends=(city, district),
            district=options["district"].rstrip("/"),
            dice=Dice(options["seed"]),
        )
