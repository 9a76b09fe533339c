"""One typesetting program sets one job in a process of its own: `python paper_peers.py PROGRAM JOB.json OUT.pdf TURNS`.

A job is a list of blocks, each [what, content]: "title", "head" and "text" have a string, "table" rows of strings whose
first is the head; `fonts` is the folder of the house's fonts. All of them get the same page (A4, 25 and 20 mm at the
sides, Battambang 11 on lines of 19.5 points, even margins, tables in 8.5) and no help but what their makers say:
A job without a title has lines far apart, to be looked at.
`broken` is the text with an invisible space where a Khmer line may end, for those that know no Khmer words.

Prints {"seconds": of each turn, "busy": seconds of processors in the first, "peak": of memory in MB}. The first turn
meets everything new; reading the job and importing are not counted. This file imports nothing of cpdesk but in `ours`:
the peers live in a venv without it.
"""

from __future__ import annotations

import html
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

Blocks = Sequence[tuple[str, Any]]
Work = Callable[[], bytes]
_LEFT, _RIGHT, _TOP, _FOOT = 70.9, 56.7, 48.2, 56.7  # points
_SIZE, _LEADING, _SMALL = 11, 19.5, 8.5
_FINE = 72  # dots of Qt's in an inch: more cost it time and bring nothing
_APART = 44.0  # points from line to line where words stand alone, each to be looked at


def ours(blocks: Blocks, _broken: Blocks, _fonts: Path, leading: float) -> Work:
    from dataclasses import replace

    from cpdesk.printing import document as model
    from cpdesk.printing import pdf
    from cpdesk.printing.spoken import phrases
    from cpdesk.printing.typeset import pages
    from cpdesk.printing.typeset.paragraph import Paragraph
    from cpdesk.printing.typeset.styles import styles

    def part(what: str, content: Any) -> model.Part:
        if what == "table":
            head, *rows = content
            columns = tuple(model.ListColumn(text) for text in head)
            return model.Listing(columns, tuple(model.Line(tuple(map(model.Cell, row))) for row in rows))
        return model.Heading(content) if what == "head" else model.Words(content, "plain")

    def apart() -> bytes:
        style = replace(styles().body, first=0.0, leading=leading)
        return pages.render([Paragraph(content, style) for _what, content in blocks], "", phrases().page)

    def work() -> bytes:
        title = next((content for what, content in blocks if what == "title"), "")
        parts = tuple(part(what, content) for what, content in blocks if what != "title")
        return pdf.render(model.Document(model.Letterhead(), title, parts=parts))

    return work if leading == _LEADING else apart


def reportlab(blocks: Blocks, _broken: Blocks, fonts: Path, leading: float) -> Work:
    import io

    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    for name in ("Battambang-Regular", "Battambang-Bold"):
        pdfmetrics.registerFont(TTFont(name, str(fonts / f"{name}.ttf"), shapable=True))
    regular = {"fontName": "Battambang-Regular", "fontSize": _SIZE, "leading": leading}
    text = ParagraphStyle("text", alignment=4, shaping=1, **regular)
    head = ParagraphStyle("head", text, fontName="Battambang-Bold", alignment=0)
    cell = ParagraphStyle("cell", text, fontSize=_SMALL, leading=14, alignment=0)
    styles = {"text": text, "head": head, "title": head}
    ruled = [("GRID", (0, 0), (-1, -1), 0.4, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]

    def work() -> bytes:
        out = io.BytesIO()
        story: list[Any] = []
        for what, content in blocks:
            if what == "table":
                rows = [[Paragraph(html.escape(one), cell) for one in row] for row in content]
                story.append(Table(rows, repeatRows=1, style=ruled))
            else:
                story.append(Paragraph(html.escape(content), styles[what]))
        page = SimpleDocTemplate(
            out, pagesize=A4, leftMargin=_LEFT, rightMargin=_RIGHT, topMargin=_TOP, bottomMargin=_FOOT
        )
        page.build(story)
        return out.getvalue()

    return work


def qt(_blocks: Blocks, broken: Blocks, fonts: Path, leading: float) -> Work:
    import os

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF, Qt
    from PySide6.QtGui import (
        QFont,
        QFontDatabase,
        QGuiApplication,
        QPageLayout,
        QPageSize,
        QPdfWriter,
        QTextBlockFormat,
        QTextCharFormat,
        QTextCursor,
        QTextDocument,
        QTextTableFormat,
    )

    application = QGuiApplication([])
    for name in ("Battambang-Regular", "Battambang-Bold"):
        QFontDatabase.addApplicationFont(str(fonts / f"{name}.ttf"))

    def formats(size: float, bold: bool, leading: float, align: Qt.AlignmentFlag) -> tuple[Any, Any]:
        font = QFont("Battambang")
        font.setPointSizeF(size)
        font.setBold(bold)
        chars, block = QTextCharFormat(), QTextBlockFormat()
        chars.setFont(font)
        block.setAlignment(align)
        block.setLineHeight(leading * 96 / 72, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        return block, chars

    left = Qt.AlignmentFlag.AlignLeft
    text = formats(_SIZE, False, leading, Qt.AlignmentFlag.AlignJustify)
    head, cell = formats(_SIZE, True, leading, left), formats(_SMALL, False, 14, left)

    def work() -> bytes:
        assert application
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setResolution(_FINE)
        margins = QMarginsF(_LEFT, _TOP, _RIGHT, _FOOT)
        upright, points = QPageLayout.Orientation.Portrait, QPageLayout.Unit.Point
        writer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), upright, margins, points))
        page = QTextDocument()
        page.setDocumentMargin(0)
        cursor = QTextCursor(page)
        for what, content in broken:
            if what == "table":
                ruled = QTextTableFormat()
                ruled.setBorder(0.4 * 96 / 72)
                ruled.setBorderCollapse(True)
                ruled.setHeaderRowCount(1)
                table = cursor.insertTable(len(content), len(content[0]), ruled)
                for y, row in enumerate(content):
                    for x, one in enumerate(row):
                        at = table.cellAt(y, x).firstCursorPosition()
                        at.setBlockFormat(cell[0])
                        at.insertText(one, cell[1])
                cursor.movePosition(QTextCursor.MoveOperation.End)
            else:
                block, chars = text if what == "text" else head
                cursor.insertBlock(block, chars)
                cursor.insertText(content, chars)
        page.documentLayout().setPaintDevice(writer)  # once all is there: before, each word would be laid out anew
        page.setPageSize(QSizeF(writer.width(), writer.height()))
        page.print_(writer)
        del writer
        buffer.close()
        return bytes(data.data())

    return work


_TYPST = """
#set page(paper: "a4", margin: (left: 70.9pt, right: 56.7pt, top: 48.2pt, bottom: 56.7pt))
#set text(font: "Battambang", size: 11pt, lang: "km", top-edge: 0.8em, bottom-edge: -0.2em)
#set par(justify: true, leading: LEADING, spacing: LEADING + 3pt)
#set table(stroke: 0.4pt)
#for (what, content) in json("job.json") {
  if what == "table" {
    set par(justify: false, leading: 5.5pt)
    set text(size: 8.5pt)
    table(columns: content.at(0).len() * (1fr,), table.header(..content.at(0).map(one => [#one])),
      ..content.slice(1).flatten().map(one => [#one]))
  } else if what == "text" { par(content) } else { heading(content) }
}
"""


def typst(blocks: Blocks, _broken: Blocks, fonts: Path, leading: float) -> Work:
    import tempfile

    import typst as program

    folder = Path(tempfile.mkdtemp())
    (folder / "main.typ").write_text(_TYPST.replace("LEADING", f"{leading - _SIZE}pt"))

    def work() -> bytes:
        (folder / "job.json").write_text(json.dumps(blocks))
        made = program.compile(folder / "main.typ", root=folder, font_paths=[fonts], ignore_system_fonts=True)
        assert isinstance(made, bytes)
        return made

    return work


def weasyprint(_blocks: Blocks, broken: Blocks, fonts: Path, leading: float) -> Work:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    look = f"""
    @font-face {{ font-family: B; src: url({(fonts / "Battambang-Regular.ttf").as_uri()}) }}
    @font-face {{ font-family: B; font-weight: bold; src: url({(fonts / "Battambang-Bold.ttf").as_uri()}) }}
    @page {{ size: A4; margin: {_TOP}pt {_RIGHT}pt {_FOOT}pt {_LEFT}pt }}
    body {{ font: {_SIZE}pt/{leading}pt B; margin: 0 }}
    p {{ text-align: justify; margin: 0 0 3pt }}
    h2 {{ font-size: {_SIZE}pt; margin: 9pt 0 2pt }}
    table {{ border-collapse: collapse; width: 100%; font-size: {_SMALL}pt; line-height: 14pt }}
    td, th {{ border: 0.4pt solid black; padding: 2.5pt 4pt; vertical-align: top }}
    """

    def shown(what: str, content: Any) -> str:
        if what == "table":
            head, *rows = content
            cells = "".join(f"<th>{html.escape(one)}</th>" for one in head)
            body = "".join("<tr>" + "".join(f"<td>{html.escape(one)}</td>" for one in row) + "</tr>" for row in rows)
            return f"<table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>"
        return f"<p>{html.escape(content)}</p>" if what == "text" else f"<h2>{html.escape(content)}</h2>"

    def work() -> bytes:
        body = "".join(shown(what, content) for what, content in broken)
        known = FontConfiguration()
        page = HTML(string=f'<html lang="km"><body>{body}</body></html>')
        made = page.write_pdf(stylesheets=[CSS(string=look, font_config=known)], font_config=known)
        assert isinstance(made, bytes)
        return made

    return work


PROGRAMS: dict[str, Callable[[Blocks, Blocks, Path, float], Work]] = {
    "cpdesk": ours,
    "ReportLab": reportlab,
    "Qt": qt,
    "Typst": typst,
    "WeasyPrint": weasyprint,
}


def main() -> None:
    name, job, out, turns = sys.argv[1:]
    read = json.loads(Path(job).read_text())
    leading = _LEADING if any(what == "title" for what, _content in read["blocks"]) else _APART
    work = PROGRAMS[name](read["blocks"], read["broken"], Path(read["fonts"]), leading)
    seconds, busy_for = [], 0.0
    for turn in range(int(turns)):
        for block in (*read["blocks"], *read["broken"]) if turn else ():
            if block[0] != "table":
                block[1] += f" {turn}"  # other words each time: some programs keep what they have set
        start, busy = time.perf_counter(), time.process_time()
        made = work()
        seconds.append(time.perf_counter() - start)
        busy_for = busy_for or time.process_time() - busy
    # Not what getrusage says: that counts the process that started this one.
    peak = int(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]) / 1024
    Path(out).write_bytes(made)
    print(json.dumps({"seconds": seconds, "busy": busy_for, "peak": peak}))


if __name__ == "__main__":
    main()
