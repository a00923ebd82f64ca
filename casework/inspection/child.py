"""The process that looks into the depth of one file: `python -m casework.inspection.child KIND`, the file as input.

It lives for one file, knows neither Django nor database, writes no file and has a limit on memory and time, so that a
hostile file ends it and nobody else. The answer is one line of JSON: code and words of the refusal, both empty if none.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import sys
from typing import IO

MEMORY = 1024 * 1024 * 1024  # bytes of address space
SECONDS = 60  # of computing
NICE = 10


def limit() -> None:
    """From here on the process may neither grow, nor compute for ever, nor write files, nor open many."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    os.nice(NICE)


def examine(stream: IO[bytes], kind: str, name: str) -> tuple[str, str]:
    """Code and words of why the file is refused; both empty if it is not."""
    from casework.inspection import images, office, pdfs
    from casework.inspection.kinds import KINDS, FileRefused

    try:
        import magic

        stream.seek(0)
        found = magic.from_buffer(stream.read(8192), mime=True)
        if found not in KINDS[kind].magic:
            raise FileRefused("kind", f"“{name}”的内容与扩展名不符，请重新保存后再上传")
        stream.seek(0)
        if kind == "pdf":
            pdfs.walk(stream, name)
        elif kind in ("jpg", "png"):
            images.decode(stream, kind, name)
        else:
            office.unpack(stream, kind, name)
    except FileRefused as refusal:
        return refusal.code, str(refusal)
    except (MemoryError, RecursionError):
        return "unpacking", f"“{name}”的内容过于庞大或者复杂，请拆分后再上传"
    return "", ""


def main() -> None:
    """Look, and say what was found."""
    limit()
    logging.disable(logging.CRITICAL)
    code, words = examine(sys.stdin.buffer, sys.argv[1], sys.argv[2])
    sys.stdout.write(json.dumps({"code": code, "words": words}))


if __name__ == "__main__":
    main()
