"""How a PDF page's own coordinates lie on the upright page: boxes (own or inherited, reversed, off the origin), /Rotate and UserUnit."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium_c

from models.page import Box

_DEVICE = 20_000  # steps of the device that the corners are asked on: fine enough for a hundredth of a point


class Frame:
    """The map from PDF user space to points from the top left of the page as it is seen. width, height: points; turn: /Rotate, degrees."""

    def __init__(self, page: Any) -> None:
        self.width, self.height = page.get_size()
        self.turn = page.get_rotation()
        self._x, self._y = _corner(page, 0, 0)
        right, bottom = _corner(page, _DEVICE, 0), _corner(page, 0, _DEVICE)
        across = (right[0] - self._x) / self.width, (right[1] - self._y) / self.width
        down = (bottom[0] - self._x) / self.height, (bottom[1] - self._y) / self.height
        area = across[0] * down[1] - across[1] * down[0] or 1.0
        self._to_x = down[1] / area, -down[0] / area
        self._to_y = -across[1] / area, across[0] / area

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of PDF user space in points from the top left of the upright page."""
        dx, dy = x - self._x, y - self._y
        return dx * self._to_x[0] + dy * self._to_x[1], dx * self._to_y[0] + dy * self._to_y[1]

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """Return a rectangle of PDF user space as a Box of the upright page."""
        (x0, y0), (x1, y1) = self.point(left, top), self.point(right, bottom)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _corner(page: Any, x: int, y: int) -> tuple[float, float]:
    """A point of the device, which the whole page fills, in PDF user space."""
    found_x, found_y = ctypes.c_double(), ctypes.c_double()
    pdfium_c.FPDF_DeviceToPage(page, 0, 0, _DEVICE, _DEVICE, 0, x, y, found_x, found_y)
    return found_x.value, found_y.value
