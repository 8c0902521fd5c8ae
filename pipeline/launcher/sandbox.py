"""What a child process may do: so much memory and time, no network, no file outside its own folder; nothing of it outlives it.

Each is the kernel's, so that it holds for the libraries that parse hostile files too. Where a kernel has it not, the next best is
taken, and which one holds is told (`Confined`), never assumed.
"""

from __future__ import annotations

import ctypes
import errno
import logging
import os
import platform
import resource
import signal
import socket
import struct
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, NamedTuple

Network = Literal["namespace", "filter", "guard"]
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _FILTER_MODE = 38, 22, 2
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000  # unshare(2)


class Bounds(NamedTuple):
    """memory: bytes of address space; cpu_seconds: from one page to the next; file_bytes: the largest file written. 0 bytes: no limit."""

    memory: int
    cpu_seconds: int
    file_bytes: int


class Confined(NamedTuple):
    """What holds. network: "namespace" (it has no network at all), "filter" (the kernel refuses it sockets), "guard" (only Python
    refuses them: a library in C might open one); writes: the kernel lets it write in its own folder alone."""

    network: Network
    writes: bool


_held: list[Confined] = []
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)


def leash(parent: int) -> None:
    """Die with the parent, whose process id this is, however it ends."""
    try:
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    except (OSError, AttributeError):
        logging.getLogger(__name__).debug("no prctl here")
    if os.getppid() != parent:
        sys.exit()


def confine(bounds: Bounds, writes: Sequence[str] | None) -> Confined:
    """Bound this process, take the network from it, and let it write in the folders of `writes` alone (null: where its user may)."""
    bound(bounds)
    network = no_network()
    _held[:] = [Confined(network, writes is not None and write_only(*map(Path, writes)))]
    return _held[0]


def held() -> Confined:
    """What `confine` came to in this process."""
    return _held[0]


def bound(bounds: Bounds) -> None:
    """Limit memory, CPU time and the size of files; no core files, for they would hold letters."""
    for what, limit in ((resource.RLIMIT_AS, bounds.memory), (resource.RLIMIT_FSIZE, bounds.file_bytes), (resource.RLIMIT_CORE, None)):
        if limit != 0:
            _limit(what, limit or 0)
    more_time(bounds.cpu_seconds)


def _limit(what: int, limit: int) -> None:
    _, hard = resource.getrlimit(what)
    lower = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    resource.setrlimit(what, (lower, hard if what == resource.RLIMIT_CPU else lower))


def more_time(cpu_seconds: int) -> None:
    """Allow so many seconds of CPU time from now on; after them the kernel ends the process (SIGXCPU)."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + cpu_seconds)


def no_network() -> Network:
    """Cut this process and those that it starts off from every network. To be called while it has one thread."""
    libc = ctypes.CDLL(None, use_errno=True)
    uid, gid = os.getuid(), os.getgid()
    # an administrator may leave the network alone; any other user needs a user namespace for it
    for flags in (_NEW_NET,) if uid == 0 else (_NEW_USER | _NEW_NET,):
        if libc.unshare(flags) == 0:
            if flags & _NEW_USER:
                _map(uid, gid)
            return "namespace"
    if _filtered(libc):
        return "filter"
    _guard()
    return "guard"


def _map(uid: int, gid: int) -> None:
    """Be the same user within the new namespace."""
    with suppress(OSError):
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1", encoding="ascii")


# the numbers of AUDIT_ARCH, socket(2) and ptrace(2); io_uring_setup(2) has one number everywhere
_ARCH = {"x86_64": (0xC000003E, 41, 101), "aarch64": (0xC00000B7, 198, 117)}
_IO_URING = 425
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # BPF: load a word, jump if equal, jump if not less, return
_LOCAL = 1  # AF_UNIX


def _filtered(libc: Any) -> bool:
    """Have the kernel refuse sockets of any family but the local one (seccomp)."""
    known = _ARCH.get(platform.machine())
    if known is None or sys.byteorder != "little":
        return False
    arch, socket_call, trace_call = known
    program = (
        (_LOAD, 0, 0, 4),  # the architecture
        (_EQUAL, 0, 7, arch),
        (_LOAD, 0, 0, 0),  # the call's number
        (_AT_LEAST, 5, 0, 0x40000000),  # the x32 way of calling
        (_EQUAL, 4, 0, _IO_URING),
        (_EQUAL, 3, 0, trace_call),
        (_EQUAL, 0, 3, socket_call),
        (_LOAD, 0, 0, 16),  # its first argument
        (_EQUAL, 1, 0, _LOCAL),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    )
    code = ctypes.create_string_buffer(b"".join(struct.pack("<HBBI", *line) for line in program))
    head = ctypes.create_string_buffer(struct.pack("<HxxxxxxQ", len(program), ctypes.addressof(code)))
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _FILTER_MODE, ctypes.c_void_p(ctypes.addressof(head)), 0, 0) == 0)


def _guard() -> None:
    """Refuse sockets to Python's own code."""
    watched = ("socket.__new__", "socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "socket.gethostbyname")

    def refuse(event: str, given: tuple[Any, ...]) -> None:
        if event in watched and not (event == "socket.__new__" and given[1] == socket.AF_UNIX):
            raise PermissionError(errno.EACCES, "no network here")

    sys.addaudithook(refuse)


_CREATE, _ADD, _RESTRICT = 444, 445, 446  # the landlock calls have one number on every architecture
_WRITE_FILE = 1 << 1
_REMOVE_AND_MAKE = sum(1 << bit for bit in range(4, 13))
_REFER, _TRUNCATE = 1 << 13, 1 << 14  # since versions 2 and 3 of it
_TCP = 0b11  # bind and connect, since version 4


def write_only(*folders: Path) -> bool:
    """Let this process and those that it starts write, make and remove files in `folders` alone. Return whether the kernel holds it."""
    libc = ctypes.CDLL(None, use_errno=True)
    version = libc.syscall(_CREATE, None, ctypes.c_size_t(0), 1)
    if version < 1:
        return False
    rights = _WRITE_FILE | _REMOVE_AND_MAKE | (_REFER if version >= 2 else 0) | (_TRUNCATE if version >= 3 else 0)
    wanted = struct.pack("<QQ", rights, _TCP) if version >= 4 else struct.pack("<Q", rights)
    ruleset = libc.syscall(_CREATE, wanted, ctypes.c_size_t(len(wanted)), 0)
    if ruleset < 0:
        return False
    try:
        for path, allowed in (*((folder, rights) for folder in folders), (Path("/dev/null"), _WRITE_FILE)):
            descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
            try:
                if libc.syscall(_ADD, ruleset, 1, struct.pack("<Qi", allowed, descriptor), 0) != 0:
                    return False
            finally:
                os.close(descriptor)
        return bool(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 and libc.syscall(_RESTRICT, ruleset, 0) == 0)
    finally:
        os.close(ruleset)
