"""Pictures: size from the header before anything is decoded, foreign matter in and after them, and whole decoding."""

from __future__ import annotations

import io
import re
from typing import IO

from casework.inspection.kinds import MOST_PIXELS, MOST_SIDE, FileRefused

MOST_PARTS = 20_000  # segments or chunks
LARGEST_NOTE = 4 * 1024 * 1024  # bytes of one segment or chunk that is text or metadata
_PROGRAM = re.compile(rb"<script|<\?php|<html|<svg|<!doctype|<iframe|javascript:", re.IGNORECASE)
_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
PIECE = 1 << 16


def broken(name: str) -> FileRefused:
    return FileRefused("broken", f"“{name}”不能打开，请重新保存后再上传")


def foreign(name: str) -> FileRefused:
    return FileRefused("foreign", f"“{name}”夹带了图片以外的内容，请重新截图或者另存后再上传")


def check_pixels(width: int, height: int, name: str) -> None:
    """Raises FileRefused for a picture without pixels or with more than anybody needs."""
    if width <= 0 or height <= 0:
        raise broken(name)
    if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
        raise FileRefused("pixels", f"“{name}”的像素过多，请缩小后再上传")


def png(stream: IO[bytes], name: str) -> None:
    """Walks over the chunks of a PNG: size first, nothing that is a program, nothing after the end."""
    stream.seek(8)
    for number in range(MOST_PARTS):
        head = stream.read(8)
        if len(head) < 8:
            raise broken(name)
        length, kind = int.from_bytes(head[:4], "big"), head[4:]
        if length > 0x7FFFFFFF or (number == 0) != (kind == b"IHDR"):
            raise broken(name)
        if kind == b"IHDR":
            body = stream.read(13)
            if length != 13 or len(body) < 13:
                raise broken(name)
            check_pixels(int.from_bytes(body[:4], "big"), int.from_bytes(body[4:8], "big"), name)
            stream.seek(4, io.SEEK_CUR)
            continue
        if kind in (b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"iCCP"):
            if length > LARGEST_NOTE:
                raise foreign(name)
            if _PROGRAM.search(stream.read(length)):
                raise foreign(name)
            stream.seek(4, io.SEEK_CUR)
        else:
            stream.seek(length + 4, io.SEEK_CUR)
        if kind == b"IEND":
            while piece := stream.read(PIECE):
                if piece.strip(b"\x00"):
                    raise foreign(name)
            return
    raise broken(name)


def jpeg(stream: IO[bytes], name: str) -> None:
    """Walks over the segments of a JPEG up to the picture itself, then looks through what follows for programs.

    What follows the picture is not refused as such: telephones keep a short film or a second exposure there.
    """
    stream.seek(2)
    sized = False
    for _ in range(MOST_PARTS):
        marker = stream.read(2)
        if len(marker) < 2 or marker[0] != 0xFF:
            raise broken(name)
        code = marker[1]
        if code == 0xFF:
            stream.seek(-1, io.SEEK_CUR)
            continue
        if code in _ALONE:
            continue
        length = int.from_bytes(stream.read(2), "big")
        if length < 2 or code == 0xD9:
            raise broken(name)
        body = stream.read(length - 2)
        if len(body) < length - 2:
            raise broken(name)
        if code in _FRAMES:
            if len(body) < 5:
                raise broken(name)
            check_pixels(int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big"), name)
            sized = True
        elif (code == 0xFE or 0xE0 <= code <= 0xEF) and _PROGRAM.search(body):
            raise foreign(name)
        if code == 0xDA:
            if not sized:
                raise broken(name)
            return _scan(stream, name)
    raise broken(name)


def _scan(stream: IO[bytes], name: str) -> None:
    """The packed picture to the end of the file: the end mark is there, and no program."""
    tail, ended = b"", False
    while piece := stream.read(PIECE):
        window = tail + piece
        ended = ended or b"\xff\xd9" in window
        if _PROGRAM.search(window):
            raise foreign(name)
        tail = window[-16:]
    if not ended:
        raise FileRefused("broken", f"“{name}”不完整，请重新保存后再上传")


def decode(stream: IO[bytes], kind: str, name: str) -> None:
    """Decode a picture wholly, so that a broken one is known before somebody needs it. Only in the child process."""
    from PIL import Image, ImageFile

    Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES = MOST_PIXELS, False
    stream.seek(0)
    try:
        with Image.open(stream, formats=("JPEG", "PNG")) as image:
            if image.format != {"jpg": "JPEG", "png": "PNG"}[kind] and image.format != "MPO":
                raise broken(name)
            check_pixels(image.width, image.height, name)
            if getattr(image, "n_frames", 1) > 100:
                raise FileRefused("pixels", f"“{name}”是动画，请改用静止图片")
            image.load()
    except FileRefused:
        raise
    except Image.DecompressionBombError as error:
        raise FileRefused("pixels", f"“{name}”的像素过多，请缩小后再上传") from error
    except Exception as error:  # Pillow lets many kinds through
        raise broken(name) from error
