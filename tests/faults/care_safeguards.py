"""Safeguards of backups, of the way back from one, and of what the program tells of itself."""

from __future__ import annotations

from tests.faults.safeguards import gone

BACKUPS = "tests/tasks/test_backups.py"
LOGS = "tests/test_logs.py"
SALVAGE = "tests/store/test_salvage.py"
KEPT = "tests/store/test_kept_desks.py"


KEEPING = (
    gone("a copy ends while somebody types", "store/care", '    db.execute("BEGIN")\n', BACKUPS,
         new="    yield\n    return\n"),
    gone("no folder in place of a stick", "tasks/backups", "        if not settings.load().backup_folder:\n", BACKUPS,
         new="        if True:\n"),
    gone("only our copies are thinned", "tasks/backups", " and is_of(file, desk.salt)", BACKUPS),
    gone("copies of this desk alone", "tasks/backups", "named[1] != desk.office or named[2] != desk.salt.hex()[:8]",
         BACKUPS, new="False"),
    gone("the newest copy stays", "tasks/backups", "at not in kept and file != newest", BACKUPS, new="at not in kept"),
    gone("a clock set back", "tasks/backups", "at is None or closing or at > now", BACKUPS,
         new="at is None or closing"),
    gone("what was written meanwhile asks for another", "tasks/backups",
         "        mark = copies.mark(desk.db)  # before the copy", BACKUPS,
         new='        mark = ""\n    records = care.copy(desk, target, progress)\n    with troubles(desk.db):\n'
         "        mark = copies.mark(desk.db)  # before the copy"),
    gone("an open desk is not pulled away", "tasks/bringing_back",
         'if any(Path(f"{desk_path}{end}").exists() for end in ("-wal", "-journal")):', BACKUPS, new="if False:"),
    gone("the present desk is kept", "tasks/bringing_back", "            if linked:\n                aside.unlink()\n",
         BACKUPS, new="            if False:\n                aside.unlink()\n"),
    gone("a page without its seal", "store/pages", "len(page) < PAGE or not hmac.compare_digest("
         'hmac.digest(self._seal, bound, "sha512"), page[-SEAL:])', SALVAGE, new="len(page) < PAGE"),
    gone("a change that is not proved", "store/salvage", "stream is not None and _is_what_was_written(stream[0], row)",
         SALVAGE, new="stream is not None"),
    gone("what was never committed", "store/pages", "                if after:\n", SALVAGE,
         new="                if True:\n"),
    gone("which stream is which stands twice", "store/salvage", '        if not self.found.whole("stream"):\n', SALVAGE,
         new="        if False:\n"),
    gone("pages that no tree leads to", "store/survey", "        if any(tree.lost for tree in self.trees.values()):\n",
         SALVAGE, new="        if False:\n"),
    gone("keys of a desk without its beginning", "store/salvage",
         "next((key for key in _kept_keys() if opens(damaged, key)), None)", SALVAGE, new="None"),
    gone("what was taken out is not salvaged", "store/salvage", "        redaction.apply(db, 0)\n", SALVAGE,
         new="        pass\n"),
    gone("a copy before an upgrade", "store/connection", "            before(db)\n", KEPT, new="            pass\n"),
    gone("no upgrade without a copy", "store/upgrading", "        raise _no_copy(desk, why) from why\n", KEPT,
         new="        return desk.path\n"),
    gone("a newer desk is left alone", "store/connection", "    if schema.applied(db) - schema.KNOWN:\n", KEPT,
         new="    if False:\n"),
    gone("a newer desk's log is left alone", "store/connection", "        _let_go(db, path)\n", KEPT,
         new="        pass\n"),
    gone("facts of the log", "logs", '{name}={_told(value)}"', LOGS, new='{name}={value}"'),
    gone("words of libraries", "logs", "{harmless(record.getMessage())}", LOGS, new="{record.getMessage()}"),
    gone("last words", "logs", '_hard.write(f"{harmless(text)}\\n")', LOGS, new='_hard.write(f"{text}\\n")'),
)  # fmt: skip
