"""A name as it is said, taken apart: the title before it, and the sex that the title tells.

Officers type «លោកជំទាវ ហ៊ុន កុសនី» in one go. Kept in its parts the name is found and sorted by itself, and women are
counted without a second question.
"""

from __future__ import annotations

from typing import NamedTuple

FEMALE, MALE = "female", "male"
TITLES = {
    "លោកជំទាវ": FEMALE,
    "លោកស្រី": FEMALE,
    "អ្នកស្រី": FEMALE,
    "អ្នកគ្រូ": FEMALE,
    "កញ្ញា": FEMALE,
    "ឯកឧត្តម": MALE,
    "លោកគ្រូ": MALE,
    "លោក": MALE,
}


class Said(NamedTuple):
    """`title` and `sex` ("female", "male") are None where the words do not tell them."""

    title: str | None
    name: str
    sex: str | None


def said(text: str) -> Said:
    """Take a name apart. Only a known title that stands by itself before a name is one; all else is the name."""
    first, _space, rest = text.strip().partition(" ")
    name = rest.strip()
    if name and first in TITLES:
        return Said(first, name, TITLES[first])
    return Said(None, text.strip(), None)
