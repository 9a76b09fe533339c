"""Long work beside the window: one worker thread, one job after the other.

The worker owns its own connection to the desk, opened in its thread by the function that `Jobs` is given. Everything
that comes back (progress, result, error, end) arrives on the window's thread, in order.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal

Progress = Callable[[int, int], None]


class Closable(Protocol):
    def close(self) -> None: ...


class Job(QObject):
    """One piece of work under way.

    Exactly one of `done(result)`, `failed(error)`, `cancelled()` comes, then `finished()`.
    """

    progress = Signal(int, int)
    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal()

    def __init__(
        self,
        title: str,
        work: Callable[[Any, Progress], object],
        parent: QObject,
        then: Callable[[Any], object] | None = None,
        failing: Callable[[BaseException], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = title
        self.work = work
        self.then, self.failing = then, failing
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop at its next step; what it has not committed is undone by its transaction."""
        self._stop.set()

    def is_cancelled(self) -> bool:
        return self._stop.is_set()

    def let_go(self) -> None:
        """Hold nobody any more. What a job holds may hold the worker, whose end would end the job a second time."""
        self.work, self.then, self.failing = _nothing, None, None


class Jobs(QObject):
    """The worker.

    `run(work)` calls `work(desk, progress)` in the thread, with the desk that `open_desk` made there.
    """

    started = Signal(object)
    _news = Signal(object, str, object)

    def __init__(self, open_desk: Callable[[], Closable] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_desk = open_desk
        self._queue: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._waiting: list[Job] = []
        self._held = False
        self._unseen: list[Callable[[], object]] = []
        self._closed = False
        self._news.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[Any, Progress], object],
        *,
        title: str = "",
        done: Callable[[Any], object] | None = None,
        failed: Callable[[BaseException], object] | None = None,
    ) -> Job:
        """Queue `work`; once the worker is closed it is cancelled at once, since its desk is gone.

        Errors without a `failed` go to `sys.excepthook`, and so to the person (see `messages`).
        """
        job = Job(title, work, self, done, failed if failed is not None else _raise)
        self._waiting.append(job)
        if self._closed:
            job.cancel()
            self._news.emit(job, "cancelled", None)
            return job
        self._queue.put(job)
        if not self._held:
            self._begin()
        self.started.emit(job)
        return job

    def hold(self) -> None:
        """Begin nothing until `release`: a window that is not painted yet has the processor to itself."""
        self._held = True

    def when_seen(self, then: Callable[[], object]) -> None:
        """Do it now; while the window is not painted yet, as soon as it is. A second time for the same waits once."""
        if not self._held:
            then()
        elif then not in self._unseen:
            self._unseen.append(then)

    def release(self) -> None:
        """Begin with what waits."""
        self._held = False
        unseen, self._unseen = self._unseen, []
        for then in unseen:
            then()
        if self._waiting:
            self._begin()

    def _begin(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="cpdesk-worker", daemon=True)
            self._thread.start()

    def is_busy(self) -> bool:
        return bool(self._waiting)

    def waited_for(self) -> Job | None:
        """The first of the jobs with a title, which a person waits for: a merge, a print."""
        return next((job for job in self._waiting if job.title), None)

    def close(self, seconds: float = 10.0) -> bool:
        """Cancel what waits, let the worker close its desk, and say whether it ended in time."""
        self._closed = True
        for job in self._waiting:
            job.cancel()
        if self._thread is None:
            return True
        self._queue.put(None)
        self._thread.join(seconds)
        ended = not self._thread.is_alive()
        self._thread = None if ended else self._thread
        return ended

    def _work(self) -> None:
        desk: Closable | None = None
        while (job := self._queue.get()) is not None:
            try:
                if job.is_cancelled():
                    self._news.emit(job, "cancelled", None)
                    continue
                if desk is None and self._open_desk is not None:
                    desk = self._open_desk()
                self._one(job, desk)
            except Exception as error:
                self._news.emit(job, "failed", error)
        if desk is not None:
            desk.close()

    def _one(self, job: Job, desk: Closable | None) -> None:
        from cpdesk.tasks import Cancelled

        told = 0.0

        def progress(done: int, total: int) -> None:
            nonlocal told
            if job.is_cancelled():
                raise Cancelled
            now = time.monotonic()
            if now - told > 0.05 or done >= total:
                told = now
                self._news.emit(job, "progress", (done, total))

        try:
            result = job.work(desk, progress)
        except Cancelled:
            self._news.emit(job, "cancelled", None)
        else:
            self._news.emit(job, "done", result)

    def _deliver(self, job: Job, what: str, value: object) -> None:
        if what == "progress" and isinstance(value, tuple):
            job.progress.emit(*value)
            return
        self._waiting.remove(job)
        told: dict[str, Callable[[Any], object] | None] = {"done": job.then, "failed": job.failing}
        then = told.get(what)
        try:
            if then is not None:
                then(value)
            if what == "cancelled":
                job.cancelled.emit()
            else:
                getattr(job, what).emit(value)
        finally:
            job.finished.emit()
            job.let_go()
            job.deleteLater()


def _nothing(_desk: object, _progress: Progress) -> None:
    """The work of a job that has ended."""


def _raise(error: BaseException) -> None:
    raise error
