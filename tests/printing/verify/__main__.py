"""`python -m tests.printing.verify [--every N] [--pictures FOLDER]`: how many texts are wrong in each font, and how.

Shapes: every point of every outline beside HarfBuzz's. Copies: what poppler (where it is installed), pdfium and pypdf
read. Pictures: dots of a page as pdfium shows it beside the outlines filled on their own, for a sample. The lot takes
about a quarter of an hour.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from cpdesk.printing.typeset.typeface import Typeface, house, lender
from tests.printing.verify.copying import READERS, wrong_copies
from tests.printing.verify.corpus import characters, texts
from tests.printing.verify.rasters import wrong_rasters
from tests.printing.verify.shapes import Wrong, wrong_shapes

_PICTURES = 160  # texts of a sample


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.printing.verify")
    parser.add_argument("--every", type=int, default=1, help="look at one of so many texts (1)")
    parser.add_argument("--pictures", type=Path, help="a folder for pictures of both sides")
    chosen = parser.parse_args()
    if chosen.pictures:
        chosen.pictures.mkdir(parents=True, exist_ok=True)
    faces = (*house(), Typeface(lender(), lender(), 1.0, bold=False))
    wrong = 0
    for name, all_texts in texts().items():
        several = all_texts[:: chosen.every]
        sample = several[:: max(1, len(several) // _PICTURES)]
        for typeface in faces:
            what = f"{name}, {typeface.name}"
            wrong += _told(f"{what}: {len(several)} texts, shapes", wrong_shapes(several, typeface))
            for reader in READERS:
                wrong += _told(f"{what}: copied by {reader}", wrong_copies(several, typeface, reader))
            pictures = wrong_rasters(sample, typeface, chosen.pictures, name.replace(" ", "-"))
            wrong += _told(f"{what}: {len(sample)} pictures", pictures)
    several = characters(chosen.every)
    for typeface in house():
        wrong += _told(f"characters, {typeface.name}: {len(several)}, shapes", wrong_shapes(several, typeface))
    for reader in READERS:
        wrong += _told(f"characters, {faces[0].name}: copied by {reader}", wrong_copies(several, faces[0], reader))
    print(f"{wrong} wrong in all")
    return 1 if wrong else 0


def _told(what: str, found: Iterable[Wrong]) -> int:
    start = time.perf_counter()
    wrong = list(found)
    print(f"{what}: {len(wrong)} wrong ({time.perf_counter() - start:.1f} s)", flush=True)
    for one in wrong[:5]:
        print("   ", ascii(one.text[:60]), one.why)
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main())
