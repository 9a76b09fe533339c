"""An office's public card, and the certificate by which the office above accepts it.

The card is signed by its own key: it proves nothing but that it is whole. Trust comes from comparing its fingerprint by
phone, once; after that an upper office's certificate carries it on.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from cpdesk.errors import KeyProblem
from cpdesk.files import disk_troubles, write_whole
from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.store.canonical import canon
from cpdesk.sync import problems
from cpdesk.sync.keys import CARD, CERTIFICATE, Keys, Sealed, is_age_key, parsed, read_envelope
from cpdesk.sync.problems import Broken

FORMAT = 1
MAX_FILE = 1 << 14
_OFFICE = re.compile(r"\d\d|\d{4}|\d{6}|\d{8}", re.A)
_SIGN = re.compile(r"[0-9a-f]{64}", re.A)
_SITE = re.compile(r"[0-9a-f]{8}", re.A)
_MADE = re.compile(r"\d{4}-\d\d-\d\dT[0-9:.+-]{8,20}", re.A)


@dataclass(frozen=True)
class Card:
    """Who an office is to others. `text` is the signed envelope that the rest was read from."""

    office: str
    name: str
    site: str
    sign: str
    age: str
    made: str
    text: bytes

    @property
    def fingerprint(self) -> str:
        """40 decimal digits in groups of five, to be read aloud in any language: 132 bits of office and keys."""
        whole = int.from_bytes(hashlib.sha256(canon(["cpdesk card", self.office, self.sign, self.age])).digest())
        shown = f"{whole % 10**40:040d}"
        return " ".join(shown[i : i + 5] for i in range(0, 40, 5))


def is_office(text: object) -> bool:
    return isinstance(text, str) and bool(_OFFICE.fullmatch(text))


def make(keys: Keys, office: str, name: str, site: str, made: str) -> Card:
    payload = {"format": FORMAT, "office": office, "name": name, "site": site, "made": made}
    return read(keys.seal({**payload, "sign": keys.sign, "age": keys.age}, CARD))


def read(text: bytes) -> Card:
    """The card in an envelope, whole and signed by itself; `Broken` otherwise. Says nothing about trust."""
    sealed = read_envelope(text)
    facts = sealed.opened(CARD)
    values = [facts.get(key) for key in ("office", "name", "site", "sign", "age", "made")]
    office, name, site, sign, age, made = (value if isinstance(value, str) else "" for value in values)
    if facts.get("format") != FORMAT or sign != sealed.signer or not is_office(office) or not is_age_key(age):
        raise Broken("card")
    if not _SIGN.fullmatch(sign) or not _SITE.fullmatch(site) or not _MADE.fullmatch(made):
        raise Broken("card")
    if not name.strip() or len(name) > 200 or any(unicodedata.category(c) == "Cc" for c in name):
        raise Broken("name")
    return Card(office, name, site, sign, age, made, text)


def read_file(path: Path) -> Card:
    """The card in a file; `KeyProblem` where it is none, `DiskProblem` where it cannot be read."""
    with disk_troubles(path), path.open("rb") as file:
        text = file.read(MAX_FILE + 1)
    try:
        if len(text) > MAX_FILE:
            raise Broken("too long")
        text = text.removesuffix(b"\n")
        _refuse_newer(text)
        return read(text)
    except Broken as why:
        raise problems.no_card() from why


def _refuse_newer(text: bytes) -> None:
    try:
        sealed = read_envelope(text)
        facts = parsed(sealed.payload)
    except Broken:
        return
    version = facts.get("format")
    kind = sealed.sort.startswith("application/vnd.cpdesk.card.")
    if kind and (sealed.sort != CARD or (isinstance(version, int) and version > FORMAT)):
        raise problems.newer_card()


def write_file(card: Card, path: Path) -> None:
    write_whole(path, card.text + b"\n")


def same_fingerprint(typed: str, card: Card) -> bool:
    """Whether what a person typed or heard is this card's fingerprint; spaces, dashes and Khmer digits are fine."""
    return re.sub(r"\D", "", digits.to_ascii(typed)) == card.fingerprint.replace(" ", "")


def certify(keys: Keys, by: str, card: Card, at: str) -> bytes:
    """Office `by` accepts that card: a signed envelope over its keys."""
    payload = {"format": FORMAT, "by": by, "at": at, "office": card.office, "sign": card.sign, "age": card.age}
    return keys.seal(payload, CERTIFICATE)


def read_certificate(text: bytes) -> Sealed:
    """A certificate that nobody believed yet; see `certified`."""
    return read_envelope(text)


def certified(certificate: Sealed, card: Card, signer: str) -> bool:
    """Whether `signer` accepted exactly that card."""
    try:
        facts = certificate.opened(CERTIFICATE, signer)
    except Broken:
        return False
    wanted = {"format": FORMAT, "office": card.office, "sign": card.sign, "age": card.age}
    return all(facts.get(key) == value for key, value in wanted.items())


def check_fingerprint(card: Card, typed: str | None) -> None:
    """`KeyProblem` where a fingerprint was given and is not this card's."""
    if typed is not None and not same_fingerprint(typed, card):
        raise KeyProblem(
            _("The fingerprint does not fit: the card of office {office} has {fingerprint}.").format(
                office=card.office, fingerprint=card.fingerprint
            ),
            _("The card was not taken."),
            _("Ask the office by phone to read its fingerprint again; if it still differs, the card is not theirs."),
        )
