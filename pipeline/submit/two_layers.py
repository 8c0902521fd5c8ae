"""A letter's pages as a PDF/A of two layers: the picture, and our text under it. OCRmyPDF does it, with our reader as its engine."""

from __future__ import annotations

import importlib.util
import runpy
import shutil
import sys
from pathlib import Path

from models.letter import Letter
from pipeline.exit_codes import ExitCode
from pipeline.launcher.environment import find
from pipeline.launcher.process import Leave, python
from pipeline.launcher.sandbox import Bounds

PLUGIN = "pipeline.submit.ocrmypdf_plugin"
_IN, _OUT = "in.pdf", "out.pdf"
_SECONDS = 3600.0  # for one letter
_LEAVE = Leave(Bounds(memory=6 << 30, cpu_seconds=3600, file_bytes=2 << 30))


class NotReady(Exception):
    """OCRmyPDF is not installed here."""

    exit_code = ExitCode.NO_OCRMYPDF

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do, in Vietnamese ("vi") or English ("en")."""
        if lang == "en":
            return "A two-layer PDF/A needs OCRmyPDF 17 or later in this environment. Install it: pip install 'congvan[submit]'."
        return "Cần OCRmyPDF 17 trở lên trong cùng môi trường để làm PDF/A hai lớp. Hãy cài: pip install 'congvan[submit]'."


class NotMade(Exception):
    """A letter of which no PDF/A could be made. why: OCRmyPDF's exit code, or what failed before it."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def ready() -> None:
    """Raise NotReady where the tools are not there."""
    if importlib.util.find_spec("ocrmypdf") is None or importlib.util.find_spec("pikepdf") is None:
        raise NotReady


def make(letter: Letter, original: Path, target: Path) -> None:
    """Write the PDF/A of a letter's pages to `target`, whole or not at all. Raises NotMade."""
    # Ghostscript mends what cannot be declared PDF/A as it is (a font that is not embedded)
    backends = ("internal", "ghostscript") if find("gs") else ("internal",)
    why: str | None = None
    for backend in backends:
        if (why := _made(letter, original, target, backend)) is None:
            return
    raise NotMade(why or "")


def _made(letter: Letter, original: Path, target: Path, backend: str) -> str | None:
    """Have it made by a process of its own; null, or why there is none."""
    # a scan's earlier text layer is somebody's OCR, and makes room for ours; a digital letter's own text stays
    how = "--redo-ocr" if letter.source.kind == "scan" else "--skip-text"
    pages = map(str, letter.source.pages)
    with python("pipeline.submit.two_layers:main", str(original.absolute()), *pages, how, backend, leave=_LEAVE) as child:
        try:
            code = child.wait(_SECONDS)
        except TimeoutError:
            return "quá thời gian / it took too long"
        made = child.folder / _OUT
        if code != 0 or not made.exists():
            return child.output().decode() or f"OCRmyPDF: {code}"
        part = target.with_suffix(".part")
        shutil.copyfile(made, part)
        part.replace(target)
    return None


def main(original: str, first: str, last: str, how: str, backend: str) -> None:
    """Write the pages from `first` to `last` into the folder that this process works in, and have OCRmyPDF make its file of them.

    Where the original cannot be parted, the error's name goes to standard output.
    """
    try:
        _pages(Path(original), int(first), int(last), Path(_IN))
    except Exception as error:  # a hostile original: whatever its parser says
        sys.stdout.write(type(error).__name__)
        sys.exit(1)
    sys.argv = [
        "ocrmypdf", "--plugin", PLUGIN, "-l", "vie", how, "--rotate-pages", "--output-type", "pdfa-2", "--pdfa-backend", backend,
        "--rasterizer", "pypdfium", "--optimize", "0", "--jobs", "1", "--quiet", "--invalidate-digital-signatures", _IN, _OUT,
    ]  # fmt: skip
    runpy.run_module("ocrmypdf", run_name="__main__")


def _pages(original: Path, first: int, last: int, target: Path) -> None:
    """The letter's own pages as a PDF; those of a picture as they are, one a page."""
    if original.suffix == ".pdf":
        import pikepdf

        with pikepdf.open(original) as document:
            if (first, last) == (1, len(document.pages)) and not document.is_encrypted:
                shutil.copyfile(original, target)
                return
            del document.pages[last:]
            del document.pages[: first - 1]
            document.save(target)
        return
    from PIL import Image, ImageSequence

    with Image.open(original) as image:
        frames = [frame.copy() for number, frame in enumerate(ImageSequence.Iterator(image), 1) if first <= number <= last]
    dpi = float((frames[0].info.get("dpi") or (200, 200))[0]) or 200.0
    plain = [frame if frame.mode in ("1", "L", "RGB") else frame.convert("RGB") for frame in frames]
    plain[0].save(target, "PDF", save_all=True, append_images=plain[1:], resolution=dpi if dpi > 50 else 200.0, quality=92)
