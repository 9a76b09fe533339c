"""Work beside the window: order, progress, cancelling, errors; and what a crash report may tell."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QProgressBar, QWidget
from pytestqt.qtbot import QtBot

from cpdesk import logs
from cpdesk.errors import DiskProblem
from ui import messages
from ui.chrome.statusline import BAR_WIDTH, StatusLine
from ui.dialogs.base import Dialog
from ui.jobs import Jobs, Progress
from ui.widgets.buttons import Button
from ui.widgets.job_row import JobRow
from ui.widgets.text import Text


class Handle:
    """A resource that knows its thread, as a connection does."""

    def __init__(self) -> None:
        self.thread = threading.current_thread()
        self.closed_in: threading.Thread | None = None

    def close(self) -> None:
        self.closed_in = threading.current_thread()


@pytest.fixture
def jobs(qapp: QApplication) -> Jobs:
    return Jobs(Handle)


def test_results_come_in_order_on_the_windows_thread(qtbot: QtBot, jobs: Jobs) -> None:
    here = threading.current_thread()
    got: list[tuple[int, bool]] = []
    for n in range(5):
        jobs.run(lambda _desk, _progress, n=n: n, done=lambda n: got.append((n, threading.current_thread() is here)))
    qtbot.waitUntil(lambda: len(got) == 5)
    assert got == [(n, True) for n in range(5)]
    assert not jobs.is_busy()
    assert jobs.close()


def test_the_worker_owns_its_desk(qtbot: QtBot, jobs: Jobs) -> None:
    job = jobs.run(lambda desk, _progress: desk)
    with qtbot.waitSignal(job.done) as heard:
        pass
    desk = heard.args[0]
    assert desk.thread is not threading.current_thread()
    assert jobs.close()
    assert desk.closed_in is desk.thread


def test_progress_and_cancel(qtbot: QtBot, jobs: Jobs) -> None:
    began = threading.Event()

    def work(_desk: object, progress: Progress) -> None:
        for n in range(10_000_000):
            progress(n, 10_000_000)
            began.set()

    job = jobs.run(work)
    told: list[int] = []
    job.progress.connect(lambda done, _total: told.append(done))
    with qtbot.waitSignals([job.cancelled, job.finished]):
        began.wait(5)
        job.cancel()
    assert told
    assert jobs.close()


def test_errors_arrive(qtbot: QtBot, jobs: Jobs) -> None:
    def work(_desk: object, _progress: Progress) -> None:
        raise DiskProblem("ពេញ")

    got: list[BaseException] = []
    job = jobs.run(work, failed=got.append)
    with qtbot.waitSignal(job.finished):
        pass
    assert isinstance(got[0], DiskProblem)
    assert jobs.close()


def test_a_user_error_is_said_in_its_three_parts(qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    dialog = messages.show(host, DiskProblem("ថាសពេញ <b>", "អ្វីៗនៅគង់", "សូមលុបឯកសារ"))
    words = [label.plain() for label in dialog.findChildren(Text)]
    assert words == ["ថាសពេញ <b>", "អ្វីៗនៅគង់", "សូមលុបឯកសារ"]
    dialog.accept()


def test_a_crash_report_tells_where_and_never_what(own_home: Path) -> None:
    secret = "កុមារា ឈ្មោះ សុខ"

    def inner(value: str) -> None:
        raise KeyError(value)

    try:
        try:
            inner(secret)
        except KeyError as cause:
            raise RuntimeError(secret) from cause
    except RuntimeError as error:
        path = messages.write_crash(error)
    text = path.read_text("utf-8")
    assert path.is_relative_to(own_home)
    assert secret not in text
    for wanted in ("RuntimeError", "KeyError", "tests/ui/test_jobs.py", "inner", "cpdesk "):
        assert wanted in text


def test_crash_reports_do_not_pile_up(own_home: Path) -> None:
    for _ in range(logs.KEPT_CRASHES + 5):
        messages.write_crash(ValueError())
    assert len(list((own_home / "crashes").iterdir())) == logs.KEPT_CRASHES


@pytest.mark.parametrize(("button", "answer"), (("ask_yes", True), ("ask_no", False)))
def test_a_question_is_answered_by_its_button(qtbot: QtBot, button: str, answer: bool) -> None:
    host = QWidget()
    qtbot.addWidget(host)

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Dialog)
        found = dialog.findChild(Button, button)
        assert found is not None
        found.click()

    QTimer.singleShot(50, press)
    assert messages.ask(host, "លុបកិច្ចប្រជុំ?", yes="លុប", danger=True) is answer


def test_a_closed_worker_takes_no_more_work(jobs: Jobs, qtbot: QtBot) -> None:
    done: list[object] = []
    assert jobs.close()
    with qtbot.waitSignal(jobs.run(lambda _desk, _progress: done.append(1)).cancelled):
        pass
    assert not done and not jobs.is_busy()


def test_what_a_job_holds_may_go_before_it(qapp: QApplication) -> None:
    """Its work may hold whoever holds the worker: the end of the one must not end the other a second time."""

    class Holder:
        def __init__(self) -> None:
            self.jobs = Jobs(None)

        def work(self, _desk: object, _progress: Progress) -> None:
            raise ValueError

    def begin_and_forget() -> None:
        holder, ended = Holder(), list[object]()
        holder.jobs.run(holder.work, failed=ended.append)
        while not ended:
            QApplication.processEvents()
        holder.jobs.close()

    for _time in range(20):
        begin_and_forget()
        QApplication.processEvents()


def test_the_foot_of_the_window_shows_a_job_with_a_title_and_stops_it(qtbot: QtBot, jobs: Jobs) -> None:
    followed, going = threading.Event(), threading.Event()

    def work(_desk: object, progress: Progress) -> None:
        followed.wait(5)
        progress(30, 120)
        going.wait(5)
        progress(31, 120)

    foot = StatusLine()
    foot.resize(900, 32)
    qtbot.addWidget(foot)
    foot.show()
    shown = foot.findChild(JobRow, "job")
    assert isinstance(shown, JobRow) and shown.isHidden()
    foot.follow(jobs.run(lambda _desk, _progress: None))
    assert shown.isHidden(), "too short to show"
    job = jobs.run(work, title="កំពុងបញ្ចូល")
    with qtbot.waitSignal(job.progress):
        foot.follow(job)
        followed.set()
    bar = shown.findChild(QProgressBar)
    assert isinstance(bar, QProgressBar) and shown.isVisible()
    assert (bar.value(), bar.maximum(), bar.width()) == (30, 120, BAR_WIDTH)
    assert shown.count.isHidden() and bar.accessibleDescription() == "កំពុងបញ្ចូល"
    with qtbot.waitSignals([job.cancelled, job.finished]):
        shown.cancel.click()
        assert not shown.cancel.isEnabled(), "once is enough"
        going.set()
    assert shown.isHidden() and not shown.is_busy()
    assert jobs.close()
