"""Every form as LibreOffice opens it: the text of Word files and workbooks is what the paper says, to the letter.

Half a minute in all, so it runs only where LibreOffice is there and CPDESK_LONG_TESTS is set.
"""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from cpdesk.paths import FONTS
from cpdesk.printing import excel, pdf, word
from cpdesk.printing.typeset.output import page_count
from cpdesk.printing.typeset.typeface import plain
from tests.printing.conftest import Papers
from tests.printing.office import NASTY, hostile, said
from tests.printing.reading import by_pdfium, squeezed
from tests.printing.test_word import ALL

OFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(
    not (OFFICE and os.environ.get("CPDESK_LONG_TESTS")), reason="wants LibreOffice and CPDESK_LONG_TESTS=1"
)
_TEXT = "txt:Text (encoded):UTF8"
_SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"  # as shown, every sheet
_FONT_LIST = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>
<alias binding="same"><family>Khmer OS Battambang</family><prefer><family>Battambang</family></prefer></alias>
<alias binding="same"><family>Khmer OS Muol Light</family><prefer><family>Moul</family></prefer></alias>
</fontconfig>"""


class Office:
    """LibreOffice with no fonts but ours."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._fonts = folder / "fonts.conf"
        self._fonts.write_text(_FONT_LIST.format(fonts=FONTS, cache=folder / "cache"), "utf-8")

    def convert(self, to: str, *paths: Path) -> Path:
        """The files opened and saved as something else, into a folder of its own."""
        assert OFFICE
        out = self.folder / re.sub(r"\W+", "-", to)[:20]
        words = [OFFICE, "--headless", "--norestore", f"-env:UserInstallation={(self.folder / 'profile').as_uri()}"]
        words += ["--convert-to", to, "--outdir", str(out), *map(str, paths)]
        env = {**os.environ, "FONTCONFIG_FILE": str(self._fonts)}
        subprocess.run(words, check=True, capture_output=True, timeout=300, env=env)
        return out


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    yield Office(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def files(papers: Papers, office: Office) -> Path:
    """Each form as a Word file and as a workbook, and what LibreOffice makes of them in folders beside."""
    folder = office.folder / "files"
    folder.mkdir()
    for n, name in enumerate(ALL):
        (folder / f"{n}.docx").write_bytes(word.render(*papers[name]))
        (folder / f"{n}.xlsx").write_bytes(excel.render(*papers[name]))
    office.convert("pdf", *sorted(folder.glob("*.docx"))).rename(folder / "words")
    office.convert(_TEXT, *sorted(folder.glob("*.docx"))).rename(folder / "text")
    office.convert("pdf", *sorted(folder.glob("*.xlsx"))).rename(folder / "books")
    office.convert(_SHEETS, *sorted(folder.glob("*.xlsx"))).rename(folder / "sheets")
    return folder


def text(path: Path) -> str:
    return squeezed(path.read_text("utf-8-sig"))


def sheets(folder: Path, name: str, titles: list[str]) -> str:
    """What the sheets of a workbook say, one after another."""
    found = ""
    for title in titles:
        rows = csv.reader(io.StringIO((folder / f"{name}-{title}.csv").read_text("utf-8-sig")))
        found += "".join(cell for row in rows for cell in row)
    return squeezed(found)


def titles_of(path: Path) -> list[str]:
    from openpyxl import load_workbook

    return load_workbook(path).sheetnames


@pytest.mark.parametrize("name", ALL)
def test_libreoffice_reads_the_word_file_as_it_is(papers: Papers, files: Path, name: str) -> None:
    wanted = squeezed("".join("".join(said(one, "docx")) for one in papers[name]))
    assert text(files / "text" / f"{ALL.index(name)}.txt") == wanted


@pytest.mark.parametrize("name", ALL)
def test_libreoffice_reads_the_workbook_as_it_is(papers: Papers, files: Path, name: str) -> None:
    wanted = squeezed("".join("".join(said(one, "xlsx")) for one in papers[name]))
    n = str(ALL.index(name))
    assert sheets(files / "sheets", n, titles_of(files / f"{n}.xlsx")) == wanted


@pytest.mark.parametrize("name", ALL)
def test_libreoffice_prints_them_on_about_as_many_pages(papers: Papers, files: Path, name: str) -> None:
    made, n = papers[name], ALL.index(name)
    ours = page_count(pdf.render(*made))
    assert ours <= len(by_pdfium((files / "words" / f"{n}.pdf").read_bytes())) <= ours * 1.25 + 1
    longest = max(ours * 2, ours + 3)  # rows of a sheet are never cut, and a long table begins on a page of its own
    assert max(1, ours // 2) <= len(by_pdfium((files / "books" / f"{n}.pdf").read_bytes())) <= longest


def test_whatever_is_typed_stays_text_in_libreoffice(office: Office) -> None:
    folder = office.folder / "hostile"
    folder.mkdir()
    for n, one in enumerate(NASTY):
        (folder / f"{n}.docx").write_bytes(word.render(hostile(one)))
        (folder / f"{n}.xlsx").write_bytes(excel.render(hostile(one)))
    words = office.convert(_TEXT, *sorted(folder.glob("*.docx")))
    books = office.convert(_SHEETS, *sorted(folder.glob("*.xlsx")))
    for n, one in enumerate(NASTY):
        assert text(words / f"{n}.txt") == squeezed("".join(map(plain, said(hostile(one), "docx")))), one
        titles = titles_of(folder / f"{n}.xlsx")
        assert sheets(books, str(n), titles) == squeezed("".join(map(plain, said(hostile(one), "xlsx")))), one
