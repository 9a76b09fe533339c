"""Which paper is meant: what a window hands about until the worker makes the pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cpdesk.tasks import Desk, forms
from cpdesk.tasks.papers import NONE, Choices
from cpdesk.tasks.papers.titles import title as form_title


@dataclass(frozen=True)
class Paper:
    """A form about a record (for a list: about a kind). `title` names the window and the file; its form's where blank.

    What is asked of the desk is asked in the worker, with the worker's own desk.
    """

    form: str
    id_: str
    choices: Choices = NONE
    title: str = ""

    @property
    def name(self) -> str:
        return self.title or form_title(self.form)

    def render(self, desk: Desk, to: forms.FileType = "pdf") -> bytes:
        """The finished file; nothing changes in the desk."""
        return forms.render(desk, self.form, self.id_, self.choices, to)

    def save(self, desk: Desk, path: Path, to: forms.FileType = "pdf") -> None:
        """Write the finished file, whole or not at all; its number is reserved first."""
        forms.print_form(desk, self.form, self.id_, path, self.choices, to)

    def give_out(self, desk: Desk) -> None:
        """It leaves the desk now: its number is reserved."""
        forms.give_out(desk, self.form, self.id_, self.choices)
