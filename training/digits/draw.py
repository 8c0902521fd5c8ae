"""Lines of letters with a serial or a day in them, drawn as scans show them, and what stands on them: the recognizer's training data."""

from __future__ import annotations

import cv2
import numpy as np

from training.digits import fonts
from training.digits.hand import Hand, Rng, choose, write
from training.digits.sheet import DOT, Sheet, leader, print_face
from training.digits.wear import worn

_TYPES = ["QĐ", "KH", "TB", "BC", "CT", "TTr", "GM", "NQ", "CV", "HD", "TT", "NĐ", "PA", "CĐ", "QyĐ", "CTr"]
_BODIES = ["UBND", "SYT", "SNV", "BGDĐT", "BTC", "TTg", "CP", "HĐND", "BYT", "SKHĐT", "BNV", "TU", "TW", "SXD", "STC", "VP"]
_BODIES += ["KCN", "ĐHTL", "CAT", "BKHCN"]
_UNITS = ["VX", "NC", "KT", "NVY", "TCCB", "TH", "KGVX", "GDTrH", "KHTC", "NN", "VP", "QLCL"]
_NUMBERED = ["C04", "V01", "PC06", "PC04", "PX03", "A05", "TTr2", "QLĐT1", "CAT(PC08)", "K02"]  # units that are told by figures: no serial

_FAINT = 0.6  # darkness under which a hand is faint


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
        lift = rng.normal(0.02, 0.10 if rng.random() < 0.75 else 0.28) * hand.height
        start = sheet.x
        sheet.put(mask, row, darkness, lift)
        sheet.faint |= darkness < _FAINT or hand.dry > 0
        if rng.random() < 0.06:
            _flourish(sheet, hand, start, darkness)
    sheet.x += rng.uniform(*room) * cap


def _flourish(sheet: Sheet, hand: Hand, start: float, darkness: float) -> None:
    """What a pen leaves beside digits: a line under them, or a dot behind."""
    rng, wide = sheet.rng, max(1, round(hand.pen * hand.height))
    y = sheet.base + rng.uniform(0.12, 0.4) * hand.height
    if rng.random() < 0.6:
        cv2.line(sheet.ink, (int(start), int(y)), (int(sheet.x), int(y + rng.normal(0, 0.1) * hand.height)), 255 * darkness, wide)
    else:
        cv2.circle(sheet.ink, (int(sheet.x + 0.15 * hand.height), int(sheet.base)), max(1, wide // 2), 255 * darkness, -1)


def _room(rng: Rng, loose: float) -> tuple[float, float]:
    """The blank before and after a gap's writing, in capitals' heights: some hands leave some, some touch the print, some run into it."""
    way = rng.random()
    if way < loose:
        return (0.05, 1.3)
    return (-0.4, 0.3) if way < 0.85 else (-0.9, 0.1)


def _darkness(rng: Rng) -> float:
    """How dark a hand's ink is: seldom faint beside the print."""
    return rng.uniform(_FAINT, 1.0) if rng.random() < 0.88 else rng.uniform(0.3, _FAINT)


def _new_hand(rng: Rng, cap: float, size: int, held_out: bool, typed: float) -> Hand:
    if rng.random() < typed:
        hand = choose(rng, cap, kind="print")
        return hand if rng.random() < 0.35 else Hand(**{**hand.__dict__, "kind": "same", "height": float(size)})
    return choose(rng, cap, held_out)


def serial_line(rng: Rng, held_out: bool = False) -> tuple[np.ndarray, str]:
    """A line "Số: 123/QĐ-UBND" cut somewhere after the slash, and what the recognizer is to say of it."""
    points = rng.uniform(12, 14.2) * (1 if rng.random() < 0.85 else rng.uniform(0.8, 1.2))
    size, cap = round(points * DOT), points * DOT * 0.66
    face = print_face(rng, rng.random() < 0.04)
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
    stroke, room = _darkness(rng), _room(rng, 0.5)
    end = str(rng.choice(["/", "-"], p=[0.9, 0.1]))
    written_end = hand.kind == "strokes" and rng.random() < 0.06
    if text:
        _place(sheet, hand, text + (end if written_end else ""), stroke, room, cap, face)
        said += text
    else:
        sheet.x += rng.uniform(1, 6) * cap
    if rng.random() < 0.18:
        leader(rng, sheet, start, sheet.x, dark * rng.uniform(0.5, 1))
    if written_end:
        said += end
        if rng.random() < 0.5:
            return worn(rng, sheet), said
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
            else str(rng.choice(_BODIES)) + "-" + str(rng.choice(_UNITS if rng.random() < 0.75 else _NUMBERED))
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
    return worn(rng, sheet), said


def date_line(rng: Rng, held_out: bool = False) -> tuple[np.ndarray, str]:
    """A line "…, ngày 12 tháng 3 năm 2021", and what the recognizer is to say of it."""
    points = rng.uniform(12, 14.2) * (1 if rng.random() < 0.85 else rng.uniform(0.8, 1.2))
    size, cap = round(points * DOT), points * DOT * 0.66
    face = print_face(rng, rng.random() < 0.88)
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
    stroke, room = _darkness(rng), _room(rng, 0.45)
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
            leader(rng, sheet, start, sheet.x, dark * rng.uniform(0.5, 1))
        sheet.put(*fonts.text(face, size, after), dark)
        said += token
        start = sheet.x
    if rng.random() < 0.65:
        sheet.x += rng.uniform(0.25, 0.5) * cap
        year = str(rng.integers(1995, 2030))
        sheet.put(*fonts.text(face, size, year), dark)
        said += year
    sheet.ink = sheet.ink[:, : int(sheet.x + rng.uniform(1, 9) * DOT)]
    return worn(rng, sheet), said


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
    _place(sheet, hand, text, _darkness(rng), (0.1, 2.0) if rng.random() < 0.8 else (-0.5, 0.5), cap, face)
    said += text
    if ghost and rng.random() < 0.7:
        leader(rng, sheet, start, sheet.x + rng.uniform(0, 40), ghost)
    sheet.ink = sheet.ink[:, : int(sheet.x + rng.uniform(2, 25) * DOT)]
    return worn(rng, sheet), said


def line(rng: Rng, held_out: bool = False) -> tuple[np.ndarray, str]:
    """One training line: 0 to 255, HEIGHT pixels high, and the classes that stand on it."""
    kind = rng.random()
    if kind < 0.55:
        return serial_line(rng, held_out)
    return date_line(rng, held_out) if kind < 0.87 else stamp_line(rng, held_out)
