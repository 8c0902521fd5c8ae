"""What a device makes of a sheet: its resolution, its tones, its light, how the sheet lay in it, what the file's format loses."""

from __future__ import annotations

from typing import Literal, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]  # height × width × 3, RGB
Rng = np.random.Generator


class Device(NamedTuple):
    """dpi: pixels an inch, from one to another; tones: of what comes out; blur: sigma, pixels; ink: how much of the print's darkness is
    left, from one to another; darker: how much light the lamp lacks; noise: sigma, of 255; skew: degrees at most; quality: JPEG's, 0 for
    none; generations: copies of a copy; bent, cropped: how much of a side the view slants, or the edges lose, at most."""

    name: str
    dpi: tuple[int, int]
    tones: Literal["colour", "grey", "bilevel"]
    blur: float
    ink: tuple[float, float] = (0.8, 1.0)
    darker: float = 0.0
    noise: float = 4.0
    skew: float = 1.1
    quality: int = 75
    generations: int = 0
    bent: float = 0.0
    cropped: float = 0.0


DEVICES = (
    Device("grey-200", (200, 200), "grey", 0.6, skew=2.0),
    Device("grey-150", (150, 150), "grey", 0.5),
    Device("grey-120", (120, 120), "grey", 0.35),
    Device("colour-300", (300, 300), "colour", 0.8),
    Device("colour-150", (150, 150), "colour", 0.5, skew=2.0),
    Device("bilevel-300", (300, 300), "bilevel", 0.6, quality=0),
    Device("bilevel-200", (200, 200), "bilevel", 0.4, quality=0),
    Device("faint", (200, 200), "colour", 0.7, ink=(0.38, 0.55)),
    Device("dark", (200, 200), "colour", 0.7, darker=0.2),
    Device("jpeg-60", (200, 200), "colour", 0.6, noise=6.0, quality=60, skew=2.0),
    Device("copied-twice", (200, 200), "grey", 0.9, noise=9.0, generations=2, skew=2.0),
    Device("telephone", (150, 190), "colour", 0.9, noise=6.0, bent=0.018),
    Device("cropped", (200, 200), "colour", 0.6, cropped=0.028),
)
FLAWS = ("none", "none", "tint", "shade", "streaks", "show-through", "holes", "dark edge", "ink that ran")


def scanned(sheet: Pixels, back: Pixels | None, dpi: float, device: Device, flaw: str, rng: Rng) -> tuple[Pixels, int]:
    """Return a sheet as a device gives it, and its pixels an inch. sheet: drawn at `dpi`; back: the print on its other side; flaw: one
    of FLAWS."""
    out = int(rng.integers(device.dpi[0], device.dpi[1] + 1))
    size = (round(sheet.shape[1] * out / dpi), round(sheet.shape[0] * out / dpi))
    light = cv2.resize(sheet, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    if flaw == "show-through" and back is not None:
        light *= 1 - rng.uniform(0.1, 0.18) * (1 - _shown(back, size, out))[..., None]
    if flaw == "ink that ran":
        light = cv2.erode(light, np.ones((2, 2), np.uint8))
    paper = (40.0, 38.0, 38.0) if flaw == "dark edge" else tuple(map(float, np.median(light[::20, ::20], axis=(0, 1))))
    light = _laid(light, device, paper, rng)
    light = cv2.GaussianBlur(light, (0, 0), device.blur)
    light = (255 - (255 - light) * rng.uniform(*device.ink)) * (1 - device.darker * rng.uniform(0.7, 1.0))
    light = _flawed(light, flaw, out, rng)
    if device.bent or flaw == "shade":
        light *= _falling(light.shape, rng)[..., None]
    light += rng.normal(0, device.noise, light.shape[:2]).astype(np.float32)[..., None]
    return _toned(light, device, rng), out


def _shown(back: Pixels, size: tuple[int, int], dpi: int) -> NDArray[np.float32]:
    """The other side's print through the paper, 0 to 1."""
    grey = cv2.cvtColor(cv2.resize(back, size, interpolation=cv2.INTER_AREA), cv2.COLOR_RGB2GRAY)
    found: NDArray[np.float32] = cv2.GaussianBlur(grey[:, ::-1], (0, 0), dpi / 110).astype(np.float32) / 255
    return found


def _laid(light: NDArray[np.float32], device: Device, paper: tuple[float, ...], rng: Rng) -> NDArray[np.float32]:
    """The sheet as it lay: turned a little, seen aslant, or cut at its edges."""
    height, width = light.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-device.skew, device.skew), 1.0)
    light = cv2.warpAffine(light, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=paper)
    if device.bent:
        corners = np.asarray([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
        moved = corners + (rng.uniform(0, device.bent, (4, 2)) * (width, height) * [(1, 1), (-1, 1), (-1, -1), (1, -1)]).astype(np.float32)
        table = float(rng.integers(50, 110))
        light = cv2.warpPerspective(light, cv2.getPerspectiveTransform(corners, moved), (width, height), borderValue=(table, table, table))
    if device.cropped:
        off = device.cropped * rng.uniform(0.4, 1.0)
        light = light[int(0.8 * off * height) : int((1 - off) * height), int(off * width) : int((1 - off) * width)]
    return np.ascontiguousarray(light)


def _flawed(light: NDArray[np.float32], flaw: str, dpi: int, rng: Rng) -> NDArray[np.float32]:
    height, width = light.shape[:2]
    if flaw == "tint":
        light = light * np.asarray([(0.97, 0.94, 0.84), (0.9, 0.95, 0.98), (0.93, 0.9, 0.86)][int(rng.integers(3))], np.float32)
    if flaw == "streaks":
        for at in rng.uniform(0.06, 0.94, int(rng.integers(1, 4))):
            light[:, int(at * width) : int(at * width) + max(1, dpi // 150)] *= rng.uniform(0.35, 0.75)
    if flaw == "holes":
        for down in (-1.57, 1.57):
            cv2.circle(light, (int(0.28 * dpi), int(height / 2 + down * dpi)), int(0.12 * dpi), (60.0, 58.0, 56.0), -1)
    if flaw == "dark edge":
        light[:, : int(rng.uniform(0.004, 0.015) * width)] = 30
    return light


def _falling(shape: tuple[int, ...], rng: Rng) -> NDArray[np.float32]:
    """Light that falls off to one side, 0 to 1."""
    turn, (height, width) = rng.uniform(0, 2 * np.pi), shape[:2]
    down, right = np.linspace(0, 1, height, dtype=np.float32)[:, None], np.linspace(0, 1, width, dtype=np.float32)[None]
    slope = np.sin(turn) * down + np.cos(turn) * right
    found: NDArray[np.float32] = 1 - rng.uniform(0.15, 0.38) * (slope - slope.min()) / max(float(np.ptp(slope)), 1e-6)
    return found


def _toned(light: NDArray[np.float32], device: Device, rng: Rng) -> Pixels:
    """The tones that the device has, as colours."""
    seen = np.clip(light, 0, 255).astype(np.uint8)
    if device.tones == "colour":
        return seen
    grey = cv2.cvtColor(seen, cv2.COLOR_RGB2GRAY)
    for _ in range(device.generations):  # each copy blurs, clears the paper and adds specks
        soft = cv2.GaussianBlur(grey, (0, 0), 0.6).astype(np.float32)
        white = max(80.0, float(np.percentile(soft, 80)))
        grey = (np.clip((soft - 40) / (white - 40), 0, 1) ** 1.3 * 255).astype(np.uint8)
        grey[rng.random(grey.shape) < 6e-6] = 20
    if device.tones == "bilevel":
        sharp = cv2.addWeighted(grey, 1.8, cv2.GaussianBlur(grey, (0, 0), 2), -0.8, 0)
        paper = cv2.GaussianBlur(cv2.dilate(cv2.resize(grey, None, fx=1 / 16, fy=1 / 16), np.ones((5, 5), np.uint8)), (0, 0), 4)
        paper = cv2.resize(paper, grey.shape[::-1], interpolation=cv2.INTER_LINEAR)
        grey = np.where(sharp > paper * rng.uniform(0.66, 0.78), 255, 0).astype(np.uint8)
    return np.repeat(grey[..., None], 3, axis=2)
