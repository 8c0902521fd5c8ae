"""Lines of letters with a serial or a day in them, drawn as scans show them, and what stands on them: the recognizer's training data.

Everything is drawn at 300 dpi in one channel (what is left of a page once red ink has been lifted), then worn like a scan and brought
to the recognizer's input by the product's own `ink_of`.
"""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.recognize.digits.ink import ABOVE, BELOW, HEIGHT, ink_of
from training.digits import fonts
from training.digits.hand import Hand, Rng, choose, write

DOT = 300 / 72  # pixels a point at which lines are drawn
_TYPES = ["QĐ", "KH", "TB", "BC", "CT", "TTr", "GM", "NQ", "CV", "HD", "TT", "NĐ", "PA", "CĐ", "QyĐ", "CTr"]
_BODIES = ["UBND", "SYT", "SNV", "BGDĐT", "BTC", "TTg", "CP", "HĐND", "BYT", "SKHĐT", "BNV", "TU", "TW", "SXD", "STC", "VP"]
_BODIES += ["KCN", "ĐHTL", "CAT", "BKHCN"]
_UNITS = ["VX", "NC", "KT", "NVY", "TCCB", "TH", "KGVX", "GDTrH", "KHTC", "NN", "VP", "QLCL"]


class Sheet:
    """A line being drawn. x: the pen's place, pixels; ink: 0 to 255, the darkness of each layer already laid."""

    def __init__(self, rng: Rng, points: float) -> None:
        self.rng = rng
        self.tall = round((ABOVE + BELOW) * DOT)
        self.ink = np.zeros((self.tall, round(points * DOT)), np.float32)
        self.base = ABOVE * DOT + rng.normal(0, 1.3) * DOT
        self.x = 0.0

    def put(self, mask: np.ndarray, base: float, darkness: float, lift: float = 0.0) -> None:
        """Lay a mask with its base line on the line's; the pen moves to its right edge. darkness: 0 to 1; lift: pixels up."""
        row, column = int(self.base - base - lift), int(self.x)
        top, left = max(0, -row), max(0, -column)
        part = mask[top : top + self.tall - max(0, row), left : left + max(0, self.ink.shape[1] - max(0, column))]
        if part.size:
            place = self.ink[max(0, row) : max(0, row) + part.shape[0], max(0, column) : max(0, column) + part.shape[1]]
            np.maximum(place, part.astype(np.float32) * darkness, out=place)
        self.x += mask.shape[1]


def _print_face(rng: Rng, italic: bool) -> str:
    if rng.random() < 0.06:
        return str(rng.choice(fonts.available(fonts.PRINT_OTHER)))
    bold = not italic and rng.random() < 0.12
    held = fonts.available(fonts.PRINT_ITALIC if italic else fonts.PRINT_BOLD if bold else fonts.PRINT)
    return held[0] if rng.random() < 0.8 else held[-1]


def _digits(rng: Rng) -> str:
    size = int(rng.choice([1, 2, 3, 4, 5], p=[0.07, 0.2, 0.31, 0.38, 0.04]))
    text = "".join(str(d) for d in rng.integers(0, 10, size))
    if (size == 1 and rng.random() < 0.5) or rng.random() < 0.06:
        text = "0" + text[:4]
    elif text[0] == "0" and size > 2:
        text = str(rng.integers(1, 10)) + text[1:]
    if rng.random() < 0.05:
        text += str(rng.choice(list("aAbBcd"), p=[0.3, 0.3, 0.15, 0.1, 0.1, 0.05]))
    return text


def _place(sheet: Sheet, hand: Hand, text: str, darkness: float, room: tuple[float, float], cap: float, face: str) -> None:
    """Write `text` into a gap: room is the blank before and after it, in capitals' heights, below 0 where the hand runs over the print."""
    rng = sheet.rng
    sheet.x += rng.uniform(*room) * cap
    if hand.kind == "same":  # typed in the line's own face
        mask, base = fonts.text(face, round(hand.height), text)
        sheet.put(mask, base, darkness)
    else:
        mask, row = write(rng, hand, text)
        lift = rng.normal(0.02, 0.10) * hand.height
        sheet.put(mask, row, darkness, lift)
    sheet.x += rng.uniform(*room) * cap


def _leader(rng: Rng, sheet: Sheet, x0: float, x1: float, darkness: float) -> None:
    """Dots or a thin rule along the base line, where a form leaves a gap to write in."""
    y = int(sheet.base + rng.normal(0, 2))
    if rng.random() < 0.75:
        step, size = rng.uniform(5, 14), int(rng.integers(1, 3))
        for x in np.arange(x0, x1, step):
            cv2.circle(sheet.ink, (int(x), y), size, 255 * darkness, -1)
    else:
        cv2.line(sheet.ink, (int(x0), y), (int(x1), y), 255 * darkness, int(rng.integers(1, 4)))


def _new_hand(rng: Rng, cap: float, size: int, held_out: bool, typed: float) -> Hand:
    if rng.random() < typed:
        hand = choose(rng, cap, kind="print")
        return hand if rng.random() < 0.35 else Hand(**{**hand.__dict__, "kind": "same", "height": float(size)})
    return choose(rng, cap, held_out)


def serial_line(rng: Rng, held_out: bool = False) -> tuple[np.ndarray, str]:
    """A line "Số: 123/QĐ-UBND" cut somewhere after the slash, and what the recognizer is to say of it."""
    points = rng.uniform(12, 14.2) * (1 if rng.random() < 0.85 else rng.uniform(0.8, 1.2))
    size, cap = round(points * DOT), points * DOT * 0.66
    face = _print_face(rng, rng.random() < 0.04)
    sheet = Sheet(rng, 240)
    dark = rng.uniform(0.6, 1.0)
    said = ""
    sheet.x = rng.uniform(-1, 8) * DOT
    kind = rng.random()
    if kind < 0.93:
        label = str(rng.choice(["Số:", "Số: ", "Số :", "Số", "Số.", "SỐ:", "số:", "Só:"], p=[0.55, 0.12, 0.1, 0.1, 0.02, 0.03, 0.05, 0.03]))
        if kind < 0.05:
            before = str(rng.choice(["Luật ", "Lệnh ", "V/v ", "★ ", ". ", "- "]))
            sheet.put(*fonts.text(face, size, before), dark)
        sheet.put(*fonts.text(face, size, label), dark)
        said += "#"
    start = sheet.x
    hand = _new_hand(rng, cap, size, held_out, 0.17)
    text = _digits(rng) if rng.random() < 0.96 else ""
    stroke = rng.uniform(0.6, 1.0)
    room = (0.05, 1.3) if rng.random() < 0.5 else (-0.4, 0.3)
    end = str(rng.choice(["/", "-"], p=[0.9, 0.1]))
    written_end = hand.kind == "strokes" and rng.random() < 0.06
    if text:
        _place(sheet, hand, text + (end if written_end else ""), stroke, room, cap, face)
        said += text
    else:
        sheet.x += rng.uniform(1, 6) * cap
    if rng.random() < 0.18:
        _leader(rng, sheet, start, sheet.x, dark * rng.uniform(0.5, 1))
    if written_end:
        said += end
        if rng.random() < 0.5:
            return _worn(rng, sheet), said
    elif rng.random() < 0.95:
        if rng.random() < 0.06:
            sheet.x += cap * 0.3
        sheet.put(*fonts.text(face, size, end), dark)
        said += end
    if end == "/" and not written_end and rng.random() < 0.13:
        year = str(rng.integers(1995, 2030))
        sheet.put(*fonts.text(face, size, year + "/"), dark)
        said += year + "/"
    if rng.random() < 0.93 and said[-1:] in ("/", "-"):
        symbol = (
            str(rng.choice(_TYPES)) + "-" + str(rng.choice(_BODIES))
            if rng.random() < 0.6
            else str(rng.choice(_BODIES)) + "-" + str(rng.choice(_UNITS))
        )
        if rng.random() < 0.08:
            symbol = symbol.replace("-", " - ")
        if rng.random() < 0.08:
            symbol = str(rng.choice(_TYPES)) + "/" + str(rng.choice(_BODIES)) if end == "-" else " " + symbol
            said_more = "/" if end == "-" else ""
        else:
            said_more = ""
        room_left = sheet.x
        mask, base = fonts.text(face, size, symbol)
        sheet.put(mask, base, dark)
        cut_at = room_left + rng.uniform(0.25, 1.0) * mask.shape[1] if rng.random() < 0.6 else sheet.x + rng.uniform(0, 10) * DOT
        if said_more:
            cut_at = max(cut_at, sheet.x)  # its slash is in sight
            said += said_more
        sheet.ink = sheet.ink[:, : max(40, int(cut_at))]
    else:
        sheet.ink = sheet.ink[:, : max(40, int(sheet.x + rng.uniform(2, 15) * DOT))]
    return _worn(rng, sheet), said


def date_line(rng: Rng, held_out: bool = False) -> tuple[np.ndarray, str]:
    """A line "…, ngày 12 tháng 3 năm 2021", and what the recognizer is to say of it."""
    points = rng.uniform(12, 14.2) * (1 if rng.random() < 0.85 else rng.uniform(0.8, 1.2))
    size, cap = round(points * DOT), points * DOT * 0.66
    face = _print_face(rng, rng.random() < 0.88)
    sheet = Sheet(rng, 300)
    dark = rng.uniform(0.6, 1.0)
    sheet.x = rng.uniform(0, 6) * DOT
    if rng.random() < 0.4:
        mask, base = fonts.text(face, size, str(rng.choice(["Nội, ", "Ngãi, ", "An, ", "Minh, ", "Giang, ", "Đà Nẵng, ", ", "])))
        sheet.x -= mask.shape[1] * rng.uniform(0, 1)
        sheet.put(mask, base, dark)
    else:
        sheet.x = rng.uniform(-1, 6) * DOT
    sheet.put(*fonts.text(face, size, "ngày" if rng.random() < 0.97 else "Ngày"), dark)
    said = "N"
    hand = _new_hand(rng, cap, size, held_out, 0.2)
    stroke = rng.uniform(0.6, 1.0)
    room = (0.1, 1.0) if rng.random() < 0.45 else (-0.3, 0.3)
    day = f"{rng.integers(1, 32):02d}" if rng.random() < 0.75 else str(rng.integers(1, 32))
    month = f"{rng.integers(1, 13):02d}" if rng.random() < 0.6 else str(rng.integers(1, 13))
    start = sheet.x
    for gap, (value, after, token) in enumerate(((day, "tháng", "T"), (month, "năm", "Y"))):
        by_hand = gap == 0 or rng.random() < 0.45
        if rng.random() < 0.04:
            sheet.x += rng.uniform(1, 4) * cap
        else:
            writer = hand if by_hand else Hand(**{**hand.__dict__, "kind": "same", "height": float(size)})
            _place(sheet, writer, value, stroke if by_hand else dark, room if by_hand else (0.35, 0.5), cap, face)
            said += value
        if rng.random() < 0.1:
            _leader(rng, sheet, start, sheet.x, dark * rng.uniform(0.5, 1))
        sheet.put(*fonts.text(face, size, after), dark)
        said += token
        start = sheet.x
    if rng.random() < 0.65:
        sheet.x += rng.uniform(0.25, 0.5) * cap
        year = str(rng.integers(1995, 2030))
        sheet.put(*fonts.text(face, size, year), dark)
        said += year
    sheet.ink = sheet.ink[:, : int(sheet.x + rng.uniform(1, 9) * DOT)]
    return _worn(rng, sheet), said


def stamp_line(rng: Rng, held_out: bool = False) -> tuple[np.ndarray, str]:
    """A line of an arrival stamp, "Số: ....123....." or "Ngày: 12/3/2022": the frame's print may have gone with its red ink."""
    points = rng.uniform(9, 14)
    size, cap = round(points * DOT), points * DOT * 0.66
    face = str(rng.choice(fonts.available([*fonts.PRINT, *fonts.PRINT_BOLD, *fonts.PRINT_OTHER])))
    sheet = Sheet(rng, 220)
    ghost = rng.uniform(0.35, 0.9) if rng.random() < 0.7 else 0.0
    sheet.x = rng.uniform(0, 8) * DOT
    start = sheet.x
    dated = rng.random() < 0.5
    said = ""
    if rng.random() < 0.85 and ghost:
        label = str(rng.choice(["Ngày:", "Ngày", "NGÀY:"])) if dated else str(rng.choice(["Số:", "SỐ:", "Số", "Số đến:"]))
        sheet.put(*fonts.text(face, size, label), ghost)
        said += "N" if dated else "#"
    start = sheet.x
    hand = _new_hand(rng, points * DOT * 0.66, size, held_out, 0.1)
    if dated:
        mark = str(rng.choice(["/", "-"], p=[0.8, 0.2]))
        year = str(rng.integers(1998, 2030))
        day, month = str(rng.integers(1, 32)), str(rng.integers(1, 13))
        text = mark.join(
            (
                day.zfill(2) if rng.random() < 0.5 else day,
                month.zfill(2) if rng.random() < 0.4 else month,
                year if rng.random() < 0.75 else year[2:],
            )
        )
    else:
        text = _digits(rng)
    _place(sheet, hand, text, rng.uniform(0.6, 1.0), (0.1, 2.0), cap, face)
    said += text
    if ghost and rng.random() < 0.7:
        _leader(rng, sheet, start, sheet.x + rng.uniform(0, 40), ghost)
    sheet.ink = sheet.ink[:, : int(sheet.x + rng.uniform(2, 25) * DOT)]
    return _worn(rng, sheet), said


def _worn(rng: Rng, sheet: Sheet) -> np.ndarray:
    """Wear a drawn line like a scan: neighbours, red ghosts, skew, resolution, blur, uneven light, noise, JPEG, 1-bit; then as input."""
    ink = np.ascontiguousarray(sheet.ink)
    tall, wide = ink.shape
    if rng.random() < 0.3:  # the rule under the issuer's name, or the line above
        y = int(sheet.base - rng.uniform(15, 21) * DOT)
        if rng.random() < 0.6:
            cv2.line(
                ink,
                (int(rng.uniform(0, wide * 0.5)), y),
                (int(rng.uniform(wide * 0.5, wide)), y + int(rng.normal(0, 2))),
                230,
                int(rng.integers(2, 6)),
            )
        else:
            mask, _ = fonts.text(
                "Tinos-Bold.ttf" if rng.random() < 0.7 else "Tinos-Regular.ttf",
                52,
                str(rng.choice(["SỞ NỘI VỤ", "TỈNH", "Hạnh phúc", "ỦY BAN NHÂN DÂN"])),
            )
            _blend(ink, mask, int(rng.uniform(-40, wide * 0.7)), y - mask.shape[0] + int(rng.uniform(0, 4) * DOT), 0.9)
    if rng.random() < 0.25:  # the line below
        mask, _ = fonts.text(
            "Tinos-Regular.ttf", 50, str(rng.choice(["V/v triển khai thực hiện", "V/v hướng dẫn", "về việc", "QUYẾT ĐỊNH"]))
        )
        _blend(ink, mask, int(rng.uniform(-30, wide * 0.5)), int(sheet.base + rng.uniform(3.5, 8) * DOT), 0.9)
    if rng.random() < 0.12:  # a seal's ring or a stamp's frame, mostly lifted with its red
        ghost = rng.uniform(30, 130) if rng.random() < 0.8 else 230
        cv2.ellipse(
            ink,
            (int(rng.uniform(0, wide)), int(rng.uniform(-100, tall + 100))),
            (int(rng.uniform(60, 220)),) * 2,
            0,
            0,
            360,
            ghost,
            int(rng.integers(2, 7)),
        )
    if rng.random() < 0.06:  # a fold or a scanner's streak
        x = int(rng.uniform(0, wide))
        cv2.line(ink, (x, 0), (x + int(rng.normal(0, 3)), tall), float(rng.uniform(60, 255)), int(rng.integers(1, 4)))
    if rng.random() < 0.6:
        ink = _bent(rng, ink)
    paper = rng.uniform(190, 255)
    black = rng.uniform(10, 90)
    grey = paper - (paper - black) * (ink / 255)
    dpi = float(rng.choice([150, 200, 250, 300], p=[0.22, 0.4, 0.13, 0.25])) * rng.uniform(0.93, 1.07)
    grey = cv2.resize(grey, None, fx=dpi / 300, fy=dpi / 300, interpolation=cv2.INTER_AREA)
    if rng.random() < 0.6:
        grey = cv2.GaussianBlur(grey, (0, 0), rng.uniform(0.4, 1.1))
    if rng.random() < 0.3:
        grey = grey * np.linspace(1, rng.uniform(0.8, 1.0), grey.shape[1], dtype=np.float32)[None]
    if rng.random() < 0.2:
        grey = paper - (paper - grey) * rng.uniform(0.35, 0.8)  # faded
    if rng.random() < 0.55:
        grey = grey + rng.normal(0, rng.uniform(2, 14), grey.shape).astype(np.float32)
    if rng.random() < 0.3:  # a fax, or a 1-bit scan
        black = float(np.percentile(grey, 1))  # of what has faded too
        cut = paper - (paper - black) * rng.uniform(0.25, 0.6)
        grey = np.where(grey < cut, 0.0, 255.0).astype(np.float32)
        if rng.random() < 0.4:
            specks = rng.random(grey.shape) < rng.uniform(0.0005, 0.006)
            grey[specks] = 255 - grey[specks]
    grey = np.clip(grey, 0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        _, packed = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(30, 90))])
        grey = cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE)
    out = ink_of(grey.astype(np.float32))
    assert out.shape[0] == HEIGHT
    return (out * 255).astype(np.uint8)


def _blend(ink: np.ndarray, mask: np.ndarray, x: int, y: int, darkness: float) -> None:
    tall, wide = ink.shape
    y0, y1, x0, x1 = max(0, y), min(tall, y + mask.shape[0]), max(0, x), min(wide, x + mask.shape[1])
    if y1 > y0 and x1 > x0:
        place = ink[y0:y1, x0:x1]
        np.maximum(place, mask[y0 - y : y1 - y, x0 - x : x1 - x].astype(np.float32) * darkness, out=place)


def _bent(rng: Rng, ink: np.ndarray) -> np.ndarray:
    """Skew by up to about 1.5 degrees and bend softly."""
    tall, wide = ink.shape
    ys, xs = np.mgrid[0:tall, 0:wide].astype(np.float32)
    skew = np.tan(np.radians(rng.normal(0, 0.6)))
    grid = rng.normal(0, rng.uniform(0.3, 1.6), (2, 3, max(3, wide // 60))).astype(np.float32)
    dx, dy = (cv2.resize(g, (wide, tall), interpolation=cv2.INTER_CUBIC) for g in grid)
    across, down = (xs + dx).astype(np.float32), (ys + dy + (xs - wide / 2) * skew).astype(np.float32)
    return cv2.remap(ink, across, down, cv2.INTER_LINEAR, borderValue=0)


def line(rng: Rng, held_out: bool = False) -> tuple[np.ndarray, str]:
    """One training line: 0 to 255, HEIGHT pixels high, and the classes that stand on it."""
    kind = rng.random()
    if kind < 0.55:
        return serial_line(rng, held_out)
    return date_line(rng, held_out) if kind < 0.87 else stamp_line(rng, held_out)
