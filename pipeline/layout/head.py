"""The head of a first page (Decree 30/2020, appendix I, boxes 1 to 5): two columns under the motto, number and day on one base line, the
type's name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import takewhile

from models.skeleton import code
from pipeline.layout.number_line import goes_on, number_row
from pipeline.layout.rows import Grid, Row
from rules import cues
from rules.numbers.symbols import is_type, types


@dataclass
class Head:
    """What was found of a head. regime: "state", "party", "youth" or None where no motto was found; number_end: the line in which a long
    symbol goes on; title_type: the type's name as the table has it, its abbreviation, and how like it the row is; x: what parts the
    columns, points; halves: a row that holds both columns, by its id, with its left and its right part; whole: the page as it came; cuts:
    of its rows, by their ids, the two that one whose words stand far apart became; the lists hold rows, top to bottom."""

    grid: Grid
    whole: Grid
    regime: str | None = None
    motto: list[Row] = field(default_factory=list)
    number: Row | None = None
    number_end: Row | None = None
    date: Row | None = None
    block: list[Row] = field(default_factory=list)
    under: list[Row] = field(default_factory=list)
    title: Row | None = None
    title_type: tuple[str, str, float] | None = None
    salutation: Row | None = None
    below: list[Row] = field(default_factory=list)
    x: float = 0.0
    halves: dict[int, tuple[Row, Row, Row]] = field(default_factory=dict)
    cuts: dict[int, tuple[Row, Row]] = field(default_factory=dict)

    @property
    def begins(self) -> bool:
        """Whether a letter may begin on this page."""
        return bool(self.motto or (self.number and self.date))


def read_head(grid: Grid) -> Head:
    """Find the head's parts on a page, as if a letter began on it."""
    limit = 0.62 * grid.height
    out = _parted(grid, limit + 60)
    grid = out.grid
    _mottos(out)
    top = max((item.box.y1 for item in out.motto), default=0.0)
    out.salutation = next((r for r in grid.rows if r.box.y0 < limit + 60 and r.box.y0 >= top - 5 and cues.match("to", r.bare)), None)
    out.x = _divide(grid, out.motto)
    # the number stands within a few lines of the motto
    deep = max((item.box.y1 for item in out.motto), default=0.22 * grid.height) + 9 * grid.line_height
    left, right = _columns(out, min(limit, out.salutation.box.y0 - 2 if out.salutation else limit))
    near = [item for item in left if item.box.y0 < deep]
    out.number = number_row(near, grid) or number_row([r for r in right if not cues.match("date", r.bare)][:8], grid)
    out.date = _date_row(out, [*right, *left], top)
    head = max(top, out.number.box.y0 if out.number else 0.0, out.date.box.y0 if out.date else 0.0)
    bottom = min(limit, out.salutation.box.y0 if out.salutation else limit)
    _title(out, head, bottom)
    _fill(out, left, head)
    return out


def _mottos(out: Head) -> None:
    """The rows of the motto, and the regime that it tells. Where the head's columns were read as one row, the motto is its right part.
    A ground that names the republic or the Party is none, nor is what stands below the first ground."""
    over = list(takewhile(lambda item: not cues.match("grounds", item.bare), out.grid.rows))
    for item in over:
        # "Đảng Cộng sản Việt Nam" of the text, or a form's motto further down, is none of this head's
        if item.box.y0 > 0.45 * out.grid.height or (out.motto and item.box.y0 > out.motto[0].box.y1 + 5 * out.grid.line_height):
            break
        found, said = item, cues.motto(item.bare) if item.upper > 0.6 or len(item.bare) < 34 else None
        for at in range(1, len(item.words) - 2):
            left, right = item.split((item.words[at].box.x0 + item.words[at - 1].box.x1) / 2)
            if not left or not right or not cues.match("motto_begins", right.bare):
                continue
            if (right.upper > 0.6 or right.bare[0] == "D") and (regime := cues.motto(right.bare)):
                found, said = right, regime
                out.halves[id(item)] = (item, left, right)
                break
        if said:
            out.regime = out.regime or said
            out.motto.append(found)
    out.motto = [item for item in out.motto if not _beside_motto(item, out.motto)]
    for torn, regime in _torn_mottos(out, over):
        out.regime = out.regime or regime
        out.motto += [item for item in torn if not any(item is one for one in out.motto)]
    out.motto.sort(key=lambda item: item.box.y0)


def _beside_motto(item: Row, mottos: list[Row]) -> bool:
    """Whether a row stands left of a motto's on its line: the issuer's, like a motto ("KHOÁNG SẢN VIỆT NAM", "ĐOÀN TNCS HỒ CHÍ MINH")."""
    return any(other.box.x0 > item.box.x1 and abs(other.box.middle[1] - item.box.middle[1]) < 0.8 * other.box.height for other in mottos)


def _torn_mottos(out: Head, over: list[Row]) -> list[tuple[list[Row], str]]:
    """Mottos that were read in pieces on one base line, with their regimes: a piece by itself would be taken for the issuer's.
    over: the rows that stand over the first ground."""
    found: list[tuple[list[Row], str]] = []
    upper = [item for item in over if item.box.y0 < 0.45 * out.grid.height and id(item) not in out.halves]
    for first in upper:
        run = [first]
        for item in sorted((other for other in upper if other.box.x0 > first.box.x1), key=lambda other: other.box.x0):
            level = abs(item.box.middle[1] - first.box.middle[1]) < 0.6 * max(first.box.height, out.grid.line_height)
            if level and item.box.x0 - run[-1].box.x1 < 3 * out.grid.line_height:
                run.append(item)
        for size in range(2, len(run) + 1):
            said = " ".join(item.bare for item in run[:size])
            if cues.match("motto_begins", said) and (regime := cues.motto(said)):
                found.append((run[:size], regime))
                break
    return found


def _divide(grid: Grid, motto: list[Row]) -> float:
    """The x that parts the head's columns."""
    if motto:
        return min(item.box.x0 for item in motto) - 4
    return grid.left + 0.44 * (grid.right - grid.left)


def _columns(out: Head, bottom: float) -> tuple[list[Row], list[Row]]:
    """The rows above `bottom` (points) that stand left and right of what parts the columns."""
    left: list[Row] = []
    right: list[Row] = []
    x = out.x
    for item in out.grid.rows:
        if item.box.y0 >= bottom:
            continue
        at = _seam(item, x)
        if at is not None and id(item) not in out.halves:
            one, two = item.split(at)
            if one and two:
                out.halves[id(item)] = (item, one, two)
        if id(item) in out.halves:
            _, one, two = out.halves[id(item)]
            left.append(one)
            right.append(two)
        else:
            (left if item.middle < x else right).append(item)
    return left, right


def _seam(item: Row, x: float) -> float | None:
    """Where a row that reaches over `x` falls in two columns; None where it is of one."""
    if item.box.x1 <= x + 6 or item.middle < x - 20:
        straddles = item.box.x1 > x + 40 and len(item.words) > 1
    else:
        straddles = item.box.x0 < x - 40 and len(item.words) > 1
    if not straddles:
        return None
    gaps = [(b.box.x0 - a.box.x1, (a.box.x1 + b.box.x0) / 2) for a, b in zip(item.words, item.words[1:], strict=False)]
    width, at = max((gap for gap in gaps if x - 70 < gap[1] < x + 60), default=(0.0, x))
    return at if width >= max(9.0, 0.9 * item.box.height) else None


def _date_row(out: Head, rows: list[Row], top: float) -> Row | None:
    """The place line: short before "ngày", and no ground of a decision or sentence; none below where the running text begins.

    top: where the motto ends, points.
    """
    width = out.grid.width
    text = [row for row in out.grid.rows if row.box.width > 0.62 * width and row.upper < 0.5 and id(row) not in out.halves]
    low = min((row.box.y0 for row in text if row.box.y0 > top and not cues.match("date", row.bare)), default=out.grid.height)
    for item in rows:
        if item.box.y0 > low:
            continue
        found = cues.match("date", item.bare) or cues.match("date_figures", item.bare)
        if found is None or found.start() > 32 or len(item.bare) - found.end() > 12:
            continue
        if cues.match("body", item.bare) and len(item.bare) - found.end() > 2:
            continue  # "Ngày 05 tháng 10 năm 2022" alone is a day's line, with more after it a sentence
        if not cues.match("cites", item.bare[: found.start()]):  # "Công văn số 96/BTL-KH ngày …" names another's day
            return item
    return None


def _is_title(item: Row, grid: Grid, top: float) -> bool:
    centred = abs(item.middle - grid.centre) < 0.12 * grid.width or abs(item.middle - grid.width / 2) < 0.1 * grid.width
    return item.box.y0 >= top and centred and item.upper > 0.55 and not item.bare.rstrip().endswith(":")


def _parted(grid: Grid, limit: float) -> Head:
    """The page with what stands far apart on one line of its upper part set on rows of their own: a stamp's words beside a title's,
    a mark before a salutation."""
    rows: list[Row] = []
    cuts: dict[int, tuple[Row, Row]] = {}
    for item in grid.rows:
        at = _cut(item) if item.box.y0 < limit else None
        left, right = item.split(at) if at is not None else (None, None)
        if left and right:
            cuts[id(item)] = (left, right)
            rows += [left, right]
        else:
            rows.append(item)
    return Head(grid.with_rows(rows), whole=grid, cuts=cuts)


def _cut(item: Row) -> float | None:
    """The x at which a row falls in two; None where it is one."""
    found = None if cues.match("to_also", item.bare) else cues.match("to_inside", item.bare)
    if found and found.start() < 40:
        return _before(item, found.start())
    inside = cues.match("subject_inside", item.bare)
    if inside and inside.start() < 20 and re.search(r"\w{3}[^A-Z ]|[^A-Z ]\W*\w{3}", item.bare[: inside.start()].strip(" -")):
        return _before(item, inside.start())  # what a stamp left beside it: figures and bars
    if cues.match("number", item.bare) or cues.match("date", item.bare) or cues.match("to", item.bare) or len(item.words) < 4:
        return None
    gap, at = max((b.box.x0 - a.box.x1, (a.box.x1 + b.box.x0) / 2) for a, b in zip(item.words, item.words[1:], strict=False))
    heights = sorted(word.box.height for word in item.words)
    return at if gap > max(30.0, 2.4 * heights[len(heights) // 2]) else None


def _before(item: Row, place: int) -> float | None:
    """The x before the word that begins at a place of a row's skeleton."""
    word = item.bare[:place].count(" ")
    return item.words[word].box.x0 - 0.5 if word < len(item.words) else None


def _title(out: Head, head: float, bottom: float) -> None:
    """The row with the type's name. head, bottom: between which it stands, points."""
    for item in out.grid.rows:
        if item.box.y0 > bottom or not _is_title(item, out.grid, head - 4):
            if item.box.y0 > head + 4 and cues.match("body", item.bare) and item.upper < 0.5:
                break
            continue
        if kind := cues.title(item.bare):
            out.title, out.title_type = item, kind
            break
    if out.title is None and out.salutation is None:
        _unnamed_title(out, head, bottom)


def _unnamed_title(out: Head, head: float, bottom: float) -> None:
    """A title that no table has ("ĐIỀU LỆ", "MỜI HỌP"), where the number bears a type's token: the first centred line in capitals."""
    token = re.search(r"[/|]\s?(?:\d{4}\s?/\s?)?([A-Za-zĐđ]{2,4})\s?-", out.number.text) if out.number else None
    if token is None or not is_type(token[1]):
        return
    for item in out.grid.rows:
        if item.box.y0 > bottom or (item.box.y0 > head + 4 and cues.match("body", item.bare)):
            return
        centred = abs(item.middle - out.grid.centre) < 0.06 * out.grid.width
        if item.box.y0 > head + 4 and centred and item.upper > 0.9 and 1 < len(item.words) <= 6 and not cues.match("enacting", item.bare):
            out.title, out.title_type = item, (item.text, types().get(code(token[1]), (token[1],))[0], 0.9)
            return


def _fill(out: Head, left: list[Row], head: float) -> None:
    """Set the issuer's block, the rows under the number, and what stands below the head."""
    grid = out.grid
    top = out.number.box.y0 if out.number else head - 2
    floor = out.title.box.y0 if out.title else out.salutation.box.y0 if out.salutation else 0.62 * grid.height
    start = min((item.box.y0 for item in out.motto), default=0.0) - 3.2 * grid.line_height
    deep = max((item.box.y1 for item in out.motto), default=0.0) + 3 * grid.line_height
    if out.number is None and out.motto:
        top = min(top, deep) if out.date else deep
    for item in left:
        if item is out.number or item is out.title or item is out.date:
            continue
        if out.number and goes_on(out.number, item, grid):
            out.number_end = item
            continue
        y = item.box.y0 + item.box.height / 2
        # level with the day of a sheet askew, or of one without a number, the block may go on
        level = out.number is None and y < deep and bool(out.block) and _goes_on_block(out.block[-1], item, grid)
        if y < top or level:
            if item.box.y0 >= start and item.box.y1 < floor:
                out.block.append(item)
        elif item.box.y0 < floor - 1 and y < floor and item.box.x0 < out.x and item.box.x1 < out.x + 0.12 * grid.width:
            out.under.append(item)
    kept = {id(item) for item in (*out.block, *out.under, *out.motto)}
    after = out.title.box.middle[1] if out.title else max((item.box.y1 for item in (out.salutation, out.number) if item), default=head) - 3
    out.below = [item for item in grid.rows if item.box.middle[1] > after and id(item) not in kept and item is not out.title]


def _goes_on_block(last: Row, item: Row, grid: Grid) -> bool:
    """Whether a row stands close under the issuer's last, in capitals as that is, and about its middle."""
    close = item.box.y0 - last.box.y1 < 0.4 * grid.line_height
    return close and item.upper > 0.9 and last.upper > 0.9 and abs(item.middle - last.middle) < grid.line_height
