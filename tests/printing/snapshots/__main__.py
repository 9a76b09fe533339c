"""Make the layouts anew: `python -m tests.printing.snapshots`. What changed is told; look at it before you keep it."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.printing import fixed, snapshots


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, fixed.told(Path(folder)) as desk:
        kept = set()
        for name, made in snapshots.papers(desk).items():
            file, now = snapshots.file_of(name), snapshots.layout(made)
            kept.add(file)
            before = file.read_text("utf-8") if file.exists() else ""
            if now != before:
                file.write_text(now, "utf-8")
                print(f"{'changed' if before else 'new'}: {file.name}")
    for file in set(snapshots.FOLDER.glob("*.txt")) - kept:
        file.unlink()
        print(f"gone: {file.name}")


if __name__ == "__main__":
    main()
