"""The pages of one file, packed: a file of a thousand pages must not cost the memory of a thousand pages."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import overload

from models.page import Page

_UNPACKED = 4  # pages that are kept as objects, for those who ask for one page several times


class Spool(Sequence[Page]):
    """A sequence of pages that holds each as a few kilobytes and unpacks it when it is asked for. A slice is a plain list."""

    def __init__(self, pages: Iterable[Page] = ()) -> None:
        self._packed: list[bytes] = []
        self._unpack = lru_cache(maxsize=_UNPACKED)(self._page)
        for page in pages:
            self.append(page)

    def append(self, page: Page) -> None:
        """Add a page at the end."""
        self._packed.append(zlib.compress(page.model_dump_json().encode(), 1))

    def _page(self, at: int) -> Page:
        return Page.model_validate_json(zlib.decompress(self._packed[at]))

    def __len__(self) -> int:
        return len(self._packed)

    @overload
    def __getitem__(self, at: int) -> Page: ...
    @overload
    def __getitem__(self, at: slice) -> list[Page]: ...
    def __getitem__(self, at: int | slice) -> Page | list[Page]:
        if isinstance(at, slice):
            return [self._unpack(one) for one in range(*at.indices(len(self)))]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        return self._unpack(at % len(self))

    def __iter__(self) -> Iterator[Page]:
        for at in range(len(self)):
            yield self._unpack(at)
