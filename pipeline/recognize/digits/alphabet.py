"""What the digit recognizer tells apart: ten digits, suffix letters, and the print that stands round a gap."""

from __future__ import annotations

BLANK = 0
DIGITS = "0123456789"
LETTERS = "aAbBcd"  # of serials such as 226A and 3176b
LABEL = "#"  # the print "Số:" before a serial
SLASH, HYPHEN = "/", "-"
DAY, MONTH, YEAR = "N", "T", "Y"  # the print "ngày", "tháng", "năm"
CLASSES = DIGITS + LETTERS + LABEL + SLASH + HYPHEN + DAY + MONTH + YEAR
SIZE = len(CLASSES) + 1  # with the blank, which is class 0


def index(char: str) -> int:
    """The class of a character; raises ValueError where there is none."""
    return CLASSES.index(char) + 1
