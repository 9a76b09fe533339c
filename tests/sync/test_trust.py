"""Who may bring what: each rule by a package that breaks it alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

from cpdesk.store import exchange, log
from cpdesk.store.canonical import canon
from cpdesk.sync import cards, container, manifest, problems, send
from cpdesk.sync.keys import Keys
from cpdesk.sync.manifest import Header
from cpdesk.tasks import exchange as tasks
from cpdesk.tasks import records
from cpdesk.tasks.offices import identity
from tests.sync.test_damage import Liar, _sha, op, refused, signed, stream
from tests.sync.worlds import World, province_and_district

AT = "2026-01-01T00:00:00+07:00"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = province_and_district(tmp_path)
    yield made
    made.close()


def test_no_district_is_given_what_is_anothers(world: World) -> None:
    """The province hands on, in all form, what one district wrote to another that may not see it."""
    world.desk("b", "0802")
    world.enrol("p", "b")
    world.meeting("a")
    world.carry("a", "p")
    db = world["p"].db
    theirs = next(s for s in log.streams(db) if s.scope == "0801")
    tip = exchange.tip(db, theirs.sid, theirs.tip)
    assert tip
    liar = Liar(world)
    liar.keys, liar.card, _certificate = identity(world["p"])
    liar.to = identity(world["b"])[1]
    card = identity(world["a"])[1]
    header = Header(1, "08", "0802", AT)
    lines = list(exchange.lines(db, [(theirs, 0)]))
    facts = liar.manifest(
        lines, to="0802", files={container.README: _sha(send.README), container.HEADER: _sha(header.text())},
        cards=[[card.text.decode(), cards.certify(liar.keys, "08", card, AT).decode()]], tips=[tip.decode()],
    )  # fmt: skip
    inside = liar.first(facts) + b"".join(line + b"\n" for line in lines)
    assert refused(world["b"], liar.wrap(inside, header.text())) == str(problems.forged())


def test_a_second_computer_needs_the_word_of_the_office_above(world: World) -> None:
    """One that certifies itself is a stranger."""
    impostor = Liar(world, Keys.make())
    impostor.to = identity(world["a"])[1]
    header = Header(1, "0801", "0801", AT)
    plain = {container.README: _sha(send.README), container.HEADER: _sha(header.text())}
    facts = impostor.manifest([], to="0801", files=plain)
    own_word = cards.certify(impostor.keys, "08", impostor.card, AT)
    why = refused(world["a"], impostor.wrap(impostor.first(facts, certificate=own_word), header.text()))
    assert why == str(problems.stranger("0801", impostor.card.fingerprint))


def test_what_a_withdrawn_card_signs_comes_by_no_way(world: World) -> None:
    """The district still believes its commune; the province has withdrawn the commune's card."""
    world.desk("c", "080101")
    world.enrol("a", "c")
    tasks.enrol(world["p"], world.card("c"))
    world.meeting("c")
    world.carry("c", "a")
    world.carry("a", "p")
    tasks.revoke(world["p"], "080101")
    later = world.meeting("c", subject="ក្រោយពេលដក")
    world.carry("c", "a")
    assert refused(world["p"], world.package("a")) == str(problems.forged())
    assert later not in {row.id for row in records.find(world["p"], "meeting")}


def test_nobody_vouches_without_a_certificate_or_beyond_what_is_below(world: World) -> None:
    """The district vouches for a commune with somebody else's word, for another district, for its own key twice."""
    liar, made_up = Liar(world), Keys.make()
    commune, neighbour = (cards.make(made_up, office, "ក", "00000001", AT) for office in ("080101", "0802"))
    twice = cards.make(liar.keys, "080101", "ក", "00000001", AT)
    line, id_ = stream("0802", "0802")
    one = op(id_)
    signed = manifest.tip(made_up, one.stream, one.seq, one.h).text.decode()
    for card, by, lines, tips in (
        (commune, made_up, [], []),
        (twice, liar.keys, [], []),
        (neighbour, liar.keys, [line, one.line()], [signed]),
    ):
        word = cards.certify(by, "0801", card, AT).decode()
        facts = liar.manifest(lines, tips=tips, cards=[[card.text.decode(), word]])
        inside = liar.first(facts) + b"".join(text + b"\n" for text in lines)
        assert refused(world["p"], liar.wrap(inside)) == str(problems.forged())


def test_an_old_package_brings_no_withdrawn_card_back(world: World) -> None:
    world.desk("b", "0802")
    world.enrol("p", "b")
    shared = world.meeting("p")
    world.carry("p", "a")
    records.save(world["a"], "meeting", {"venue": "សាលា"}, shared)
    world.carry("a", "p")
    before = world.package("p", "b")
    tasks.revoke(world["p"], "0801")
    after = world.package("p", "b")
    for package, withdrawn in ((before, False), (after, True), (before, True)):
        assert world.merge("b", package).status != "refused"
        (row,) = exchange.cards(world["b"].db, office="0801")
        assert row.revoked is withdrawn


def test_nobody_calls_himself_another_office(world: World) -> None:
    """Outside, inside and under its signature a neighbour's code, on its own card."""
    liar, header = Liar(world), Header(1, "0802", "08", AT)
    plain = {container.README: _sha(send.README), container.HEADER: _sha(header.text())}
    facts = liar.manifest([], files=plain, **{"from": "0802"})
    assert refused(world["p"], liar.wrap(liar.first(facts), header.text())) == str(problems.damaged())


def test_nobody_empties_what_is_above_by_a_word_in_ones_own_scope(world: World) -> None:
    """The word is the district's in all form; the record that it speaks of is the province's."""
    shared = world.meeting("p", venue="សាលាខេត្ត")
    liar = Liar(world)
    names = " ".join(sorted({written.h for written in records.history(world["p"], shared)}))
    line, id_ = stream()
    word = op(id_, canon({"_redacted": names}), record=bytes.fromhex(shared))
    (merged,) = tasks.merge(world["p"], [liar.write([line, word.line()], signed(liar, word))])
    assert merged.status == "merged", merged.why
    assert records.get(world["p"], shared)["venue"] == "សាលាខេត្ត"
    bare = op(id_, b'{"venue":"x"}', seq=2, prev=word.h, record=bytes.fromhex(shared))
    last = op(id_, canon({"_redacted": bare.h.hex()}), seq=3, prev=bare.h, record=bytes.fromhex(shared))
    emptied = dataclasses.replace(bare, salt=None, sets=None)
    lines = [line, word.line(), emptied.line(), last.line()]
    (merged,) = tasks.merge(world["p"], [liar.write(lines, signed(liar, last))])
    assert merged.status == "merged", "what stands in its own scope is its own to take out"
