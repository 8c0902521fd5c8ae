"""How much of a file is accepted before memory is spent on it."""

from __future__ import annotations

import os

from pydantic import BaseModel, ConfigDict, PositiveInt


class Limits(BaseModel):
    """What a file may hold. max_bytes: of the file; max_pages: of one file; max_pixels: width × height of one page image.

    The defaults take A3 at 600 dpi (about 70 million pixels) and refuse a sheet 40,000 pixels wide and tall, and a book.
    """

    model_config = ConfigDict(frozen=True)

    max_bytes: PositiveInt = 512 * 1024 * 1024
    max_pages: PositiveInt = 2_000
    max_pixels: PositiveInt = 80_000_000

    @classmethod
    def from_environment(cls) -> Limits:
        """Read CONGVAN_MAX_BYTES, CONGVAN_MAX_PAGES and CONGVAN_MAX_PIXELS; what is not set keeps its default.

        Raises pydantic.ValidationError where one of them is not a positive whole number.
        """
        names = {"max_bytes": "CONGVAN_MAX_BYTES", "max_pages": "CONGVAN_MAX_PAGES", "max_pixels": "CONGVAN_MAX_PIXELS"}
        return cls.model_validate({field: os.environ[name] for field, name in names.items() if os.environ.get(name)})
