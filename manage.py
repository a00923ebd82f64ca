#!/usr/bin/env python
"""Entry point of every management command. Brings up the embedded servers first where none are named."""

import os
import sys

from portal import embedded, environment

# These read or write files only, or look after the servers themselves.
WITHOUT_SERVERS = {"help", "version", "collectstatic", "run", "stop", "test"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    if len(sys.argv) > 1 and sys.argv[1] not in WITHOUT_SERVERS:
        try:
            os.environ.update(embedded.provide(environment.var()))
        except embedded.Refusal as refusal:
            sys.exit(str(refusal))
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
