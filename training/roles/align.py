"""Which role each line of a letter has, as its labelled fields tell: lines are held against the fields' words.

Training and scoring only: the truth is read here, never by the program. A line that no field explains has OTHER; one that may be a
field's and cannot be told has None.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from rapidfuzz import fuzz

from models.page import Role
from models.skeleton import code, skeleton
from pipeline.layout import Row
from rules.tables import rows as table

OTHER = Role.NONE
Gold = dict[int, Role | None]  # by a line's place among the rows
_MOTTOS = (
    "CONG HOA XA HOI CHU NGHIA VIET NAM",
    "DOC LAP - TU DO - HANH PHUC",
    "DANG CONG SAN VIET NAM",
    "DOAN THANH NIEN CONG SAN HO CHI MINH",
)
_SHORT = {"UY BAN NHAN DAN": "UBND", "HOI DONG NHAN DAN": "HDND", "MAT TRAN TO QUOC VIET NAM": "MTTQVN", "BAN CHAP HANH": "BCH"}


def aligned(pages: Sequence[Sequence[Row]], widths: Sequence[tuple[float, float]], letter: Mapping[str, Any]) -> list[Gold]:
    """Return for each page of a letter the role of each of its rows.

    pages: rows, top to bottom, of the letter's own pages; widths: each page's width and height, points; letter: the scorer's row.
    """
    gold: list[Gold] = [dict.fromkeys(range(len(rows)), OTHER) for rows in pages]
    unsure = {field.split(".")[0] for field in letter.get("unsure") or ()}
    if pages:
        _head(pages[0], widths[0], letter, gold[0])
    foot = _foot(pages, widths, letter, gold)
    for field, role in (("subject", Role.SUBJECT), ("recipients", Role.ADDRESSEES), ("issuer", Role.LETTERHEAD)):
        if field in unsure:
            _forget(gold[0], role)
    for field, role in (("copies", Role.COPIES), ("signer", Role.SIGNER)):
        if field in unsure and foot is not None:
            _forget(gold[foot], role)
    return gold


def _forget(gold: Gold, role: Role) -> None:
    for at, had in gold.items():
        gold[at] = None if had is role else had


def _head(rows: Sequence[Row], size: tuple[float, float], letter: Mapping[str, Any], gold: Gold) -> None:
    width, height = size
    upper = [i for i, row in enumerate(rows) if row.box.y0 < 0.45 * height]
    for i in upper:
        said = code(rows[i].bare)
        like = len(rows[i].bare) > 8 and max(fuzz.partial_ratio(said, code(motto)) for motto in _MOTTOS) > 84
        if like and (rows[i].middle > 0.5 * width or any(fuzz.ratio(said, code(motto)) > 70 for motto in _MOTTOS)):
            gold[i] = Role.MOTTO
    level = [rows[i].box for i in upper if gold[i] is Role.MOTTO]
    for i in upper:  # a piece of a motto's line
        if gold[i] is OTHER and len(rows[i].words) < 3 and any(code(rows[i].bare) in code(m) for m in _MOTTOS):
            near = any(abs(box.middle[1] - rows[i].box.middle[1]) < 30 for box in level) or not level
            gold[i] = None if near else OTHER
    if letter.get("number"):
        at = _best(upper, lambda i: _number(rows[i], letter["number"]), 70, rows, gold)
        if at is not None:
            gold[at] = Role.NUMBER
    if letter.get("date"):
        at = _best(upper, lambda i: _day(rows[i], letter["date"]), 60, rows, gold)
        if at is not None:
            gold[at] = Role.PLACE_DAY
    floor = min((rows[i].box.y0 for i, role in gold.items() if role in (Role.NUMBER, Role.PLACE_DAY)), default=0.3 * height)
    names = " ".join(code(x) for x in _ways(letter.get("issuer"), letter.get("issuer_parent")))
    for i in upper:
        box = rows[i].box
        if gold[i] is OTHER and box.y1 < floor + 6 and rows[i].middle < 0.62 * width:
            said = code(rows[i].bare)
            share = fuzz.partial_ratio(said, names) if len(said) > 3 else 0
            gold[i] = Role.LETTERHEAD if share > 80 else None if share > 55 and rows[i].upper > 0.7 else OTHER
    for i in upper:
        if _is_type(rows[i], letter.get("doc_type")) and rows[i].box.y0 > floor - 2 and gold[i] is OTHER:
            gold[i] = Role.TYPE
            break
    _list(
        rows,
        gold,
        Role.SUBJECT,
        [letter["subject"]] if letter.get("subject") else [],
        [i for i, r in enumerate(rows) if r.box.y0 < 0.62 * height],
        lead=("VV", "VEVIEC"),
    )
    _list(
        rows,
        gold,
        Role.ADDRESSEES,
        letter.get("recipients") or [],
        [i for i, r in enumerate(rows) if r.box.y0 < 0.85 * height],
        lead=("KINHGUI",),
    )


def _ways(*names: str | None) -> Iterable[str]:
    for name in names:
        if name:
            bare = skeleton(name)
            yield bare
            for long, short in _SHORT.items():
                if long in bare:
                    yield bare.replace(long, short)


def _best(places: Iterable[int], how: Any, least: float, rows: Sequence[Row], gold: Gold) -> int | None:
    found = max(((how(i), -rows[i].box.y0, i) for i in places if gold[i] is OTHER), default=(0.0, 0.0, -1))
    return found[2] if found[0] >= least else None


def _number(row: Row, number: str) -> float:
    """How much a row is the line of a number; the serial by hand may be lost."""
    said, symbol = code(row.bare), code("".join(number.partition("/")[1:])) or code(number)
    if len(row.bare) > len(number) + 22:
        return 0.0
    labelled = 15.0 if skeleton(row.bare).lstrip(" .,").startswith(("SO", "S6", "LUAT SO")) else 0.0
    return (
        max(fuzz.partial_ratio(symbol, said) if len(said) >= len(symbol) - 2 else 0.0, fuzz.ratio(code("SO" + number), said))
        - 15
        + labelled
    )


def _day(row: Row, day: str) -> float:
    when = date.fromisoformat(day)
    words = sum(word in row.bare for word in ("NGAY", "THANG", "NAM"))
    if len(row.bare) > 60 or words < 2:
        return 0.0
    return 30.0 * words + 10 * (str(when.year) in row.bare) - (30 if row.bare.startswith(("CAN CU", "THEO")) else 0)


def _is_type(row: Row, kind: str | None) -> bool:
    if not kind or kind == "CV" or row.upper < 0.6:
        return False
    names = [skeleton(r["name_vi"].split(" (")[0]) for r in table("document_types") if r["abbr"] == kind]
    return any(fuzz.ratio(row.bare.strip(" .:"), name) > 82 or row.bare.startswith(name + " ") for name in names)


def _runs(rows: Sequence[Row], places: Sequence[int], most: int = 30) -> Iterable[list[int]]:
    """Rows one under the other: each start, going on while rows overlap in x and no gap parts them."""
    for first, start in enumerate(places):
        run, box = [start], rows[start].box
        yield list(run)
        for i in places[first + 1 :]:
            if len(run) >= most or rows[i].box.y0 - box.y1 > 3.2 * max(9.0, rows[start].box.height):
                break
            if min(box.x1, rows[i].box.x1) - max(box.x0, rows[i].box.x0) < 0.3 * min(box.width, rows[i].box.width):
                continue
            run.append(i)
            box = box.union(rows[i].box)
            yield list(run)


def _list(rows: Sequence[Row], gold: Gold, role: Role, items: Sequence[str], places: Sequence[int], lead: Sequence[str]) -> bool:
    """Give a role to the run of rows that says a list best; rows whose words may be of it and are not in the run are left open."""
    if not items:
        return False
    want = code("".join(skeleton(x) for x in items))
    whole = [code(lead[0]) + want, want]
    free = [i for i in places if gold[i] is OTHER or gold[i] is Role.TYPE]
    found: tuple[float, list[int]] = (0.0, [])
    said = {i: code(rows[i].bare) for i in free}
    for run in _runs(rows, free):
        text = "".join(said[i] for i in run)
        if len(text) > 1.6 * len(whole[0]) + 30:
            continue
        score = (
            max(fuzz.ratio(text, one) for one in whole) + (3 if any(text.startswith(x) for x in lead) else 0) - 0.004 * rows[run[0]].box.y0
        )
        if score > found[0]:
            found = score, run
    score, run = found
    if score < 62:
        for i in free:  # not found: whatever says a good piece of it is open
            if len(said[i]) > 5 and fuzz.partial_ratio(said[i], want) > 80:
                gold[i] = None
        return False
    for i in run:
        if len(said[i]) < 3 or fuzz.partial_ratio(said[i], whole[0]) > 60:
            gold[i] = role
    top = rows[run[0]].box
    for i in free:  # the head over its list, or beside its first line
        over = -4 * max(9.0, top.height) < rows[i].box.y0 - top.y0 < 6
        if gold[i] is OTHER and over and len(said[i]) < 16 and any(fuzz.ratio(said[i], one) > 70 for one in lead):
            gold[i] = role
    return True


def _foot(pages: Sequence[Sequence[Row]], sizes: Sequence[tuple[float, float]], letter: Mapping[str, Any], gold: list[Gold]) -> int | None:
    """Give the roles of the foot; return the page that it stands on."""
    signer = letter.get("signer") or {}
    capacities = [code(skeleton(x)) for x in signer.get("capacity") or ()]
    page, at = _signer(pages, sizes, code(skeleton(signer.get("name") or "")), capacities, gold)
    if page >= 0:
        gold[page][at] = Role.SIGNER
    low = pages[page][at].box.y0 if page >= 0 else None
    if capacities:
        page = _capacity(pages, capacities, gold, page, low)
    copies = letter.get("copies") or []
    if copies:
        page = _copies(pages, sizes, copies, gold, (page, low))
    return page if page >= 0 else None


def _signer(
    pages: Sequence[Sequence[Row]], sizes: Sequence[tuple[float, float]], name: str, capacities: Sequence[str], gold: Sequence[Gold]
) -> tuple[int, int]:
    """The page and the row that say the signer's name best, under a capacity; -1, -1 where none does."""
    found: tuple[float, int, int] = (0.0, -1, -1)
    for p, rows in enumerate(pages):
        offices = [
            row for row in rows if any(fuzz.partial_ratio(c, code(row.bare)) > 80 and len(row.bare) < len(c) + 25 for c in capacities)
        ]
        for i, row in enumerate(rows):
            said = code(row.bare)
            if gold[p][i] is not OTHER or not name or len(said) > len(name) + 14 or len(said) < 5:
                continue
            above = any(0 < row.box.y0 - office.box.y0 < 190 for office in offices)
            score = max(fuzz.ratio(said, name), fuzz.partial_ratio(name, said) - 5) + (25 if above else 0)
            found = max(found, (score + (5 if row.middle > 0.45 * sizes[p][0] else 0), p, i), key=lambda one: one[0])
    return found[1:] if found[0] >= 78 else (-1, -1)


def _capacity(pages: Sequence[Sequence[Row]], capacities: Sequence[str], gold: Sequence[Gold], page: int, low: float | None) -> int:
    """Give the role to the run that says the capacities best, over the name where that was found; return its page."""
    runs = []
    for p in [page] if page >= 0 else range(len(pages)):
        rows = pages[p]
        free = [i for i, row in enumerate(rows) if gold[p][i] is OTHER and (low is None or low > row.box.y0 > low - 230)]
        for run in _runs(rows, free, 6):
            text = "".join(code(rows[i].bare) for i in run)
            if len(text) < 2.5 * sum(map(len, capacities)) + 10:
                runs.append((fuzz.ratio(text, "".join(capacities)), p, run))
    score, where, run = max(runs, key=lambda one: one[0], default=(0.0, page, []))
    if score > 60:
        gold[where].update(dict.fromkeys(run, Role.CAPACITY))
        return where
    for i, row in enumerate(pages[page] if page >= 0 else ()):
        if gold[page][i] is OTHER and any(fuzz.ratio(one, code(row.bare)) > 55 for one in capacities):
            gold[page][i] = None
    return page


def _copies(
    pages: Sequence[Sequence[Row]], sizes: Sequence[tuple[float, float]], copies: Sequence[str], gold: Sequence[Gold],
    signed: tuple[int, float | None],
) -> int:  # fmt: skip
    """Give the role to the list on the page that says it best, beside the signature where that was found; return the foot's page."""
    page, low = signed
    want = code("".join(skeleton(x) for x in copies))
    scores = []
    for p, rows in enumerate(pages):
        text = code("".join(row.bare for row in rows))
        score = fuzz.partial_ratio(want, text) if len(text) >= len(want) / 2 else 0.0
        scores.append((score + (15 if p == page else 0), -p))
    at = -max(scores)[1]
    top = low - 260 if at == page and low is not None else 0.0
    rows, width = pages[at], sizes[at][0]
    places = [i for i, row in enumerate(rows) if row.box.y0 > top and row.box.x0 < 0.5 * width and row.box.width < 0.62 * width]
    _list(rows, gold[at], Role.COPIES, copies, places, ("NOINHAN",))
    return at if page < 0 else page
