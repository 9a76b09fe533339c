"""ICU's data without what a Khmer and English program never asks for: 2 MB where the whole world takes 32 MB, twice.

ICU comes into the bundle once with Qt and once for Khmer line breaks, each with its data as a library that holds a
single table (`icudtNN_dat`). That table is read here as ICU's `udata.h` and `ucmndata.h` describe it, most of its items
are left out, and `ld` makes a library of the rest, with the same name and symbol.
"""

from __future__ import annotations

import re
import struct
import subprocess
import tempfile
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

MAGIC, FORMAT = b"\xda\x27", b"CmnD"
ALIGN = 16
# Of both: properties and normal forms, root, our languages, and what resolves a language's name.
SHARED = (
    "*.icu", "*.nrm", "root.res", "km.res", "km_KH.res", "en.res", "en_US.res", "en_001.res", "pool.res",
    "res_index.res", "likelySubtags.res", "supplementalData.res", "numberingSystems.res", "keyTypeData.res",
)  # fmt: skip
BREAKS = (*SHARED, "brkitr/root.res", "brkitr/res_index.res", "brkitr/line*.brk", "brkitr/khmerdict.dict")
QT = (*SHARED, "coll/root.res", "coll/ucadata.icu", "coll/res_index.res", "coll/pool.res", "coll/km.res", "coll/en.res")
DROPPED = ("*_cj.brk", "cnvalias.icu", "unames.icu")  # Chinese and Japanese lines, other encodings, letters' names
NAME = re.compile(r"libicudata[-.\w]*\.so\.[\d.]+")


def table(library: bytes) -> bytes:
    """The data in a library: from its magic number to the end of its last item's file."""
    at = -1
    while (at := library.find(MAGIC, at + 1)) >= 0:
        if library[at + 10 : at + 14] == FORMAT:
            return library[at - 2 :]
    raise ValueError("no data of ICU in there")


def items(data: bytes) -> dict[str, bytes]:
    """The items of a table by their whole names, in its order. The last one reaches to the end of `data`."""
    head = struct.unpack_from("<H", data)[0]
    (count,) = struct.unpack_from("<I", data, head)
    rows = [struct.unpack_from("<II", data, head + 4 + 8 * n) for n in range(count)]
    ends = [start for _name, start in rows[1:]] + [len(data) - head]
    found = {}
    for (name, start), end in zip(rows, ends, strict=True):
        text = data[head + name : data.index(b"\0", head + name)].decode("ascii")
        found[text] = data[head + start : head + end]
    return found


def wanted(name: str, kept: Sequence[str]) -> bool:
    """`name` without the package's: brkitr/khmerdict.dict."""
    if any(fnmatchcase(name, one) for one in DROPPED):
        return False
    return any(fnmatchcase(name, one) for one in kept if ("/" in one) == ("/" in name))


def lean(data: bytes, wanted_ones: Sequence[str]) -> bytes:
    """The same table with the items that are wanted."""
    head = struct.unpack_from("<H", data)[0]
    kept = {name: item for name, item in items(data).items() if wanted(name.partition("/")[2], wanted_ones)}
    names, offsets = b"", []
    rows = 4 + 8 * len(kept)
    for name in kept:
        offsets.append(rows + len(names))
        names += name.encode("ascii") + b"\0"
    body, starts = b"", []
    begin = rows + len(names)
    begin += -(head + begin) % ALIGN
    for item in kept.values():
        starts.append(begin + len(body))
        body += item + bytes(-len(item) % ALIGN)
    toc = struct.pack("<I", len(kept)) + b"".join(struct.pack("<II", *row) for row in zip(offsets, starts, strict=True))
    return data[:head] + (toc + names).ljust(begin, b"\0") + body


def build(library: Path, target: Path) -> None:
    """Write `target`, the lean twin of `library`. ValueError where that is not ICU's, CalledProcessError of `ld`."""
    whole = library.read_bytes()
    kept = QT if "PySide6" in library.parts else BREAKS
    symbol = re.search(rb"icudt\d+_dat", whole)
    soname = _soname(library)
    if symbol is None:
        raise ValueError(f"{library.name} has no data of ICU")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data").write_bytes(lean(table(whole), kept))
        _call(folder, "ld", "-r", "-b", "binary", "-o", "data.o", "data")
        _call(
            folder, "objcopy", f"--redefine-sym=_binary_data_start={symbol[0].decode()}",
            "--rename-section=.data=.rodata,alloc,load,readonly,data,contents",
            f"--set-section-alignment=.rodata={ALIGN}", "--strip-symbol=_binary_data_end",
            "--strip-symbol=_binary_data_size", "data.o",
        )  # fmt: skip
        said = ("-shared", "--build-id=none", "-z", "noexecstack", "-soname", soname)
        _call(folder, "ld", *said, "-o", "lean.so", "data.o")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((folder / "lean.so").read_bytes())


def _soname(library: Path) -> str:
    told = subprocess.run(["objdump", "-p", str(library)], capture_output=True, text=True, check=True).stdout
    found = re.search(r"SONAME\s+(\S+)", told)
    return found[1] if found else library.name


def _call(folder: Path, *words: str) -> None:
    subprocess.run(words, cwd=folder, check=True, capture_output=True)
