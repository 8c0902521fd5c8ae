"""Stage 6: letters are kept: originals, records, ledger, search, registers."""

from __future__ import annotations

from pipeline.archive.archive import Archive, NotHeld, open_archive
from pipeline.archive.graph.relinking import Linker
from pipeline.archive.people.corrections import Correction, NotAField
from pipeline.archive.place import place
from pipeline.archive.search.searching import Filters
from pipeline.archive.tables.database import WrongArchive

__all__ = ["Archive", "Correction", "Filters", "Linker", "NotAField", "NotHeld", "WrongArchive", "open_archive", "place"]
