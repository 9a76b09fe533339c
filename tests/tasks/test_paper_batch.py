"""Several papers of a meeting at once: all there, nothing overwritten, and what was finished stays."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from cpdesk import i18n
from cpdesk.errors import NotFound
from cpdesk.khmer import breaks
from cpdesk.tasks import Cancelled, forms, paper_batch, records
from cpdesk.tasks.paperwork import register
from tests.faults import machine
from tests.house.source import ROOT
from tests.ui import consultation


@pytest.fixture
def told(tmp_path: Path) -> Iterator[consultation.Consultation]:
    made = consultation.consultation(tmp_path)
    yield made
    made.desk.close()


# --- what is offered ------------------------------------------------------------------------------------------------
def test_what_is_wanted_follows_the_meeting(told: consultation.Consultation) -> None:
    desk, meeting = told.desk, told.meeting

    def wanted(state: str) -> set[str]:
        records.save(desk, "meeting", {"state": state}, meeting)
        return {one.form for one in paper_batch.of_meeting(desk, meeting) if one.wanted}

    assert wanted("planned") == {"invitation", "agenda", "attendance_blank"}
    assert wanted("held") == wanted("minutes_approved") == {"minutes", "attendance", "follow_ups"}
    assert wanted("cancelled") == set()
    assert [one.form for one in paper_batch.of_meeting(desk, meeting)] == list(paper_batch.OF_A_MEETING)


def test_each_who_is_invited_has_a_letter_of_their_own(told: consultation.Consultation, tmp_path: Path) -> None:
    found = paper_batch.letters(told.desk, told.meeting)
    assert len(found) >= 5 and len({id_ for id_, _name in found}) == len(found)
    for id_, name in found[:2]:
        made = forms.documents(told.desk, "invitation", id_)
        assert len(made) == 1 and name in made[0].topic


# --- into a folder --------------------------------------------------------------------------------------------------
def test_every_paper_of_a_meeting_in_a_folder(told: consultation.Consultation, tmp_path: Path) -> None:
    stick = tmp_path / "ដំបង"
    stick.mkdir()
    seen: list[tuple[int, int]] = []
    made = paper_batch.save_all(
        told.desk, told.meeting, paper_batch.OF_A_MEETING, stick, ("pdf", "docx", "xlsx"), lambda *at: seen.append(at)
    )
    assert not made.problem and not made.left and not made.refused and not made.stopped
    assert len(made.files) == 24 == len(set(made.files)) and seen == [(n, 24) for n in range(25)]
    assert made.folder.parent == stick and made.folder.name.startswith("2022-06-23 ")
    assert sorted(made.folder.iterdir()) == sorted(made.files), "and nothing else lies there"
    for file in made.files:
        if file.suffix == ".pdf":
            with pypdfium2.PdfDocument(file) as paper:
                assert len(paper) >= 1
        else:
            with zipfile.ZipFile(file) as archive:
                assert archive.testzip() is None


def test_nothing_that_lies_there_is_touched(told: consultation.Consultation, tmp_path: Path) -> None:
    first = paper_batch.save_all(told.desk, told.meeting, ["agenda"], tmp_path)
    first.files[0].write_bytes(b"signed and scanned")
    second = paper_batch.save_all(told.desk, told.meeting, ["agenda"], tmp_path)
    assert second.folder != first.folder and second.folder.name.endswith("(2)")
    assert first.files[0].read_bytes() == b"signed and scanned"


def test_letters_take_their_numbers_once(told: consultation.Consultation, tmp_path: Path) -> None:
    for _twice in range(2):
        paper_batch.save_all(told.desk, told.meeting, ["invitation_list", "agenda"], tmp_path, ("pdf", "docx"))
    assert len(register.entries(told.desk)) == 1
    made, refused = paper_batch.give_out_all(told.desk, told.meeting, ["meeting_report", "minutes"])
    assert [one.form for one in made] == ["meeting_report", "minutes"] and not refused
    assert len(register.entries(told.desk)) == 2 and all(one.pdf.startswith(b"%PDF") for one in made)


def test_one_that_cannot_be_made_does_not_hold_up_the_others(told: consultation.Consultation, tmp_path: Path) -> None:
    made = paper_batch.save_all(told.desk, told.meeting, ["plan_matrix", "swot", "minutes"], tmp_path)
    assert [one.form for one in made.refused] == ["plan_matrix", "swot"] and all(one.why for one in made.refused)
    assert len(made.files) == 1 and not made.left and not made.problem
    given, refused = paper_batch.give_out_all(told.desk, told.meeting, ["plan_matrix", "agenda"])
    assert [one.form for one in given] == ["agenda"] and [one.form for one in refused] == ["plan_matrix"]
    assert not register.entries(told.desk)


def test_stopped_between_papers(told: consultation.Consultation, tmp_path: Path) -> None:
    def stop_at(at: int) -> paper_batch.Batch:
        def stop(done: int, _total: int) -> None:
            if done == at:
                raise Cancelled

        wanted = ["agenda", "minutes", "attendance"]
        return paper_batch.save_all(told.desk, told.meeting, wanted, tmp_path, progress=stop)

    made = stop_at(2)
    assert made.stopped and made.left == ("attendance",)
    assert [file.suffix for file in made.files] == [".pdf", ".pdf"] and all(file.exists() for file in made.files)
    none = stop_at(0)
    assert none.stopped and not none.files and not none.folder.exists(), "no empty folder is left behind"
    assert not stop_at(3).stopped, "all were there"


# --- places that give way -------------------------------------------------------------------------------------------
def test_a_stick_pulled_out_says_so_and_what_was_finished_is_told(
    told: consultation.Consultation, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()

    def pull(done: int, _total: int) -> None:
        if done == 1:
            shutil.rmtree(stick)

    with i18n.using("en"):
        made = paper_batch.save_all(told.desk, told.meeting, ["agenda", "minutes"], stick, progress=pull)
    assert len(made.files) == 1 and made.left == ("minutes",)
    assert "is not there" in made.problem and "plugged in" in made.problem
    assert not stick.exists(), "a stick that is gone is not made up on the hard disk"
    again = paper_batch.save_all(told.desk, told.meeting, ["agenda"], stick)
    assert again.problem and not again.files and not stick.exists()


def test_a_place_that_refuses_writes_nothing(told: consultation.Consultation, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    made = paper_batch.save_all(told.desk, told.meeting, ["agenda"], tmp_path / "file")
    assert made.problem and not made.files and made.left == ("agenda",)


def test_what_is_no_meeting_is_refused(told: consultation.Consultation, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        paper_batch.save_all(told.desk, "0" * 32, ["agenda"], tmp_path)


@pytest.mark.parametrize("subject", ["CON", "a/b\\c:d*?", "ក" * 400, "ក្រ" * 99, "..", "x ", "x\n\ty", "‮abc", "🙂" * 99])
def test_names_that_any_system_takes(told: consultation.Consultation, tmp_path: Path, subject: str) -> None:
    records.save(told.desk, "meeting", {"subject": subject, "date": None}, told.meeting)
    made = paper_batch.save_all(told.desk, told.meeting, ["agenda"], tmp_path)
    assert not made.problem and made.files[0].exists()
    name = made.folder.name
    assert len(name.encode()) <= 160 and not set('\\/:*?"<>|\n') & set(name)
    assert name not in ("CON", "", ".", "..") and name == name.strip(" .")
    assert not name.removesuffix("…").endswith("\u17d2"), "no letter is torn from its subscript"


def test_whole_words_in_the_name_of_a_folder(told: consultation.Consultation) -> None:
    name = paper_batch.folder_name(told.desk, told.meeting)
    assert name.startswith("2022-06-23 ពិគ្រោះយោបល់") and name.endswith("…")
    pieces = breaks.pieces(consultation.SUBJECT)
    shown = name.removeprefix("2022-06-23 ").removesuffix("…")
    assert any("".join(pieces[:n]).strip() == shown for n in range(len(pieces)))


# --- faults of the disk ---------------------------------------------------------------------------------------------
_FAILING = """
import json, sys
from pathlib import Path
from cpdesk.tasks import desk as desks, paper_batch
from tests.faults import machine
desk, meeting, stick = desks.open_desk(Path(sys.argv[1])), sys.argv[2], Path(sys.argv[3])
paper_batch.save_all(desk, meeting, ["agenda"], stick)  # fonts are read, modules loaded
machine.arm(1 << 40, machine.Fault.NOTHING)
paper_batch.save_all(desk, meeting, ["agenda", "minutes"], stick)
steps = machine.count()
for fault in (machine.Fault.FULL, machine.Fault.EIO, machine.Fault.GONE):
    for at in range(steps):
        machine.arm(at, fault)
        made = paper_batch.save_all(desk, meeting, ["agenda", "minutes"], stick)
        machine.disarm()
        told = {"files": [str(file) for file in made.files], "problem": made.problem, "folder": str(made.folder)}
        told["left"] = list(made.left) + [one.form for one in made.refused]
        print(json.dumps(told))
"""


def test_a_disk_that_fails_at_any_step_leaves_whole_files_only(tmp_path: Path) -> None:
    try:
        library = machine.build(tmp_path)
    except machine.NoMachine as why:
        pytest.skip(str(why))
    made = consultation.consultation(tmp_path)
    path = made.desk.path
    made.desk.close()
    stick = tmp_path / "stick"
    stick.mkdir()
    before = os.environ.get("LD_PRELOAD")
    preload = f"{library}:{before}" if before else str(library)
    command = [sys.executable, "-c", _FAILING, str(path), made.meeting, str(stick)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "LD_PRELOAD": preload, "CPDESK_FAULTS": str(library)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) > 30 and sum(bool(one["problem"]) for one in told) > len(told) // 2
    for one in told:
        assert bool(one["problem"]) == bool(one["left"]), one
        for file in one["files"]:
            with pypdfium2.PdfDocument(file) as paper:
                assert len(paper) >= 1
    finished = {file for one in told for file in one["files"]}
    torn = [p for p in stick.rglob("*.pdf") if p.read_bytes()[-6:].strip() != b"%%EOF"]
    assert finished and not torn, "what bears a name is whole"
