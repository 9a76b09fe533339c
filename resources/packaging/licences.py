"""The folder `licences` of a bundle: the whole texts of all that is in it, and what LGPL wants a person to be told."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from resources.packaging.inside import LGPL, TEXTS, Part, normal

FOLDER = "licences"


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


def _named(texts: Sequence[Path]) -> dict[Path, str]:
    """Each under its own name; those of a deep folder keep what tells them apart."""
    found: dict[Path, str] = {}
    for text in texts:
        parts = text.parts
        inside = next((n for n, part in enumerate(parts) if part.endswith(".dist-info")), len(parts) - 2)
        name = "/".join(part for part in parts[inside + 1 :] if part.lower() != "licenses")
        found[text] = name or text.name
    return found
