"""What is somebody's own, such as a phone number, covered up to its last three digits.

Three digits are enough to tell one number from another that one knows, and leave a million others that it may be.
"""

from __future__ import annotations

from cpdesk.khmer.digits import to_ascii

OPEN = 3
DOT = "•"


def masked(text: str) -> str:
    """All but the last three digits as dots; spaces stay: "••• ••• 678"."""
    left = sum(sign.isdigit() for sign in to_ascii(text))
    shown = []
    for sign in text:
        digit = to_ascii(sign).isdigit()
        shown.append(sign if sign.isspace() or (digit and left <= OPEN) else DOT)
        left -= digit
    return "".join(shown)
