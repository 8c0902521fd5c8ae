"""Pages of a PDF whose user space is not in points (UserUnit, ISO 32000-1, 14.11.2): drawn in points before anything is read, for PDFium
takes no notice of it."""

from __future__ import annotations

from typing import Any

_BOXES = ("/MediaBox", "/CropBox")
_INHERITED = 32  # nodes over a page that are looked at


def in_points(document: Any) -> bool:
    """Redraw the pages of an open pikepdf document that have a UserUnit; return whether there were any."""
    pages = [page.obj for page in document.pages if float(page.obj.get("/UserUnit", 1)) != 1]
    for page in pages:
        _redraw(document, page, float(page.UserUnit))
    return bool(pages)


def _redraw(document: Any, page: Any, unit: float) -> None:
    import pikepdf

    for name in _BOXES:
        box = _own_or_inherited(page, name)
        if box is not None:
            page[name] = pikepdf.Array([float(edge) * unit for edge in box])
    pikepdf.Page(page).contents_add(f"q {unit} 0 0 {unit} 0 0 cm\n".encode(), prepend=True)
    pikepdf.Page(page).contents_add(b"\nQ")
    for note in page.get("/Annots", ()):
        if "/Rect" in note:
            note.Rect = pikepdf.Array([float(edge) * unit for edge in note.Rect])
    del page.UserUnit


def _own_or_inherited(page: Any, name: str) -> Any:
    node = page
    for _ in range(_INHERITED):
        if name in node:
            return node[name]
        if "/Parent" not in node:
            return None
        node = node.Parent
    return None
