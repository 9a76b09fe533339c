"""The folder `licences` of a bundle: the whole texts of all that is in it, and what LGPL wants a person to be told."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from resources.packaging.inside import LGPL, TEXTS, Part, normal

FOLDER = "licences"
COMMON = Path("/usr/share/common-licenses")
_REFERRED = re.compile(r"/usr/share/common-licenses/([A-Za-z]+(?:-[0-9]+(?:\.[0-9]+)?)?)")


def gather(folder: Path, parts: Sequence[Part]) -> None:
    """Fill `folder`/licences. ValueError names the parts that came without a text."""
    target = folder / FOLDER
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    shutil.copyfile(TEXTS / "READ-ME.txt", target / "READ-ME.txt")
    lacking = sorted(part.name for part in parts if not part.texts)
    if lacking:
        raise ValueError(f"no text of the licence of {', '.join(lacking)}")
    for part in parts:
        place = target / ("qt-lgpl" if normal(part.name) in LGPL else part.folder)
        for text, name in _named(part.texts).items():
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(text, place / name)
            if text.name == "copyright":
                _add_common(text, target / COMMON.name)


def _add_common(text: Path, place: Path) -> None:
    """The whole licences that a package of Debian only refers to, since Debian keeps each of them once."""
    for name in sorted(set(_REFERRED.findall(text.read_text("utf-8", "replace")))):
        if (COMMON / name).is_file():
            place.mkdir(exist_ok=True)
            shutil.copyfile(COMMON / name, place / name)


def _named(texts: Sequence[Path]) -> dict[Path, str]:
    """Each under its own name; those of a deep folder keep what tells them apart."""
    found: dict[Path, str] = {}
    for text in texts:
        parts = text.parts
        inside = next((n for n, part in enumerate(parts) if part.endswith(".dist-info")), len(parts) - 2)
        name = "/".join(part for part in parts[inside + 1 :] if part.lower() != "licenses")
        found[text] = name or text.name
    return found
