"""What is drawn is what HarfBuzz says, cluster by cluster, and the embedded font draws just that."""

from __future__ import annotations

import struct

import pytest
import uharfbuzz as hb
from hypothesis import given, settings
from hypothesis import strategies as st

from cpdesk.khmer import breaks
from cpdesk.printing.typeset import clusterfont
from cpdesk.printing.typeset.shaping import MAX_UNIT, Cluster, Face, units
from cpdesk.printing.typeset.typeface import house, lender, plain
from tests.printing.reading import hard_words

PURE = [word for word in hard_words() if not any(char.isascii() for char in word)]
khmer_text = st.text(st.characters(min_codepoint=0x1780, max_codepoint=0x17F9), max_size=30)


def reference(face: Face, text: str) -> list[tuple[int, int, int]]:
    """Glyphs and their places on the line by HarfBuzz alone, the whole word at once."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(hb.Font(face.hb_face), buffer)
    x, placed = 0, []
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        placed.append((info.codepoint, x + position.x_offset, position.y_offset))
        x += position.x_advance
    return placed


def drawn(clusters: tuple[Cluster, ...]) -> list[tuple[int, int, int]]:
    x, placed = 0, []
    for cluster in clusters:
        placed += [(glyph.gid, x + glyph.x, glyph.y) for glyph in cluster.glyphs]
        x += cluster.advance
    return placed


@pytest.mark.parametrize("word", PURE)
def test_hard_words_are_shaped_as_harfbuzz_does(word: str) -> None:
    for face in house().faces()[:3]:
        assert drawn(face.shape(word)) == reference(face, word)


@pytest.mark.parametrize("word", hard_words())
def test_cutting_at_line_breaks_leaves_the_shapes(word: str) -> None:
    face = house().body.face
    whole = drawn(face.shape(word))
    pieces = tuple(cluster for piece in breaks.pieces(word) for cluster in face.shape(piece))
    assert drawn(pieces) == whole


@given(st.text(max_size=60))
@settings(deadline=None, max_examples=200)
def test_no_letter_is_lost(text: str) -> None:
    shown = plain(text).replace("\n", " ")
    for typeface in house():
        parts = typeface.parts(shown)
        assert "".join(part.text for part in parts) == shown
        for part in parts:
            copied = "".join(cluster.text for cluster in part.clusters)
            assert copied == part.text or not part.clusters


@given(st.text(max_size=60))
@settings(deadline=None)
def test_units_join_to_the_text(text: str) -> None:
    cut = units(text)
    assert "".join(cut) == text
    assert all(1 <= len(unit) <= MAX_UNIT for unit in cut)


def test_an_unknown_letter_is_a_box_that_is_copied_as_itself() -> None:
    (part,) = house().body.parts("漢")
    (cluster,) = part.clusters
    assert part.face is lender()
    assert cluster.text == "漢"
    assert [glyph.gid for glyph in cluster.glyphs] == [0]


def test_a_latin_word_with_an_accent_is_one_font() -> None:
    parts = house().body.parts("ខេត្ត café ok")
    assert [(part.text, part.face is lender()) for part in parts] == [
        ("ខេត្ត ", False),
        ("café", True),
        (" ok", False),
    ]


class Parsed:
    """The tables of a cluster font that a viewer reads."""

    def __init__(self, data: bytes) -> None:
        count = struct.unpack_from(">H", data, 4)[0]
        entries = [struct.unpack_from(">4sIII", data, 12 + 16 * i) for i in range(count)]
        self.tables = {tag: data[start : start + length] for tag, _, start, length in entries}
        self.glyphs = struct.unpack_from(">H", self.tables[b"maxp"], 4)[0]
        self.loca = struct.unpack(f">{self.glyphs + 1}I", self.tables[b"loca"])

    def advance(self, gid: int) -> int:
        return int(struct.unpack_from(">H", self.tables[b"hmtx"], 4 * gid)[0])

    def components(self, gid: int) -> list[tuple[int, int, int]]:
        record = self.tables[b"glyf"][self.loca[gid] : self.loca[gid + 1]]
        if not record or struct.unpack_from(">h", record)[0] >= 0:
            return [(gid, 0, 0)] if record else []
        found, at, more = [], 10, True
        while more:
            flags, part, x, y = struct.unpack_from(">HHhh", record, at)
            found.append((part, x, y))
            at, more = at + 8, bool(flags & 0x20)
        return found


def test_the_embedded_font_draws_each_cluster_as_shaped() -> None:
    face = house().body.face
    clusters = list(dict.fromkeys(cluster for word in hard_words() for cluster in face.shape(word)))
    data, numbers = clusterfont.build(face, clusters)
    font = Parsed(data)
    renumbered: dict[int, int] = {}
    for cluster, number in zip(clusters, numbers, strict=True):
        assert font.advance(number) == cluster.advance
        inked = [glyph for glyph in cluster.glyphs if has_outline(face, glyph.gid)]
        parts = font.components(number)
        assert [(x, y) for _, x, y in parts] == [(glyph.x, glyph.y) for glyph in inked]
        for (part, _, _), glyph in zip(parts, inked, strict=True):
            assert renumbered.setdefault(glyph.gid, part) == part
    assert len(set(renumbered.values())) == len(renumbered)


def has_outline(face: Face, gid: int) -> bool:
    extents = hb.Font(face.hb_face).get_glyph_extents(gid)
    return bool(extents and extents.width)


@given(st.lists(khmer_text, max_size=8))
@settings(deadline=None, max_examples=40)
def test_any_clusters_make_a_sound_font(texts: list[str]) -> None:
    face = house().title.face
    clusters = list(dict.fromkeys(cluster for text in texts for cluster in face.shape(text)))
    data, numbers = clusterfont.build(face, clusters)
    font = Parsed(data)
    assert font.loca[-1] <= len(font.tables[b"glyf"])
    assert all(number < font.glyphs for number in numbers)
    loaded = hb.Face(data)
    assert loaded.glyph_count == font.glyphs
