"""Where a value was read, and how far its rows are to be trusted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from models.letter import Evidence
from models.page import Box
from models.repair import Doubt, Repair
from models.skeleton import nfc
from pipeline.layout import Row


def holes(rows: Sequence[Row]) -> bool:
    """Whether words seem to be missing inside the lines of a running text: a blank wider than three usual ones."""
    for item in rows:
        beside = [o for o in rows if abs(o.box.middle[1] - item.box.middle[1]) < 0.45 * item.box.height and o.box.x0 >= item.box.x1]
        gaps = [b.box.x0 - a.box.x1 for a, b in zip(item.words, item.words[1:], strict=False)]
        gaps += [o.box.x0 - item.box.x1 for o in beside]
        if any(gap > max(12.0, 1.1 * item.box.height) for gap in gaps):
            return True
    return False


def union(rows: Iterable[Row]) -> Box | None:
    box: Box | None = None
    for item in rows:
        box = item.box if box is None else box.union(item.box)
    return box


def evidence(rows: Sequence[Row], confidence: float, repairs: Sequence[Repair] = (), *, raw: str | None = None, page: int = 1) -> Evidence:
    """The evidence of a value read from `rows`; `page` where there are none. The repairs are told to people from here on."""
    text = " ".join(item.text for item in rows) if raw is None else raw
    number = rows[0].page if rows else page
    same = [item for item in rows if item.page == number and item.left == rows[0].left]
    box, left = union(same), rows[0].left if rows else 0.0
    on_sheet = box._replace(x0=box.x0 + left, x1=box.x1 + left) if box else None
    told = tuple(str(item) for item in repairs)
    said = tuple(dict.fromkeys(nfc(text) for item in rows if len(set(item.line.readings)) > 1 for text in item.line.readings if text))
    sure = round(max(0.0, min(1.0, confidence)), 3)
    return Evidence(page=number, box=on_sheet, raw=text, confidence=sure, repairs=told, readings=said)


def doubted(seen: Evidence, least: float, *doubts: Doubt) -> Evidence:
    """The evidence no surer than `least`, with what speaks against the value: the kinds for programs, the lines for people."""
    lines, kinds = map(str, doubts), (*seen.doubts, *(one.kind for one in doubts))
    noted = {"repairs": (*seen.repairs, *lines), "doubts": tuple(dict.fromkeys(kinds))}
    return seen.model_copy(update={"confidence": min(seen.confidence, least), **noted})


def trust(rows: Sequence[Row]) -> float:
    """The mean confidence of the rows' characters; 0 for none."""
    size = sum(len(item.text) for item in rows)
    return sum(item.confidence * len(item.text) for item in rows) / size if size else 0.0
