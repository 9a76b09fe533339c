"""What went wrong, said to a person.

Every refusal that a user can meet is a `UserError`: one translated sentence each for what happened, what was kept and
what to do next. Anything else that escapes is a fault of ours and is shown as such.
"""

from __future__ import annotations


class UserError(Exception):
    """A refusal in plain words: `what`, `kept`, `todo` are translated sentences, the last two may be empty."""

    def __init__(self, what: str, kept: str = "", todo: str = "") -> None:
        super().__init__(what, kept, todo)
        self.what = what
        self.kept = kept
        self.todo = todo

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.kept, self.todo) if part)


class BadInput(UserError):
    """A value, a line or an argument that cannot be taken as it is."""


class NotFound(UserError):
    """A record, kind, place, office or file that is not here."""


class DeskProblem(UserError):
    """The desk file cannot be opened, is damaged, newer, or in use."""


class Damaged(DeskProblem):
    """The desk file is damaged, or no desk at all; what can be read of it may be saved (`tasks.salvaging`)."""


class Locked(DeskProblem):
    """The desk wants a password, or the one that was given does not open it."""


class PackageProblem(UserError):
    """A package that is refused: damaged, foreign, forged, newer, too large."""


class KeyProblem(UserError):
    """A card, a fingerprint or an office that is not accepted."""


class DiskProblem(UserError):
    """The machine's side: a full disk, a pulled stick, a read-only folder."""
