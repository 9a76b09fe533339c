"""Good passwords: four words that are offered, and what is wrong with one that a person chose."""

from __future__ import annotations

import secrets
from functools import lru_cache

from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.khmer.spelling import fold
from cpdesk.paths import RESOURCES

WORDS = 4  # of about 1,700: 43 random bits, and each try costs an attacker 64 MiB and a fifth of a second
LEAST = 8
LEAST_DIGITS = 12


@lru_cache(maxsize=1)
def words() -> tuple[str, ...]:
    """The words that are drawn from: none twice, whatever order its marks are typed in."""
    return _lines("words-km.txt")


@lru_cache(maxsize=1)
def common() -> frozenset[str]:
    """What is tried first, everywhere and in Cambodia."""
    return frozenset(map(_bare, _lines("common.txt")))


def _lines(name: str) -> tuple[str, ...]:
    lines = (RESOURCES / "passwords" / name).read_text("utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def _bare(text: str) -> str:
    return fold(text).replace(" ", "")


def four_words() -> str:
    """Four random Khmer words, parted by blanks."""
    return " ".join(secrets.choice(words()) for _n in range(WORDS))


def problem_of(password: str, name: str = "") -> str:
    """Why a password is too weak, in a sentence; "" where it will do. `name`: of the officer who shall have it."""
    plain = _bare(password)
    if len(plain) < LEAST:
        return ngettext(
            "The password needs at least {count} letter.", "The password needs at least {count} letters.", LEAST
        ).format(count=digits.count(LEAST))
    if plain.isdigit() and len(plain) < LEAST_DIGITS:
        return _("Digits alone are guessed quickly: take words, or at least {count} digits.").format(
            count=digits.count(LEAST_DIGITS)
        )
    if len(set(plain)) < 4 or plain in _runs() or plain in common():
        return _("This password is one of the first that are tried. Take four words, such as those offered.")
    own = _bare(name)
    if own and (own in plain or plain in own):
        return _("Your own name is easy to guess. Take other words.")
    return ""


@lru_cache(maxsize=1)
def _runs() -> frozenset[str]:
    """What fingers do by themselves: 12345678, abcdefgh, qwertyui, forwards and backwards."""
    rows = ("1234567890" * 2, "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")
    found = {row[at : at + n] for row in rows for n in range(LEAST, 16) for at in range(len(row) - n + 1)}
    return frozenset(fold(run) for run in found | {run[::-1] for run in found})
