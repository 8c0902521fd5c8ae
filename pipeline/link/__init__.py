"""Stage 7, link: references find their letters: `resolve` one letter, tell its copies (`copy_of`), `settle` what only
other letters tell, and `assemble` all into the directive graph."""

from pipeline.link.assembling import assemble
from pipeline.link.candidates import Candidates, MemoryIndex, serial_of
from pipeline.link.copies import copies_of, copy_of
from pipeline.link.inferred_numbers import settle
from pipeline.link.resolving import answers_to, resolve, waits_on

__all__ = [
    "Candidates",
    "MemoryIndex",
    "answers_to",
    "assemble",
    "copies_of",
    "copy_of",
    "resolve",
    "serial_of",
    "settle",
    "waits_on",
]
