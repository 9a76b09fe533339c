"""The styles of a Word file: those of the PDF under names that Word's own tools know (headings, title)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from cpdesk.printing.typeset.canvas import BLACK, Look
from cpdesk.printing.typeset.paragraph import Style
from cpdesk.printing.typeset.styles import GREY, styles
from cpdesk.printing.word_parts.package import BODY, NAMESPACES, TITLE
from cpdesk.printing.word_parts.xml import hexed, indent, jc, twips

CELL_LEADING, NOTE_LEADING = 1.65, 1.6
_LINK = "0B5394"


@dataclass(frozen=True)
class _Named:
    """A style by its id. `name` is what Word calls it, `level` its place in the outline."""

    style: Style
    name: str
    level: int | None = None
    keep_lines: bool = False


@lru_cache(maxsize=1)
def _all() -> dict[str, _Named]:
    st = styles()
    body = replace(st.body, first=0)
    copies = replace(st.small, look=Look(st.label.look.typeface, st.small.look.size), before=10, with_next=True)
    return {
        "Body": _Named(st.body, "Paper Body"),
        "Plain": _Named(body, "Paper Plain"),
        "Intro": _Named(st.intro, "Paper Intro"),
        "Indented": _Named(st.indented, "Paper Indented"),
        "Bullet": _Named(st.bullet, "Paper Bullet"),
        "Point": _Named(st.point, "Paper Point"),
        "Remark": _Named(st.remark, "Paper Remark"),
        "Small": _Named(st.small, "Paper Small"),
        "Centre": _Named(replace(st.subtitle, look=st.body.look, with_next=False), "Paper Centre"),
        "Address": _Named(replace(st.subtitle, before=8, after=4), "Paper Address"),
        "Title": _Named(replace(st.title, before=2), "Title", 0),
        "Subtitle": _Named(st.subtitle, "Subtitle"),
        "Annex": _Named(replace(st.title, look=st.motto.look, leading=26), "Paper Annex", 0),
        "Heading1": _Named(st.section, "heading 1", 0, keep_lines=True),
        "Heading2": _Named(replace(st.subsection, left=0), "heading 2", 1, keep_lines=True),
        "ChartTitle": _Named(replace(st.subsection, left=0, before=0, after=2), "Paper Chart Title"),
        "Motto": _Named(st.motto, "Paper Motto"),
        "Issuer": _Named(st.issuer, "Paper Issuer"),
        "Number": _Named(replace(st.cell_centre, look=Look(st.body.look.typeface, 10.5), leading=19), "Paper Number"),
        "DateLine": _Named(replace(st.date, with_next=True), "Paper Date"),
        "Signer": _Named(st.signer, "Paper Signer"),
        "SignerName": _Named(st.signer_name, "Paper Signer Name"),
        "SignerDots": _Named(replace(st.signer_name, look=st.body.look), "Paper Signer Dots"),
        "CopiesHead": _Named(copies, "Paper Copies Head"),
        "CopiesLine": _Named(replace(st.small, before=0, left=12), "Paper Copies"),
        "Footer": _Named(replace(st.small, before=0), "footer"),
        "FactLabel": _Named(replace(body, look=st.bold_body, align="left", after=0), "Paper Fact Label"),
        "FactText": _Named(replace(body, after=0), "Paper Fact"),
    }


def look_of(style: str) -> Look:
    """The type that a style is set in."""
    return _all()[style].style.look


def left_of(style: str) -> float:
    """How far from the margin its text stands, in points."""
    return _all()[style].style.left


def written(sizes: Iterable[float]) -> str:
    """styles.xml, with a style for cells and one for their notes of each size."""
    found = [_defaults()]
    found += [_style(name, one) for name, one in _all().items()]
    st = styles()
    for size in sorted(set(sizes)):
        face = st.cell.look.typeface
        cell = replace(st.cell, look=Look(face, size), leading=size * CELL_LEADING)
        note = replace(st.cell, look=Look(face, size - 1, GREY), leading=(size - 1) * NOTE_LEADING)
        found.append(_style(cell_style(size), _Named(cell, f"Paper Cell {size:g}")))
        found.append(_style(note_style(size), _Named(note, f"Paper Cell Note {size:g}")))
    return f"<w:styles {NAMESPACES}>{''.join(found)}</w:styles>"


def cell_style(size: float) -> str:
    return f"Cell{round(size * 10)}"


def note_style(size: float) -> str:
    return f"Note{round(size * 10)}"


def _defaults() -> str:
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{BODY}" w:eastAsia="{BODY}" w:hAnsi="{BODY}" '
        f'w:cs="{BODY}"/><w:sz w:val="22"/><w:szCs w:val="22"/>'
        '<w:lang w:val="en-US" w:eastAsia="en-US" w:bidi="km-KH"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
        f'<w:rPr><w:color w:val="{_LINK}"/><w:u w:val="single"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Gap"><w:name w:val="Paper Gap"/><w:basedOn w:val="Normal"/><w:pPr>'
        '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/></w:pPr>'
        '<w:rPr><w:sz w:val="4"/><w:szCs w:val="4"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Picture"><w:name w:val="Paper Picture"/><w:basedOn w:val="Normal"/>'
        '<w:pPr><w:spacing w:before="0" w:after="0"/><w:jc w:val="center"/></w:pPr></w:style>'
    )


def _style(name: str, one: _Named) -> str:
    st = one.style
    props = "<w:keepNext/>" if st.with_next else ""
    props += "<w:keepLines/>" if one.keep_lines else ""
    props += (
        f'<w:widowControl/><w:spacing w:before="{twips(st.before)}" w:after="{twips(st.after)}" '
        f'w:line="{twips(st.leading)}" w:lineRule="atLeast"/>'
    )
    props += indent(st.left, right=st.right, first=st.first) + jc(st.align)
    if one.level is not None:
        props += f'<w:outlineLvl w:val="{one.level}"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{one.name}"/><w:basedOn w:val="Normal"/>'
        f"<w:qFormat/><w:pPr>{props}</w:pPr><w:rPr>{_type(st.look)}</w:rPr></w:style>"
    )


def _type(look: Look) -> str:
    """The font by the name of its family, its bold said apart, as Word has it."""
    family = TITLE if look.typeface.name.startswith(TITLE) else BODY
    bold = "<w:b/><w:bCs/>" if look.typeface.name.endswith("Bold") else ""
    colour = f'<w:color w:val="{hexed(look.colour)}"/>' if look.colour != BLACK else ""
    half = round(look.size * 2)
    return (
        f'<w:rFonts w:ascii="{family}" w:eastAsia="{family}" w:hAnsi="{family}" w:cs="{family}"/>'
        f'{bold}{colour}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    )
