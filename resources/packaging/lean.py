"""What stays out of the bundle, and why the rest is there.

Three sieves: modules that nobody imports in earnest, files of libraries that nobody asks for, and libraries of the
system that are only there for the sake of those. What a desktop brings itself (its screen, its fonts' list, its bus) is
left to the desktop: a copy from another machine may not fit the one where the program runs.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

Entry = tuple[str, str, str]
"""PyInstaller's: name in the bundle, file it comes from, kind (BINARY, EXTENSION, DATA, SYMLINK…)."""

MODULES = [
    # tools and tests that libraries carry along, and what makes the bundle
    "pip", "setuptools", "wheel", "pkg_resources", "pytest", "_pytest", "hypothesis", "mypy", "pygments", "tests",
    "PyInstaller", "cyclonedx", "jsonschema", "resources",
    # of Python itself: no network, no other SQLite, nobody at a prompt
    "tkinter", "lib2to3", "ensurepip", "idlelib", "pydoc_data", "test", "unittest", "doctest", "pdb", "pydoc", "ssl",
    "_ssl", "ftplib", "smtplib", "xmlrpc", "sqlite3", "_sqlite3", "readline", "rlcompleter", "_pyrepl", "curses",
    "_codecs_cn", "_codecs_hk", "_codecs_iso2022", "_codecs_jp", "_codecs_kr", "_codecs_tw", "_multibytecodec",
    # never used, and large
    "numpy", "pandas", "matplotlib", "IPython", "lxml", "charset_normalizer",
    "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtOpenGL", "PySide6.QtOpenGLWidgets", "PySide6.QtSql",
    "PySide6.QtTest", "PySide6.QtXml", "PySide6.QtDesigner", "PySide6.QtUiTools", "PySide6.QtHelp",
]  # fmt: skip

# Names inside the bundle. Kept of Qt's plugins: the screens, input of Khmer (ibus, compose), SVG, JPEG, ICO.
FILES = (
    "PySide6/Qt*/translations/*", "PySide6/translations/*",
    "*/plugins/egldeviceintegrations/*", "*/plugins/tls/*", "*/plugins/networkinformation/*",
    "*/plugins/generic/*", "*/plugins/qmltooling/*", "*/plugins/sqldrivers/*", "*/plugins/printsupport/*",
    "*/plugins/platforminputcontexts/*virtualkeyboard*",
    "*/plugins/platforms/*eglfs*", "*/plugins/platforms/*linuxfb*", "*/plugins/platforms/*vnc*",
    "*/plugins/platforms/*vkkhrdisplay*", "*/plugins/platforms/*minimal*", "*/plugins/platforms/*direct2d*",
    "*/plugins/imageformats/*gif*", "*/plugins/imageformats/*icns*", "*/plugins/imageformats/*pdf*",
    "*/plugins/imageformats/*tga*", "*/plugins/imageformats/*tiff*", "*/plugins/imageformats/*wbmp*",
    "*/plugins/imageformats/*webp*",
    "*/plugins/xcbglintegrations/*",  # our widgets draw without OpenGL
    "*Qt6Qml*", "*Qt6Quick*", "*Qt6VirtualKeyboard*", "*Qt6Pdf*", "*Qt6OpenGLWidgets*", "*Qt6EglF*",
    "*/plugins/wayland-graphics-integration-client/*", "*/wayland-shell-integration/*ivi*",
    "*/wayland-shell-integration/*fullscreen*", "*opengl32sw.dll",
    "*/plugins/platformthemes/*gtk*",  # the style is our own
    # pictures that neither paper nor screen meets
    "PIL/_avif*", "PIL/_webp*", "PIL/_imagingcms*", "PIL/_imagingtk*", "*libavif*", "*libwebp*", "*libsharpyuv*",
    "*liblcms2*",
    "reportlab/fonts/*", "*/tests/*", "*/direct_url.json", "*/RECORD", "*/INSTALLER", "*/REQUESTED",
)  # fmt: skip
LOCALES = {"root.dat", "km.dat", "km_KH.dat", "en.dat", "en_US.dat", "en_001.dat"}
QT = re.compile(r"PySide6/|shiboken6/|libQt6|libpyside6|libshiboken6")
# What Qt takes of the machine's own screen; `WINDOW` in the Makefile names the packages where one of them lacks.
OF_THE_SCREEN = re.compile(
    r"lib(EGL|GL|GLX|GLdispatch|OpenGL|X11|X11-xcb|Xau|Xdmcp|drm|dbus-1|fontconfig|freetype|glib-2\.0|gthread-2\.0|"
    r"wayland-(client|cursor|egl)|xcb|xcb-(dri2|dri3|glx|present|randr|render|shm|sync|xfixes|shape))\.so\.\d+"
)


def wanted(entry: Entry) -> bool:
    """By its name alone."""
    name = entry[0].replace("\\", "/")
    if name.startswith("babel/locale-data/"):
        return PurePosixPath(name).name in LOCALES
    return not any(fnmatch(name, pattern) for pattern in FILES)


def reached(binaries: Iterable[Entry]) -> list[Entry]:
    """Without those of the system's libraries, at the top of the bundle, that nothing else in it asks for.

    What Qt asks of the screen is not followed: the machine has it, or has no screen.
    """
    entries = list(binaries)
    by_name = {PurePosixPath(name).name: (name, source) for name, source, kind in entries if kind != "SYMLINK"}
    kept = {name for name, _source, kind in entries if kind != "SYMLINK" and not _of_the_system(name, kind)}
    waiting = sorted(kept)
    sources = {name: source for name, source, kind in entries if kind != "SYMLINK"}
    while waiting:
        name = waiting.pop()
        for needed in _needs(Path(sources[name])):
            found = by_name.get(needed)
            if found is None or found[0] in kept or (QT.match(name) and OF_THE_SCREEN.fullmatch(needed)):
                continue
            kept.add(found[0])
            waiting.append(found[0])
    return [
        (name, source, kind)
        for name, source, kind in entries
        if (name if kind != "SYMLINK" else str(PurePosixPath(name).parent / source)) in kept
    ]


def _of_the_system(name: str, kind: str) -> bool:
    return kind == "BINARY" and "/" not in name and not name.startswith("libpython")


def _needs(file: Path) -> list[str]:
    told = subprocess.run(["objdump", "-p", str(file)], capture_output=True, text=True, check=False).stdout
    return re.findall(r"NEEDED\s+(\S+)", told)
