"""Desks as programs of earlier days left them (`tests/data/desks`), sealed again under a key for tests."""

from __future__ import annotations

import hashlib
import hmac
import json
import lzma
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from cpdesk.store import keyfile
from cpdesk.store.keyfile import DeskKey

FOLDER = Path(__file__).parent / "data" / "desks"
STEPS = tuple(sorted(path.name.partition(".")[0] for path in FOLDER.glob("*.desk.xz")))
PAGE, USABLE, SALT, IV = 4096, 4016, 16, 16
SECRET = hashlib.sha256(b"a key of desks for tests, which protects nothing").digest()


def said(step: str) -> dict[str, Any]:
    """What the old program said: `steps` of its schema, and `records`, by id, as its command line gave them."""
    found: dict[str, Any] = json.loads((FOLDER / f"{step}.json").read_text("utf-8"))
    return found


def package(step: str) -> Path:
    """A package for that desk, of the same day."""
    return FOLDER / f"{step}.cpsync"


def desk(step: str, folder: Path, name: str = "08.cpdesk") -> Path:
    """That desk as a file in `folder`; its key lies where keys of open desks do."""
    plain = lzma.decompress((FOLDER / f"{step}.desk.xz").read_bytes())
    key = DeskKey(plain[:SALT], SECRET)
    seal = hashlib.pbkdf2_hmac("sha512", SECRET, bytes(byte ^ 0x3A for byte in key.salt), 2, 32)
    pages = [_sealed(plain[at : at + USABLE], at // USABLE + 1, seal) for at in range(0, len(plain), USABLE)]
    path = folder / name
    path.write_bytes(b"".join(pages))
    keyfile.keep(key)
    return path


def _sealed(plain: bytes, number: int, seal: bytes) -> bytes:
    skip = SALT if number == 1 else 0
    iv = hashlib.sha256(plain + number.to_bytes(4, "big")).digest()[:IV]
    cipher = Cipher(algorithms.AES(SECRET), modes.CBC(iv)).encryptor().update(plain[skip:])
    page = plain[:skip] + cipher + iv
    return page + hmac.digest(seal, page[skip:] + number.to_bytes(4, "little"), "sha512")
