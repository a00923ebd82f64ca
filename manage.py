#!/usr/bin/env python
"""Entry point of every management command. Brings up the embedded servers first where none are named."""

import os
import sys

from portal import embedded, environment

# These read or write files only.
WITHOUT_SERVERS = {"help", "version", "collectstatic", "municipal_simulator"}
# These look after the servers and processes themselves, and need none of the apps: they start without loading them.
WITHOUT_APPS = {"run", "stop"}
# These change tables or seat the first administrators: they work as the owner of the database, everything else as the
# role that may only do what portal/tables.py says.
AS_OWNER = {
    "migrate", "prepare", "flush", "pgtrigger", "create_staff", "seed_demo", "rotate_encryption", "populate",
    "fill_search", "recount_cases",
}  # fmt: skip


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    from django.core.management import execute_from_command_line, load_command_class

    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if command in WITHOUT_APPS:
        load_command_class("portal", command).run_from_argv(sys.argv)
        return
    if command not in WITHOUT_SERVERS:
        try:
            os.environ.update(embedded.provide(environment.var()))
        except embedded.Refusal as refusal:
            sys.exit(str(refusal))
    if command in AS_OWNER:
        if not os.environ.get("DATABASE_OWNER_URL"):
            sys.exit(f"{command} needs DATABASE_OWNER_URL: the role that owns the tables; DATABASE_URL only uses them.")
        os.environ["PORTAL_AS_OWNER"] = "1"
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
