"""Who may bring which changes into a desk: the rules of trust, asked while a package is being read."""

from __future__ import annotations

import errno
import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

from cpdesk.files import disk_problem
from cpdesk.store import Desk, blobs, exchange, log, state, union
from cpdesk.store.canonical import Row
from cpdesk.store.exchange import LOWER, RELAYED, SELF, UPPER, Received
from cpdesk.store.union import Merge
from cpdesk.sync import cards, problems, receive
from cpdesk.sync.cards import Card
from cpdesk.sync.intake import Intake
from cpdesk.sync.keys import Keys, Sealed
from cpdesk.sync.manifest import Manifest, Sent, Tip
from cpdesk.sync.receive import FileSink
from cpdesk.tasks.offices import row_of, withdrawn_here


class Taking:
    """One package on its way into an open merge. See `receive.Taker` and `intake.Log` for what each method is asked.

    Trusted is the sender whose card was joined or enrolled here; a computer of our own office that the office above
    certified; and ourselves. A stream's end must be signed by the stream's owner: a card known here, or one that the
    sender vouches for, an upper office for any, a lower one for those under it.
    """

    def __init__(self, desk: Desk, merge: Merge, keys: Keys, me: Card, file: Path) -> None:
        self.desk, self.merge, self.keys, self.me, self.file = desk, merge, keys, me, file
        self.role = ""
        self.card = me
        self.repeated: Received | None = None
        self.manifest: Manifest | None = None
        self._owners: dict[str, Card] = {}
        self._intake: Intake | None = None
        self._stream: log.Stream | None = None

    # --- the sender ---
    def trust(self, card: Card, certificate: Sealed | None) -> None:
        row = exchange.card(self.desk.db, card.fingerprint)
        if row and row.revoked:
            raise problems.revoked(card.office)
        if row and (row.role in (SELF, UPPER, LOWER) or row.office == self.desk.office):
            self.role = row.role
        elif row is None and self._is_sibling(card, certificate):
            self.role = RELAYED
        else:
            raise problems.stranger(card.office, card.fingerprint)
        self.card = card

    def _is_sibling(self, card: Card, certificate: Sealed | None) -> bool:
        above = exchange.cards(self.desk.db, role=UPPER)
        return (
            card.office == self.desk.office
            and certificate is not None
            and any(cards.certified(certificate, card, row.sign) for row in above if not row.revoked)
        )

    def begin(self, manifest: Manifest, card: Card) -> None:
        room(self.desk, manifest.size)
        self.manifest = manifest
        self._intake = Intake(self, manifest.tips)
        self._know_sender(card)
        self._owners = {card.sign: card, self.me.sign: self.me}
        for vouched in manifest.cards:
            self._vouched(vouched.card, vouched.certificate)
        if self.role == UPPER:
            self._withdraw(manifest)
        self._enter(manifest)

    def _know_sender(self, card: Card) -> None:
        row = exchange.card(self.desk.db, card.fingerprint)
        if row is None:
            exchange.put_card(self.desk.db, row_of(card, RELAYED))
        elif cards.read(row.card.encode()).made < card.made and self.role != SELF:
            exchange.put_card(self.desk.db, row._replace(name=card.name, card=card.text.decode()))

    def _vouched(self, card: Card, certificate: Sealed) -> None:
        if not cards.certified(certificate, card, self.card.sign):
            raise problems.forged()
        if card.sign == self.me.sign:
            own = exchange.card(self.desk.db, self.me.fingerprint)
            if own and self.role == UPPER and card.fingerprint == self.me.fingerprint:
                exchange.put_card(self.desk.db, own._replace(certificate=certificate.text.decode()))
            return
        known = exchange.card_by_key(self.desk.db, card.sign)
        if known and known.fingerprint != card.fingerprint:
            raise problems.forged()
        may = self.role in (UPPER, SELF) or union.covers(self.card.office, card.office)
        if known is None and may:
            exchange.put_card(self.desk.db, row_of(card, RELAYED, certificate.text))
        if known or may:
            self._owners[card.sign] = card

    def _withdraw(self, manifest: Manifest) -> None:
        """The upper office's word on withdrawn cards; only its newest word brings one back."""
        gone = set(manifest.revoked)
        exchange.revoke(self.desk.db, gone)
        newest = max((p.number for p in exchange.received(self.desk.db, self.card.fingerprint)), default=0)
        if manifest.header.number >= newest:
            others = exchange.cards(self.desk.db, role=RELAYED)
            stay = gone | withdrawn_here(self.desk)
            exchange.revoke(self.desk.db, [r.fingerprint for r in others if r.fingerprint not in stay], False)

    def _enter(self, manifest: Manifest) -> None:
        digest = hashlib.sha256(manifest.payload).hexdigest()
        self.repeated = exchange.received_before(self.desk.db, digest)
        if self.repeated:
            exchange.note_repeat(self.desk.db, self.repeated.package)
            self.merge.package = self.repeated.package
            return
        header = manifest.header
        self.merge.package = exchange.note_received(
            self.desk.db,
            Received(
                0, digest, self.card.fingerprint, header.sender, manifest.site, header.number, header.at, state.now(),
                self.file.name, manifest.through, 0, 0, 0, 1,
            ),
        )  # fmt: skip
        if self.role != SELF:
            exchange.set_holds(self.desk.db, self.card.fingerprint, manifest.have)
            blobs.set_peer(self.desk.db, self.card.fingerprint, manifest.lacks, manifest.keeps)

    # --- the changes ---
    def lines(self, lines: list[bytes]) -> None:
        assert self._intake
        self._intake.lines(lines)

    def stream(self, id_: bytes, office: str, scope: str, nonce: bytes) -> None:
        if not union.may_see(self.desk.office, scope) and self.role != SELF:
            raise problems.forged()
        if not (union.covers(scope, office) or union.covers(office, scope)):
            raise problems.forged()
        self._stream = self.merge.stream(id_, office, scope, nonce)

    def rows(self, rows: list[Row]) -> None:
        assert self._stream
        self.merge.add_rows(self._stream, rows)

    def end(self, _id: bytes, office: str, seq: int, h: bytes, tip: Tip | None) -> None:
        assert self._stream
        db, stream = self.desk.db, self._stream
        known = exchange.was_here(db, stream, seq, h, self.merge.start)
        if tip is None or not self._owns(tip, office):
            if known:
                return
            raise problems.forged()
        exchange.keep_tip(db, stream.sid, h, tip.signer, tip.text)

    def _owns(self, tip: Tip, office: str) -> bool:
        assert self._stream
        before = exchange.signer_of(self.desk.db, self._stream.sid)
        if before is not None and before != tip.signer:
            return False
        row = exchange.card_by_key(self.desk.db, tip.signer)
        if row and row.revoked and self.role != UPPER:
            return False
        card = self._owners.get(tip.signer)
        owner = card.office if card else row.office if row else ""
        return owner == office

    @property
    def ops(self) -> int:
        """How many changes the package holds."""
        return self._intake.ops if self._intake else 0

    def finish(self) -> int:
        """After the last line: how many records the package touches; the state follows its changes."""
        assert self._intake and self.merge.package
        self._intake.finish()
        fresh = self.merge.fresh()
        records = self.merge.project() if fresh else 0
        if fresh and self.merge.unexplained():
            raise problems.forged()
        if not self.repeated:
            exchange.note_merged(self.desk.db, self.merge.package, self._intake.ops, fresh, records, self.merge.start)
        if self.merge.brings(blobs.KIND):
            blobs.named_by(self.desk.db, self.merge.start, self.card.office)
        return records

    # --- the attached files ---
    def take_files(self, rehearse: bool, progress: Callable[[int], None]) -> int:
        """Behind `finish`: check every file, keep those that a record here names and that have not arrived; how many
        these are."""
        assert self.manifest
        wanted = 0

        def sink(sent: Sent) -> FileSink | None:
            nonlocal wanted
            if not blobs.is_wanted(self.desk.db, sent.sha256):
                return None
            wanted += 1
            return None if rehearse else blobs.Writing(self.desk.db, sent.sha256, sent.bytes)

        receive.read_files(self.file, self.keys, self.manifest, sink, progress)
        for sent in self.manifest.blobs:
            blobs.brought(self.desk.db, sent.sha256, self.card.office)
        return wanted


def room(desk: Desk, size: int) -> None:
    """`DiskProblem` unless the desk's disk holds three times `size`: log, state, SQLite's own copy."""
    folder = desk.path.parent
    if shutil.disk_usage(folder).free < 3 * size:
        raise disk_problem(OSError(errno.ENOSPC, "too little room"), desk.path)
