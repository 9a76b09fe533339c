"""A reader of packages written from FORMAT.md alone, by a stranger: nothing of cpdesk is imported here.

    python -m tests.packages.reader PACKAGE KEYFILE OFFICE [CARD…]

prints what the records hold, or by which of the names of section 5 the package is refused. Numbers in brackets are
sections of FORMAT.md. It takes whole files into memory; otherwise it is as strict as the format demands.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import struct
import sys
import zlib
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KNOWN, SMALL, LINE, FILE, CAP, MANY = 2, 1 << 14, 4 << 20, 64 << 20, 64 << 20, 5_000
ZERO = "0" * 32
HEX = {n: re.compile(rf"[0-9a-f]{{{n}}}", re.A) for n in (8, 32, 64)}
OFFICE = re.compile(r"\d\d|\d{4}|\d{6}|\d{8}", re.A)
WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d", re.A)
NUMBER = re.compile(r"\d{5}( \d{5}){7}", re.A)
NAMES_OF_OPS = re.compile(r"[0-9a-f]{32}( [0-9a-f]{32})*", re.A)
BLOB = re.compile(rb"blobs/([0-9a-f]{64})\.age")
FULL, SAFE = 0xFFFFFFFF, (1 << 53) - 1


class Refused(Exception):
    """The name of the outcome [5]."""


def need(true: object, outcome: str = "damaged") -> None:
    if not true:
        raise Refused(outcome)


def fits(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and bool(pattern.fullmatch(value))


def whole(value: object, least: int = 0, most: int = SAFE) -> bool:
    return type(value) is int and least <= value <= most


def covers(upper: str, lower: str) -> bool:
    return upper == "00" or lower == upper or (lower.startswith(upper) and lower != "00")


# --- canonical JSON, envelopes, cards [1, 2] -------------------------------------------------------------------------
def canon(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def parse(text: bytes) -> Any:
    """What is not canonical to the byte (doubled keys, floats, spaces, surrogates…) is written otherwise than read."""
    try:
        value = json.loads(text)
        need(canon(value) == text)
    except (ValueError, RecursionError):
        raise Refused("damaged") from None
    return value


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def bare(text: object) -> bytes:
    need(isinstance(text, str))
    try:
        data = base64.b64decode(str(text), validate=True)
    except ValueError:
        raise Refused("damaged") from None
    need(base64.b64encode(data).decode() == text)
    return data


def opened(envelope: Any, sort: str, signer: str | None = None) -> tuple[dict[str, Any], str]:
    """(payload, key) of an envelope, text or parsed, whose signature is good; by `signer` where one is given."""
    if isinstance(envelope, str):
        envelope = parse(envelope.encode("utf-8", "surrogatepass"))
    kind = f"application/vnd.cpdesk.{sort}.v1+json"
    need(isinstance(envelope, dict) and envelope.keys() == {"payload", "payloadType", "signatures"})
    need(envelope["payloadType"] == kind and isinstance(envelope["signatures"], list))
    need(len(envelope["signatures"]) == 1 and isinstance(envelope["signatures"][0], dict))
    need(envelope["signatures"][0].keys() == {"keyid", "sig"})
    key, payload = envelope["signatures"][0]["keyid"], bare(envelope["payload"])
    need(fits(HEX[64], key) and signer in (None, key))
    signed = b"DSSEv1 %d %b %d %b" % (len(kind), kind.encode(), len(payload), payload)
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bare(envelope["signatures"][0]["sig"]), signed)
    except (InvalidSignature, ValueError):
        raise Refused("damaged") from None
    found = parse(payload)
    need(isinstance(found, dict))
    return found, key


def card_in(envelope: Any) -> dict[str, Any]:
    card, key = opened(envelope, "card")
    need(card.get("format") == 1 and card.get("sign") == key and fits(OFFICE, card.get("office")))
    need(isinstance(card.get("name"), str) and fits(HEX[8], card.get("site")) and isinstance(card.get("made"), str))
    try:
        pyrage.x25519.Recipient.from_str(card.get("age"))
    except (pyrage.RecipientError, TypeError):
        raise Refused("damaged") from None
    return card


def fingerprint(card: dict[str, Any]) -> str:
    text = canon(["cpdesk card", card["office"], card["sign"], card["age"]])
    digits = f"{int.from_bytes(hashlib.sha256(text).digest()) % 10**40:040d}"
    return " ".join(digits[i : i + 5] for i in range(0, 40, 5))


def vouches(certificate: Any, card: dict[str, Any], signer: str) -> bool:
    try:
        facts, _key = opened(certificate, "certificate", signer)
    except Refused:
        return False
    return facts.get("format") == 1 and all(facts.get(name) == card[name] for name in ("office", "sign", "age"))


# --- the ZIP, the locks [3] ------------------------------------------------------------------------------------------
def members(data: bytes) -> dict[str, bytes]:
    """Each member's bytes by name, in order; the whole form is written again and compared."""
    found: dict[str, bytes] = {}
    written, directory, want = b"", b"", [b"README.txt", b"header.json", b"data.age"]
    while want:
        crc, size, _again, length = struct.unpack_from("<3IH", data.ljust(64, b"\0"), len(written) + 14)
        name = data[len(written) + 30 :][:length]
        blob = BLOB.fullmatch(name)
        need(name == want[0] or (want == [b"data.age"] and blob and name.decode() not in found))
        large = bool(blob) or name == b"data.age"
        version = 45 if large else 20
        if large:
            (size,) = struct.unpack_from("<Q", data.ljust(len(written) + 128, b"\0"), len(written) + 34 + length)
        extra = struct.pack("<2H2Q", 1, 16, size, size) if large else b""
        shown = FULL if large else size
        head = struct.pack("<4s5H3I2H", b"PK\3\4", version, 0, 0, 0, 33, crc, shown, shown, length, len(extra))
        start = len(written)
        need(start < FULL and (large or size <= SMALL))
        body = data[start + len(head + name + extra) :][:size]
        need(len(body) == size and zlib.crc32(body) == crc)
        written += head + name + extra + body
        need(len(written) <= len(data) and data.startswith(head + name + extra, start))
        long = struct.pack("<2H2Q", 1, 16, size, size) if size >= FULL else b""
        directory += struct.pack("<4s6H3I5H2I", b"PK\1\2", version, version, 0, 0, 0, 33, crc, min(size, FULL),
                                 min(size, FULL), length, len(long), 0, 0, 0, 0, start) + name + long  # fmt: skip
        found[name.decode()] = body
        need(len(found) <= MANY + 2)
        if name == want[0]:
            want.pop(0)
    at, n = len(written), len(found)
    need(at < FULL)  # nobody tests with more than 4 GiB
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, n, n, len(directory), at, 0)
    need(data[at:] == directory + end)
    return found


def unlocked(data: bytes, key: pyrage.x25519.Identity) -> bytes:
    need(data.startswith(b"age-encryption.org/v1\n") and b"\n--- " in data[:SMALL])
    try:
        return bytes(pyrage.decrypt(data, [key]))
    except pyrage.DecryptError as why:
        raise Refused("for another" if "No matching keys" in str(why) else "damaged") from None


# --- a desk that reads [4, 5] ----------------------------------------------------------------------------------------
@dataclass
class Desk:
    """`accepts`: the cards that it took itself, each with where that office stands: "upper" or "lower"."""

    office: str
    key: pyrage.x25519.Identity
    accepts: list[tuple[dict[str, Any], str]]
    withdrawn: set[str] = field(default_factory=set)  # fingerprints
    ops: dict[str, dict[str, Any]] = field(default_factory=dict)
    signers: dict[str, str] = field(default_factory=dict)  # of streams

    def read(self, data: bytes) -> int:
        """How many changes were new here. Keeps nothing where it raises `Refused`."""
        try:
            return self._read(data)
        except Refused as why:
            raise Refused("no package" if data[30:40] != b"README.txt" else str(why)) from None

    def _read(self, data: bytes) -> int:
        found = members(data)
        header = parse(found["header.json"])
        facts(header)
        plain = unlocked(found["data.age"], self.key)
        cap = max(CAP, 100 * len(found["data.age"]))
        unzip = zlib.decompressobj(31)
        try:
            first, _end, rest = unzip.decompress(plain, LINE + cap + 2).partition(b"\n")
        except zlib.error:
            raise Refused("damaged") from None
        need(len(first) <= LINE)
        begin = parse(first)
        need(isinstance(begin, dict) and begin.keys() == {"card", "certificate", "manifest"})
        card = card_in(begin["card"])
        role = self._role(card, begin["certificate"])
        manifest, _key = opened(begin["manifest"], "manifest", card["sign"])
        facts(manifest)
        need(all(manifest.get(name) == header.get(name) for name in NAMES) and manifest["from"] == card["office"])
        need(manifest.get("files") == {name: sha(found[name]) for name in ("README.txt", "header.json")})
        need(manifest["to"] == self.office, "for another")
        tips = well_formed(manifest)
        need(manifest["bytes"] <= cap, "too large")
        owners = self._owners(card, role, manifest["cards"])
        need(unzip.eof and not unzip.unused_data and (not rest or rest.endswith(b"\n")))
        lines = rest.split(b"\n")[:-1]
        ops, ends = self._lines(lines)
        need((len(lines), len(rest), sha(rest)) == (manifest["lines"], manifest["bytes"], manifest["sha256"]))
        signers = self._ends(ends, tips, owners)
        together = {**ops, **self.ops}
        words = [op for op in together.values() if op["sets"] is not None and is_word(op)]
        for h, op in together.items():
            if any(says(word, h, op) for word in words) and not is_word(op):
                op["sets"] = None
            need(op["sets"] is not None or any(says(word, h, op) for word in words), "forged")
        self._files(found, manifest["blobs"])
        fresh = len(together) - len(self.ops)
        self.ops, self.signers = together, {**self.signers, **signers}
        return fresh

    def _role(self, card: dict[str, Any], certificate: Any) -> str:
        need(fingerprint(card) not in self.withdrawn, "withdrawn")
        for known, role in self.accepts:
            if fingerprint(known) == fingerprint(card):
                return role
            if role == "upper" and card["office"] == self.office and vouches(certificate, card, known["sign"]):
                return "sibling"
        raise Refused("stranger")

    def _owners(self, sender: dict[str, Any], role: str, cards: list[Any]) -> dict[str, str]:
        """Signing key → office, of all whose tips are believed."""
        found = {known["sign"]: known["office"] for known, _role in self.accepts} | {sender["sign"]: sender["office"]}
        for text, certificate in cards:
            card = card_in(text)
            need(vouches(certificate, card, sender["sign"]), "forged")
            need(found.get(card["sign"], card["office"]) == card["office"], "forged")
            if role == "upper" or covers(sender["office"], card["office"]):
                found[card["sign"]] = card["office"]
            if role != "upper" and fingerprint(card) in self.withdrawn:
                found.pop(card["sign"], None)
        return found

    def _lines(self, lines: list[bytes]) -> tuple[dict[str, dict[str, Any]], dict[str, tuple[str, str, int]]]:
        """(ops by name, the ends of their chains by name: stream, its office, seq)"""
        ops: dict[str, dict[str, Any]] = {}
        ends: dict[str, tuple[str, str, int]] = {}
        id_, office, scope, last = b"", "", "", (0, "")
        for line in lines:
            need(len(line) <= LINE)
            found = parse(line)
            need(isinstance(found, list) and found)
            if found[0] == "S":
                need(len(found) == 4 and all(fits(OFFICE, one) for one in found[1:3]) and fits(HEX[32], found[3]))
                office, scope = found[1:3]
                need(covers(scope, self.office) or covers(self.office, scope), "forged")
                need(covers(scope, office) or covers(office, scope), "forged")
                before, id_, last = id_, hashlib.sha256(canon(found[1:])).digest()[:16], (0, "")
                need(id_ > before)
                continue
            need(id_)
            op = op_in(found)
            h = sha(id_ + canon(found[0]))[:32]
            need((op["seq"], h) > last)
            last = op["seq"], h
            ops[h] = {**op, "stream": id_.hex(), "office": office, "scope": scope}
            ends.pop(op["prev"], None)
            ends[h] = id_.hex(), office, op["seq"]
        return ops, ends

    def _ends(
        self, ends: dict[str, tuple[str, str, int]], tips: dict[tuple[str, int, str], str], owners: dict[str, str]
    ) -> dict[str, str]:
        """Stream → who signed it, of all whose ends are signed as they must be."""
        signers: dict[str, str] = {}
        for h, (stream, office, seq) in ends.items():
            signer = tips.get((stream, seq, h), "")
            good = owners.get(signer) == office and self.signers.get(stream, signer) == signer
            if h not in self.ops:
                need(good, "forged")
            if good:
                need(signers.setdefault(stream, signer) == signer, "forged")
        return signers

    def _files(self, found: dict[str, bytes], blobs: list[Any]) -> None:
        names = [name for name in found if name.startswith("blobs/")]
        need(names == [f"blobs/{name}.age" for name, _sha, _size in blobs])
        for name, content, size in blobs:
            locked = found[f"blobs/{name}.age"]
            try:
                plain = unlocked(locked, self.key)
            except Refused:
                raise Refused("damaged") from None
            need(sha(locked) == name and (sha(plain), len(plain)) == (content, size))


NAMES = ("format", "reader", "number", "from", "to", "at")


def facts(said: Any) -> None:
    """What stands outside, and in the manifest once more [3]."""
    need(isinstance(said, dict) and whole(said.get("format"), 1) and whole(said.get("reader"), 1))
    need(said["reader"] <= KNOWN, "newer")
    need(whole(said.get("number"), 1) and fits(OFFICE, said.get("from")) and fits(OFFICE, said.get("to")))
    need(fits(WHEN, said.get("at")))


def well_formed(m: dict[str, Any]) -> dict[tuple[str, int, str], str]:
    """The manifest's other facts; its tips with their signers."""
    need(fits(HEX[8], m.get("site")) and whole(m.get("through"), 0, (1 << 63) - 1) and fits(HEX[64], m.get("sha256")))
    need(whole(m.get("lines")) and whole(m.get("bytes")) and isinstance(m.get("have"), dict))
    for stream, place in m["have"].items():
        need(fits(HEX[32], stream) and isinstance(place, list) and len(place) == 2)
        need(whole(place[0], 1) and fits(HEX[32], place[1]))
    need(all(isinstance(m.get(name), list) for name in ("tips", "cards", "revoked", "blobs")))
    need(all(isinstance(one, list) and len(one) == 2 for one in m["cards"]))
    need(all(fits(NUMBER, one) for one in m["revoked"]))
    for names in (m.get("lacks", []), m.get("keeps", [])):
        need(isinstance(names, list) and len(names) <= MANY and all(fits(HEX[64], one) for one in names))
    for one in m["blobs"]:
        need(isinstance(one, list) and len(one) == 3 and fits(HEX[64], one[0]) and fits(HEX[64], one[1]))
        need(whole(one[2], 0, FILE))
    need(len({one[1] for one in m["blobs"]}) == len(m["blobs"]) and (not m["blobs"] or m["reader"] > 1))
    tips = {}
    for text in m["tips"]:
        tip, signer = opened(text, "tip")
        need(tip.get("format") == 1 and fits(HEX[32], tip.get("stream")) and fits(HEX[32], tip.get("h")))
        need(whole(tip.get("seq"), 1))
        tips[tip["stream"], tip["seq"], tip["h"]] = signer
    return tips


def op_in(line: list[Any]) -> dict[str, Any]:
    """A change [4], its digest checked."""
    need(len(line) == 3 and isinstance(line[0], list) and len(line[0]) == 9)
    (version, seq, prev, hlc, who, kind, record, digest, parents), salt, sets = line
    need(version == 1 and whole(seq, 1) and fits(HEX[32], prev) and whole(hlc, 0, (1 << 63) - 1))
    need(isinstance(who, str) and "\0" not in who and isinstance(kind, str) and "\0" not in kind)
    need(0 < len(kind) <= 64 and fits(HEX[32], record) and fits(HEX[64], digest))
    need(isinstance(parents, list) and all(fits(HEX[32], one) for one in parents))
    need(all(a < b for a, b in pairwise(parents)))
    if (salt, sets) != (None, None):
        need(fits(HEX[32], salt) and isinstance(sets, dict) and sets)
        need(all(0 < len(name) <= 128 and "\0" not in name for name in sets))
        for value in sets.values():
            text = type(value) is str and "\0" not in value
            need(text or value is None or type(value) is bool or whole(value, -SAFE))
        need(sha(bytes.fromhex(salt) + canon(sets)) == digest)
    return {"seq": seq, "prev": prev, "hlc": hlc, "kind": kind, "record": record, "parents": parents, "sets": sets}


def is_word(op: dict[str, Any]) -> bool:
    return op["sets"] is not None and min(op["sets"]) == "_redacted"


def says(word: dict[str, Any], h: str, op: dict[str, Any]) -> bool:
    """Whether it takes the content of that op out."""
    names = word["sets"]["_redacted"]
    return bool(
        fits(NAMES_OF_OPS, names) and h in names.split(" ")
        and word["record"] == op["record"] and covers(word["office"], op["scope"])
    )  # fmt: skip


# --- what follows from the ops [4] -----------------------------------------------------------------------------------
def state(ops: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Record → what it holds, in the form of section 6."""
    records: dict[str, list[str]] = {}
    for h, op in ops.items():
        records.setdefault(op["record"], []).append(h)
    return {record: _record({h: ops[h] for h in those}) for record, those in records.items()}


def _record(ops: dict[str, dict[str, Any]]) -> dict[str, Any]:
    hidden = {(parent, name) for op in ops.values() for parent in op["parents"] for name in op["sets"] or ()}
    heads: dict[str, list[str]] = {}
    for h in sorted(ops, key=lambda h: (ops[h]["hlc"], ops[h]["stream"], ops[h]["seq"], h), reverse=True):
        for name in ops[h]["sets"] or ():
            if (h, name) not in hidden:
                heads.setdefault(name, []).append(h)
    data = {name: those for name, those in heads.items() if not name.startswith("_")}
    marks = heads.get("_deleted", [])
    deletes = [h for h in marks if ops[h]["sets"]["_deleted"] is True]
    seen = {parent for h in deletes for parent in ops[h]["parents"]}
    unseen = {h for those in data.values() for h in those} - seen
    differs = {name: [[h, ops[h]["sets"][name]] for h in those] for name, those in data.items()
               if len({canon(ops[h]["sets"][name]) for h in those}) > 1}  # fmt: skip
    return {
        "kind": ops[min(ops)]["kind"],
        "scope": min(op["scope"] for op in ops.values()),
        "values": {name: ops[those[0]]["sets"][name] for name, those in data.items()},
        "differs": differs,
        "deleted": "no" if not deletes else "yes" if len(deletes) == len(marks) and not unseen else "differs",
        "waits": any(parent not in ops for op in ops.values() for parent in op["parents"]),
    }


def desk_of(folder: Path, facts: dict[str, Any]) -> Desk:
    """A desk as `manifest.json` of the vectors describes it."""

    def card(name: str) -> dict[str, Any]:
        return card_in((folder / name).read_text("utf-8").removesuffix("\n"))

    known = [(card(name), role) for role in ("lower", "upper") for name in facts[role]]
    gone = {fingerprint(card(name)) for name in facts["withdrawn"]}
    key = (folder / facts["key"]).read_text().strip()
    return Desk(facts["office"], pyrage.x25519.Identity.from_str(key), known, gone)


def main(package: str, key: str, office: str, *cards: str) -> None:
    identity = pyrage.x25519.Identity.from_str(Path(key).read_text().strip())
    known = [card_in(Path(one).read_text("utf-8").removesuffix("\n")) for one in cards]
    desk = Desk(office, identity, [(card, "lower" if covers(office, card["office"]) else "upper") for card in known])
    try:
        desk.read(Path(package).read_bytes())
    except Refused as why:
        raise SystemExit(f"refused: {why}") from None
    print(json.dumps(state(desk.ops), ensure_ascii=False, indent=1, sort_keys=True))


if __name__ == "__main__":
    main(*sys.argv[1:])
