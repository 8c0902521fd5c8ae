"""Numbers and days by hand: where they stand (locate), what they say (read), and a page mended by them (mend)."""

from __future__ import annotations

from pipeline.recognize.digits.mend import refine
from pipeline.recognize.digits.read import DigitReading, read_day, read_month, read_serial

__all__ = ["DigitReading", "read_day", "read_month", "read_serial", "refine"]
