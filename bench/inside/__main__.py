"""`python -m bench.inside MODULE.FUNCTION ORDER`: calls a function of this package with the members of a JSON object.

Its answer is printed as JSON on the last line.
"""

import importlib
import json
import logging
import sys

import django


def main(what: str, order: str) -> None:
    django.setup()
    # What goes wrong is raised; the rest would be one line for each of a million things.
    logging.disable(logging.WARNING)
    module, _, function = what.partition(".")
    answer = getattr(importlib.import_module(f"bench.inside.{module}"), function)(**json.loads(order))
    print(json.dumps(answer, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
