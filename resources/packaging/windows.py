"""What Windows wants of a program: an icon as .ico, and the facts that the properties of the file show.

Used by `build.spec` when it runs on Windows; the icon is drawn from the program's own SVG on any system.
"""

from __future__ import annotations

import struct
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SIZES = (16, 24, 32, 48, 64, 128, 256)
COMPANY, PRODUCT = "cpdesk", "CPC Desk — តុកុមារ"


def icon(folder: Path) -> Path:
    """`folder`/cpdesk.ico: the program's icon in every size that Windows shows, each as PNG."""
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(str(ROOT / "resources" / "cpdesk.svg"))
    folder.mkdir(parents=True, exist_ok=True)
    pictures = []
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        image.save(str(folder / "cpdesk.png"))
        pictures.append((folder / "cpdesk.png").read_bytes())
    path = folder / "cpdesk.ico"
    path.write_bytes(ico(dict(zip(SIZES, pictures, strict=True))))
    return path


def ico(pictures: dict[int, bytes]) -> bytes:
    """Square pictures (PNG) by size as one .ico: a head, a row for each, then the pictures."""
    begin = 6 + 16 * len(pictures)
    rows, body = b"", b""
    for size, picture in pictures.items():
        rows += struct.pack("<4B2H2I", size % 256, size % 256, 0, 0, 1, 32, len(picture), begin + len(body))
        body += picture
    return struct.pack("<3H", 0, 1, len(pictures)) + rows + body


def facts(folder: Path, version: str) -> Path:
    """`folder`/facts.txt: the version resource as PyInstaller reads it on Windows."""
    numbers = tuple([*map(int, version.split(".")), 0, 0, 0, 0][:4])
    texts = {
        "CompanyName": COMPANY,
        "FileDescription": PRODUCT,
        "FileVersion": version,
        "InternalName": "cpdesk",
        "LegalCopyright": "MIT; licences in the folder licences",
        "OriginalFilename": "cpdesk.exe",
        "ProductName": PRODUCT,
        "ProductVersion": version,
    }
    strings = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in texts.items())
    path = folder / "facts.txt"
    path.write_text(
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, OS=0x40004, fileType=1),\n"
        f"kids=[StringFileInfo([StringTable('040904B0', [{strings}])]),\n"
        "VarFileInfo([VarStruct('Translation', [0x0409, 1200])])])\n",
        "utf-8",
    )
    return path
