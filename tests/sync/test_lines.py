"""The one written form of a change: what was written reads back to the byte, and nothing else reads at all."""

from __future__ import annotations

import contextlib

import orjson
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.kinds import MAX_INT
from cpdesk.store.canonical import HASH, Malformed, Op, canon, digest_of, parse_line, parse_row

text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
values = st.none() | st.booleans() | st.integers(-MAX_INT, MAX_INT) | text
hashes = st.binary(min_size=HASH, max_size=HASH)
STREAM = bytes(range(16))


@st.composite
def ops(draw: st.DrawFn) -> Op:
    sets = canon(draw(st.dictionaries(text.filter(bool), values, min_size=1, max_size=6)))
    salt = draw(hashes)
    return Op(
        STREAM, draw(st.integers(1, MAX_INT)), draw(hashes), draw(st.integers(0, (1 << 63) - 1)), draw(text),
        draw(text.filter(bool)), draw(hashes), b"".join(sorted(draw(st.sets(hashes, max_size=4)))),
        digest_of(salt, sets), salt, sets,
    )  # fmt: skip


@given(ops())
def test_what_was_written_reads_back(op: Op) -> None:
    assert parse_line(STREAM, op.line()) == op
    assert parse_row(STREAM, op.line())[:2] == (op.seq, op.h)


@given(ops())
def test_taken_out_content_leaves_the_name(op: Op) -> None:
    bare = Op(*(getattr(op, name) for name in Op.__dataclass_fields__ if name not in ("salt", "sets")), None, None)
    assert parse_line(STREAM, bare.line()) == bare
    assert bare.h == op.h


@given(ops(), st.data())
def test_a_changed_line_is_refused_or_names_another_op(op: Op, data: st.DataObject) -> None:
    line = bytearray(op.line())
    at = data.draw(st.integers(0, len(line) - 1))
    line[at] = data.draw(st.integers(0, 255).filter(lambda b: b != line[at]))
    with contextlib.suppress(Malformed):
        read = parse_line(STREAM, bytes(line))
        assert read.line() == bytes(line)
        assert read.h != op.h


@given(ops())
def test_spaces_and_other_orders_are_refused(op: Op) -> None:
    line = op.line()
    head, salt, sets = orjson.loads(line)
    loose = orjson.dumps([head, salt, sets], option=orjson.OPT_INDENT_2)
    backwards = orjson.dumps([head, salt, dict(reversed(sets.items()))])
    for other in (loose, line + b"\n", line + b" ", backwards):
        if other != line:
            with contextlib.suppress(Malformed):
                raise AssertionError(parse_row(STREAM, other))


@given(st.binary(max_size=200))
def test_noise_is_malformed(noise: bytes) -> None:
    with contextlib.suppress(Malformed):
        raise AssertionError(parse_row(STREAM, noise))
