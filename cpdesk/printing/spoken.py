"""Whose fixed words papers are made with: the shipped ones, or an office's own while its papers are being made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from cpdesk.printing.phrases import OFFICIAL, Phrases
from cpdesk.printing.report_phrases import ReportPhrases

_SHIPPED = (OFFICIAL, ReportPhrases())
_spoken: ContextVar[tuple[Phrases, ReportPhrases]] = ContextVar("fixed words of papers", default=_SHIPPED)


def phrases() -> Phrases:
    """The words of letters and of papers about meetings."""
    return _spoken.get()[0]


def report_words() -> ReportPhrases:
    """The words of papers about plans and figures."""
    return _spoken.get()[1]


@contextmanager
def speaking(official: Phrases, report: ReportPhrases) -> Iterator[None]:
    """Papers made inside use these words."""
    token = _spoken.set((official, report))
    try:
        yield
    finally:
        _spoken.reset(token)
