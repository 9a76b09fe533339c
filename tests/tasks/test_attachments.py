"""Attaching files, and giving them out again."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.errors import BadInput, DeskProblem, DiskProblem, NotFound
from cpdesk.i18n import using
from cpdesk.store import Desk, blobs, care
from cpdesk.store.connection import immediate
from cpdesk.tasks import attachments, media, records
from cpdesk.tasks.undo import Undo
from tests import desks

PDF = b"%PDF-1.7 one page"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desks.make(tmp_path) as made:
        yield made


@pytest.fixture
def meeting(desk: Desk) -> str:
    return records.save(desk, "meeting", {"subject": "ក", "date": "2022-06-23"}).id


def file(folder: Path, name: str = "បញ្ជី.pdf", data: bytes = PDF) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def count(desk: Desk) -> int:
    return len(blobs.every(desk.db))


def test_a_file_is_kept_with_its_record(desk: Desk, meeting: str, tmp_path: Path) -> None:
    record = attachments.attach(desk, meeting, file(tmp_path))
    assert (record["file_name"], record["media_type"], record["bytes"]) == ("បញ្ជី.pdf", "application/pdf", len(PDF))
    (found,) = attachments.of(desk, meeting)
    assert (found.id, found.here, found.name, found.size) == (record.id, True, "បញ្ជី.pdf", len(PDF))
    copy = attachments.save_copy(desk, record.id, tmp_path / "copy.pdf")
    assert copy.read_bytes() == PDF
    assert (care.check(desk).files, care.check(desk).awaited, care.check(desk).problems) == (1, 0, [])


def test_twice_the_same_is_once(desk: Desk, meeting: str, tmp_path: Path) -> None:
    one = attachments.attach(desk, meeting, file(tmp_path))
    assert attachments.attach(desk, meeting, file(tmp_path, "again.pdf")).id == one.id
    assert attachments.attach(desk, meeting, file(tmp_path, "other.txt", b"x")).id != one.id
    assert [a.name for a in attachments.of(desk, meeting)] == ["បញ្ជី.pdf", "other.txt"] and count(desk) == 2


def test_one_step_back_and_again(desk: Desk, meeting: str, tmp_path: Path) -> None:
    undo = Undo(desk)
    attachments.attach(undo, meeting, file(tmp_path))
    with undo.together("two"):
        for n in range(2):
            attachments.attach_kept(undo, meeting, attachments.keep_bytes(desk, f"{n}.txt", b"%d" % n))
    assert undo.undo() == "two" and len(attachments.of(desk, meeting)) == 1
    assert undo.undo() and attachments.of(desk, meeting) == []
    undo.redo()
    undo.redo()
    assert [a.here for a in attachments.of(desk, meeting)] == [True] * 3


def test_what_is_refused_leaves_nothing(desk: Desk, meeting: str, tmp_path: Path) -> None:
    large = tmp_path / "large.bin"
    with large.open("wb") as out:
        out.truncate(attachments.MOST + 1)
    for lang in ("km", "en"):
        with using(lang):
            for path, error in (
                (large, BadInput), (file(tmp_path, "empty.txt", b""), BadInput), (tmp_path, BadInput),
                (tmp_path / "none.pdf", DiskProblem),
            ):  # fmt: skip
                with pytest.raises(error) as why:
                    attachments.attach(desk, meeting, path)
                assert str(why.value)
    with pytest.raises(NotFound):
        attachments.attach(desk, "0" * 32, file(tmp_path))
    assert count(desk) == 0 and attachments.of(desk, meeting) == []


def test_what_has_not_come_yet_is_said(desk: Desk, meeting: str, tmp_path: Path) -> None:
    values = {"of": meeting, "order": 1, "file_name": "x.pdf", "sha256": "0" * 64, "bytes": 5}
    waiting = records.save(desk, "attachment", values).id
    assert [a.here for a in attachments.of(desk, meeting)] == [False] and attachments.awaited(desk) == 1
    for ask in (attachments.copy_to_open, lambda d, i: attachments.save_copy(d, i, tmp_path / "x")):
        with pytest.raises(BadInput, match=r"x\.pdf"):
            ask(desk, waiting)
    assert not (tmp_path / "x").exists() and care.check(desk).ok and care.check(desk).awaited == 1
    with pytest.raises(BadInput):
        attachments.get(desk, meeting)


def test_damage_is_told_and_no_torn_copy_comes_out(desk: Desk, meeting: str, tmp_path: Path) -> None:
    record = attachments.attach(desk, meeting, file(tmp_path, data=PDF * 100_000))
    for meddling in (
        "UPDATE blob_piece SET data = zeroblob(length(data)) WHERE piece = 1",
        "DELETE FROM blob_piece WHERE piece = 1",
    ):
        desk.db.execute(meddling)
        assert not care.check(desk).ok
        with pytest.raises(DeskProblem):
            attachments.save_copy(desk, record.id, tmp_path / "out.pdf")
        assert not (tmp_path / "out.pdf").exists() and not list(tmp_path.glob(".*"))
    assert attachments.tidy(desk).damaged == 1 and care.check(desk).ok
    assert [a.here for a in attachments.of(desk, meeting)] == [False]
    attachments.attach(desk, records.save(desk, "meeting", {"subject": "ខ"}).id, file(tmp_path, data=PDF * 100_000))
    assert [a.here for a in attachments.of(desk, meeting)] == [True], "whoever has it still brings it back"


def test_tidying_keeps_what_any_change_names(desk: Desk, meeting: str, tmp_path: Path) -> None:
    deleted = attachments.attach(desk, meeting, file(tmp_path))
    records.delete(desk, deleted.id)
    attachments.keep_bytes(desk, "stray", b"stray")
    assert attachments.tidy(desk) == attachments.Tidied(1, 0, 5)
    assert attachments.tidy(desk) == attachments.Tidied(0, 0, 0)
    records.undelete(desk, deleted.id)
    assert [a.here for a in attachments.of(desk, meeting)] == [True]


def test_content_that_went_meanwhile_is_not_named(desk: Desk, meeting: str) -> None:
    kept = attachments.keep_bytes(desk, "x", b"x")
    attachments.tidy(desk)
    with pytest.raises(BadInput):
        attachments.attach_kept(desk, meeting, kept)
    assert attachments.of(desk, meeting) == []


def test_nothing_is_left_where_a_save_fails_in_the_middle(desk: Desk, tmp_path: Path) -> None:
    desk.db.execute("CREATE TRIGGER full BEFORE INSERT ON op BEGIN SELECT RAISE(ABORT, 'disk is full'); END")
    other = records.find(desk, "office")[0].id
    with pytest.raises(DiskProblem):
        attachments.attach(desk, _any_meeting(desk, other), file(tmp_path))
    assert count(desk) == 0


def _any_meeting(desk: Desk, of: str) -> str:
    """A record that was there before the disk was full."""
    desk.db.execute("DROP TRIGGER full")
    made = records.save(desk, "meeting", {"subject": of}).id
    desk.db.execute("CREATE TRIGGER full BEFORE INSERT ON op BEGIN SELECT RAISE(ABORT, 'disk is full'); END")
    return made


# --- what may be opened, and under which name -----------------------------------------------------------------------
def office_paper(part: str, *more: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("[Content_Types].xml", f'<Override ContentType="application/vnd.x.{part}"/>{"".join(more)}')
    return out.getvalue()


TYPES = {
    "image/jpeg": b"\xff\xd8\xff\xe0 JFIF",
    "image/png": b"\x89PNG\r\n\x1a\n....",
    "image/webp": b"RIFF....WEBPVP8 ",
    "image/heic": b"\0\0\0\x18ftypheic",
    "application/pdf": PDF,
    "audio/wav": b"RIFF....WAVEfmt ",
    "video/mp4": b"\0\0\0\x18ftypisom",
    "text/plain": "ភាសាខ្មែរ\n".encode(),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": office_paper(
        "wordprocessingml.document.main+xml"
    ),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": office_paper("spreadsheetml.sheet.main+xml"),
    "application/vnd.oasis.opendocument.text": b"",
}
PROGRAMS = {
    "exe": b"MZ\x90\0", "elf": b"\x7fELF\2", "script": b"#!/bin/sh\nrm -rf ~", "archive": b"PK\3\4 broken",
    "macros": office_paper("wordprocessingml.document.main+xml", "vbaProject"),
    "old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "shortcut": b"L\0\0\0\x01\x14\x02\0", "nothing known": bytes(range(128, 256)),
}  # fmt: skip


def _odt() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    return out.getvalue()


@pytest.mark.parametrize("wanted", TYPES)
def test_the_type_is_told_by_the_bytes(desk: Desk, meeting: str, tmp_path: Path, wanted: str) -> None:
    data = TYPES[wanted] or _odt()
    record = attachments.attach(desk, meeting, file(tmp_path, "ឈ្មោះ.exe", data))
    assert record["media_type"] == wanted == media.media_type(data)
    copy = attachments.copy_to_open(desk, record.id)
    assert copy.read_bytes() == data and copy.suffix == media.SUFFIXES[wanted][0], "never as a program"
    assert copy.is_relative_to(tmp_path / "home")
    attachments.forget_copies()
    assert not copy.exists()


@pytest.mark.parametrize("name", PROGRAMS)
def test_programs_are_not_opened(desk: Desk, meeting: str, tmp_path: Path, name: str) -> None:
    """Whatever the name says, and whatever the record says."""
    record = attachments.attach(desk, meeting, file(tmp_path, "list.pdf", PROGRAMS[name]))
    records.save(desk, "attachment", {"media_type": "application/pdf"}, record.id)
    with pytest.raises(BadInput, match=r"list\.pdf"):
        attachments.copy_to_open(desk, record.id)
    assert not list((tmp_path / "home" / "opened").iterdir())
    assert attachments.save_copy(desk, record.id, tmp_path / "mine").read_bytes() == PROGRAMS[name]


HOSTILE = (
    "../../etc/passwd", "..", "", ".", "a/b\\c", "CON", "con.txt", "x" * 300 + ".pdf", "ក" * 300, "a\0b\n.pdf",
    "t\u202efdp.exe", "C:\\x", 'q"<>|?*', " .. ", "NUL.tar.gz", "a.pdf:stream", "\ufff9", "\ud800",
)  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_hostile_names(desk: Desk, meeting: str, tmp_path: Path, name: str) -> None:
    record = attachments.attach_kept(desk, meeting, attachments.keep_bytes(desk, "x", PDF))
    if "\0" not in name and "\ud800" not in name:
        records.save(desk, "attachment", {"file_name": name}, record.id)
    copy = attachments.copy_to_open(desk, record.id)
    assert copy.parent.parent == tmp_path / "home" / "opened" and copy.suffix == ".pdf"
    kept = attachments.keep_bytes(desk, name, b"y").name
    assert kept and not any(c in kept for c in "\0\n\u202e\ud800")


@given(st.text(max_size=400))
def test_a_safe_name_is_one_part_of_a_path(name: str) -> None:
    safe = attachments.safe_name(name)
    assert safe and not set(safe) & set('\\/:*?"<>|\0\n') and safe.strip(" .") == safe
    assert 0 < len(safe.encode()) < 200 and Path(safe).name == safe


@given(st.binary(max_size=300))
def test_any_bytes_have_a_type(data: bytes) -> None:
    for head in (b"", b"PK\3\4", b"RIFF", b"    ftyp"):
        assert "/" in media.media_type(head + data)


@pytest.mark.parametrize(
    ("size", "km", "en"),
    [(0, "០ បៃ", "0 bytes"), (999, "៩៩៩ បៃ", "999 bytes"), (1000, "១ KB", "1 KB"), (2_436_000, "២,៤ MB", "2.4 MB"),
     (12_600_000, "១៣ MB", "13 MB"), (999_600, "១ MB", "1 MB"), (3 * 10**9, "៣ GB", "3 GB")],
)  # fmt: skip
def test_sizes_as_people_read_them(size: int, km: str, en: str) -> None:
    for lang, wanted in (("km", km), ("en", en)):
        with using(lang):
            assert attachments.size_text(size) == wanted


def test_a_desk_from_before_gets_its_place_for_files(tmp_path: Path) -> None:
    with desks.make(tmp_path) as made:
        path = made.path
        for table in ("blob", "blob_piece", "blob_scope", "blob_peer"):
            made.db.execute(f"DROP TABLE {table}")
        made.db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm002_blobs'")
    with Desk.open(path) as again, immediate(again.db):
        assert blobs.put(again.db, b"x") and care.check(again).ok
