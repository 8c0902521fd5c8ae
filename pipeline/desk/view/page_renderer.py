"""What the rendering process does: it draws one page of a kept file as a JPEG. PDFium is not thread-safe, and files may be hostile:
so it is a process of its own, confined by the kernel, that answers one request after another over a pipe.

A request is a JSON list: path, page (from 1), degrees clockwise, pixels a point, box in points of the upright page or null.
The answer is a JSON head, and the JPEG's bytes where it was drawn.
"""

from __future__ import annotations

import io
import json
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from PIL import Image

from pipeline.desk.view.page_images import CPU_SECONDS
from pipeline.launcher.sandbox import more_time

_PIXELS = 16_000_000  # of one picture
_AROUND = 6.0  # points of a crop beyond the box
_QUARTERS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}


def main(pipe: Connection[Any, Any]) -> None:
    """Serve until the other end of the pipe is closed."""
    try:
        while True:
            path, page, degrees, scale, box = json.loads(pipe.recv_bytes())
            more_time(CPU_SECONDS)
            try:
                width, height, picture = paint(Path(path), page, degrees, scale, box)
                head: dict[str, Any] = {"width": width, "height": height}
            except Exception as error:
                # whatever a file does to the libraries, the next one is drawn
                head, picture = {"error": type(error).__name__}, b""
            pipe.send_bytes(json.dumps(head).encode())
            pipe.send_bytes(picture)
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        return


def paint(path: Path, page: int, degrees: int, scale: float, box: list[float] | None) -> tuple[float, float, bytes]:
    """Width and height of the upright page in points, and the picture of it, or of the box on it, as JPEG.

    Raises IndexError where there is no such page, and whatever the libraries raise at a broken file.
    """
    width, height, image = _pdf(path, page, scale) if path.suffix == ".pdf" else _picture(path, page, scale)
    if degrees in _QUARTERS:
        image = image.transpose(_QUARTERS[degrees])
        width, height = (height, width) if degrees != 180 else (width, height)
    if box is not None:
        unit = image.width / width
        x0, y0, x1, y1 = (box[0] - _AROUND) * unit, (box[1] - _AROUND) * unit, (box[2] + _AROUND) * unit, (box[3] + _AROUND) * unit
        edges = (max(0, int(x0)), max(0, int(y0)), min(image.width, int(x1) + 1), min(image.height, int(y1) + 1))
        image = image.crop(edges) if edges[0] < edges[2] and edges[1] < edges[3] else image
    out = io.BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=86, subsampling=0)
    return width, height, out.getvalue()


def _within(width: float, height: float, scale: float) -> float:
    return float(min(scale, (_PIXELS / max(1.0, width * height)) ** 0.5))


def _pdf(path: Path, page: int, scale: float) -> tuple[float, float, Image.Image]:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(path)
    try:
        if not 1 <= page <= len(document):
            raise IndexError(page)
        sheet = document[page - 1]
        width, height = sheet.get_size()
        bitmap = sheet.render(scale=_within(width, height, scale), may_draw_forms=True, draw_annots=True)
        return width, height, bitmap.to_pil().convert("RGB")
    finally:
        document.close()


def _picture(path: Path, page: int, scale: float) -> tuple[float, float, Image.Image]:
    from pipeline.recognize.pdf.pixels import of_picture

    with Image.open(path, formats=["TIFF", "JPEG", "PNG"]) as opened:
        if page < 1:
            raise IndexError(page)
        if page > 1:
            opened.seek(page - 1)
        # as the reader saw it, so that boxes lie where it found them
        sheet = of_picture(opened, path, page)
    image = Image.fromarray(sheet.image)
    size = _within(sheet.width, sheet.height, scale)
    image = image.resize((max(1, round(sheet.width * size)), max(1, round(sheet.height * size))), Image.Resampling.LANCZOS)
    return sheet.width, sheet.height, image
