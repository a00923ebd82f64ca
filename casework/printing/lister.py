"""The process that makes one long list: `python -m casework.printing.lister`, JSON on its input, a PDF on its output.

Typst sets it. The process knows neither Django nor the database nor any network, and ends with its list, so that the
memory of ten thousand cells is nobody's afterwards. `listing` starts it.
"""

import json
import os
import resource
import sys

import typst

from casework.printing import fonts

TEMPLATE = fonts.PROJECT / "templates" / "papers" / "listing.typ"
NICE = 10  # pages for people come before lists
MEGABYTE = 1024 * 1024


def main() -> None:
    """Read the list, write its PDF. What goes wrong is one sentence on the error output and a status of 1."""
    os.nice(NICE)
    given = json.load(sys.stdin)
    most = given.pop("memory_mb") * MEGABYTE
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    try:
        made = typst.compile(
            str(TEMPLATE),
            root=str(TEMPLATE.parent),
            font_paths=sorted({str(path.parent) for path in fonts.files()}),
            format="pdf",
            sys_inputs={"listing": json.dumps(given, ensure_ascii=False)},
            pdf_standards=["a-3a"],
        )
    except typst.TypstError as error:
        sys.exit(str(error))
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
