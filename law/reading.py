"""Files that people hand over: read wholly, or one line in Chinese that says why not. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path


class Unreadable(Exception):
    """Why a file cannot be read, for the person who named it."""


def read_text(path: Path) -> str:
    """The text of a UTF-8 file; a byte order mark does not matter. Raises Unreadable."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise Unreadable(f"没有这个文件：{path}") from error
    except IsADirectoryError as error:
        raise Unreadable(f"这是目录，不是文件：{path}") from error
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path.name}不是UTF-8编码的文本文件") from error
    except OSError as error:
        raise Unreadable(f"不能读取{path}，请检查权限") from error


def read_table(path: Path, columns: Iterable[str] = ()) -> list[dict[str, str]]:
    """The rows of a CSV file, blank lines left out, every cell text. Raises Unreadable, also for missing columns."""
    reader = csv.DictReader(io.StringIO(read_text(path)), restval="")
    try:
        missing = [column for column in columns if column not in (reader.fieldnames or ())]
        if missing:
            raise Unreadable(f"{path.name}缺少这些列：{'、'.join(missing)}")
        return list(reader)
    except csv.Error as error:
        raise Unreadable(f"{path.name}第{reader.line_num}行起不是有效的CSV") from error
