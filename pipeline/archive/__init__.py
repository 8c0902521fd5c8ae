"""Stage 6: letters are kept: originals, records, ledger, search, registers."""

from __future__ import annotations

from pipeline.archive.archive import Archive, NotHeld, open_archive
from pipeline.archive.corrections import Correction, NotAField
from pipeline.archive.database import WrongArchive
from pipeline.archive.place import place
from pipeline.archive.searching import Filters
from pipeline.archive.settling import Linker

__all__ = ["Archive", "Correction", "Filters", "Linker", "NotAField", "NotHeld", "WrongArchive", "open_archive", "place"]
