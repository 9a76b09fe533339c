"""Pieces of WordprocessingML as text: runs, paragraphs, fields, pictures. Text of people is only ever escaped data.

Lengths are in points; Word counts in twentieths of them, and pictures in 12,700ths.
"""

from __future__ import annotations

import re

from cpdesk.printing.typeset.typeface import plain

_EMU = 12_700
_KHMER = re.compile("[\u1780-\u17ff\u19e0-\u19ff]")
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


def escaped(text: str) -> str:
    """`text` as the content of an element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """`text` as the value of an attribute."""
    return escaped(plain(text)).replace('"', "&quot;").replace("\n", "&#10;")


def twips(points: float) -> int:
    return round(points * 20)


def hexed(colour: tuple[float, float, float]) -> str:
    """A colour as Word names it: 5C616B."""
    return "".join(f"{round(part * 255):02X}" for part in colour)


def run(text: str, *, bold: bool | None = None, underline: bool = False, style: str = "") -> str:
    """Text in one look; a line end in it begins a new line. `bold` None leaves it to the paragraph's style."""
    text = plain(text)
    if not text:
        return ""
    props = f'<w:rStyle w:val="{style}"/>' if style else ""
    if bold is not None:
        props += "<w:b/><w:bCs/>" if bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    if underline:
        props += '<w:u w:val="single"/>'
    if _KHMER.search(text):
        props += "<w:cs/>"
    lines = (f'<w:t xml:space="preserve">{escaped(line)}</w:t>' if line else "" for line in text.split("\n"))
    return f"<w:r>{f'<w:rPr>{props}</w:rPr>' if props else ''}{'<w:br/>'.join(lines)}</w:r>"


def paragraph(style: str, runs: str, props: str = "") -> str:
    """`props` are those that stand behind the style, in the order that Word wants."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{props}</w:pPr>{runs}</w:p>'


def jc(align: str) -> str:
    """How lines stand between the margins."""
    return f'<w:jc w:val="{ {"even": "both", "centre": "center"}.get(align, align) }"/>'


def indent(left: float, hanging: float = 0.0, right: float = 0.0, first: float = 0.0) -> str:
    parts = {"left": left, "right": right, "hanging": hanging, "firstLine": first}
    said = " ".join(f'w:{name}="{twips(value)}"' for name, value in parts.items() if value or name == "left")
    return f"<w:ind {said}/>"


def field(code: str, shown: str) -> str:
    """What Word works out itself, such as the number of a page."""
    return f'<w:fldSimple w:instr=" {code} "><w:r><w:t>{escaped(shown)}</w:t></w:r></w:fldSimple>'


def drawing(number: int, relation: str, size: tuple[float, float], words: str = "") -> str:
    """The run of a picture in the line; `words` say it to who cannot see it, a picture without them is an ornament."""
    wide, high = (max(round(length * _EMU), 1) for length in size)
    said = f' descr="{quoted(words)}"/>' if words else f">{_DECORATIVE}</wp:docPr>"
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{wide}" cy="{high}"/><wp:docPr id="{number}" name="Picture {number}"{said}'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
