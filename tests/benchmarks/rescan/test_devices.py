"""What devices make of a sheet: an invented page of lines, seen by each."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from benchmarks.rescan.devices import DEVICES, FLAWS, Device, Pixels, scanned

DPI = 200


def sheet(text: str = "CONG VAN 12") -> Pixels:
    page = np.full((1200, 850, 3), 250, np.uint8)
    for row in range(6):
        cv2.putText(page, text, (80, 200 + 150 * row), cv2.FONT_HERSHEY_SIMPLEX, 2.0, (20, 20, 20), 4)
    return page


@pytest.mark.parametrize("device", DEVICES, ids=lambda one: one.name)
@pytest.mark.parametrize("flaw", dict.fromkeys(FLAWS))
def test_print_stays_darker_than_its_paper_and_the_same_seed_gives_the_same(device: Device, flaw: str) -> None:
    first, dpi = scanned(sheet(), sheet("MAT SAU"), DPI, device, flaw, np.random.default_rng(3))
    again, _ = scanned(sheet(), sheet("MAT SAU"), DPI, device, flaw, np.random.default_rng(3))
    other, _ = scanned(sheet(), sheet("MAT SAU"), DPI, device, flaw, np.random.default_rng(4))
    assert np.array_equal(first, again) and (first.shape != other.shape or not np.array_equal(first, other))
    assert device.dpi[0] <= dpi <= device.dpi[1]
    lines = first[int(0.1 * first.shape[0]) : int(0.9 * first.shape[0]), int(0.1 * first.shape[1]) : int(0.9 * first.shape[1])].mean(2)
    assert np.percentile(lines, 1) < np.percentile(lines, 60) - 30


def test_a_device_without_colours_gives_none() -> None:
    red = np.where(sheet() < 100, np.asarray([200, 20, 20], np.uint8), np.uint8(250)).astype(np.uint8)
    for device in DEVICES:
        seen, _ = scanned(red, None, DPI, device, "none", np.random.default_rng(1))
        coloured = int(np.ptp(seen.astype(int), axis=2).max()) > 40
        assert coloured is (device.tones == "colour"), device.name
        if device.tones == "bilevel":
            assert set(np.unique(seen)) == {0, 255}
