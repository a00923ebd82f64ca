"""Where the type faces of papers lie.

Official papers are set in 仿宋, 黑体, 楷体 and 小标宋. The free Fandol faces come from var/fonts (set up by `make run`)
or from a system's texlive-lang-chinese; what they lack, rare characters of names above all, comes from Noto CJK.
"""

import os
from functools import lru_cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
TEXLIVE = Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol")
NOTO_SONG = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc")
NOTO_SONG_SC = 2  # face of the collection with the mainland's forms


def directories() -> list[Path]:
    """Directories whose faces are used beside the system's, the first that has a face wins."""
    var = Path(os.environ.get("PORTAL_VAR") or PROJECT / "var")
    return [place for place in (var / "fonts", PROJECT / "var" / "fonts", TEXLIVE) if place.is_dir()]


@lru_cache(maxsize=1)
def files() -> tuple[Path, ...]:
    """The faces found, one file for each name."""
    found: dict[str, Path] = {}
    for directory in directories():
        for path in sorted(directory.glob("*.otf")):
            found.setdefault(path.name, path)
    return tuple(found.values())


def face(name: str) -> Path | None:
    """The file of a face, e.g. FandolSong-Bold; None if it is not installed."""
    return next((path for path in files() if path.stem == name), None)
