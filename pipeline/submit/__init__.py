"""Handing over: the package that an archive takes (Circular 05/2025/TT-BNV), with a two-layer PDF/A of every letter.

submit(archive, target, Choice(file="2021.01.TCCB")) -> Handover
"""

from __future__ import annotations

from pipeline.submit.choosing import Choice, Lacking
from pipeline.submit.package import FolderTaken, Handover, submit
from pipeline.submit.two_layers import NotReady

__all__ = ["Choice", "FolderTaken", "Handover", "Lacking", "NotReady", "submit"]
