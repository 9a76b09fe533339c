"""How fast the bundle starts beside the source tree: `python -m tests.bundle.starts dist/cpdesk [--rounds N]`.

Warm, and cold: with its files taken out of the disk's cache before. Medians of runs in turns. A window counts as there
when the program has noted in its log that the desk is open, which it does after the first picture.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.measure import Line, in_turns, table
from tests.house.source import ROOT

LOOK, PATIENCE = 0.002, 60.0


def forget(*folders: Path) -> None:
    """Take the files below out of the cache, so that the disk is asked again."""
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                handle = os.open(path, os.O_RDONLY)
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
                os.close(handle)


def version(*program: str) -> float:
    start = time.perf_counter()
    subprocess.run([*program, "--version"], cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - start


def paper(desk: Path, about: str, folder: Path, *program: str) -> float:
    start = time.perf_counter()
    call = [*program, "--desk", str(desk), "print", "minutes", about, str(folder / "minutes.pdf")]
    subprocess.run(call, cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - start


def window(desk: Path, *program: str) -> float:
    """Seconds until the desk is seen; the program is ended then."""
    with tempfile.TemporaryDirectory() as home:
        keys = Path(os.environ["CPDESK_HOME"]) / "keys"
        (Path(home) / "keys").symlink_to(keys)
        log = Path(home) / "logs" / "cpdesk.log"
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "CPDESK_HOME": home}
        start = time.perf_counter()
        running = subprocess.Popen(
            [*program, str(desk)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        try:
            while not (log.is_file() and "desk opened" in log.read_text("utf-8")):
                if running.poll() is not None or time.perf_counter() - start > PATIENCE:
                    raise RuntimeError(running.communicate()[1].decode())
                time.sleep(LOOK)
            return time.perf_counter() - start
        finally:
            running.kill()
            running.wait()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bundle.starts")
    parser.add_argument("bundle", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    chosen = parser.parse_args()
    bundle = chosen.bundle.resolve()
    packed, source = (str(bundle / "cpdesk"),), (sys.executable, "-m", "cpdesk")
    theirs = (Path(sys.prefix) / "lib", ROOT / "cpdesk", ROOT / "ui", ROOT / "fonts", ROOT / "resources")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        os.environ["CPDESK_HOME"] = str(folder / "home")
        from cpdesk.tasks import demo, records
        from cpdesk.tasks.desk import open_desk

        desk = demo.build(folder / "demo").desks[0]
        with open_desk(desk) as opened:
            about = records.find(opened, "meeting")[-1].id
        jobs: dict[str, Callable[..., float]] = {
            "cpdesk --version": version,
            "the minutes as PDF, by command": lambda *program: paper(desk, about, folder, *program),
            "the window, painted": lambda *program: window(desk, *program),
        }
        lines = []
        for name, job in jobs.items():
            for cold in (False, True):

                def one(
                    places: tuple[Path, ...], *program: str, job: Callable[..., float] = job, cold: bool = cold
                ) -> float:
                    if cold:
                        forget(*places)
                    return job(*program)

                for places, program in (((bundle,), packed), (theirs, source)):
                    one(places, *program)
                times = in_turns(
                    chosen.rounds, packed=lambda: one((bundle,), *packed), source=lambda: one(theirs, *source)
                )
                said = f"{name}, {'cold' if cold else 'warm'}"
                lines.append(Line(said, times["packed"], "the source tree", times["source"]))
        print(table(lines))


if __name__ == "__main__":
    main()
