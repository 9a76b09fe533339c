"""Papers as Word files: every `Document` with Word's own headings, tables and page numbers, to be worked on further.

The text is the PDF's, letter for letter, and so is the look; pages end where Word ends them. Charts are pictures with
their numbers said in words, heat tables are tables. Word counts pages in the digits of its own: no field of it knows
Khmer ones, and that is the one thing that reads otherwise than on our paper.

The XML is written here and not by python-docx: what Khmer needs (fonts and sizes of complex script, fonts inside the
file, rows of heads that come again, page fields) it leaves to raw XML too, it stamps the time on every file, and it
would ship lxml with every copy of the program. The tests read every file with it, as a stranger does.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable

from cpdesk import charts
from cpdesk.printing import document as model
from cpdesk.printing import drawn, heat_table, pdf
from cpdesk.printing.document import (
    Contents,
    Copies,
    Document,
    Facts,
    Heading,
    Listing,
    Part,
    Photo,
    Picture,
    Signed,
    Turn,
    Words,
)
from cpdesk.printing.typeset.output import page_count
from cpdesk.printing.typeset.pages import Paper, shortened
from cpdesk.printing.typeset.photo import PhotoBlock
from cpdesk.printing.typeset.styles import GREY, MARGIN_BOTTOM, MARGIN_RIGHT, MARGIN_TOP, styles
from cpdesk.printing.typeset.typeface import plain
from cpdesk.printing.word_parts import frame, looks, tables
from cpdesk.printing.word_parts.package import Package
from cpdesk.printing.word_parts.xml import drawing, field, hexed, indent, paragraph, run, twips
from cpdesk.printing.wording import dots, joined

_ADDRESS = re.compile("(https?://|mailto:)[^\\s\x00-\x1f]+$", re.IGNORECASE)
_STYLES = {
    "body": "Body",
    "plain": "Plain",
    "small": "Small",
    "bullet": "Bullet",
    "point": "Point",
    "indented": "Indented",
    "remark": "Remark",
    "centre": "Centre",
    "address": "Address",
    "intro": "Intro",
}
_DASH, _DASH_AT, _LABEL_AT = "–", 14.0, 18.0
_TAB = "<w:r><w:tab/></w:r>"
_FACT_SIZE = 9.5
_GAP_BESIDE = 18.0
_SURELY_LONG = 12_000  # letters that one page never holds
_FOOT_AT = 24.0  # points from the edge of the paper


def render(*documents: Document) -> bytes:
    """The papers one after another in one Word file, each with page numbers of its own."""
    package = Package()
    several = len(documents) > 1
    sections = [one for n, data in enumerate(documents) for one in _paper(package, data, n if several else None)]
    *before, (last, end) = sections
    body = [f'{content}<w:p><w:pPr><w:pStyle w:val="Gap"/>{close}</w:pPr></w:p>' for content, close in before]
    author = joined(*map(_line, documents[0].head.issuer_lines))
    styles_xml = looks.written(_sizes(documents))
    return package.finish("".join([*body, last, end]), styles_xml, _line(documents[0].name), author)


def _line(text: str) -> str:
    return plain(text).replace("\n", " ")


def _sizes(documents: Iterable[Document]) -> set[float]:
    """The sizes of type of all tables."""
    parts = (part for one in documents for part in one.parts)
    return {_FACT_SIZE, heat_table.SIZE, *(part.size for part in parts if isinstance(part, Listing))}


# --- pages ----------------------------------------------------------------------------------------------------------
def _paper(package: Package, data: Document, number: int | None) -> list[tuple[str, str]]:
    """The sections of a paper, one for each shape of its pages, and what ends each; `number` of several papers."""
    first = Paper(data.landscape, data.large)
    sections: list[tuple[Paper, list[str]]] = [(first, [_head(package, data, first)])]
    for part in data.parts:
        if isinstance(part, Turn):
            sections.append((Paper(part.landscape, part.large), []))
        else:
            sections[-1][1].append(_part(package, data, part, sections[-1][0]))
    sections = [one for one in sections if any(one[1])]
    total = field("NUMPAGES", "1")
    if number is not None:  # the pages of this paper alone: the number of the one that it ends on
        total = field(f"PAGEREF _End{number}", "1")
        mark = f'<w:bookmarkStart w:id="{number}" w:name="_End{number}"/><w:bookmarkEnd w:id="{number}"/>'
        sections[-1][1].append(paragraph("Gap", mark))
    alone = _one_page(data)
    found = []
    for n, (paper, content) in enumerate(sections):
        foot = package.footer(_foot(data, paper, total))
        found.append(("".join(content), _section(paper, foot, alone, restart=n == 0)))
    return found


def _one_page(data: Document) -> bool:
    """Whether the paper ends on its first page, which then has no foot; should it grow in Word, the others have one."""
    if any(isinstance(part, Turn) for part in data.parts) or _letters(data) > _SURELY_LONG:
        return False
    return page_count(pdf.render(data)) == 1


def _letters(data: Document) -> int:
    """About how long the paper is."""
    count = 0
    for part in data.parts:
        if isinstance(part, Words):
            count += len(model.plain(part.text))
        elif isinstance(part, Listing):
            count += sum(len(cell.text) + len(cell.note) + 1 for line in part.lines for cell in line.cells)
    return count


def _section(paper: Paper, foot: str, alone: bool, restart: bool) -> str:
    wide, high = map(twips, paper.size)
    turned = ' w:orient="landscape"' if paper.landscape else ""
    start = '<w:pgNumType w:start="1"/>' if restart else ""
    titled = "<w:titlePg/>" if alone else ""
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{foot}"/><w:pgSz w:w="{wide}" w:h="{high}"{turned}/>'
        f'<w:pgMar w:top="{twips(MARGIN_TOP)}" w:right="{twips(MARGIN_RIGHT)}" w:bottom="{twips(MARGIN_BOTTOM)}" '
        f'w:left="{twips(paper.left)}" w:header="{twips(_FOOT_AT)}" w:footer="{twips(_FOOT_AT)}" w:gutter="0"/>'
        f"{start}{titled}</w:sectPr>"
    )


def _foot(data: Document, paper: Paper, total: str) -> str:
    """What the paper is called, and which of its pages this is."""
    look = styles().small.look
    told, said = "", ""
    for literal, name, _spec, _conversion in string.Formatter().parse(data.phrases.page):
        told += literal + ("000" if name else "")
        said += run(literal) + (field("PAGE", "1") if name == "page" else total if name == "pages" else "")
    title = shortened(_line(data.name), look, paper.width - look.width(told) - 24)
    rule = f'<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="{hexed(GREY)}"/></w:pBdr>'
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{twips(paper.width)}"/></w:tabs>'
    return paragraph("Footer", run(title) + _TAB + said, rule + tabs)


def _photo(package: Package, photo: Photo, paper: Paper) -> str:
    size = PhotoBlock(photo.data, photo.words, photo.wide, photo.tallest).size(paper.width)
    return paragraph("Picture", drawing(package.number(), package.image(photo.data), size, photo.words or " "))


def _head(package: Package, data: Document, paper: Paper) -> str:
    whole = ""
    if data.official:
        whole = frame.letterhead(data.head, data.phrases, package, paper.width, beside=paper.landscape)
    if not data.title:
        return whole
    lines = "".join(paragraph("Subtitle", run(line)) for line in data.subtitles if line.strip())
    flourish = paragraph("Picture", frame.ornament(package, 0.7), "<w:keepNext/>")
    return whole + paragraph("Title", run(data.title)) + lines + flourish


# --- parts ----------------------------------------------------------------------------------------------------------
def _part(package: Package, data: Document, part: Part, paper: Paper) -> str:
    if isinstance(part, Heading):
        return paragraph(("Annex", "Heading1", "Heading2")[part.level], run(part.text))
    if isinstance(part, Words):
        return _words(package, part) if model.plain(part.text).strip() or part.lead else ""
    if isinstance(part, Facts):
        return _facts(package, part, paper)
    if isinstance(part, Listing):
        return tables.listing(part, paper.width) if part.lines else ""
    if isinstance(part, Picture):
        return _picture(package, part, paper)
    if isinstance(part, Photo):
        return _photo(package, part, paper)
    if isinstance(part, Contents):
        return "".join(paragraph("Body" if one.level == 1 else "Indented", run(one.text)) for one in data.headings)
    if isinstance(part, Signed):
        return frame.signed(part, data.head, data.phrases, paper.width)
    return frame.copies(part) if isinstance(part, Copies) else ""


def _runs(package: Package, text: model.Text) -> str:
    """Stretches with the looks that their spans ask for; a link leads where the PDF's does."""
    found = ""
    for span in model.spans(text):
        leads = bool(span.link and _ADDRESS.match(span.link))
        style = "Hyperlink" if leads else ""
        said = run(span.text, bold=True if span.bold else None, underline=span.underline, style=style)
        found += f'<w:hyperlink r:id="{package.link(span.link)}">{said}</w:hyperlink>' if leads and said else said
    return found


def _words(package: Package, words: Words) -> str:
    style = _STYLES[words.look]
    label = words.label or (_DASH if words.look == "bullet" else "")
    props = "<w:keepNext/>" if words.keep else ""
    said = (run(f"{words.lead} ", bold=True) if words.lead else "") + _runs(package, words.text)
    if label:
        left = looks.left_of(style) or _LABEL_AT * 2
        hanging = left - (_DASH_AT if words.look == "bullet" else _LABEL_AT)
        hanging = min(max(hanging, looks.look_of(style).width(_line(label)) + 4), left)
        props += indent(left, hanging)
        said = run(label) + _TAB + said
    return paragraph(style, said, props)


def _facts(package: Package, facts: Facts, paper: Paper) -> str:
    """A ruled table; or, in the head of a letter, labels in a column as wide as the widest of them."""
    if not facts.rows:
        return ""
    rows = []
    for label, text in facts.rows:
        letters = model.plain(text)
        rows.append((label, _runs(package, text) if letters.strip() else run(dots(12)), letters))
    if facts.ruled:
        widths = tables.shared((3.2, 7.8), paper.width)
        return tables.facts(rows, widths, ruled=True, style=looks.cell_style(_FACT_SIZE))
    look = looks.look_of("FactLabel")
    wide = min(max(look.width(_line(label)) for label, _text in facts.rows) + 10, paper.width * 0.4)
    return tables.facts(rows, (wide, paper.width - wide), ruled=False)


def _picture(package: Package, picture: Picture, paper: Paper) -> str:
    """Charts as pictures, beside one another in a table without lines; heat tables as tables."""
    room = paper.room * 0.9
    if len(picture.charts) == 1:
        return _chart(package, *picture.charts[0], paper.width, room, picture.tall)
    if not picture.charts:
        return ""
    count = len(picture.charts)
    wide = (paper.width - _GAP_BESIDE * (count - 1)) / count
    widths: list[float] = []
    boxes: list[tables.Box] = []
    for title, chart in picture.charts:
        if boxes:
            widths.append(_GAP_BESIDE)
            boxes.append(tables.Box(tables.GAP))
        widths.append(wide)
        boxes.append(tables.Box(_chart(package, title, chart, wide, room, picture.tall)))
    return tables.grid(widths, tables.row(boxes, widths, whole=True)) + tables.GAP


def _chart(package: Package, title: str, chart: charts.Chart, width: float, room: float, tall: float | None) -> str:
    found = paragraph("ChartTitle", run(title)) if title else ""
    if isinstance(chart, charts.Heat):
        warm = heat_table.table(chart)
        found += tables.listing(warm.listing, width, warm.fills)
        return found + (paragraph("Small", run(chart.note)) if chart.note else tables.GAP)
    words = charts.describe(chart)
    for data, wide, high in drawn.chart(chart, width, room, tall):
        said = "\n".join(part for part in (title, words) if part) or " "
        found += paragraph("Picture", drawing(package.number(), package.image(data), (wide, high), said))
    return found
