"""What a file is, by its first bytes."""

from __future__ import annotations

from models.intake import FileKind

HEAD = 1024  # bytes looked at: Adobe's readers accept a PDF header anywhere in the first 1024

_FOREIGN = (
    (b"PK\x03\x04", "ZIP/DOCX/XLSX"),
    (b"\xd0\xcf\x11\xe0", "DOC/XLS (Office 97)"),
    (b"{\\rtf", "RTF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"GIF8", "GIF"),
    (b"\x00\x00\x00\x0cjP  ", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"BM", "BMP"),
    (b"<", "HTML/XML"),
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"%!PS", "PostScript"),
)


def kind_of(head: bytes) -> FileKind | None:
    """Tell the kind from a file's first `HEAD` bytes, or None where it is none that is read here."""
    if head.startswith((b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")):
        return "tiff"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if b"%PDF-" in head:
        return "pdf"
    return None


def looks_like(head: bytes) -> str:
    """Name another kind of file that the bytes begin like, "" where none is known."""
    return next((name for magic, name in _FOREIGN if head.startswith(magic)), "")
