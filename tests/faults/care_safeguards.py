"""Safeguards of backups, of the way back from one, and of what the program tells of itself."""

from __future__ import annotations

from tests.faults.safeguards import Safeguard

BACKUPS = "tests/tasks/test_backups.py"
LOGS = "tests/test_logs.py"


def _gone(name: str, file: str, old: str, *tests: str, new: str = "") -> Safeguard:
    return Safeguard(name, f"cpdesk/{file}.py", old, new, tests)


KEEPING = (
    _gone("a copy ends while somebody types", "store/care", '    db.execute("BEGIN")\n', BACKUPS,
          new="    yield\n    return\n"),
    _gone("no folder in place of a stick", "tasks/backups", "        if not settings.load().backup_folder:\n", BACKUPS,
          new="        if True:\n"),
    _gone("only our copies are thinned", "tasks/backups", " and is_of(file, desk.salt)", BACKUPS),
    _gone("copies of this desk alone", "tasks/backups", "named[1] != desk.office or named[2] != desk.salt.hex()[:8]",
          BACKUPS, new="False"),
    _gone("the newest copy stays", "tasks/backups", "at not in kept and file != newest", BACKUPS, new="at not in kept"),
    _gone("a clock set back", "tasks/backups", "at is None or closing or at > now", BACKUPS,
          new="at is None or closing"),
    _gone("what was written meanwhile asks for another", "tasks/backups",
          "        mark = copies.mark(desk.db)  # before the copy", BACKUPS,
          new='        mark = ""\n    records = care.copy(desk, target, progress)\n    with troubles(desk.db):\n'
          "        mark = copies.mark(desk.db)  # before the copy"),
    _gone("an open desk is not pulled away", "tasks/bringing_back",
          'if any(Path(f"{desk_path}{end}").exists() for end in ("-wal", "-journal")):', BACKUPS, new="if False:"),
    _gone("the present desk is kept", "tasks/bringing_back", "            if linked:\n                aside.unlink()\n",
          BACKUPS, new="            if False:\n                aside.unlink()\n"),
    _gone("facts of the log", "logs", '{name}={_told(value)}"', LOGS, new='{name}={value}"'),
    _gone("words of libraries", "logs", "{harmless(record.getMessage())}", LOGS, new="{record.getMessage()}"),
    _gone("last words", "logs", '_hard.write(f"{harmless(text)}\\n")', LOGS, new='_hard.write(f"{text}\\n")'),
)  # fmt: skip
