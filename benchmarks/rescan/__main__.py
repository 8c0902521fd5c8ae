"""Draw the letters of dev/real (without the aside) as other devices give them, each with one device and one flaw.

    python -m benchmarks.rescan --out FOLDER [--seed 1] [--files N]

FOLDER becomes a set as the yardstick has them: files/ under the same names, truth.jsonl with the device for the kind, so that
`letterbench.score FOLDER/truth.jsonl` tells figures by device and `python -m training.doubt --beside FOLDER` fits on them. The letters name
real people: FOLDER lies outside the repository. What was drawn is not drawn again; the same for the same seed.
"""

from __future__ import annotations

import argparse
import io
import json
import logging
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2
from PIL import Image

from benchmarks.rescan.devices import DEVICES, FLAWS, Device, Pixels, scanned
from training.doubt.verdicts import files, truth

_DPI, _LONGEST = 300, 5000  # a sheet is drawn so fine, and no longer in pixels
_A4 = 595.3  # points, how wide a picture without a page is taken to be
log = logging.getLogger(__name__)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", type=int, default=0, help="the first so many alone")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    rows = sorted(truth("real"), key=lambda row: str(row["file"]))[: asked.files or None]
    (asked.out / "files").mkdir(parents=True, exist_ok=True)
    for row in rows:
        device, flaw = lot(row["file"], asked.seed)
        row["kind"] = f"scan-{device.name}"
        where = asked.out / "files" / row["file"]
        if not where.exists():
            where.write_bytes(drawn(files("real") / row["file"], device, flaw, _rng(row["file"], asked.seed, 2)))
            log.info("%s: %s, %s", row["file"], device.name, flaw)
    (asked.out / "truth.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def _rng(name: str, seed: int, use: int) -> np.random.Generator:
    return np.random.default_rng([seed, use, zlib.crc32(name.encode())])


def lot(name: str, seed: int) -> tuple[Device, str]:
    """The device and the flaw that a file gets."""
    rng = _rng(name, seed, 1)
    return DEVICES[int(rng.integers(len(DEVICES)))], FLAWS[int(rng.integers(len(FLAWS)))]


def drawn(path: Path, device: Device, flaw: str, rng: np.random.Generator) -> bytes:
    """The file's sheets as the device gives them, in the format that its name has."""
    sheets = list(_sheets(path))
    seen = []
    for at, (sheet, dpi) in enumerate(sheets):
        back = sheets[at + 1 if at + 1 < len(sheets) else at - 1][0] if len(sheets) > 1 else None
        seen.append(scanned(sheet, back, dpi, device, flaw, rng))
    pictures = [_picture(pixels, device) for pixels, _ in seen]
    dpi, out = seen[0][1], io.BytesIO()
    if path.suffix.lower() == ".pdf":
        pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=dpi)
    elif path.suffix.lower() in (".jpg", ".jpeg"):
        pictures[0].convert("RGB").save(out, "JPEG", quality=device.quality or 75, dpi=(dpi, dpi))
    else:
        pictures[0].save(out, path.suffix[1:], dpi=(dpi, dpi))
    return out.getvalue()


def _picture(pixels: Pixels, device: Device) -> Image.Image:
    image = Image.fromarray(pixels)
    if device.tones != "colour":
        image = image.convert("1" if device.tones == "bilevel" else "L", dither=Image.Dither.NONE)
    if not device.quality:
        return image
    packed = io.BytesIO()
    image.save(packed, "JPEG", quality=device.quality)
    return Image.open(packed)


def _sheets(path: Path) -> Iterator[tuple[Pixels, float]]:
    """A file's pages as they are seen, with their pixels an inch."""
    if path.suffix.lower() != ".pdf":
        image = Image.open(path).convert("RGB")
        yield np.asarray(image), 72 * image.width / (_A4 if image.width < image.height else _A4 * 2**0.5)
        return
    with pypdfium2.PdfDocument(path) as pdf:
        pdf.init_forms()
        for page in pdf:
            scale = min(_DPI / 72, _LONGEST / max(page.get_size()))
            yield np.asarray(page.render(scale=scale).to_pil().convert("RGB")), scale * 72


if __name__ == "__main__":
    main()
