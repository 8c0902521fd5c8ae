"""Stage 8, archive: letters are kept: originals, records, ledger, search, registers.

Rooms, an earlier one never knowing a later one: tables, search, graph, people, secret, books, exports, safety. Over them `storing` (what
an ingest brings), `correcting` (what a person puts right) and `archive`, the face.
"""

from __future__ import annotations

from pipeline.archive.archive import Archive, open_archive
from pipeline.archive.graph.relinking import Linker
from pipeline.archive.people.corrections import Correction, NotAField
from pipeline.archive.place import place
from pipeline.archive.search.search_filters import Filters
from pipeline.archive.tables.database import WrongArchive
from pipeline.archive.tables.letter_store import NotHeld

__all__ = ["Archive", "Correction", "Filters", "Linker", "NotAField", "NotHeld", "WrongArchive", "open_archive", "place"]
