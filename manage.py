#!/usr/bin/env python
"""Entry point of every management command. Brings up the embedded servers first where none are named."""

import os
import sys

from portal import embedded, environment

# These read or write files only.
WITHOUT_SERVERS = {"help", "version", "collectstatic"}
# These look after the servers and processes themselves, and need none of the apps: they start without loading them.
WITHOUT_APPS = {"run", "stop"}


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
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
