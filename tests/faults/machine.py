"""The failing machine: a small library that is loaded before libc and fails the chosen file operation."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from enum import IntEnum
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")


class Fault(IntEnum):
    NOTHING = 0
    KILL = 1
    EIO = 2
    FULL = 3
    GONE = 4
    LIE = 5


class NoMachine(Exception):
    """Faults cannot be made here; the text says why."""


def build(folder: Path) -> Path:
    """The library, compiled into `folder`."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not sys.platform.startswith("linux") or compiler is None:
        raise NoMachine("faults need Linux and a C compiler (apt-get install gcc libc6-dev)")
    made = folder / "shim.so"
    done = subprocess.run(
        [compiler, "-O1", "-shared", "-fPIC", "-o", made, SOURCE, "-ldl"], capture_output=True, text=True
    )
    if done.returncode:
        raise NoMachine(f"the library that makes faults does not compile: {done.stderr[-300:]}")
    return made


def loaded() -> bool:
    return "CPDESK_FAULTS" in os.environ


def arm(at: int, fault: Fault) -> None:
    library().fault_arm(ctypes.c_long(at), ctypes.c_int(fault))


def disarm() -> None:
    arm(-1, Fault.NOTHING)


def count() -> int:
    library().fault_count.restype = ctypes.c_long
    return int(library().fault_count())


def library() -> ctypes.CDLL:
    return ctypes.CDLL(os.environ["CPDESK_FAULTS"])
