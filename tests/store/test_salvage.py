"""A damaged desk gives what can be read, and nothing that was never written; and says what it cannot give."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from cpdesk.errors import DeskProblem
from cpdesk.store import Desk, blobs, care, find, keyring, log, redaction, salvage, survey
from cpdesk.store.keyfile import DeskKey
from cpdesk.store.pages import PAGE, Pages
from cpdesk.store.salvage import Salvaged
from cpdesk.store.survey import FORMS, Survey
from cpdesk.tasks import Cancelled, attachments, exchange, records
from cpdesk.tasks import desk as tasks
from tests import desks

NOTES = ("received", "sent", "tip", "holds")
SCAN = b"%PDF-" + bytes(range(256)) * 60


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A district with short records and one that fills several pages, a file, a deletion, and a province that has it
    all; their folder."""
    folder = tmp_path_factory.mktemp("salvage")
    kept = os.environ.get("CPDESK_HOME")
    os.environ["CPDESK_HOME"] = str(folder / "home")
    with desks.make(folder, "08") as province, desks.make(folder, "0802") as district:
        desks.befriend(province, district, folder)
        ids = [records.save(district, "meeting", {"subject": f"ប្រជុំទី {n}", "number": str(n)}).id for n in range(40)]
        records.save(district, "meeting", {"opening": "សេចក្ដីផ្ដើម " * 900}, ids[3])
        records.delete(district, ids[7])
        attachments.attach_kept(district, ids[0], attachments.keep_bytes(district, "ស្កេន.pdf", SCAN))
        exchange.export(district, folder / "up.cpsync")
        exchange.merge(province, [folder / "up.cpsync"])
        exchange.export(province, folder / "down.cpsync", "0802")
        for n in range(40):
            records.save(district, "meeting", {"venue": f"ក្រោយពេលផ្ញើ {n}"}, ids[n])
    yield folder
    os.environ.pop("CPDESK_HOME")
    if kept is not None:
        os.environ["CPDESK_HOME"] = kept


@pytest.fixture
def place(story: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same in a folder of this test's own."""
    for one in story.iterdir():
        if one.is_file():
            shutil.copy(one, tmp_path)
    shutil.copytree(story / "home", tmp_path / "home", dirs_exist_ok=True)
    monkeypatch.setenv("CPDESK_HOME", str(tmp_path / "home"))
    return tmp_path


def the_key(damaged: Path) -> DeskKey:
    key = salvage.key_for(damaged)
    assert key is not None
    return key


def ops_on(pages: Pages, number: int) -> set[int]:
    """The changes that stand on that page, in whole or in part: those which cannot be read without it."""
    whole = {row[0] for row in Survey(pages).rows("op")}
    pages_of = {row[0] for row in Survey(_Without(pages, number)).rows("op")}  # type: ignore[arg-type]
    return whole - pages_of


class _Without:
    """The pages of a file but one, as if that one were lost: for asking which rows need it."""

    def __init__(self, pages: Pages, number: int) -> None:
        self.count, self.broken, self._pages, self._number = pages.count, {number}, pages, number

    def read(self, number: int) -> bytes | None:
        return None if number == self._number else self._pages.read(number)


def leaves(desk: Path) -> dict[str, list[int]]:
    with Pages(desk, the_key(desk)) as pages:
        return {name: tree.pages for name, tree in Survey(pages).trees.items() if name in FORMS}


def damage(desk: Path, *numbers: int, how: str = "flip") -> None:
    data = bytearray(desk.read_bytes())
    for number in numbers:
        start = (number - 1) * PAGE
        if how == "zero":
            data[start : start + PAGE] = bytes(PAGE)
        else:
            data[start + 2000] ^= 4
    desk.write_bytes(data)


def log_of(desk: Desk) -> set[tuple[object, ...]]:
    return set(
        desk.db.execute("SELECT s.id, o.seq, o.h, o.who, o.kind, o.record, o.sets FROM op o JOIN stream s USING(sid)")
    )


def values(desk: Desk) -> dict[str, object]:
    rows = [*records.find(desk, "meeting"), *records.find(desk, "meeting", deleted=True)]
    return {row.id: row.values for row in rows}


def saved(place: Path, damaged: str = "0802.cpdesk") -> tuple[Desk, Salvaged]:
    path = place / damaged
    before = path.read_bytes()
    told = salvage.salvage(path, place / "new.cpdesk", the_key(path))
    assert path.read_bytes() == before, "the damaged file is only read"
    opened = tasks.open_desk(place / "new.cpdesk")
    assert care.check(opened).problems == []
    return opened, told


def test_a_whole_desk_comes_over_whole(place: Path) -> None:
    with tasks.open_desk(place / "0802.cpdesk") as old:
        was, shown = log_of(old), values(old)
    with saved(place)[0] as new:
        assert log_of(new) == was and values(new) == shown
        (one,) = attachments.of(new, next(id_ for id_ in shown if attachments.of(new, id_)))
        assert one.here and blobs.is_whole(new.db, one.record.text("sha256"))
    shutil.rmtree(place / "home" / "anchors")
    (place / "new.cpdesk").unlink()
    assert saved(place)[1].whole


@pytest.mark.parametrize("how", ["flip", "zero"])
def test_each_page_in_turn_takes_no_more_than_stood_on_it(place: Path, how: str) -> None:
    desk = place / "0802.cpdesk"
    whole, key = desk.read_bytes(), the_key(desk)
    with Pages(desk, key) as pages:
        trees = Survey(pages).trees
        ops = {tuple(row) for row in Survey(pages).rows("op")}
        theirs = sorted({number for name in FORMS for number in trees[name].pages})
        others = [number for number in range(1, pages.count + 1) if number not in theirs]
        overflow = [n for n in others if (data := pages.read(n)) and data[0] == 0 and data[4:8] != bytes(4)]
    for number in {1, *theirs, *overflow[:12], *others[::17]}:
        damage(desk, number, how=how)
        with Pages(desk, key) as pages:
            found = Survey(pages)
            now = {tuple(row) for row in found.rows("op")}
            streams = {row[0] for row in found.rows("stream")} | {row[4] for row in found.rows(survey.STREAMS)}
        desk.write_bytes(whole)
        with Pages(desk, key) as pages:
            standing = ops_on(pages, number) if number in (*trees["op"].pages, *overflow) else set()
        assert now <= ops, "nothing is made up"
        lost = {row[0] for row in ops - now}
        assert lost <= standing and len(lost) < 30, number
        assert len(streams) == len({row[1] for row in ops}), number


def test_an_inner_page_costs_nothing(place: Path) -> None:
    desk = place / "0802.cpdesk"
    with tasks.open_desk(desk) as old:
        was, shown = log_of(old), values(old)
    damage(desk, leaves(desk)["op"][0])
    with saved(place)[0] as new:
        assert log_of(new) == was and values(new) == shown


def test_what_is_lost_is_told_by_number_and_record(place: Path) -> None:
    desk = place / "0802.cpdesk"
    with tasks.open_desk(desk) as old:
        was = log_of(old)
    damage(desk, leaves(desk)["op"][2])
    opened, told = saved(place)
    with opened as new:
        lost = was - log_of(new)
        assert log_of(new) < was and told.ops == len(was) - len(lost) and told.lost == 1
        seqs = sorted(int(str(seq)) for _stream, seq, *_rest in lost)
        assert [n for gap in told.gaps for first, last in gap.ranges for n in range(first, last + 1)] == seqs
        assert {gap.office for gap in told.gaps} == {"0802"} and all(gap.mine for gap in told.gaps)
        concerned = {bytes(one[5]).hex() for one in lost}  # type: ignore[call-overload]
        assert len(told.incomplete) + told.gone == len(concerned) and set(told.incomplete) <= concerned
    assert not told.whole


def test_the_office_above_gives_back_what_it_has(place: Path) -> None:
    desk = place / "0802.cpdesk"
    with tasks.open_desk(desk) as old:
        was = log_of(old)
    damage(desk, leaves(desk)["op"][1], leaves(desk)["op"][2])
    opened, told = saved(place)
    with opened as new, tasks.open_desk(place / "08.cpdesk") as province:
        assert told.gaps and was - log_of(new)
        exchange.export(new, place / "up2.cpsync")
        (one,) = exchange.merge(province, [place / "up2.cpsync"])
        assert one.status != "refused", one.why
        exchange.export(province, place / "down2.cpsync", "0802")
        (one,) = exchange.merge(new, [place / "down2.cpsync"])
        assert one.status != "refused", one.why
        lost = was - log_of(new)
        unsent = {one for one in lost if "ក្រោយពេលផ្ញើ" in str(one[6]) or one[4] == "deed"}
        assert lost == unsent, "only what was never sent is lost"
        assert care.check(new).ok


@pytest.mark.parametrize("table", ["stream", "meta", "secret", "card", "received", "sent", "tip", "holds", "redacted"])
def test_each_table_of_one_page(place: Path, table: str) -> None:
    desk = place / "0802.cpdesk"
    with tasks.open_desk(desk) as old:
        was, shown = log_of(old), values(old)
    damage(desk, *leaves(desk)[table])
    opened, told = saved(place)
    with opened as new:
        assert was <= log_of(new) and values(new) == shown and new.office == "0802" and new.officer == "សុខ សុភា"
        assert told.guessed == (table == "meta") and told.keys_lost == (table == "secret")
        assert told.cards_lost == (table == "card") and told.notes_lost == (
            table in ("received", "sent", "tip", "holds")
        )
        assert told.gaps == [] and told.incomplete == []
        assert exchange.own_card(new).office == "0802"
        records.save(new, "meeting", {"subject": "បន្ត"})


def test_a_file_that_lost_its_beginning(place: Path) -> None:
    """Even the salt is gone, which tells whose key it is: every key that is kept here is tried."""
    desk = place / "0802.cpdesk"
    with tasks.open_desk(desk) as old:
        was = log_of(old)
    damage(desk, 1, how="zero")
    with pytest.raises(DeskProblem):
        Desk.open(desk)
    with saved(place)[0] as new:
        assert log_of(new) >= was


@pytest.mark.parametrize("share", [0.97, 0.85, 0.5, 0.05])
def test_a_file_that_was_cut_short(place: Path, share: float) -> None:
    desk = place / "0802.cpdesk"
    with tasks.open_desk(desk) as old:
        was = log_of(old)
    data, places = desk.read_bytes(), leaves(desk)["op"][1:]  # the first leads to the others
    desk.write_bytes(data[: int(len(data) * share)])
    if min(places) * PAGE > len(data) * share:
        with pytest.raises(DeskProblem) as refused:
            saved(place)
        assert refused.value.todo and not (place / "new.cpdesk").exists()
        return
    opened, told = saved(place)
    with opened as new:
        assert {one for one in log_of(new) if one[4] != "office"} <= was and told.lost > 0


def test_garbage_in_many_places(place: Path) -> None:
    desk, chance = place / "0802.cpdesk", Random(7)
    with tasks.open_desk(desk) as old:
        was = log_of(old)
    pages = desk.stat().st_size // PAGE
    damage(desk, *chance.sample(range(1, pages + 1), pages // 4))
    opened, told = saved(place)
    with opened as new:
        assert {one for one in log_of(new) if one[4] != "office"} <= was and told.lost == pages // 4


@pytest.mark.parametrize("content", [b"", b"x" * 50, bytes(40 * PAGE), Random(1).randbytes(40 * PAGE)])
def test_what_holds_nothing_is_refused(place: Path, content: bytes) -> None:
    with tasks.open_desk(place / "0802.cpdesk") as desk:
        key = desk.key
    file = place / "garbage.cpdesk"
    file.write_bytes(content)
    assert salvage.key_for(file) is None
    with pytest.raises(DeskProblem) as refused:
        salvage.salvage(file, place / "new.cpdesk", key)
    assert refused.value.todo and file.read_bytes() == content
    assert not list(place.glob("*new*")) and not list(place.glob(".*"))


def test_the_log_beside_the_file_counts(place: Path) -> None:
    """What was saved last stands there alone; and of a page of it that is torn the version before is taken."""
    with tasks.open_desk(place / "0802.cpdesk") as old:
        last = records.save(old, "meeting", {"subject": "ចុងក្រោយ"}).id
        was = log_of(old)
        for end in ("", "-wal"):
            shutil.copy(f"{old.path}{end}", f"{place / 'torn.cpdesk'}{end}")
    with saved(place, "torn.cpdesk")[0] as new:
        assert log_of(new) >= was and find.row(new.db, last) is not None
    (place / "new.cpdesk").unlink()
    wal = bytearray((place / "torn.cpdesk-wal").read_bytes())
    wal[32 + 24 + 100] ^= 1  # the first page in it
    (place / "torn.cpdesk-wal").write_bytes(wal)
    with saved(place, "torn.cpdesk")[0] as new:
        assert log_of(new) <= was
        assert len(was - log_of(new)) <= 30
    (place / "new.cpdesk").unlink()
    (place / "torn.cpdesk-wal").write_bytes(b"no log at all")
    with saved(place, "torn.cpdesk")[0] as new:
        assert log_of(new) < was and find.row(new.db, last) is None


def test_what_was_never_committed_does_not_count(place: Path) -> None:
    """A transaction larger than the cache is in the log before it is rolled back."""
    with tasks.open_desk(place / "0802.cpdesk") as old:
        records.save(old, "meeting", {"subject": "មុន"})
        log_, committed = Path(f"{old.path}-wal"), Path(f"{old.path}-wal").stat().st_size
        old.db.execute("PRAGMA cache_size = 2")
        old.db.execute("BEGIN IMMEDIATE")
        old.db.execute("UPDATE op SET who = 'អ្នកផ្សេង', sets = NULL, salt = NULL")
        assert log_.stat().st_size > committed
        old.db.execute("ROLLBACK")
        was = log_of(old)
        for end in ("", "-wal"):
            shutil.copy(f"{old.path}{end}", f"{place / 'torn.cpdesk'}{end}")
    opened, told = saved(place, "torn.cpdesk")
    with opened as new:
        assert log_of(new) == was and told.whole


def test_a_change_that_is_not_what_was_written_is_left_out(place: Path) -> None:
    """Somebody with the key wrote in the file: its pages are sealed, its changes are not."""
    desk = place / "0802.cpdesk"
    with tasks.open_desk(desk) as old:
        was = log_of(old)
        assert old.db.execute('UPDATE op SET sets = \'{"subject":"ក្លែង"}\' WHERE n = 9').rowcount == 1
        assert old.db.execute("UPDATE op SET h = randomblob(16) WHERE n = 10").rowcount == 1
    opened, told = saved(place)
    with opened as new:
        assert len(was - log_of(new)) == 2 and log_of(new) < was
    assert told.unproved == 2 and [gap.count for gap in told.gaps] == [2]


def test_an_attached_file_that_is_torn_is_told_and_asked_for_again(place: Path) -> None:
    desk = place / "0802.cpdesk"
    damage(desk, leaves(desk)["blob_piece"][-1])
    opened, told = saved(place)
    with opened as new:
        assert len(told.files_lost) == 1 and told.files == 0 and care.check(new).awaited == 1


def test_what_was_taken_out_does_not_come_back(place: Path) -> None:
    """A page from before may still hold it, and the note of what is taken out may be lost: the word itself counts."""
    with tasks.open_desk(place / "0802.cpdesk") as old:
        (row, *_rest) = records.find(old, "meeting", {"number": "5"})
        held = old.db.execute("SELECT salt, sets, n FROM op WHERE record = ?", [bytes.fromhex(row.id)]).fetchall()
        assert redaction.redact(old, row.id) > 0
        was = log_of(old)
        old.db.conn.executemany("UPDATE op SET salt = ?, sets = ? WHERE n = ?", held)
        assert "ប្រជុំទី 5" in str(log_of(old))
    damage(place / "0802.cpdesk", *leaves(place / "0802.cpdesk")["redacted"])
    with saved(place)[0] as new:
        assert log_of(new) == was and "ប្រជុំទី 5" not in str(log_of(new))


def test_stopping_leaves_nothing_and_a_taken_name_is_refused(place: Path) -> None:
    desk = place / "0802.cpdesk"

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        salvage.salvage(desk, place / "new.cpdesk", the_key(desk), stop)
    assert not list(place.glob("*new*")) and not list(place.glob(".*"))
    with pytest.raises(DeskProblem):
        salvage.salvage(desk, place / "08.cpdesk", the_key(desk))
    with tasks.open_desk(place / "08.cpdesk") as province:
        assert province.office == "08"


def test_the_new_desk_writes_in_streams_of_its_own(place: Path) -> None:
    with tasks.open_desk(place / "0802.cpdesk") as old:
        site, streams = old.site, {s.id for s in log.streams(old.db)}
    with saved(place)[0] as new:
        assert new.site != site
        records.save(new, "meeting", {"subject": "ថ្មី"})
        assert {s.id for s in log.streams(new.db) if s.mine} - streams
    assert keyring.read(keyring.beside(place / "new.cpdesk")) == keyring.read(keyring.beside(place / "0802.cpdesk"))
