"""Free text that a public copy may carry: the names of offices and surveys, and of no person."""

from __future__ import annotations

import re

from cpdesk.analysis.privacy import looks_like_a_child
from cpdesk.khmer.digits import to_ascii

_ADDRESSED = re.compile(
    r"(?:^|[\s(,;៖])(?:លោកជំទាវ|លោកស្រី|លោក|អ្នកស្រី|អ្នកនាង|កញ្ញា|ឯកឧត្តម|ឧកញ៉ា)|\b(?:Mr|Mrs|Ms|Dr|H\.E)\b\.?"
)
_PHONE = re.compile(r"(?:\+855|\b0)(?:[ .-]?\d){7,9}")


def names_nobody(text: str) -> bool:
    """Whether a text gives no sign of naming a person: no form of address, no phone, nothing like a child."""
    plain = to_ascii(text)
    return not (_ADDRESSED.search(plain) or _PHONE.search(plain) or "@" in plain or looks_like_a_child(text))
