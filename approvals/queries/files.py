"""What an uploaded file really is: judged by its content, never by its name or by what the browser says of it."""

from __future__ import annotations

import hashlib
import re
import zipfile
from dataclasses import dataclass
from typing import IO, Any

import magic
from django.core.files.uploadedfile import UploadedFile
from PIL import Image

MEGABYTE = 1024 * 1024
MOST = 20 * MEGABYTE
MOST_PIXELS = 80_000_000
MOST_UNPACKED = 400 * MEGABYTE
HEAD = 8192

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "ofd": "application/ofd",
}
_MAGIC = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "application/zip": "ofd"}
# What makes a PDF do something by itself when it is opened.
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b")
_STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)  # packed data, in which any bytes may stand


class FileRefused(ValueError):
    """The file is not taken; a sentence in Chinese says why and what to do."""


@dataclass(frozen=True, slots=True)
class Found:
    """An accepted file. `extension` and `content_type` follow from the content."""

    name: str
    extension: str
    content_type: str
    size: int
    sha256: str


def inspect(file: UploadedFile, kinds: tuple[str, ...]) -> Found:
    """Look into a file that somebody uploaded. Raises FileRefused unless it is whole and of one of the kinds."""
    name = plain_name(file.name or "")
    size = file.size or 0
    if size == 0:
        raise FileRefused(f"“{name}”是空文件，请重新选择")
    if size > MOST:
        raise FileRefused(f"“{name}”超过{MOST // MEGABYTE} MB，请压缩或者拆分后再上传")
    file.seek(0)
    extension = _MAGIC.get(magic.from_buffer(file.read(HEAD), mime=True), "")
    if extension not in kinds:
        wanted = "、".join(kind.upper() for kind in kinds)
        raise FileRefused(f"“{name}”的内容不是{wanted}格式，请转换后再上传")
    stream: Any = file.file
    stream.seek(0)
    _LOOKS[extension](stream, name)
    stream.seek(0)
    digest = hashlib.file_digest(stream, "sha256").hexdigest()
    stream.seek(0)
    return Found(name, extension, CONTENT_TYPES[extension], size, digest)


def plain_name(name: str) -> str:
    """The name of a file as it may be shown: without directories, control and direction signs, not too long."""
    last = re.split(r"[\\/]", name)[-1]
    kept = "".join(sign for sign in last if sign.isprintable() and sign not in '<>:"|?*').strip(". ")
    stem, dot, extension = kept.rpartition(".")
    return f"{stem[:100]}{dot}{extension[:10]}" if dot else kept[:100] or "文件"


def _pdf(stream: IO[bytes], name: str) -> None:
    content = stream.read()
    if b"%%EOF" not in content[-2048:]:
        raise FileRefused(f"“{name}”不完整，请重新保存后再上传")
    content = _STREAM.sub(b"", content)
    if b"/Encrypt" in content:
        raise FileRefused(f"“{name}”设有密码或者使用限制，请解除后再上传")
    if _ACTIVE.search(content):
        raise FileRefused(f"“{name}”含有脚本、附件或者动态表单，请打印为普通PDF后再上传")


def _image(stream: IO[bytes], name: str) -> None:
    try:
        with Image.open(stream, formats=("JPEG", "PNG")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise FileRefused(f"“{name}”的像素过多，请缩小后再上传")
            image.verify()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, FileRefused):
            raise
        raise FileRefused(f"“{name}”不能打开，请重新保存后再上传") from error


def _ofd(stream: IO[bytes], name: str) -> None:
    """An OFD document (GB/T 33190) is a ZIP archive whose entry is OFD.xml."""
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = archive.infolist()
            unpacked = sum(entry.file_size for entry in entries)
            whole = archive.testzip() is None if unpacked <= MOST_UNPACKED else False
            names = {entry.filename for entry in entries}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise FileRefused(f"“{name}”不能打开，请重新保存后再上传") from error
    if "OFD.xml" not in names or not whole:
        raise FileRefused(f"“{name}”不是有效的OFD文件，请重新保存后再上传")


_LOOKS = {"pdf": _pdf, "jpg": _image, "png": _image, "ofd": _ofd}
