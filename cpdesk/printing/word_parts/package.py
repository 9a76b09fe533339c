"""The archive that a Word file is: its parts, what they have to do with one another, our fonts inside.

The same parts give the same bytes: nothing in it knows the time. The fonts go along whole, so that the paper looks the
same on every machine and can be edited there; the Open Font License allows it.
"""

from __future__ import annotations

import hashlib
import io
import uuid
import zipfile
from collections.abc import Iterable
from functools import lru_cache

from cpdesk.paths import FONTS
from cpdesk.printing.word_parts.xml import escaped

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_OFFICE}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DAY = "2000-01-01T00:00:00Z"  # of every file, so that the same paper is the same bytes
BODY, TITLE = "Battambang", "Moul"
_FONTS = (  # family, what offices have that is most like it, and our files of it
    (BODY, "Khmer OS Battambang", (("embedRegular", "Battambang-Regular.ttf"), ("embedBold", "Battambang-Bold.ttf"))),
    (TITLE, "Khmer OS Muol Light", (("embedRegular", "Moul-Regular.ttf"),)),
)
_HIDDEN_HEAD = 32  # bytes of an embedded font that are mixed with its key
_SETTINGS = (
    f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:embedTrueTypeFonts/><w:defaultTabStop w:val="567"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:doNotExpandShiftReturn/>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="en-US" w:bidi="km-KH"/>'
    '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
)


class Package:
    """Collects the parts of a file."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}
        self._types: dict[str, str] = {}
        self._relations: list[str] = []
        self._known: dict[tuple[str, str], str] = {}
        self._numbers = 0

    def number(self) -> int:
        """One that nothing in this file has yet."""
        self._numbers += 1
        return self._numbers

    def image(self, data: bytes) -> str:
        """A PNG or JPEG; how the text refers to it. The same picture is kept once."""
        ending = "png" if data.startswith(b"\x89PNG") else "jpeg"
        name = f"media/{hashlib.sha256(data).hexdigest()[:16]}.{ending}"
        self._files[f"word/{name}"] = data
        return self._relate("image", name)

    def link(self, address: str) -> str:
        return self._relate("hyperlink", address, ' TargetMode="External"')

    def footer(self, content: str) -> str:
        name = f"footer{self.number()}.xml"
        self._add(name, "footer", f"<w:ftr {NAMESPACES}>{content}</w:ftr>")
        return self._relate("footer", name)

    def finish(self, body: str, styles: str, title: str, author: str) -> bytes:
        """The whole file."""
        self._add("document.xml", "document.main", f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
        for name, content in (("styles", styles), ("settings", _SETTINGS), ("fontTable", _font_table())):
            self._add(f"{name}.xml", name, content)
            self._relate(name, f"{name}.xml")
        self._files["word/_rels/document.xml.rels"] = _relationships(self._relations)
        fonts = []
        for n, (name, data) in enumerate(_embedded(), 1):
            self._files[f"word/fonts/{name}"] = data
            fonts.append(f'<Relationship Id="rId{n}" Type="{_OFFICE}/font" Target="fonts/{name}"/>')
        self._files["word/_rels/fontTable.xml.rels"] = _relationships(fonts)
        self._files["docProps/core.xml"] = _core(title, author)
        self._files["_rels/.rels"] = _relationships(
            (
                f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>',
                f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
                'Target="docProps/core.xml"/>',
            )
        )
        return _zipped({"[Content_Types].xml": self._content_types(), **self._files})

    def _add(self, name: str, kind: str, content: str) -> None:
        self._files[f"word/{name}"] = (_XML + content).encode()
        self._types[f"/word/{name}"] = f"{_WORD}.{kind}+xml"

    def _relate(self, kind: str, target: str, mode: str = "") -> str:
        known = self._known.get((kind, target))
        if known is None:
            known = self._known[kind, target] = f"rId{len(self._relations) + 1}"
            where = escaped(target).replace('"', "&quot;")
            self._relations.append(f'<Relationship Id="{known}" Type="{_OFFICE}/{kind}" Target="{where}"{mode}/>')
        return known

    def _content_types(self) -> bytes:
        defaults = {
            "rels": "application/vnd.openxmlformats-package.relationships+xml",
            "xml": "application/xml",
            "png": "image/png",
            "jpeg": "image/jpeg",
            "odttf": "application/vnd.openxmlformats-officedocument.obfuscatedFont",
        }
        own = {"/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml", **self._types}
        said = [f'<Default Extension="{ending}" ContentType="{kind}"/>' for ending, kind in defaults.items()]
        said += [f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in own.items()]
        return f'{_XML}<Types xmlns="{_PACKAGE}/content-types">{"".join(said)}</Types>'.encode()


def _relationships(said: Iterable[str]) -> bytes:
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(said)}</Relationships>'.encode()


def _core(title: str, author: str) -> bytes:
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(title)}</dc:title><dc:creator>{escaped(author)}</dc:creator><dc:language>km-KH</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{_DAY}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_DAY}</dcterms:modified></cp:coreProperties>'
    ).encode()


def _zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


# --- fonts ----------------------------------------------------------------------------------------------------------
def _key(file: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"cpdesk/fonts/{file}")


def _font_table() -> str:
    fonts, n = [], 0
    for family, alike, files in _FONTS:
        inside = ""
        for place, file in files:
            n += 1
            inside += f'<w:{place} r:id="rId{n}" w:fontKey="{{{str(_key(file)).upper()}}}"/>'
        fonts.append(
            f'<w:font w:name="{family}"><w:altName w:val="{alike}"/><w:charset w:val="00"/><w:family w:val="auto"/>'
            '<w:pitch w:val="variable"/><w:sig w:usb0="00000003" w:usb1="00002000" w:usb2="00010000" '
            f'w:usb3="00000000" w:csb0="00000001" w:csb1="00000000"/>{inside}</w:font>'
        )
    return f"<w:fonts {NAMESPACES}>{''.join(fonts)}</w:fonts>"


@lru_cache(maxsize=1)
def _embedded() -> tuple[tuple[str, bytes], ...]:
    """Our fonts with their first bytes mixed with a key, as Word keeps fonts in a file."""
    found = []
    for _family, _alike, files in _FONTS:
        for _place, file in files:
            data = bytearray((FONTS / file).read_bytes())
            key = _key(file).bytes[::-1]
            for at in range(_HIDDEN_HEAD):
                data[at] ^= key[at % len(key)]
            found.append((f"{file.removesuffix('.ttf')}.odttf", bytes(data)))
    return tuple(found)
