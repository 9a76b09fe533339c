"""What an archive asks of a file (PDF/A-2a: ISO 19005-2, level A), as far as the file alone can tell.

No validator for PDF/A can be had from the registries that this project uses; these are the clauses that pages of ours
touch, read with pypdf and by eye of the standard. Not looked at: whether words of pictures tell what they show, and
private-use letters, which level A wants explained.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pypdf
import uharfbuzz as hb
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from tests.printing.verify.page import EmbeddedFont

_KNOWN = """
b B b* B* BDC BI BMC BT c cm CS cs d d0 d1 Do DP EI EMC ET f F f* G g gs h i ID j J K k l M m MP n q Q re RG rg ri
S s SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' "
"""
_OPERATORS = frozenset(_KNOWN.split())
_PAINTS = frozenset(["S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Tj", "TJ", "Do", "sh", "'", '"'])
_LISTED, _TABLED = ("L", "LI", "Lbl", "LBody"), ("Table", "TR", "TH", "TD")
_ROLES = frozenset(["Document", *(f"H{n}" for n in range(1, 7)), "P", *_LISTED, *_TABLED, "Figure", "Link", "Span"])
_NEST = 28
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "id": "http://www.aiim.org/pdfa/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}


def faults(document: bytes) -> list[str]:
    """Each thing that an archive would refuse, with the clause that asks for it."""
    reader = pypdf.PdfReader(io.BytesIO(document), strict=True)
    root = reader.trailer["/Root"]
    return [
        *_file(document, reader),
        *_objects(reader),
        *_metadata(reader, root),
        *_colours(root),
        *(fault for page in reader.pages for fault in _page(page, reader)),
        *_structure(reader, root),
    ]


def _file(document: bytes, reader: Any) -> Iterator[str]:
    head = re.match(rb"%PDF-1\.[0-7]\n%[\x80-\xff]{4}\n", document)
    if not head:
        yield "6.1.2 the header"
    if not document.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield "6.1.3 something follows the end"
    if "/Encrypt" in reader.trailer or len(reader.trailer.get("/ID", ())) != 2:
        yield "6.1.3 the trailer"
    root = reader.trailer["/Root"]
    for name in ("/AcroForm", "/AA", "/OCProperties", "/Perms", "/NeedsRendering", "/Collection"):
        if name in root:
            yield f"6.4–6.9 {name} in the catalog"
    if "/EmbeddedFiles" in root.get("/Names", {}):
        yield "6.8 files inside"


def _objects(reader: Any) -> Iterator[str]:
    for number in range(1, int(reader.trailer["/Size"])):
        thing = reader.get_object(IndirectObject(number, 0, reader))
        if thing is None:
            continue
        if isinstance(thing, StreamObject):
            filters = thing.get("/Filter", [])
            used = set(filters if isinstance(filters, ArrayObject) else [filters] if filters else [])
            if {"/F", "/FFilter", "/FDecodeParms"} & set(thing) or used - {"/FlateDecode", "/DCTDecode"}:
                yield f"6.1.7 the stream {number}"
        yield from _values(thing, number)


def _values(thing: Any, number: int) -> Iterator[str]:
    if isinstance(thing, DictionaryObject):
        if thing.get("/S") in ("/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide"):
            yield f"6.5.1 an action in {number}"
        for key, value in thing.items():
            yield from (*_values(key, number), *_values(value, number))
    elif isinstance(thing, ArrayObject):
        for value in thing:
            yield from _values(value, number)
    elif isinstance(thing, NameObject) and len(str(thing).encode()) > 128:
        yield f"6.1.13 a name in {number}"
    elif isinstance(thing, TextStringObject) and len(str(thing)) > 16_000:
        yield f"6.1.13 a string in {number}"


def _metadata(reader: Any, root: Any) -> Iterator[str]:
    stream = root["/Metadata"].get_object()
    if "/Filter" in stream or stream.get("/Subtype") != "/XML":
        yield "6.6.2.1 metadata are not plain"
    tree = ElementTree.fromstring(stream.get_data().decode().strip().partition("?>")[2].rpartition("<?xpacket")[0])

    def told(name: str) -> str:
        found = tree.find(f".//{{{_SPACES[name.partition(':')[0]]}}}{name.partition(':')[2]}")
        if found is None:
            return ""
        inner = found.find(f".//{_RDF}li")
        return (found if inner is None else inner).text or ""

    if (told("id:part"), told("id:conformance")) != ("2", "A"):
        yield "6.6.4 part and conformance"
    for ours, theirs in (("/Title", "dc:title"), ("/Author", "dc:creator"), ("/Producer", "pdf:Producer")):
        if str((reader.metadata or {}).get(ours, "")) != told(theirs):
            yield f"6.6.3 {ours} is told twice, not alike"
    if not told("dc:title") or told("dc:language") != root.get("/Lang"):
        yield "6.6.2 title and language"


def _colours(root: Any) -> Iterator[str]:
    intents = [intent.get_object() for intent in root["/OutputIntents"]]
    if [intent["/S"] for intent in intents] != ["/GTS_PDFA1"]:
        yield "6.2.3 output intents"
    profile = intents[0]["/DestOutputProfile"].get_object()
    data = profile.get_data()
    if profile["/N"] != 3 or data[36:40] != b"acsp" or data[16:20] != b"RGB " or data[8] > 4:
        yield "6.2.3 the colour profile"
    if int.from_bytes(data[:4], "big") != len(data):
        yield "6.2.3 the length of the colour profile"


def _page(page: Any, reader: Any) -> Iterator[str]:
    yield from _content(page, reader)
    for entries in page["/Resources"].get("/Font", {}).values():
        if entries.get_object()["/Subtype"] == "/Type0":
            yield from _font(entries.get_object())
        else:
            yield f"6.2.11.4 {entries.get_object().get('/BaseFont')} is not embedded"
    for image in page["/Resources"].get("/XObject", {}).values():
        drawn = image.get_object()
        if drawn["/Subtype"] != "/Image" or drawn.get("/Interpolate") or {"/Alternates", "/OPI"} & set(drawn):
            yield "6.2.8 an image"
        elif drawn["/ColorSpace"] not in ("/DeviceRGB", "/DeviceGray") and drawn["/ColorSpace"][0] != "/Indexed":
            yield "6.2.4.3 the colours of an image"
    for entry in page.get("/Annots", []):
        annotation = entry.get_object()
        if annotation["/Subtype"] != "/Link" or annotation.get("/F") != 4 or "/Contents" not in annotation:
            yield "6.3 an annotation"
        action = annotation.get("/A", {}).get("/S")
        if action not in (None, "/URI", "/GoTo"):
            yield f"6.5.1 {action}"
    if page.get("/Tabs") != "/S" or "/AA" in page:
        yield "6.5 the page"


def _content(page: Any, reader: Any) -> Iterator[str]:
    content = page.get_contents()
    depth = marks = 0
    for operands, operator in [] if content is None else ContentStream(content, reader).operations:
        name = operator.decode("latin-1")
        if name not in _OPERATORS and name != "INLINE IMAGE":
            yield f"6.2.2 {name}"
        if name in ("cs", "CS", "k", "K"):
            yield f"6.2.4 colours by {name}"
        depth += {"q": 1, "Q": -1}.get(name, 0)
        marks += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
        if depth > _NEST or depth < 0:
            yield "6.1.13 states within states"
        if name in _PAINTS and not marks:
            yield f"6.7.3.1 {name} paints what is neither text nor artifact"
        if name == "BDC" and marks > 1 and str(operands[0]) != "/Span":
            yield "6.7.3 marked within what is marked"
    if depth or marks:
        yield "6.2.2 what is opened is not closed"


def _font(entries: Any) -> Iterator[str]:
    font = EmbeddedFont(entries)
    file = hb.Font(hb.Face(font.file))
    if not re.fullmatch("[A-Z]{6}", font.tag):
        yield f"6.2.11 {font.name} is not named as a part of a font"
    for code, text in font.texts.items():
        if not font.gid(code):
            yield f"6.2.11.8 {text!r} is drawn by glyph 0"
        advance = file.get_glyph_h_advance(font.gid(code)) * 1000 / font.upem
        if abs(advance - font.width(code)) > 1:
            yield f"6.2.11.5 {text!r} is {font.width(code)} wide, in the font {advance}"
        if not text or set(text) & {"\0", "\ufeff", "\ufffe"}:
            yield f"6.2.11.7.2 the code {code} has no text"


def _structure(reader: Any, root: Any) -> Iterator[str]:
    if not root.get("/MarkInfo", {}).get("/Marked") or not root.get("/Lang"):
        yield "6.7.2 and 6.7.4 marks and language"
    tree = root["/StructTreeRoot"]
    numbers = tree["/ParentTree"]["/Nums"]
    owners = {int(numbers[n]): numbers[n + 1].get_object() for n in range(0, len(numbers), 2)}
    for page in reader.pages:
        content = page.get_contents()
        marks = [
            int(operands[1]["/MCID"])
            for operands, operator in ([] if content is None else ContentStream(content, reader).operations)
            if operator == b"BDC"
        ]
        owned = owners.get(page.get("/StructParents"), [])
        if sorted(marks) != list(range(len(owned))):
            yield "6.7.3 marks of a page without an owner"
        for entry in page.get("/Annots", []):
            owner = owners.get(entry.get_object().get("/StructParent"))
            if owner is None or owner.get("/S") != "/Link":
                yield "6.7.3 a link without an owner"
    yield from _elements(tree["/K"], tree, [])


def _has_heads(table: Any) -> bool:
    rows = [row.get_object().get("/K", []) for row in table["/K"]]
    return any(cell.get_object().get("/S") == "/TH" for row in rows for cell in row)


def _elements(element: Any, above: Any, levels: list[int]) -> Iterator[str]:
    role = str(element["/S"]).removeprefix("/")
    if role not in _ROLES:
        yield f"6.7.3.4 {role} is no standard element"
    if element["/P"].get_object() != above:
        yield f"6.7.3 {role} does not know what it stands in"
    if role == "Figure" and not str(element.get("/Alt", "")).strip():
        yield "6.7.5 a picture without words"
    if role == "Table" and not _has_heads(element):
        yield "6.7.3 a table without heads"
    if role[0] == "H" and role[1:].isdigit():
        if int(role[1:]) > (levels[-1] if levels else 0) + 1:
            yield f"6.7.3 {role} after {levels[-1:]}"
        levels.append(int(role[1:]))
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, ArrayObject) else [kids]:
        inner = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(inner, DictionaryObject) and "/S" in inner:
            if (role, str(inner["/S"])) in (("Table", "/TD"), ("TR", "/P"), ("L", "/P"), ("Document", "/TR")):
                yield f"6.7.3 {inner['/S']} in {role}"
            yield from _elements(inner, element, levels)
