"""Safeguards of the lock of a desk, of its officers' passwords, and of what must not lie about in the plain."""

from __future__ import annotations

from tests.faults.safeguards import Safeguard

KEYS = "tests/tasks/test_keys.py tests/tasks/test_officers.py"
LOCKS = "tests/store/test_lock_properties.py"
FORMAT = "tests/store/test_lock_format.py"
LOGS = "tests/test_logs.py"
CANARIES = "tests/test_canaries.py"
PERSONAL = "tests/tasks/test_personal.py"
WIPING = "tests/store/test_wiping.py"
TABLES = "tests/tables/test_files.py"
CUT = "faults --cuts 100 --day 'password of'"


def _k(words: str) -> str:
    """Those of the tests of keys whose name holds these words."""
    return f"{KEYS} -k {words}"


def _gone(name: str, file: str, old: str, *tests: str, new: str = "") -> Safeguard:
    file = file if file.startswith("ui/") else f"cpdesk/{file}"
    return Safeguard(f"locks: {name}", f"{file}.py", old, new, tests)


WRITTEN = (
    _gone("the folder of a lock is flushed", "files", "            raise\n    flush_folder(path.parent)\n", CUT,
          new="            raise\n"),
    _gone("a lock is flushed", "files", "                os.fsync(file.fileno())\n", CUT),
    _gone("the later one counts", "store/keyring", "return max(found, key=lambda lock: lock.serial, default=None)",
          _k("later_lock"), new="return next(iter(found), None)"),
    _gone("a hurt one is none", "store/keyring", ' and said["sum"] == lock._sum()', LOCKS),
    _gone("no serial that nobody can write", "store/keyring", "0 <= lock.serial < MOST_SERIAL and ", LOCKS),
    _gone("it goes with a backup", "store/care", " if carries_lock and key is None else None", _k("backup_is_one"),
          new=" and None"),
    _gone("and is read within bounds", "store/keyring", " or length > min(MOST, size - _TAIL)", LOCKS),
    _gone("the size of a file", "store/keyring", "opened.read(MOST + 1)", LOCKS, new="opened.read()"),
    _gone("bound to its desk", "store/keyring", "encrypt(nonce, plain, bound)", FORMAT,
          new="encrypt(nonce, plain, None)"),
    _gone("the salt inside", "store/keyring", " if salt == self.salt and len(key) == SECRET else None", LOCKS),
    _gone("a slot's own key", "store/keyring", 'f"cpdesk slot {sort} {id_}"', LOCKS, FORMAT, new='"cpdesk slot"'),
    _gone("memory that a lock may ask for", "store/keyring", "<= stretch.memory <= _MOST_MEMORY", _k("hostile"),
          new="<= stretch.memory"),
    _gone("rounds that a lock may ask for", "store/keyring", "0 < stretch.passes <= _MOST_PASSES", _k("hostile"),
          new="0 < stretch.passes"),
    _gone("stretched enough", "store/keyring", "memory: int = 65_536", _k("stretching"), new="memory: int = 1_024"),
)  # fmt: skip

OPENS = (
    _gone("the key goes last", "tasks/keys", "        keyfile.forget(desk.salt)\n        officers.enter(",
          _k("open_desk_gets"), new="        officers.enter("),
    _gone("a key is for its owner", "store/keyfile", "        path.chmod(0o600)\n", LOCKS, new="        pass\n"),
    _gone("a password is folded", "store/keyring", 'return fold(password).replace(" ", "")', _k("folded"),
          new="return password"),
    _gone("a changed password dies", "store/keyring", "return self.without(self.of_officer(who))._with(",
          _k("changed_password"), new="return self._with("),
    _gone("a code dies with the next", "store/keyring", "return self.without(self.of(CODE))._with(self._sealed(CODE",
          _k("new_code"), new="return self._with(self._sealed(CODE"),
    _gone("a used code dies", "tasks/keys", "new_password).with_code(desk.key, fresh)", _k("used_code"),
          new="new_password)"),
    _gone("a code opens no desk for work", "tasks/keys", " if one.slot.sort == PASSWORD]\n", _k("opens_no_desk"),
          new="]\n"),
    _gone("the old password is asked for", "tasks/keys",
          "    if not any(one.who == desk.who for one in lock.open(old)):\n", _k("changed_password"),
          new="    if False:\n"),
    _gone("and before a desk is left open", "tasks/keys",
          "    if not any(one.who == desk.who for one in lock.open(password)):\n", _k("only_by_its"),
          new="    if False:\n"),
    _gone("only one is left on an open desk", "tasks/keys",
          "    if sum(not one.left for one in officers.officers(desk)) > 1:\n", _k("open_desk_has"),
          new="    if False:\n"),
    _gone("weak passwords", "tasks/keys", "    if problem:\n        raise BadInput(problem, _(\"The password stays",
          _k("weak_password"), new="    if False:\n        raise BadInput(problem, _(\"The password stays"),
    _gone("one waits longer each time", "tasks/tries", "2.0 ** min(refused - FREE + 1, 30)", _k("refusals"),
          new="0.0"),
    _gone("waiting is asked for", "tasks/keys", "    tries.check(path)\n", _k("refusals")),
    _gone("a refusal is counted", "tasks/keys", "    tries.refuse(salt)\n", _k("refusals")),
    _gone("refusals are told of", "tasks/keys", '        audit.note(desk, "refused", times=refused)\n',
          _k("refusals"), new="        pass\n"),
    _gone("a withdrawn office opens it no more", "tasks/keys", "return lock.without(slots) if slots else lock",
          _k("withdrawn"), new="return lock"),
    _gone("an answer to another desk", "tasks/helping", "given.salt != salt or ", _k("no_other_lock")),
    _gone("an answer to another lock", "tasks/helping", "or given.stretch != locks[0].stretch ", _k("no_other_lock")),
)  # fmt: skip

OFFICERS = (
    _gone("who left", "tasks/officers", "    keys.take_password(desk, id_)  # who", _k("who_left"),
          new="    # who"),
    _gone("who left, though the lock knows them", "tasks/keys",
          "for one in officers.officers(desk) if not one.left}", _k("who_left"),
          new="for one in officers.officers(desk)}"),
    _gone("the last keeper stays", "tasks/officers",
          "        if not values[KEEPER]:\n            _another_keeper(desk, id_)\n", _k("last_keeper")),
    _gone("the last keeper does not leave", "tasks/officers",
          '        _another_keeper(desk, id_)\n        writer.save(desk, OFFICER, {"left": True}', _k("last_keeper"),
          new='        writer.save(desk, OFFICER, {"left": True}'),
    _gone("no package makes an officer", "tasks/officers",
          "for record in find.rows(desk.db, OFFICER) if is_private(record.scope)]", _k("of_elsewhere"),
          new="for record in find.rows(desk.db, OFFICER)]"),
    _gone("nobody is half entered", "tasks/officers", "    with immediate(desk.db):  # nobody",
          "faults --count 0 --cuts 0 --only 'officer comes, EIO'", new="    if True:  # nobody"),
    _gone("the former password holds where the disk refuses", "tasks/keys",
          "    officers.note_password(desk, who)\n    keyring.keep(lock, desk.path)\n    _note(",
          _k("former_password"),
          new="    keyring.keep(lock, desk.path)\n    officers.note_password(desk, who)\n    _note("),
    _gone("a desk whose making was cut off", "tasks/keys", "        if not officers.officers(desk):",
          _k("making_was_cut"), new="        if False:"),
)  # fmt: skip

IN_THE_PLAIN = (
    _gone("no report shows a key", "store/keyfile", "secret: bytes = field(repr=False)", _k("in_no_report"),
          new="secret: bytes"),
    _gone("what Khmer quotes is kept out of the log", "logs", "|«[^»]*»", LOGS, CANARIES),
    _gone("copies for other programs go when it is locked", "ui/locking", "        attachments.forget_copies()",
          CANARIES, new="        pass"),
    _gone("and at the next start", "ui/app", "        attachments.forget_copies()", CANARIES, new="        pass"),
    _gone("the window's memory names no office", "ui/memory", ' if self._window.context.desk.who is None else ""',
          CANARIES),
    _gone("phones are masked", "kinds", "return masked(shown) if self.personal else shown", PERSONAL,
          new="return shown"),
    _gone("what was taken out is written over", "store/wiping", "PRAGMA secure_delete = ON", WIPING,
          new="PRAGMA secure_delete = OFF"),
    _gone("no formula in tables", "tables/csv_file", """        return "'" + text\n""", TABLES,
          new="        return text\n"),
    _gone("marks in the title of a paper", "printing/typeset/filing", "title=escape(about.title)",
          "tests/printing/test_archive.py", new="title=about.title"),
)  # fmt: skip
LOCKED = (*WRITTEN, *OPENS, *OFFICERS, *IN_THE_PLAIN)
