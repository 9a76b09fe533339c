"""Reads printed pages back, the way a person's viewer does."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import pypdf
import pypdfium2

DATA = Path(__file__).parents[1] / "data"


def hard_words() -> list[str]:
    """Words on which typesetting programs break."""
    lines = (DATA / "hard_words.tsv").read_text("utf-8").splitlines()
    return [line.split("\t")[1] for line in lines if line.strip()]


def by_pdfium(document: bytes) -> list[str]:
    """The text of each page as Chrome copies it."""
    pages = []
    with pypdfium2.PdfDocument(document) as pdf:
        for index in range(len(pdf)):
            page = pdf[index]
            text = page.get_textpage()
            pages.append(text.get_text_bounded().replace("\r\n", "\n"))
            text.close()
            page.close()
    return pages


def by_pypdf(document: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(document)).pages]


POPPLER = shutil.which("pdftotext")


def by_poppler(document: bytes) -> list[str]:
    """The text of each page as most viewers of Linux copy it; needs `POPPLER`."""
    assert POPPLER
    command = [POPPLER, "-enc", "UTF-8", "-eol", "unix", "-", "-"]
    done = subprocess.run(command, input=document, capture_output=True, check=True)
    return done.stdout.decode("utf-8").split("\f")[:-1]


def squeezed(text: str) -> str:
    """Without spaces and line ends, which a page sets anew."""
    return re.sub(r"\s+", "", text)


def whole(document: bytes) -> str:
    """All the text of a document, without spaces, without the feet of its pages."""
    return "".join(squeezed(page) for page in by_pdfium(document))
