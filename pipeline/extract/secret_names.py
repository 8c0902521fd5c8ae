"""Files whose name bears a mark of secrecy that none of their sheets shows: a cleared person says whether it is one."""

from __future__ import annotations

from dataclasses import replace

from models.repair import Doubt, DoubtKind
from pipeline.extract.header import HeaderReading, doubting
from rules.secrecy import named_mark
from rules.thresholds import threshold


def marked_by_name(reading: HeaderReading, name: str, page: int) -> HeaderReading:
    """Return the reading of a file's first letter with the mark that the file's name bears, where its sheets bear none.

    One letter's mark has the whole file quarantined. page: the letter's first.
    """
    mark = named_mark(name)
    if mark is None or reading.header.secrecy:
        return reading
    header = reading.header.model_copy(update={"secrecy": mark})
    return doubting(replace(reading, header=header), Doubt(DoubtKind.FILE_NAME, "secrecy", mark), threshold("secrecy_asked"), page=page)
