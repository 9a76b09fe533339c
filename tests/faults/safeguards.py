"""The safeguards that `teeth.py` takes away one at a time, each with the tests that must notice."""

from __future__ import annotations

from dataclasses import dataclass

CUTS = "faults --cuts 200"
KILLS = "faults --count 60 --cuts 0 --only '{}'"
DAMAGE = "tests/sync/test_damage.py -k 'not every_byte and not cut_anywhere'"  # those two take as long as all others
ROUND = "tests/sync/test_round.py"
OPENING = "tests/store/test_opening.py"
SAVING = "tests/store/test_saving.py"
CARE = "tests/store/test_care.py"
TRUSTED = "tests/sync/test_trust.py"
VECTORS = "tests/sync/test_vectors.py"
FILES_ROUND = "tests/sync/test_files.py"
FILE_DAMAGE = "tests/sync/test_file_damage.py"
ATTACHING = "tests/tasks/test_attachments.py"
REDACTION = "tests/store/test_redaction.py"
REGISTER = "tests/tasks/test_paperwork_register.py"
PAPERWORK = "tests/tasks/test_paperwork.py"
ATTACKED = "tests/analysis/test_suppression.py"
BY_HAND = f"{ATTACKED} -k 'not from_two_copies'"
IN_GROUPS = "tests/analysis/test_groups.py"
PUBLICLY = "tests/tasks/test_public.py"
REMEMBERED = "tests/tasks/test_public_memory.py"
STANDING = "tests/tasks/test_paperwork_standing.py"


@dataclass(frozen=True)
class Safeguard:
    """`old` stands once in `file`; with `new` in its place, one of `tests` must fail."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


def gone(name: str, file: str, old: str, *tests: str, new: str = "") -> Safeguard:
    """One of `cpdesk/<file>.py`."""
    return Safeguard(name, f"cpdesk/{file}.py", old, new, tests)


FILES = (
    gone("a finished file is flushed", "files", "                os.fsync(file.fileno())\n", CUTS),
    gone("its folder is flushed", "files", "            raise\n    flush_folder(path.parent)\n", CUTS,
         new="            raise\n"),
    gone("what was written whole is read back", "files", "whole_file(path, verify) as", KILLS.format("card, LIE"),
         new="whole_file(path) as"),
    gone("a package is read back", "sync/send", "whole_file(path, verify) as", KILLS.format("export, LIE"),
         new="whole_file(path) as"),
    gone("a copy is read back", "store/care", "= read_back(part, key)\n", KILLS.format("backup, LIE"),
         new="= 0\n"),
    gone("a copy's folder is flushed", "store/care", "            flush_folder(target.parent)\n", CUTS),
    gone("a new folder lasts", "paths", "            os.fsync(handle)\n", CUTS, new="            pass\n"),
    gone("a half-made desk is finished", "tasks/desk", "        return furnished(desk)\n", OPENING,
         new="        return desk\n"),
    gone("leftovers go", "files", "                part.unlink(missing_ok=True)\n", KILLS.format("export"),
         new="                pass\n"),
    gone("commits are flushed", "store/connection", "synchronous = FULL", CUTS, new="synchronous = OFF"),
    gone("commits are flushed at once", "store/connection", "synchronous = FULL", CUTS, new="synchronous = NORMAL"),
    gone("a copy before a merge", "tasks/receiving", 'keep_copy(desk, "before-merge")', CUTS, new="pass"),
    gone("a number before its package", "tasks/sending",
         "number = exchange.take_number(desk.db, office, at, path.name)", CUTS,
         new="number = len(exchange.sent(desk.db)) + 1"),
    gone("a number not used is given back", "tasks/sending", "exchange.give_back_number(desk.db, office, number)",
         ROUND, KILLS.format("export"), new="pass"),
)  # fmt: skip

TRANSACTIONS = (
    gone("a save is one transaction", "store/writer",
         "    with immediate(desk.db):\n        id_ = bytes.fromhex(record) if record", KILLS.format("save, KILL"),
         new="    if True:\n        id_ = bytes.fromhex(record) if record"),
    gone("a merge is one transaction", "store/union", "roomy(desk.db), immediate(desk.db):",
         KILLS.format("merge, KILL"), new="roomy(desk.db):"),
    gone("what fails is rolled back", "store/connection", 'conn.execute("ROLLBACK")', SAVING, new="pass"),
    gone("many saves are one", "tasks/records", "with roles.acting(desk, Act.DRAFT), immediate(desk.db):\n"
         "        return [save(", CUTS, new="with roles.acting(desk, Act.DRAFT):\n        return [save("),
)  # fmt: skip

TRUST = (
    gone("signatures", "sync/keys", "            envelope.verify([_public(self.signer)], 1)\n", DAMAGE,
         new="            pass\n"),
    gone("another sort of document", "sync/keys", "self.sort != sort or ", DAMAGE),
    gone("another signer", "sync/keys", "signer is not None and signer != self.signer", DAMAGE, new="False"),
    gone("the end of a stream is signed", "tasks/taking",
         "if known:\n                return\n            raise problems.forged()", DAMAGE, new="return"),
    gone("by the stream's owner", "tasks/taking", "return owner == office", DAMAGE, new="return True"),
    gone("a stream keeps its signer", "tasks/taking", "before is not None and before != tip.signer", DAMAGE, ROUND,
         new="False"),
    gone("a withdrawn card signs nothing", "tasks/taking", "row and row.revoked and self.role != UPPER", TRUSTED,
         new="False"),
    gone("digests", "store/canonical", "digest_of(grains, sets) != mark", DAMAGE, new="False"),
    gone("only scopes that may be seen", "tasks/taking",
         "if not union.may_see(self.desk.office, scope) and self.role != SELF:", TRUSTED, new="if False:"),
    gone("only scopes that the writer may write", "tasks/taking",
         "if not (union.covers(scope, office) or union.covers(office, scope)):", DAMAGE, ROUND, new="if False:"),
    gone("strangers", "tasks/taking", "raise problems.stranger(card.office, card.fingerprint)", DAMAGE,
         new="self.role = LOWER"),
    gone("withdrawn senders", "tasks/taking", "raise problems.revoked(card.office)", ROUND, DAMAGE, new="pass"),
    gone("a sibling needs a certificate", "tasks/taking",
         "any(cards.certified(certificate, card, row.sign) for row in above if not row.revoked)", TRUSTED,
         new="True"),
    gone("who is vouched for is certified", "tasks/taking",
         "if not cards.certified(certificate, card, self.card.sign):", TRUSTED, new="if False:"),
    gone("a lower office vouches for those under it", "tasks/taking",
         "self.role in (UPPER, SELF) or union.covers(self.card.office, card.office)", TRUSTED, new="True"),
    gone("one key, one card", "tasks/taking", "if known and known.fingerprint != card.fingerprint:", TRUSTED,
         new="if False:"),
    gone("an old word revives no card", "tasks/taking", "if manifest.header.number >= newest:", TRUSTED,
         new="if True:"),
    gone("content goes only with a word", "tasks/taking", "if fresh and self.merge.unexplained():", DAMAGE,
         new="if False:"),
    gone("inside as outside", "sync/receive", "manifest.header != self.header or ", DAMAGE),
    gone("the sender is the card's", "sync/receive", "manifest.header.sender != card.office", TRUSTED, new="False"),
    gone("plain members are signed", "sync/receive", "if manifest.files != {", DAMAGE,
         new="if False and manifest.files != {"),
    gone("for us", "sync/receive", "if manifest.header.to != self._office and card.sign != self._keys.sign:", DAMAGE,
         new="if False:"),
    gone("sizes are capped", "sync/receive", "if manifest.size > self._cap:", DAMAGE, new="if False:"),
    gone("the lines' hash", "sync/receive", " or self._sha.hexdigest() != m.sha256", DAMAGE),
    gone("the lines' number", "sync/receive", "self._lines != m.lines or ", DAMAGE),
    gone("the first line's length", "sync/receive", "FIRST_LINE = 4 << 20", DAMAGE, new="FIRST_LINE = 4 << 40"),
    gone("the checksum of the data", "sync/receive", " or self._crc != self._member.crc", DAMAGE),
    gone("a chain's order", "sync/intake", 'raise Malformed("out of order")', DAMAGE, new="pass"),
    gone("streams' order", "sync/intake", 'raise Broken("streams out of order")', DAMAGE, new="pass"),
    gone("hex has one form", "store/canonical", 'if (prev + record + digest + (salt or b"")).translate(None, _HEX):',
         VECTORS, new="if False:"),
    gone("names of fields", "store/canonical", "    if not _NAMES.issuperset(sets):", VECTORS, new="    if False:"),
    gone("what a value can be", "store/canonical", "not all(map(is_value, sets.values()))", VECTORS, new="False"),
    gone("a hurt lock is not another's", "sync/receive", "no_key and window.is_whole()", VECTORS, new="no_key"),
    gone("structures that unfold", "store/canonical", "len(text) > _LONG and not _FLAT.fullmatch(text)", DAMAGE,
         new="False"),
    gone("a fingerprint is compared", "sync/cards", "typed is not None and not same_fingerprint(typed, card)", ROUND,
         new="False"),
    gone("only below us", "tasks/offices", "theirs.office == desk.office or not covers(desk.office, theirs.office)",
         ROUND, new="False"),
    gone("only above us", "tasks/offices", "theirs.office == desk.office or not covers(theirs.office, desk.office)",
         ROUND, new="False"),
)  # fmt: skip

RECORDS = (
    gone("a delete sees all heads", "store/writer", "heads if sets.get(DELETED) is True else {name", SAVING,
         new="{name"),
    gone("parents replace", "store/projection",
         "            replaced.setdefault(parent, set()).update(c.sets)\n", SAVING, new="            pass\n"),
    gone("what a delete had not seen", "store/projection", "for c in standing[name] if c.h not in seen]", SAVING,
         ROUND, new="for c in standing[name] if False]"),
    gone("who may take content out", "store/redaction", "covers(office, scope.rstrip(PRIVATE)) and ", REDACTION,
         TRUSTED),
    gone("taken out for good", "store/redaction",
         '    if db.execute("SELECT 1 FROM redacted LIMIT 1").fetchone() is None:', REDACTION,
         new="    if not fresh:"),
    gone("private parents stay", "store/writer", "for head in standing if _same_side(head.change.scope, scope)}",
         SAVING, new="for head in standing}"),
    gone("private things stay", "store/scopes", "not is_private(scope) and ", ROUND, DAMAGE),
    gone("a copied desk is noticed", "store/desk", "if not anchor.fits(desk):", OPENING, new="if False:"),
    gone("a restored desk is a new one", "store/care", "        desk.become_new_site()\n", CARE,
         new="        pass\n"),
    gone("our stream in another's hands", "store/union", "UPDATE stream SET mine = 0 WHERE mine = 1 AND", CARE,
         new="UPDATE stream SET mine = 0 WHERE 0 AND"),
    gone("nothing is overwritten by a restore", "store/care", "    if target.exists():", OPENING,
         new="    if False:"),
    gone("nothing is overwritten by a new desk", "store/connection", "    if path.exists():", OPENING,
         new="    if False:"),
    gone("views and triggers", "store/care", " or hostile", CARE),
    gone("a desk's own mark", "store/care", "application != APPLICATION_ID or ", CARE),
    gone("a copy that is damaged", "store/care", '    if answers != ["ok"]:\n', OPENING, new="    if False:\n"),
    gone("the check of hashes", "store/care", "            bad += 1\n", CARE, new="            pass\n"),
    gone("the check of chains", "store/care", "not stream.forked and (seq, tip) != (stream.upto, stream.tip)", CARE,
         new="False"),
    gone("the check of the state", "store/care", "                apart += 1\n", CARE, new="                pass\n"),
)  # fmt: skip

ATTACHED = (
    gone("a file's own bytes", "sync/receive", " or self._sha.hexdigest() != self._sent.sha256", FILE_DAMAGE),
    gone("a file's length", "sync/receive", "if self._left or self._sha", FILE_DAMAGE, new="if self._sha"),
    gone("a file's name is that of its lock", "sync/receive", "self._sha.hexdigest() != self._member.blob",
         FILE_DAMAGE, new="False"),
    gone("only the files that the manifest tells", "sync/receive",
         "        if [member.blob for member in form.blobs] != [sent.name for sent in manifest.blobs]:\n",
         FILE_DAMAGE, new="        if False:\n"),
    gone("files change the number outside", "sync/receive",
         "manifest.blobs and manifest.header.reader < WITH_FILES", FILE_DAMAGE, new="False"),
    gone("a file twice", "sync/container", "name in names or len(found) >= MOST_BLOBS", FILE_DAMAGE, new="False"),
    gone("a package with its files is read back", "sync/receive",
         "        read_files(path, keys, found, lambda _sent: check.files, lambda _bytes: None)\n",
         KILLS.format("export, LIE")),
    gone("only to those who may see", "store/blobs", "may_see(to, scope) for scope in _scopes", FILES_ROUND,
         new="True for scope in _scopes"),
    gone("only where the bytes were seen", "store/blobs", "_scopes_naming(db, name) & _seen_in(db, name)", FILES_ROUND,
         new="_scopes_naming(db, name)"),
    gone("not again to who has them", "store/blobs", " - has\n", FILES_ROUND, new="\n"),
    gone("what lacks is asked for", "tasks/sending", "blobs.lacking(desk.db, office, MOST_NAMES)", FILES_ROUND,
         new="[]"),
    gone("what a fork holds is told", "tasks/sending", "blobs.beyond(desk.db, office, have, MOST_NAMES)", FILES_ROUND,
         new="[]"),
    gone("only what a record names is kept", "tasks/taking", "if not blobs.is_wanted(self.desk.db, sent.sha256):",
         FILE_DAMAGE, new="if blobs.is_here(self.desk.db, sent.sha256):"),
    gone("a rehearsal keeps no file", "store/union", "            raise Rehearsed\n", FILES_ROUND, ROUND,
         new="            pass\n"),
    gone("bytes and record in one", "tasks/attachments",
         "    with immediate(desk.db):\n        return attach_kept(where, of, keep_bytes", ATTACHING, new=
         "    if True:\n        return attach_kept(where, of, keep_bytes"),
    gone("the check of files", "store/care", "damaged += not blobs.is_whole(db, blob.sha256)", FILES_ROUND,
         new="pass"),
    gone("a redacted file goes", "store/redaction", "blobs.drop(db, files - blobs.ever_named(db))", FILES_ROUND,
         new="pass"),
    gone("what another record names stays", "store/redaction", "files - blobs.ever_named(db)", FILES_ROUND,
         new="files"),
    gone("a copy out is whole", "store/blobs", "    if sha.hexdigest() != sha256:\n", ATTACHING,
         new="    if False:\n"),
    gone("programs are not opened", "tasks/attachments", "    if not suffixes:\n", ATTACHING, new="    if False:\n"),
    gone("a name that no system stumbles over", "tasks/attachments", "folder / safe_name(found.name)", ATTACHING,
         new="folder / found.name"),
    gone("the size of a file", "tasks/attachments", "if len(data) > MOST:", ATTACHING, new="if False:"),
)  # fmt: skip

PAPERS = (
    gone("a number is given in one transaction", "tasks/paperwork/register", "    with immediate(desk.db):\n",
         REGISTER, new="    if True:\n"),
    gone("a paper keeps its number", "tasks/paperwork/register",
         "        if there:\n            return there\n        register", REGISTER, new="        register"),
    gone("numbers in the bin", "tasks/paperwork/register", "    for deleted in (False, True):\n        for one in",
         REGISTER, new="    for deleted in (False,):\n        for one in"),
    gone("numbers that two computers disagree on", "tasks/paperwork/register", "            if one.differences:",
         REGISTER, new="            if False:"),
    gone("numbers typed by hand", "tasks/paperwork/register",
         "    while register.shown(number, year) in typed:", REGISTER, new="    while False:"),
    gone("only this office's minutes", "tasks/paperwork/register", ".scope == self._desk.office", REGISTER,
         new=".scope != ''"),
    gone("a void number is no paper's", "tasks/paperwork/register", " if not one.voided]", REGISTER, new="]"),
    gone("a year of its own", "tasks/paperwork/register", '"series": key, "year": year}\n    found: set', REGISTER,
         new='"series": key}\n    found: set'),
    gone("the paper register's first number", "tasks/paperwork/register", "max(number, register.starts(year))",
         REGISTER, new="number"),
    gone("double numbers are found", "tasks/checks/run", "in fitting.same_numbers(numbers)]", REGISTER, new="in ()]"),
    gone("papers with two numbers are found", "tasks/checks/run", "in fitting.same_numbers(papers)]", REGISTER,
         new="in ()]"),
    gone("void doubles are settled", "tasks/checks/run", "if not row[-1]]\n    told", REGISTER, new="]\n    told"),
    gone("formats that cannot be used", "tasks/paperwork/series", "FORMAT if format_problem(shape) else shape",
         REGISTER, new="shape"),
    gone("words that cannot be filled in", "tasks/paperwork/templates", " and fits(text, SHIPPED[key])", PAPERWORK),
    gone("only what is shared", "tasks/paperwork/keeping", 'found["shares_papers"] is True', PAPERWORK, new="True"),
    gone("one's own words before those above", "tasks/paperwork/templates",
         "    for office in reversed(layers(desk) if own", PAPERWORK, new="    for office in (layers(desk) if own"),
    gone("another office's signer", "tasks/paperwork/templates", "(office == desk.office or name not in _OWN_ONLY)",
         PAPERWORK, new="True"),
    gone("another office's first number", "tasks/paperwork/series", " and name not in _OWN_ONLY", PAPERWORK),
    gone("one record on two computers", "tasks/paperwork/keeping", "writer.save(desk, kind, fresh, id_)", PAPERWORK,
         new="writer.save(desk, kind, fresh, None)"),
    gone("what was thrown away stays away", "tasks/paperwork/keeping",
         "dict.fromkeys((field.name for field in kind.fields), None) if there else {}", PAPERWORK, new="{}"),
    gone("blank on purpose", "tasks/paperwork/keeping", "    return BLANK if ", PAPERWORK, new="    return None if "),
    gone("an emblem that can be printed", "tasks/paperwork/emblem", " or not _can_be_printed(data)", PAPERWORK),
    gone("an emblem of a known type", "tasks/paperwork/emblem", "media.media_type(data) not in TYPES or ", PAPERWORK),
    gone("the emblem goes to the office's other computers", "tasks/paperwork/emblem",
         "        blobs.mark(desk.db, kept.sha256, desk.office)\n", PAPERWORK),
    gone("made-up records go away again", "tasks/paperwork/samples", "        raise _Enough\n", STANDING),
    gone("one paper's own lines are no template", "tasks/paperwork/samples", "        with own.set_aside():\n",
         STANDING, new="        if True:\n"),
    gone("the usual is no word of ours", "tasks/paperwork/standing", "None if value == usual or ", STANDING,
         new="None if "),
    gone("what stands without us", "tasks/paperwork/templates", "if own and not _aside.get() else", STANDING,
         new="if own else"),
    gone("a slash parts the register from the year", "tasks/paperwork/series", '.replace("/", "-")', STANDING),
)  # fmt: skip

PUBLIC = (
    gone("small counts are protected", "analysis/suppression/table", "    system.protect_small()\n", ATTACKED),
    gone("what earlier copies told is known", "analysis/suppression/table",
         "        told |= {cells[key] for key in one.told if key in cells}\n", ATTACKED),
    gone("what an earlier copy hid stays open", "analysis/suppression/table",
         "    system.before = {cell for cell in hidden if system.state[cell] != TOLD}\n", ATTACKED),
    gone("the few that are left of a base", "analysis/suppression/table", "    rests = maker.rests()\n", BY_HAND,
         new="    rests = set[int]()\n"),
    gone("what follows from other parts", "analysis/suppression/table", "closed(own, ages_add_up=self.ages_add_up)",
         ATTACKED, new="dict(own)"),
    gone("parts that nobody entered", "analysis/suppression/table", "                    parts = (*parts, other)\n",
         ATTACKED),
    gone("a corrected figure is another cell", "analysis/suppression/table",
         "self._cell((place, cell, value), value) for", ATTACKED, new="self._cell((place, cell), value) for"),
    gone("what adding up tells is told", "analysis/suppression/table", "    system.tell_what_follows()\n", BY_HAND),
    gone("one who guesses what is small", "analysis/suppression/system", "guessed and cell in self.guessed", ATTACKED,
         new="False"),
    gone("who guesses that few are few", "analysis/suppression/table",
         "SMALL if 0 < system.values[cell] < FEW else span", IN_GROUPS, new="span"),
    gone("sums that nobody wrote down", "analysis/suppression/table", " if hide_sums(numbers) else None", IN_GROUPS,
         new=" if False else None"),
    gone("a copy that cannot be read", "tasks/figures/public/memory",
         "            raise _unreadable(desk, record)\n", REMEMBERED, new="            pass\n"),
    gone("large numbers that are hidden stay open too", "analysis/suppression/protect", " or work.prove_others()",
         ATTACKED),
    gone("all is withheld where one cannot be proven", "analysis/suppression/protect",
         "        system.hidden = {cell for cell, state in enumerate(system.state) if state == OPEN} - kept\n",
         BY_HAND, new="        pass\n"),
    gone("nothing that is told moves", "analysis/suppression/proof",
         "    if any(system.is_known(one) for one in shift):\n        return False\n", BY_HAND),
    gone("sums are kept", "analysis/suppression/proof",
         "        if shift.get(whole, 0) != sum(shift.get(part, 0) for part in parts):\n            return False\n",
         BY_HAND, new="        pass\n"),
    gone("what two offices gave away", "tasks/figures/public/copy", " and cell not in found.out", REMEMBERED),
    gone("the proof is about what is printed", "tasks/figures/public/copy", "if as_proven and ", PUBLICLY, new="if "),
    gone("shares of few", "tasks/figures/public/copy", "    if 0 < count < FEW or 0 < base - count < FEW:\n", PUBLICLY,
         new="    if False:\n"),
    gone("shares of a hidden base", "tasks/figures/public/copy", " or made.known(place, measure.base) is None",
         PUBLICLY),
    gone("shares that write a hidden count", "tasks/figures/public/copy", "return FOR if alike or ", PUBLICLY,
         new="return FOR if "),
    gone("earlier years through the same proof", "tasks/figures/public/copy",
         "            asked.setdefault((one.id, then), set()).add((name, TOTAL))\n", PUBLICLY,
         new="            pass\n"),
    gone("less than one is not nobody", "tasks/figures/public/numbers", " or int(number > 0)", PUBLICLY),
    gone("villages that were not counted", "analysis/suppression/table", "            if rest > 0:", PUBLICLY,
         new="            if False:"),
    gone("copies in the bin", "tasks/figures/public/memory", " + find.rows(desk.db, kind, deleted=True)", REMEMBERED),
    gone("exact numbers stay with who may see them", "tasks/figures/public/memory",
         '"exact" if len(desk.office) > 2 else "exact_here"', REMEMBERED, new='"exact"'),
    gone("what was told is remembered", "tasks/forms", "        profile.give_out(desk, subject, chosen)\n", REMEMBERED,
         new="        pass\n"),
    gone("the ranking knows no more than the paper", "tasks/figures/public/standing",
         "told = copy.known(place, of.id)\n", PUBLICLY, new="told = copy.grid.known(place, of.id)\n"),
    gone("places as they are told", "tasks/papers/profile", "        return self.copy.known(place, measure)\n",
         PUBLICLY, new="        return self.grid.known(place, measure)\n"),
    gone("totals as they are told", "tasks/papers/profile",
         "        return self.copy.known(self.copy.place, measure, cell)\n", PUBLICLY,
         new="        return self.grid.total(measure, cell).total\n"),
    gone("hidden is not blank", "tasks/papers/profile",
         "self.copy is not None and self.copy.is_hidden(place, measure):", PUBLICLY, new="False:"),
    gone("no source that names a person", "tasks/papers/profile", "if told.copy is None or public.names_nobody(name)",
         PUBLICLY, new="if name"),
    gone("a public copy says that it is one", "tasks/papers/profile",
         '        subtitles.append(f"{report_words().public} · {number}")\n', PUBLICLY, new="        pass\n"),
)  # fmt: skip

ALL = (*FILES, *TRANSACTIONS, *TRUST, *RECORDS, *ATTACHED, *PAPERS, *PUBLIC)
