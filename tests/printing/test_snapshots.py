"""How forms lie on their pages has not changed since somebody looked at them (see `snapshots`)."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from cpdesk.printing.document import Document
from cpdesk.tasks.papers import FORMS
from tests.printing import snapshots

Papers = Mapping[str, tuple[Document, ...]]
_SHOWN = 40  # lines of a difference that a person reads
_OTHERWISE = {"audit", "card"}  # forms that are another at each time


def test_every_form_lies_as_it_was_looked_at(laid_papers: Papers) -> None:
    told = []
    for name, made in laid_papers.items():
        file = snapshots.file_of(name)
        kept = file.read_text("utf-8").splitlines() if file.exists() else []
        now = snapshots.layout(made).splitlines()
        if now != kept:
            changes = list(difflib.unified_diff(kept, now, f"{name}, kept", f"{name}, now", n=1, lineterm=""))
            more = [f"… and {len(changes) - _SHOWN} lines more"] if len(changes) > _SHOWN else []
            told += [*changes[:_SHOWN], *more]
    again = "Look at the pages; if they are right: python -m tests.printing.snapshots"
    assert not told, "\n".join(["the layout of forms has changed", *told, again])


def test_every_form_has_its_layout_kept_and_no_other(laid_papers: Papers) -> None:
    kept = {file.stem for file in snapshots.FOLDER.glob("*.txt")}
    assert kept == set(laid_papers)
    assert {form for form in FORMS if not any(name.startswith(form) for name in kept)} == _OTHERWISE
