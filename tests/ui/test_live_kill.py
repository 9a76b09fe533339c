"""The lid closes in the middle of a word: the program is killed while somebody types, and opened again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cpdesk.tasks import live, records
from cpdesk.tasks.desk import open_desk
from tests.house.source import ROOT
from tests.ui import consultation
from tests.ui.hands import press, window, write
from tests.ui.test_live import go, planned, said, speaks
from tests.ui.typist import LETTERS_A_SECOND, text
from ui.pages.live_parts import entry

KILLED_AFTER = 60  # letters, a second and a half without a pause


def killed_while_typing(desk: Path, meeting: str) -> int:
    """How many letters had been typed when the typist was killed."""
    call = [sys.executable, "-m", "tests.ui.typist", str(desk), meeting]
    with subprocess.Popen(call, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as hand:
        assert hand.stdout is not None
        typed = 0
        for line in hand.stdout:
            typed = int(line)
            if typed == KILLED_AFTER:
                hand.kill()
        assert hand.wait() < 0, "it was killed, and did not end by itself"
    return typed


def test_the_half_typed_sentence_stands_there_again(qtbot: QtBot, tmp_path: Path) -> None:
    made = consultation.people(consultation.empty_desk(tmp_path))
    meeting = planned(made)
    path = made.desk.path
    made.desk.close()
    typed = killed_while_typing(path, meeting)
    desk = open_desk(path)
    shown = window(qtbot, desk)
    page = go(shown, meeting)
    kept = page.entry.box.plain()
    assert text(typed).startswith(kept)
    assert typed - len(kept) <= LETTERS_A_SECOND, f"{typed - len(kept)} letters were lost, more than a second's"
    assert page.entry.line.text() == "លោក គឹម ពិសិដ្ឋ"
    assert page.note.item == page.agenda.items[1].id and page.present.since.plain()
    assert live.elapsed(records.get(desk, meeting), page.people.now()) is not None, "the meeting goes on"
    assert records.count(desk, "input") == 0, "it is one line still, and not a record for each half second"
    write("។")
    press("Return")
    titles = [title for title, *_rest in consultation.AGENDA]
    assert said(desk, meeting) == [(titles[1], "លោក គឹម ពិសិដ្ឋ", f"{kept}។")]


def test_a_disk_that_says_no_is_told_and_tried_again(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = consultation.people(consultation.empty_desk(tmp_path))
    meeting = planned(made)
    shown = window(qtbot, made.desk)
    page = go(shown, meeting)
    speaks("កុសនី")
    made.desk.db.execute("PRAGMA query_only = ON")  # as a disk that turned read-only
    monkeypatch.setattr(entry, "AGAIN_MS", 50)
    write("អរគុណ")
    qtbot.waitUntil(page.entry.notice.isVisible)
    assert page.entry.text() == "អរគុណ" and live.note(made.desk, meeting).text == ""
    made.desk.db.execute("PRAGMA query_only = OFF")
    qtbot.waitUntil(lambda: live.note(made.desk, meeting).text == "អរគុណ")
    QApplication.processEvents()
    assert not page.entry.notice.isVisible()
