"""What a bundle gets once its files lie there: the licences, and the list of its parts, inside and beside it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from cpdesk.files import sha256_of
from resources.packaging import inside, licences, sbom

MOST_MB = 150


def _write_sums(folder: Path) -> None:
    """As `sha256sum -c` reads it: the installer looks whether every file came over whole."""
    names = [name for name in inside.inside_of(folder) if name != sbom.SUMS]
    lines = [f"{sha256_of(folder / name).hex()}  {name}\n" for name in names]
    (folder / sbom.SUMS).write_text("".join(lines), "utf-8")


def finish(folder: Path, files: Mapping[str, Path], modules: Mapping[str, Path], version: str) -> None:
    """`files`: every name in the bundle and where it came from; `modules`: those in its archive.

    ValueError where a part came without a licence, the list is not what CycloneDX wants, or the whole is too large.
    """
    parts = inside.parts(files, modules, "cpdesk", version)
    licences.gather(folder, parts)
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    at = datetime.fromtimestamp(int(seconds), UTC).isoformat() if seconds else ""
    path = sbom.write(folder, sbom.make(folder, parts, at))
    sbom.check(path)
    shutil.copyfile(path, folder.parent / path.name)
    (folder / sbom.VERSION).write_text(f"{version}\n", "ascii")
    _write_sums(folder)
    size = sum((folder / name).stat().st_size for name in inside.inside_of(folder))
    print(f"{folder}: {size / 1e6:.1f} MB in {len(inside.inside_of(folder))} files, {len(parts)} parts")
    if size > MOST_MB * 1e6:
        raise ValueError(f"{size / 1e6:.0f} MB is more than {MOST_MB}")
