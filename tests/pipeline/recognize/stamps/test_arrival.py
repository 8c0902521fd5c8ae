"""What is written into an arrival stamp, whatever fills it in, and however badly the engine reads it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from pipeline.recognize.image.frames import red_regions
from pipeline.recognize.ocr.engine import OcrWord, default_engine
from pipeline.recognize.stamps.arrival import is_arrival, read_arrival

Stamp = Callable[[Image.Image, tuple[float, float], str, str], None]
DPI = 200


def stamped(arrival: Stamp, paper: tuple[int, int, int]) -> np.ndarray:
    image = Image.new("RGB", (500, 300), paper)
    arrival(image, (4, 4), "1386", "9/3/2022")
    return np.asarray(image).copy()


def test_a_stamp_filled_in_in_black_on_paper_with_a_blueish_edge(arrival: Stamp) -> None:
    image = stamped(arrival, (250, 249, 246))
    blue = image[:, :, 2].astype(int) - image[:, :, 0] > 60
    image[blue] = (20, 20, 20)
    edge = image[:, :60]
    edge[edge.min(axis=2) > 240] = (215, 238, 250)
    (region,) = [region for region in red_regions(image, DPI) if region.framed]
    lines = read_arrival(image, DPI, region, default_engine())
    assert lines is not None
    assert {"Số: 1386", "Ngày: 9/3/2022"} <= {line.text for line in lines}


class _Halting:
    """An engine that knows the labels and misreads the day."""

    def recognize(self, image: np.ndarray, dpi: int, psm: int = 3) -> list[OcrWord]:
        height, width = image.shape[:2]

        def word(text: str, x: float, y: float, share: float) -> OcrWord:
            return OcrWord(
                text, round(x * width), round(y * height), round((x + share) * width), round((y + 0.1) * height), 0.5, round(9 * y)
            )

        return [word("ĐẾN", 0.1, 0.5, 0.2), word("Chuyển:", 0.1, 0.75, 0.2), word("O9/⁄3I2O22", 0.6, 0.5, 0.35)]


def test_where_a_day_stands_that_was_not_read_is_told_to_whoever_reads_digits(arrival: Stamp) -> None:
    image = stamped(arrival, (250, 249, 246))
    (region,) = [region for region in red_regions(image, DPI) if region.framed]
    lines = read_arrival(image, DPI, region, _Halting())
    assert lines is not None
    (day,) = [line for line in lines if line.words[0].text == "Ngày:"]
    assert day.words[-1].confidence == 0.0
    assert abs(day.box.x0 - (region.box[0] + 0.6 * (region.box[2] - region.box[0]))) < 15


@pytest.mark.parametrize(
    ("said", "is_one"),
    [
        (("SỞ Y TẾ GIA LAI", "Chuyển:", "Lưu hồ sơ số:"), True),
        (("ĐẾN", "Lưu hồ sơ"), True),
        (("Lưu hồ sơ số:",), False),
        (("Chuyển hồ bơi",), False),
    ],
)
def test_what_a_stamp_s_printed_labels_tell(said: tuple[str, ...], is_one: bool) -> None:
    assert is_arrival(said) is is_one
