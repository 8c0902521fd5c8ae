"""What a file carries besides its pages: scripts, actions, attachments, another file's bytes. It is told, and never run or opened."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import BinaryIO

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from models.intake import FileKind

_LOOKED_AT = 64 * 1024 * 1024  # bytes of a file that are searched for names
_CHUNK, _OVERLAP = 1024 * 1024, 64
# names of PDF 32000-1; those in compressed object streams do not show: PDFium is asked for the document's own scripts and attachments
_NAMES = {
    "JavaScript": re.compile(rb"/(?:JavaScript|JS)(?=[\s/(<\[])"),
    "launch action": re.compile(rb"/Launch(?=[\s/(<\[>])"),
    "embedded file": re.compile(rb"/Embedded(?:Files?)(?=[\s/(<\[>])"),
    "remote action": re.compile(rb"/(?:SubmitForm|ImportData|GoToR|GoToE)(?=[\s/(<\[>])"),
    "rich media": re.compile(rb"/(?:RichMedia|Movie|Sound|3D)(?=[\s/(<\[>])"),
    "XFA form": re.compile(rb"/XFA(?=[\s/(<\[])"),
}
_ZIP_END = b"PK\x05\x06"
_MARKUP = re.compile(rb"<\s*(?:!doctype|html|script|svg|\?php)", re.IGNORECASE)


def cargo(file: BinaryIO, kind: FileKind, size: int) -> tuple[str, ...]:
    """Name what an open file carries besides its pages, in English, sorted; empty for most."""
    found = set(_foreign(file, kind, size))
    if kind == "pdf":
        found |= _named(file)
        found |= _asked(file)
    return tuple(sorted(found))


def _foreign(file: BinaryIO, kind: FileKind, size: int) -> set[str]:
    """Whether the bytes are another kind of file too (a polyglot)."""
    found = set()
    file.seek(0)
    head = file.read(1024)
    if kind == "pdf":
        before = head[: max(0, head.find(b"%PDF-"))]
        if before.startswith((b"MZ", b"PK\x03\x04", b"\x7fELF")):
            found.add("another file's bytes")
        if _MARKUP.search(before):
            found.add("markup")
    file.seek(max(0, size - 66_000))  # a ZIP's end record and its longest comment
    tail = file.read(66_000)
    if _ZIP_END in tail:
        found.add("ZIP archive")
    if _MARKUP.search(tail[tail.rfind(b"%%EOF") :] if kind == "pdf" else tail[-4096:]):
        found.add("markup")
    return found


def _named(file: BinaryIO) -> set[str]:
    found = set[str]()
    file.seek(0)
    before, left = b"", _LOOKED_AT
    while left > 0 and (chunk := file.read(min(_CHUNK, left))):
        left -= len(chunk)
        part = before + chunk
        found |= {name for name, rule in _NAMES.items() if name not in found and rule.search(part)}
        before = part[-_OVERLAP:]
    return found


def _asked(file: BinaryIO) -> set[str]:
    """What PDFium knows of the document as a whole."""
    found = set[str]()
    file.seek(0)
    with suppress(pdfium.PdfiumError):
        document = pdfium.PdfDocument(file)
        try:
            if pdfium_c.FPDFDoc_GetJavaScriptActionCount(document) > 0:
                found.add("JavaScript")
            if pdfium_c.FPDFDoc_GetAttachmentCount(document) > 0:
                found.add("embedded file")
        finally:
            document.close()
    return found
