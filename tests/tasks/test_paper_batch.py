"""Several papers of a meeting at once: all there, nothing overwritten, and what was finished stays."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from cpdesk import i18n
from cpdesk.tasks import Cancelled, paper_batch, records
from tests.ui import consultation


@pytest.fixture
def told(tmp_path: Path) -> Iterator[consultation.Consultation]:
    made = consultation.consultation(tmp_path)
    yield made
    made.desk.close()


def test_what_is_wanted_follows_the_meeting(told: consultation.Consultation) -> None:
    desk, meeting = told.desk, told.meeting
    records.save(desk, "meeting", {"state": "planned"}, meeting)
    wanted = {one.form for one in paper_batch.of_meeting(desk, meeting) if one.wanted}
    assert wanted == {"invitation", "agenda", "attendance_blank"}
    records.save(desk, "meeting", {"state": "held"}, meeting)
    wanted = {one.form for one in paper_batch.of_meeting(desk, meeting) if one.wanted}
    assert wanted == {"minutes", "attendance", "follow_ups"}
    assert [one.form for one in paper_batch.of_meeting(desk, meeting)] == list(paper_batch.OF_A_MEETING)


def test_every_paper_of_a_meeting_in_a_folder(told: consultation.Consultation, tmp_path: Path) -> None:
    stick = tmp_path / "ដំបង"
    stick.mkdir()
    seen: list[tuple[int, int]] = []
    made = paper_batch.save_all(
        told.desk, told.meeting, paper_batch.OF_A_MEETING, stick, ("pdf", "docx", "xlsx"), lambda *at: seen.append(at)
    )
    assert not made.problem and not made.left and not made.stopped
    assert len(made.files) == 24 == len(set(made.files)) and seen[-1] == (24, 24)
    assert made.folder.parent == stick and made.folder.name.startswith("2022-06-23 ")
    assert sorted(made.folder.iterdir()) == sorted(made.files), "and nothing else lies there"
    for file in made.files:
        assert file.stat().st_size > 1000
        if file.suffix == ".pdf":
            with pypdfium2.PdfDocument(file) as paper:
                assert len(paper) >= 1


def test_nothing_that_lies_there_is_touched(told: consultation.Consultation, tmp_path: Path) -> None:
    first = paper_batch.save_all(told.desk, told.meeting, ["agenda"], tmp_path)
    first.files[0].write_bytes(b"signed and scanned")
    second = paper_batch.save_all(told.desk, told.meeting, ["agenda"], tmp_path)
    assert second.folder != first.folder and second.folder.name.endswith("(2)")
    assert first.files[0].read_bytes() == b"signed and scanned"


def test_stopped_between_papers(told: consultation.Consultation, tmp_path: Path) -> None:
    def stop(done: int, _total: int) -> None:
        if done == 2:
            raise Cancelled

    made = paper_batch.save_all(told.desk, told.meeting, ["agenda", "minutes", "attendance"], tmp_path, progress=stop)
    assert made.stopped and made.left == ("attendance",)
    assert [file.suffix for file in made.files] == [".pdf", ".pdf"] and all(file.exists() for file in made.files)


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
    assert "is not there" in made.problem


def test_a_place_that_refuses_writes_nothing(told: consultation.Consultation, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    made = paper_batch.save_all(told.desk, told.meeting, ["agenda"], tmp_path / "file")
    assert made.problem and not made.files and made.left == ("agenda",)


@pytest.mark.parametrize("subject", ["CON", "a/b\\c:d*?", "ក" * 400, "..", "  ", "x\n\ty", "‮abc"])
def test_names_that_any_system_takes(told: consultation.Consultation, tmp_path: Path, subject: str) -> None:
    records.save(told.desk, "meeting", {"subject": subject or "x"}, told.meeting)
    made = paper_batch.save_all(told.desk, told.meeting, ["agenda"], tmp_path)
    assert not made.problem and made.files[0].exists()
    assert len(made.folder.name.encode()) <= 200 and not set('\\/:*?"<>|\n') & set(made.folder.name)
