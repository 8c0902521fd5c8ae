"""Pages of the database that hold nothing any more: they must be zeros, or what was taken out can be read there.

SQLite's file format, 1.5 (the freelist): https://www.sqlite.org/fileformat2.html
"""

from __future__ import annotations

from pathlib import Path

_TRIES = 3


def unzeroed(file: Path) -> int:
    """How many free pages are not zeros. 0 too where the file does not stand still: then it is for the next time to say."""
    for _ in range(_TRIES):
        before = _still(file)
        if before is None:
            return 0
        found = _count(file)
        if _still(file) == before:
            return found
    return 0


def _still(file: Path) -> tuple[int, int] | None:
    """Time and size of the file; null where its log holds changes that are not written back: the file alone says nothing then."""
    log = file.with_name(f"{file.name}-wal")
    if log.exists() and log.stat().st_size:
        return None
    seen = file.stat()
    return seen.st_mtime_ns, seen.st_size


def _count(file: Path) -> int:
    with file.open("rb") as raw:
        head = raw.read(100)
        size = int.from_bytes(head[16:18], "big")
        size = 65536 if size == 1 else size
        trunk, pages, count, seen = int.from_bytes(head[32:36], "big"), file.stat().st_size // max(size, 1), 0, set[int]()

        def page(number: int) -> bytes:
            raw.seek((number - 1) * size)
            return raw.read(size)

        while trunk and trunk not in seen and len(head) == 100:
            seen.add(trunk)
            data = page(trunk)
            words = [int.from_bytes(data[at : at + 4], "big") for at in range(0, len(data), 4)]
            # a trunk lists the others by their numbers; what is left of an earlier list are numbers too
            count += any(word > pages for word in words[2:])
            count += sum(any(page(number)) for number in words[2 : 2 + words[1]])
            trunk = words[0]
    return count
