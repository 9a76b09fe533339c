"""What is looked at before a strange workbook is unpacked: a few kilobytes may claim to be gigabytes.

Sizes are those that the archive states; Python's zip reader never unpacks more than stated, so the sum holds.
"""

from __future__ import annotations

import lzma
import re
import zipfile
import zlib
from pathlib import Path

from cpdesk.errors import BadInput
from cpdesk.files import disk_troubles
from cpdesk.i18n import _
from cpdesk.khmer import digits

MAX_FILE = 30_000_000  # bytes
MAX_UNPACKED = 150_000_000
MAX_STRINGS = 80_000_000  # unpacked bytes of the table of texts, which is held in memory whole
MAX_MEMBERS = 2_000
MAX_RATIO = 400  # a sheet of one repeated number packs about 1 : 100
MAX_ROWS = 60_000
MAX_COLUMNS = 400
MAX_CELLS = 2_000_000
_HEAD = 8
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_CHUNK = 1 << 20
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


def refused(what: str, todo: str = "") -> BadInput:
    return BadInput(what, _("Nothing was changed."), todo)


def damaged(path: Path) -> BadInput:
    return refused(
        _("“{file}” is damaged or no Excel workbook.").format(file=path.name),
        _("Open it in Excel or LibreOffice, save it as .xlsx and try again."),
    )


def too_large(path: Path) -> BadInput:
    return refused(
        _("“{file}” is too large for a table.").format(file=path.name),
        _("Keep only the sheet that is needed, save it under another name and try again."),
    )


def check_size(path: Path) -> None:
    with disk_troubles(path):
        if path.stat().st_size > MAX_FILE:
            raise too_large(path)


def sort_of(path: Path) -> str:
    """ "xlsx" or "csv", by content; `BadInput` for old, encrypted and foreign formats."""
    check_size(path)
    with disk_troubles(path), path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(_OLE):
        raise refused(
            _("“{file}” is an old .xls workbook, or locked with a password.").format(file=path.name),
            _("Open it in Excel or LibreOffice, save it as .xlsx without a password and try again."),
        )
    if head.startswith(_ZIP):
        return "xlsx"
    if path.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".ods"):
        raise damaged(path)
    return "csv"


def check_archive(path: Path) -> None:
    """Refuse archives that claim too much, hide twice the same name, or bring their own XML entities."""
    try:
        with disk_troubles(path), zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            if "xl/workbook.xml" not in names and not any(n.endswith("/workbook.xml") for n in names):
                raise damaged(path)
            if len(names) != len(members) or any(member.flag_bits & 1 for member in members):
                raise damaged(path)
            _check_sizes(path, members)
            for member in members:
                if member.filename.endswith((".xml", ".rels")):
                    _check_xml(path, archive, member)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, NotImplementedError, EOFError,
            RuntimeError, ValueError, OverflowError) as why:  # fmt: skip
        raise damaged(path) from why


def _check_sizes(path: Path, members: list[zipfile.ZipInfo]) -> None:
    total = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    strings = max((m.file_size for m in members if m.filename.lower().endswith("sharedstrings.xml")), default=0)
    bomb = total > 20_000_000 and total > MAX_RATIO * max(packed, 1)
    if len(members) > MAX_MEMBERS or total > MAX_UNPACKED or strings > MAX_STRINGS or bomb:
        raise too_large(path)


def _check_xml(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """A document type stands before the first element: no program writes one into a workbook."""
    with archive.open(member) as file:
        head = file.read(4096)
        while head and b"<" in head and not re.search(rb"<[A-Za-z]", head) and len(head) < _CHUNK:
            more = file.read(4096)
            if not more:
                break
            head += more
    if _DOCTYPE.search(head[: _first_element(head)]):
        raise damaged(path)


def _first_element(head: bytes) -> int:
    found = re.search(rb"<[A-Za-z]", head)
    return found.start() if found else len(head)


def check_shape(path: Path, rows: int, columns: int) -> None:
    """`BadInput` for a sheet beyond what anybody could look through."""
    if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise refused(
            _("A sheet of “{file}” has more than {rows} rows or {columns} columns.").format(
                file=path.name, rows=digits.number(MAX_ROWS), columns=digits.number(MAX_COLUMNS)
            ),
            _("Split it into several files."),
        )
