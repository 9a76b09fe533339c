"""Looks for words in every file of a folder, in whatever dress they could lie there.

As UTF-8 and UTF-16, composed and decomposed, in hex, base64, per cent and `\\u` escapes, as an entity of XML; in the
file as it is, in members of zip files, and in every stream of deflate that begins anywhere in it.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from unicodedata import normalize
from urllib.parse import quote

MOST = 1 << 20  # bytes that are unpacked of a stream
_STREAMS = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08|PK\x03\x04")


def dresses(word: str) -> set[bytes]:
    """All that the word could look like."""
    found: set[bytes] = set()
    for text in {word, normalize("NFC", word), normalize("NFD", word)}:
        found |= hidden(text.encode())
        found |= {text.encode(code) for code in ("utf-16-le", "utf-16-be", "utf-32-le")}
        found |= {quote(text).encode(), quote(text).lower().encode(), f"{text!a}"[1:-1].encode()}
        found.add("".join(c if c.isascii() else f"\\u{ord(c):04X}" for c in text).encode())
        for entity in ("&#{};", "&#x{:x};", "&#x{:X};"):
            found.add("".join(c if c.isascii() else entity.format(ord(c)) for c in text).encode())
        found.add(base64.b64encode(text.encode("utf-16-le"))[:-4])
    return {one for one in found if one}


def hidden(raw: bytes) -> set[bytes]:
    """Bytes as they are, in hex, and in base64 wherever they begin in it."""
    found = {raw, raw.hex().encode(), raw.hex().upper().encode()}
    for before in range(3):
        text = base64.b64encode(bytes(before) + raw)
        first, last = (0, 2, 3)[before], -(4, 3, 2)[(before + len(raw)) % 3] if (before + len(raw)) % 3 else len(text)
        found |= {text[first:last], text[first:last].translate(bytes.maketrans(b"+/", b"-_"))}
    return found


def layers(data: bytes) -> Iterator[bytes]:
    """The bytes, and what any packed stream in them unfolds to."""
    yield data
    for match in _STREAMS.finditer(data):
        at, bits = match.start(), 15
        if match[0].startswith(b"\x1f"):
            bits = 31
        elif match[0].startswith(b"PK"):
            at += (
                30
                + int.from_bytes(data[at + 26 : at + 28], "little")
                + int.from_bytes(data[at + 28 : at + 30], "little")
            )
            bits = -15
        try:
            inside = zlib.decompressobj(bits).decompress(data[at:], MOST)
        except zlib.error:
            continue
        if inside:
            yield inside


def traces(folder: Path, wanted: Iterable[bytes], but: str = "") -> list[str]:
    """Where which of them lies, by the file's name and what stands around it; names of files and folders count too.
    `but`: a folder in it that is passed over."""
    dressed = sorted(set(wanted))
    found = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if but and name.parts[0] == but:
            continue
        found += [f"the name {str(name)!r}" for one in dressed if one in str(name).encode()][:1]
        if not path.is_file() or path.is_symlink():
            continue
        for data in layers(path.read_bytes()):
            hits = [(data.find(one), one) for one in dressed if one in data]
            if hits:
                at, one = min(hits)
                found.append(f"{name}: {one[:60]!r} in {data[max(0, at - 80) : at + 120]!r}")
    return found
