"""The zones of a first page (Decree 30/2020, appendix I: boxes 1 to 5 and 9a): two columns of the head, title, salutation, body."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from models.skeleton import code
from pipeline.extract.header.sheet import Row, Sheet
from rules import cues
from rules.numbers.symbols import is_type, types


@dataclass
class Zones:
    """regime: "state", "party", "youth" or None where no motto was found; the lists hold rows, top to bottom."""

    page: Sheet
    regime: str | None = None
    motto: list[Row] = field(default_factory=list)
    number: Row | None = None
    date: Row | None = None
    block: list[Row] = field(default_factory=list)
    under: list[Row] = field(default_factory=list)
    title: Row | None = None
    title_type: tuple[str, str, float] | None = None
    salutation: Row | None = None
    below: list[Row] = field(default_factory=list)

    @property
    def height(self) -> float:
        """A usual line's height, in points."""
        heights = sorted(item.box.height for item in self.page.rows) or [12.0]
        return max(8.0, min(heights[len(heights) // 2], 18.0))


def _mottos(page: Sheet) -> tuple[str | None, list[Row]]:
    found: list[Row] = []
    regime = None
    for item in page.rows:
        if item.box.y0 > 0.45 * page.height:
            break
        said = cues.motto(item.bare) if item.upper > 0.6 or len(item.bare) < 34 else None
        for at in range(1, len(item.words) - 2):
            # the columns of the head on one line: the motto is its right part
            tail = item.split((item.words[at].box.x0 + item.words[at - 1].box.x1) / 2)[1]
            begins = tail is not None and re.match(r"C\w?NG H|D[O0]C L|D\w?NG C", tail.bare)
            if tail and begins and (tail.upper > 0.6 or tail.bare[0] == "D") and (right := cues.motto(tail.bare)):
                item, said = tail, right
                break
        if said:
            regime = regime or said
            found.append(item)
    return regime, found


def _divide(page: Sheet, motto: list[Row]) -> float:
    """The x that parts the head's columns."""
    if motto:
        return min(item.box.x0 for item in motto) - 4
    return page.left + 0.44 * (page.right - page.left)


def _columns(page: Sheet, x: float, bottom: float) -> tuple[list[Row], list[Row]]:
    left: list[Row] = []
    right: list[Row] = []
    for item in page.rows:
        if item.box.y0 >= bottom:
            continue
        if item.box.x1 <= x + 6 or item.middle < x - 20:
            straddles = item.box.x1 > x + 40 and len(item.words) > 1
        else:
            straddles = item.box.x0 < x - 40 and len(item.words) > 1
        if straddles:
            gaps = [(b.box.x0 - a.box.x1, (a.box.x1 + b.box.x0) / 2) for a, b in zip(item.words, item.words[1:], strict=False)]
            near = [gap for gap in gaps if x - 70 < gap[1] < x + 60]
            width, at = max(near, default=(0.0, x))
            if width >= max(9.0, 0.9 * item.box.height):
                one, two = item.split(at)
                left += [one] if one else []
                right += [two] if two else []
                continue
        (left if item.middle < x else right).append(item)
    return left, right


def _number_row(rows: list[Row], page: Sheet) -> Row | None:
    """The number's line: one that begins with "Số" and holds a stroke or a dash after it; else the first that looks like a number."""
    # "SỞ …" and "Số …" have one skeleton: a department's name has neither a figure nor a stroke
    said = [item for item in rows if len(item.bare) <= 48 and cues.match("number", item.bare) and re.search(r"[\d/|\\:.]", item.bare)]
    said = [
        item
        for item in said
        if not cues.match("annex_carrier", item.bare) and not re.match(r"SO (?:LUONG|LIEU|NGAY|TIEN|BAC|CAN|DIEN)", item.bare)
    ]
    for item in said:
        if re.search(r"\d.*[/\-|\\]|[/|\\]\s?[A-Z]|:.*[A-Z]{2,}\s?-\s?[A-Z]{2,}", item.bare):
            return item
    if said:
        return said[0]
    for item in rows:
        if item.box.y0 > 0.3 * page.height:
            break
        if (
            re.match(r"^\W{0,3}(?:\S{1,3}\W{0,3})?\d{0,5}\s?[a-z]?\s?/\s?(?:\d{4}\s?/)?\s?[A-ZĐ]{2,}(?!\.)", item.text)
            and len(item.words) <= 6
        ):
            return item
    return None


def _date_row(rows: list[Row]) -> Row | None:
    """The place line: short before "ngày", and no ground of a decision or sentence."""
    for item in rows:
        found = cues.match("date", item.bare)
        if found is None or found.start() > 32 or len(item.bare) - found.end() > 12 or cues.match("body", item.bare):
            continue
        if not re.search(
            r"\d\s?/|/\s?[A-Z]{2}|\bSO \d|\bLUAT\b|\bDIEU \d", item.bare[: found.start()]
        ):  # "Công văn số 96/BTL-KH ngày …" names another's day
            return item
    return None


def spelled_type(token: str) -> str:
    """A type's token as the table writes it."""
    return types().get(code(token), (token,))[0]


def _is_title(item: Row, page: Sheet, top: float) -> bool:
    centred = abs(item.middle - page.centre) < 0.12 * page.width or abs(item.middle - page.width / 2) < 0.1 * page.width
    return item.box.y0 >= top and centred and item.upper > 0.55 and not item.bare.rstrip().endswith(":")


def _parted(page: Sheet, limit: float) -> Sheet:
    """The page with what stands far apart on one line of its upper part set on rows of their own: a stamp's words beside a title's,
    a mark before a salutation."""
    rows: list[Row] = []
    for item in page.rows:
        at = _cut(item) if item.box.y0 < limit else None
        left, right = item.split(at) if at is not None else (None, None)
        rows += [left, right] if left and right else [item]
    return replace(page, rows=tuple(rows))


def _cut(item: Row) -> float | None:
    """The x at which a row falls in two; None where it is one."""
    found = re.search(r"(?<=\s)KINH (?:GUI|TRINH)\s?:", item.bare)
    if found and found.start() < 40:
        word = item.bare[: found.start()].count(" ")
        return item.words[word].box.x0 - 0.5 if word < len(item.words) else None
    if cues.match("number", item.bare) or cues.match("date", item.bare) or cues.match("to", item.bare) or len(item.words) < 4:
        return None
    gap, at = max((b.box.x0 - a.box.x1, (a.box.x1 + b.box.x0) / 2) for a, b in zip(item.words, item.words[1:], strict=False))
    heights = sorted(word.box.height for word in item.words)
    return at if gap > max(30.0, 2.4 * heights[len(heights) // 2]) else None


def zones(page: Sheet) -> Zones:
    """Part a first page."""
    out = Zones(page)
    limit = 0.62 * page.height
    page = out.page = _parted(page, limit + 60)
    out.regime, out.motto = _mottos(page)
    top = max((item.box.y1 for item in out.motto), default=0.0)
    out.salutation = next((r for r in page.rows if r.box.y0 < limit + 60 and r.box.y0 >= top - 5 and cues.match("to", r.bare)), None)
    x = _divide(page, out.motto)
    # the number stands within a few lines of the motto
    deep = max((item.box.y1 for item in out.motto), default=0.22 * page.height) + 9 * out.height
    left, right = _columns(page, x, min(limit, out.salutation.box.y0 - 2 if out.salutation else limit))
    near = [item for item in left if item.box.y0 < deep]
    out.number = _number_row(near, page) or _number_row([r for r in right if not cues.match("date", r.bare)][:8], page)
    out.date = _date_row([*right, *left])
    head = max(top, out.number.box.y0 if out.number else 0.0, out.date.box.y0 if out.date else 0.0)
    bottom = min(limit, out.salutation.box.y0 if out.salutation else limit)
    for item in page.rows:
        if item.box.y0 > bottom or not _is_title(item, page, head - 4):
            if item.box.y0 > head + 4 and cues.match("body", item.bare) and item.upper < 0.5:
                break
            continue
        if kind := cues.title(item.bare):
            out.title, out.title_type = item, kind
            break
    if out.title is None and out.salutation is None:
        _unnamed_title(out, head, bottom)
    _fill(out, left, x, head)
    return out


def _unnamed_title(out: Zones, head: float, bottom: float) -> None:
    """A title that no table has ("ĐIỀU LỆ", "MỜI HỌP"), where the number bears a type's token: the first centred line in capitals."""
    token = re.search(r"[/|]\s?(?:\d{4}\s?/\s?)?([A-Za-zĐđ]{2,4})\s?-", out.number.text) if out.number else None
    if token is None or not is_type(token[1]):
        return
    for item in out.page.rows:
        if item.box.y0 > bottom or (item.box.y0 > head + 4 and cues.match("body", item.bare)):
            return
        centred = abs(item.middle - out.page.centre) < 0.06 * out.page.width
        if item.box.y0 > head + 4 and centred and item.upper > 0.9 and 1 < len(item.words) <= 6 and not cues.match("enacting", item.bare):
            out.title, out.title_type = item, (item.text, spelled_type(token[1]), 0.9)
            return


def _fill(out: Zones, left: list[Row], x: float, head: float) -> None:
    """Set the issuer's block, the rows under the number, and what stands below the head."""
    top = out.number.box.y0 if out.number else head - 2
    floor = out.title.box.y0 if out.title else out.salutation.box.y0 if out.salutation else 0.62 * out.page.height
    start = min((item.box.y0 for item in out.motto), default=0.0) - 3.2 * out.height
    if out.number is None and out.motto:
        top = min(top, max(item.box.y1 for item in out.motto) + 3 * out.height)
    for item in left:
        if item is out.number or item is out.title or item is out.date:
            continue
        y = item.box.y0 + item.box.height / 2
        if y < top:
            if item.box.y0 >= start and item.box.y1 < floor:
                out.block.append(item)
        elif item.box.y0 < floor - 1 and item.box.x0 < x and item.box.x1 < x + 0.12 * out.page.width:
            out.under.append(item)
    kept = {id(item) for item in (*out.block, *out.under, *out.motto)}
    after = out.title.box.middle[1] if out.title else max((item.box.y1 for item in (out.salutation, out.number) if item), default=head) - 3
    out.below = [item for item in out.page.rows if item.box.middle[1] > after and id(item) not in kept and item is not out.title]
