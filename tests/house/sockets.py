"""Denies the network to a process, and remembers who asked for it.

Two nets, since each has its holes. Python's audit events see every socket that Python code makes, say which,
and work on every system. On Linux the kernel itself can be told to kill the process at any call of socket()
for the internet, which catches Qt and every other library that is not Python. Sockets within the machine
(AF_UNIX: the screen, D-Bus, a second window) are none of our business here.

    python -m tests.house.sockets SCRIPT [ARGUMENT...]    runs a script of Python text with the network denied
"""

from __future__ import annotations

import ctypes
import platform
import socket
import struct
import sys

asked: list[str] = []
_LOOKUPS = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.getnameinfo")

# seccomp's little language (linux/filter.h, linux/seccomp.h).
_LOAD, _EQUALS, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2
_SOCKET_CALL = {"x86_64": 41, "aarch64": 198}
KILLED = -31  # what subprocess says of a process that died of SIGSYS


class NetworkAskedError(RuntimeError):
    """The program wanted to speak to another machine."""


def watch() -> None:
    """From now on every internet socket and name look-up raises NetworkAskedError and is noted in `asked`."""

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        internet = event == "socket.__new__" and arguments[1] in (socket.AF_INET, socket.AF_INET6)
        if internet or event in _LOOKUPS:
            asked.append(f"{event} {arguments[1:] if internet else arguments}")
            raise NetworkAskedError(asked[-1])

    sys.addaudithook(hook)


def kernel_can_deny() -> bool:
    return sys.platform == "linux" and platform.machine() in _SOCKET_CALL


def deny_in_kernel() -> None:
    """From now on socket() for the internet kills this process and its children. Cannot be taken back."""
    family = 16  # offset of the first argument in struct seccomp_data; the number of the call is at 0
    program = b"".join(
        struct.pack("HBBI", *instruction)
        for instruction in (
            (_LOAD, 0, 0, 0),
            (_EQUALS, 0, 3, _SOCKET_CALL[platform.machine()]),
            (_LOAD, 0, 0, family),
            (_EQUALS, 2, 0, socket.AF_INET),
            (_EQUALS, 1, 0, socket.AF_INET6),
            (_RETURN, 0, 0, _ALLOW),
            (_RETURN, 0, 0, _KILL),
        )
    )
    text = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("HP", len(program) // 8, ctypes.addressof(text))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, head):
        raise OSError(ctypes.get_errno(), "the kernel takes no seccomp filter")


def main() -> None:
    if kernel_can_deny():
        deny_in_kernel()
    else:
        watch()
    script, sys.argv[:] = sys.argv[1], sys.argv[1:]
    exec(compile(script, "<script>", "exec"), {"__name__": "__main__"})


if __name__ == "__main__":
    main()
