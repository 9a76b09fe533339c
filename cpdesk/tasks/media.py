"""What a file is, told by its bytes: its media type, and the endings under which another program may be given it."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

UNKNOWN = "application/octet-stream"
_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_HEAD = 1 << 16
_TYPES_LIST = 1 << 18  # most bytes of a paper's own list of its parts

# media type → the endings it may bear, the usual one first; what is not here is only saved, never opened
SUFFIXES: dict[str, tuple[str, ...]] = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "image/bmp": (".bmp",),
    "image/tiff": (".tif", ".tiff"),
    "image/heic": (".heic", ".heif"),
    "application/pdf": (".pdf",),
    f"{_OPEN_XML}wordprocessingml.document": (".docx",),
    f"{_OPEN_XML}spreadsheetml.sheet": (".xlsx",),
    f"{_OPEN_XML}presentationml.presentation": (".pptx",),
    "application/vnd.oasis.opendocument.text": (".odt",),
    "application/vnd.oasis.opendocument.spreadsheet": (".ods",),
    "application/vnd.oasis.opendocument.presentation": (".odp",),
    "audio/mpeg": (".mp3",),
    "audio/ogg": (".ogg", ".opus", ".oga"),
    "audio/wav": (".wav",),
    "audio/mp4": (".m4a",),
    "video/mp4": (".mp4", ".m4v"),
    "video/quicktime": (".mov",),
    "video/webm": (".webm", ".mkv"),
    "text/plain": (".txt",),
}
_BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\x1a\x45\xdf\xa3", "video/webm"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", "application/x-executable"),
)
_BRANDS = {b"heic": "image/heic", b"heix": "image/heic", b"mif1": "image/heic", b"M4A ": "audio/mp4",
           b"qt  ": "video/quicktime"}  # fmt: skip
_PARTS = (
    ("wordprocessingml.document.main+xml", f"{_OPEN_XML}wordprocessingml.document"),
    ("spreadsheetml.sheet.main+xml", f"{_OPEN_XML}spreadsheetml.sheet"),
    ("presentationml.presentation.main+xml", f"{_OPEN_XML}presentationml.presentation"),
)


def media_type(data: bytes) -> str:
    """The type of those bytes; UNKNOWN where they say nothing that is known. Never raises."""
    if data.startswith(b"PK\3\4"):
        return _zipped(data)
    if data[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(data[8:12], UNKNOWN)
    if data[4:8] == b"ftyp":
        return _BRANDS.get(data[8:12], "video/mp4")
    for beginning, found in _BEGINNINGS:
        if data.startswith(beginning):
            return found
    return "text/plain" if _is_text(data) else UNKNOWN


def suffixes(path: Path) -> tuple[str, ...]:
    """The endings under which that file may be given to another program; none for what should not."""
    return SUFFIXES.get(media_type(path.read_bytes()), ())


def _is_text(data: bytes) -> bool:
    head = data[:_HEAD]
    if b"\0" in head or head.startswith(b"#!"):
        return False
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as why:
        return len(data) > _HEAD and why.start > len(head) - 4  # cut in the middle of a letter
    return True


def _zipped(data: bytes) -> str:
    """A paper of an office program, without macros; any other archive is just that."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            names = parts.namelist()[:2]
            if names and names[0] == "mimetype":
                stated = _small(parts, "mimetype").decode("ascii", "replace")
                return stated if stated in SUFFIXES else "application/zip"
            listed = _small(parts, "[Content_Types].xml").decode("utf-8", "replace")
            if "macroEnabled" in listed or "vbaProject" in listed:
                return "application/zip"
            return next((found for mark, found in _PARTS if mark in listed), "application/zip")
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return "application/zip"


def _small(parts: zipfile.ZipFile, name: str) -> bytes:
    with parts.open(name) as part:
        return part.read(_TYPES_LIST)
