"""A letter's pages as a PDF/A of two layers: the picture, and our text under it. OCRmyPDF does it, with our reader as its engine."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from models.letter import Letter

PLUGIN = "pipeline.submit.ocrmypdf_plugin"
_SECONDS = 3600.0  # for one letter
# the child confines itself as an ingest's worker does, and then becomes OCRmyPDF
_CONFINED = """
import os, runpy, sys, tempfile
from pathlib import Path
from pipeline.launcher.sandbox import Bounds, bound, no_network, write_only
bound(Bounds(memory=6 << 30, cpu_seconds=3600, file_bytes=2 << 30))
no_network()
write_only(Path(tempfile.gettempdir()))
sys.argv = ["ocrmypdf", *sys.argv[1:]]
runpy.run_module("ocrmypdf", run_name="__main__")
"""


class NotReady(Exception):
    """OCRmyPDF is not installed here."""

    exit_code = 33

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
    with tempfile.TemporaryDirectory(prefix="congvan-submit-") as name:
        folder = Path(name)
        source, made = folder / "in.pdf", folder / "out.pdf"
        try:
            _pages(letter, original, source)
        except Exception as error:  # a hostile original: whatever its parser says
            raise NotMade(type(error).__name__) from error
        # a scan's earlier text layer is somebody's OCR, and makes room for ours; a digital letter's own text stays
        how = "--redo-ocr" if letter.source.kind == "scan" else "--skip-text"
        code = _run(folder, how, "internal", source, made)
        if code != 0 and shutil.which("gs"):
            # Ghostscript mends what cannot be declared PDF/A as it is (a font that is not embedded)
            code = _run(folder, how, "ghostscript", source, made)
        if code != 0 or not made.exists():
            raise NotMade(f"OCRmyPDF: {code}")
        part = target.with_suffix(".part")
        shutil.copyfile(made, part)
        part.replace(target)


def _run(folder: Path, how: str, backend: str, source: Path, made: Path) -> int:
    """Call OCRmyPDF, confined. Return its exit code. Raises NotMade where it takes too long."""
    command = [
        sys.executable, "-c", _CONFINED, "--plugin", PLUGIN, "-l", "vie", how, "--rotate-pages", "--output-type", "pdfa-2",
        "--pdfa-backend", backend, "--rasterizer", "pypdfium", "--optimize", "0", "--jobs", "1", "--quiet",
        "--invalidate-digital-signatures", str(source), str(made),
    ]  # fmt: skip
    env = {**os.environ, "TMPDIR": str(folder), "OMP_THREAD_LIMIT": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    env["PYTHONPATH"] = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
    try:
        done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise NotMade("quá thời gian / it took too long") from error
    return done.returncode


def _pages(letter: Letter, original: Path, target: Path) -> None:
    """The letter's own pages as a PDF; those of a picture as they are, one a page."""
    first, last = letter.source.pages
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
