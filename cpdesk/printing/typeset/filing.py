"""The file of a finished document, fit for archives: PDF/A-2a (ISO 19005-2), the same bytes for the same strokes.

ReportLab has made the objects; here they are packed (most of them into compressed streams, ISO 32000-1, 7.5.7),
numbered, and joined by what an archive asks for: what the document is called, which colours it means, in which order it
is read. No date stands in it and no chance.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple
from urllib.parse import quote
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from cpdesk.printing.typeset import srgb
from cpdesk.printing.typeset.tags import Tags

PROGRAM = "cpdesk"
_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_TOGETHER = 200  # objects in one compressed stream
_SAFE = "%/:?#[]@!$&'()*+,;=~-._"
_METADATA = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:format>application/pdf</dc:format>
<dc:language><rdf:Bag><rdf:li>km</rdf:li></rdf:Bag></dc:language>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>{author}
<pdf:Producer>{program}</pdf:Producer>
<xmp:CreatorTool>{program}</xmp:CreatorTool>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_AUTHOR = "\n<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>"


class About(NamedTuple):
    """What a document says of itself."""

    title: str
    author: str


def address(link: str) -> str:
    """`link` as an address is written: in ASCII."""
    return quote(link, safe=_SAFE)


def pressed(code: str) -> pdfdoc.PDFStream:
    """The operators of a page, compressed at once: a long document must not wait in memory as it was written."""
    entries = pdfdoc.PDFDictionary({"Filter": pdfdoc.PDFName("FlateDecode")})
    return pdfdoc.PDFStream(entries, zlib.compress(code.encode("latin-1")))


def written(document: pdfdoc.PDFDocument, canvas: object, about: About, tags: Tags) -> bytes:
    """The bytes of `document`."""
    for font in document.delayedFonts:
        font.addObjects(document)
    catalog = document.Catalog
    catalog.__NoDefault__ = (*catalog.__NoDefault__, "OutputIntents")
    catalog.Metadata = document.Reference(_metadata(about), "metadata")
    catalog.OutputIntents = pdfdoc.PDFArray([_intent(document)])
    catalog.MarkInfo = "<</Marked true>>"
    root = document.Reference(catalog)
    info = document.Reference(_info(about), "information")
    document.Outlines.prepare(document, canvas)
    if document.Outlines.ready < 0:
        catalog.Outlines = None
    objects = _formatted(document)
    catalog.StructTreeRoot = f"{len(objects) + 1} 0 R"
    place = document.idToObjectNumberAndVersion
    objects[place[root.name][0] - 1] = _body(catalog, document)
    pages = [place[f"Page{number}"][0] for number in range(1, document.pageCounter)]
    links = [place[document.annotationName(name)][0] for name in tags.annotations]
    objects += tags.objects(len(objects) + 1, pages, links)
    return _file(objects, frozenset(pages), place[root.name][0], place[info.name][0])


def _metadata(about: About) -> pdfdoc.PDFStream:
    author = _AUTHOR.format(author=escape(about.author)) if about.author else ""
    text = _METADATA.format(title=escape(about.title), author=author, program=PROGRAM)
    entries = {"Type": pdfdoc.PDFName("Metadata"), "Subtype": pdfdoc.PDFName("XML")}
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries), text.encode())


def _info(about: About) -> pdfdoc.PDFDictionary:
    told = {"Title": about.title, "Author": about.author, "Creator": PROGRAM, "Producer": PROGRAM}
    return pdfdoc.PDFDictionary({key: pdfdoc.PDFString(text) for key, text in told.items() if text})


def _intent(document: pdfdoc.PDFDocument) -> pdfdoc.PDFDictionary:
    """Which colours the document's red, green and blue are."""
    profile = pdfdoc.PDFStream(pdfdoc.PDFDictionary({"N": 3}), srgb.profile(), [pdfdoc.PDFZCompress])
    name = pdfdoc.PDFString("sRGB IEC61966-2.1")
    return pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("OutputIntent"),
            "S": pdfdoc.PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": name,
            "Info": name,
            "DestOutputProfile": document.Reference(profile, "colours"),
        }
    )


def _formatted(document: pdfdoc.PDFDocument) -> list[bytes]:
    """The objects of `document` in the order of their numbers; writing one may bring forth another."""
    out: list[bytes] = []
    while len(out) + 1 in document.numberToId:
        out.append(_body(document.idToObject[document.numberToId[len(out) + 1]], document))
    return out


def _body(thing: object, document: pdfdoc.PDFDocument) -> bytes:
    body = pdfdoc.format(thing, document, toplevel=1)
    return bytes(pdfdoc.pdfdocEnc(body)).strip(b"\n")


def _file(objects: list[bytes], pages: frozenset[int], root: int, info: int) -> bytes:
    """The file: streams and `pages` as they are, other objects packed, where each lies, a fingerprint."""
    alone = [n for n, body in enumerate(objects, 1) if n in pages or body.endswith(b"endstream")]
    apart = frozenset(alone)
    packed = [n for n in range(1, len(objects) + 1) if n not in apart]
    places: dict[int, tuple[int, int, int]] = {0: (0, 0, 0xFFFF)}
    out, size = [_HEAD], len(_HEAD)
    bodies = [(n, objects[n - 1]) for n in alone]
    for number, start in enumerate(range(0, len(packed), _TOGETHER), len(objects) + 1):
        members = packed[start : start + _TOGETHER]
        places.update((n, (2, number, index)) for index, n in enumerate(members))
        bodies.append((number, _packed([(n, objects[n - 1]) for n in members])))
    for number, body in bodies:
        places[number] = (1, size, 0)
        text = b"%d 0 obj\n%b\nendobj\n" % (number, body)
        out.append(text)
        size += len(text)
    last = len(places)
    places[last] = (1, size, 0)
    rows = [bytes(7), *(struct.pack(">BIH", *places[number]) for number in range(last + 1))]
    # Each row is written as what it has more than the one above it: they are much alike (predictor 12).
    steps = (bytes((new - old) & 255 for old, new in zip(*pair, strict=True)) for pair in pairwise(rows))
    table = b"".join(b"\2" + step for step in steps)
    mark = hashlib.sha256(b"".join(out)).hexdigest()[:32].encode()
    entries = b"/Type/XRef/Size %d/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]" % (last + 1, root, info, mark, mark)
    entries += b"/W[1 4 2]/DecodeParms<</Predictor 12/Columns 7>>"
    out.append(b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (last, stream(entries, table), size))
    return b"".join(out)


def _packed(members: Sequence[tuple[int, bytes]]) -> bytes:
    starts = accumulate((len(body) + 1 for _number, body in members), initial=0)
    head = b" ".join(b"%d %d" % (number, at) for (number, _body), at in zip(members, starts, strict=False)) + b"\n"
    content = head + b"\n".join(body for _number, body in members)
    return stream(b"/Type/ObjStm/N %d/First %d" % (len(members), len(head)), content)


def stream(entries: bytes, content: bytes) -> bytes:
    """The body of a stream object with `entries` beside those of the stream itself."""
    data = zlib.compress(content)
    return b"<<%b/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data)
