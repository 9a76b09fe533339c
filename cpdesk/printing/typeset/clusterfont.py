"""A small TrueType font in which every cluster of a document is one glyph.

HarfBuzz cuts the used glyphs out of the font file; a cluster of several glyphs is then appended as a composite
glyph that places them. A page can so show a whole Khmer syllable by one code: letter spacing cannot tear it, and
one code stands for exactly the text that was typed. Table layouts are those of the OpenType specification
(glyf, loca, hmtx, maxp, head).
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Sequence

import uharfbuzz as hb

from cpdesk.printing.typeset.shaping import Cluster, Face, Glyph

_DROPPED = (
    *("GSUB", "GPOS", "GDEF", "BASE", "JSTF", "MATH", "STAT", "kern"),
    *("post", "name", "OS/2", "cmap", "meta", "DSIG", "FFTM", "gasp", "hdmx", "VDMX", "LTSH"),
)
_ARGS_ARE_XY_WORDS = 0x0003
_MORE_COMPONENTS = 0x0020
_FAR = 0x4000
_CHECKSUM_MAGIC = 0xB1B0AFBA


def build(face: Face, clusters: Sequence[Cluster]) -> tuple[bytes, list[int]]:
    """The font file for `clusters`, and the glyph number of each of them in it."""
    data, renumbered = _subset(face, sorted({0, *(g.gid for c in clusters for g in c.glyphs)}))
    font = _Tables(data)
    made: dict[tuple[tuple[Glyph, ...], int], int] = {}
    numbers = []
    for cluster in clusters:
        key = (cluster.glyphs, cluster.advance)
        if key not in made:
            placed = [Glyph(renumbered[g.gid], g.x, g.y) for g in cluster.glyphs]
            made[key] = font.add(placed, cluster.advance)
        numbers.append(made[key])
    return font.pack(), numbers


def _subset(face: Face, gids: list[int]) -> tuple[bytes, dict[int, int]]:
    """The font of just `gids`, and the new number of each old one."""
    wanted = hb.SubsetInput()
    wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update(gids)
    wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(int.from_bytes(t.encode(), "big") for t in _DROPPED)
    wanted.flags = hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NOTDEF_OUTLINE
    plan = hb.SubsetPlan(face.hb_face, wanted)
    return bytes(plan.execute().blob.data), dict(plan.old_to_new_glyph_mapping)


class _Tables:
    """The tables of a TrueType file, open for more glyphs."""

    def __init__(self, data: bytes) -> None:
        (count,) = struct.unpack_from(">H", data, 4)
        self.tables: dict[bytes, bytearray] = {}
        for i in range(count):
            tag, _checksum, start, length = struct.unpack_from(">4sIII", data, 12 + 16 * i)
            self.tables[tag] = bytearray(data[start : start + length])
        (glyphs,) = struct.unpack_from(">H", self.tables[b"maxp"], 4)
        self.glyf = self.tables[b"glyf"]
        self.loca = self._read_loca(glyphs)
        self.metrics = self._read_metrics(glyphs)
        self.most_components = 1
        self._boxes: dict[int, tuple[int, ...]] = {}  # of glyphs: left, low, right, high

    def _read_loca(self, glyphs: int) -> list[int]:
        (long_form,) = struct.unpack_from(">h", self.tables[b"head"], 50)
        if long_form:
            return list(struct.unpack_from(f">{glyphs + 1}I", self.tables[b"loca"]))
        return [2 * half for half in struct.unpack_from(f">{glyphs + 1}H", self.tables[b"loca"])]

    def _read_metrics(self, glyphs: int) -> list[tuple[int, int]]:
        (full,) = struct.unpack_from(">H", self.tables[b"hhea"], 34)
        hmtx = self.tables[b"hmtx"]
        metrics: list[tuple[int, int]] = [struct.unpack_from(">Hh", hmtx, 4 * i) for i in range(full)]
        for i in range(glyphs - full):
            (bearing,) = struct.unpack_from(">h", hmtx, 4 * full + 2 * i)
            metrics.append((metrics[full - 1][0], bearing))
        return metrics

    def add(self, placed: Sequence[Glyph], advance: int) -> int:
        """The number of a glyph that draws `placed` and moves by `advance`: an old one if it does just that.

        Glyph 0, the box for what no font has, is drawn by a glyph of another number: archives want no text in glyph 0.
        """
        alone = len(placed) == 1 and placed[0].gid and placed[0][1:] == (0, 0)
        if alone and self.metrics[placed[0].gid][0] == advance:
            return placed[0].gid
        drawn = [g for g in placed if self.loca[g.gid + 1] > self.loca[g.gid]]
        record, bearing = self._composite(drawn) if drawn else (b"", 0)
        self.most_components = max(self.most_components, len(drawn))
        self.glyf += b"\0" * (-len(self.glyf) % 4)
        self.loca[-1] = len(self.glyf)  # padding belongs to the glyph before
        self.glyf += record
        self.loca.append(len(self.glyf))
        self.metrics.append((max(advance, 0), bearing))
        return len(self.metrics) - 1

    def _composite(self, drawn: Sequence[Glyph]) -> tuple[bytes, int]:
        """The record of a composite glyph, and its left edge."""
        left = low = 2 * _FAR
        right = high = -2 * _FAR
        values: list[int] = []
        for gid, x, y in drawn:
            box = self._boxes.get(gid)
            if box is None:
                box = self._boxes[gid] = struct.unpack_from(">4h", self.glyf, self.loca[gid] + 2)
            left, low = min(left, box[0] + x), min(low, box[1] + y)
            right, high = max(right, box[2] + x), max(high, box[3] + y)
            values += (_ARGS_ARE_XY_WORDS | _MORE_COMPONENTS, gid, x, y)
        values[-4] = _ARGS_ARE_XY_WORDS
        try:
            record = struct.pack(f">5h{'HHhh' * len(drawn)}", -1, left, low, right, high, *values)
        except struct.error:  # only nonsense goes so far
            return self._composite(_near(drawn))
        return record + b"\0" * (-len(record) % 4), left

    def pack(self) -> bytes:
        """The file, with checksums."""
        tables, count = self.tables, len(self.metrics)
        maxp = tables[b"maxp"]
        struct.pack_into(">H", maxp, 4, count)
        points, contours = struct.unpack_from(">HH", maxp, 10)
        struct.pack_into(">HH", maxp, 10, max(points, 2000), max(contours, 200))
        elements, depth = struct.unpack_from(">HH", maxp, 28)
        struct.pack_into(">HH", maxp, 28, max(elements, self.most_components), max(depth, 1) + 1)
        struct.pack_into(">H", tables[b"hhea"], 34, count)
        struct.pack_into(">I", tables[b"head"], 8, 0)
        struct.pack_into(">h", tables[b"head"], 50, 1)
        tables[b"hmtx"] = bytearray(b"".join(struct.pack(">Hh", *metric) for metric in self.metrics))
        tables[b"loca"] = bytearray(struct.pack(f">{count + 1}I", *self.loca))
        return _assemble(tables)


def _near(drawn: Sequence[Glyph]) -> list[Glyph]:
    """`drawn` no further from the origin than half of what sixteen bits reach, so that their edges are within it."""
    return [Glyph(gid, min(max(x, -_FAR), _FAR), min(max(y, -_FAR), _FAR)) for gid, x, y in drawn]


def _assemble(tables: dict[bytes, bytearray]) -> bytes:
    tags = sorted(tables)
    power = len(tags).bit_length() - 1
    directory = struct.pack(">IHHHH", 0x10000, len(tags), 16 << power, power, 16 * (len(tags) - (1 << power)))
    start = 12 + 16 * len(tags)
    body = bytearray()
    head_at = 0
    for tag in tags:
        table = bytes(tables[tag])
        if tag == b"head":
            head_at = start + len(body)
        directory += struct.pack(">4sIII", tag, _checksum(table), start + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
    whole = bytearray(directory + body)
    struct.pack_into(">I", whole, head_at + 8, (_CHECKSUM_MAGIC - _checksum(bytes(whole))) & 0xFFFFFFFF)
    return bytes(whole)


def _checksum(data: bytes) -> int:
    words = array("I", data + b"\0" * (-len(data) % 4))
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & 0xFFFFFFFF
