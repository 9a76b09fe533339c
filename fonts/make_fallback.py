"""Cut `DejaVuSans-Fallback.ttf` out of DejaVu Sans: `python fonts/make_fallback.py DejaVuSans.ttf`.

The Khmer fonts have no curly quotes, dashes, accents, arrows, ticks or boxes; this one lends them. Kept as
a script so that a newer DejaVu can take its place.
"""

import sys
from pathlib import Path

import uharfbuzz as hb

RANGES = (
    (0x20, 0x7E),  # ASCII: for words that mix plain and accented letters
    (0xA0, 0x24F),  # Latin-1 and extended A, B: partners' names
    (0x2B0, 0x36F),  # modifiers and combining accents
    (0x370, 0x3FF),  # Greek: statistics
    (0x1E00, 0x1EFF),  # Vietnamese
    (0x2000, 0x206F),  # dashes, quotes, ellipsis, bullets
    (0x2070, 0x209F),  # raised and lowered digits
    (0x20A0, 0x20BF),  # currencies
    (0x2100, 0x218F),  # №, ℃, fractions
    (0x2190, 0x22FF),  # arrows, mathematics
    (0x25A0, 0x26FF),  # boxes, circles, symbols
    (0x2700, 0x27BF),  # ticks, crosses
    (0xFFFD, 0xFFFD),
)


def subset(source: Path) -> bytes:
    """The part of the font file `source` that covers RANGES, without hints."""
    face = hb.Face(hb.Blob.from_file_path(str(source)))
    wanted = hb.SubsetInput()
    characters = wanted.sets(hb.SubsetInputSets.UNICODE)
    for first, last in RANGES:
        characters.update(range(first, last + 1))
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    return bytes(hb.subset(face, wanted).blob.data)


if __name__ == "__main__":
    Path(__file__).with_name("DejaVuSans-Fallback.ttf").write_bytes(subset(Path(sys.argv[1])))
