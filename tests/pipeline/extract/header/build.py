"""Small invented sheets from a compact text: one row a line, by where it stands on the page.

L left column of the head        R right column        LR both on one line, parted by " | "
C centred                        K salutation (x 156)  I list item (x 181)
P first line of a paragraph      T its further lines   N foot: copies at the left, signature at the right (parted by " | ")
. a gap of one line
"""

from __future__ import annotations

from models.page import Box, Line, Page, Reading, Stamp, StampKind, Word
from pipeline.layout import relabel

WIDTH, HEIGHT, PITCH, CHAR = 595.0, 842.0, 15.0, 5.7
LEFT, RIGHT, CENTRE = 86.0, 541.0, 313.0


def line(text: str, x0: float, y0: float, *, x1: float | None = None, confidence: float = 1.0, readings: tuple[str, ...] = ()) -> Line:
    """A line of words spread evenly from x0 (to x1 where it is given), points; readings: of looks that agreed on it as a name."""
    size = CHAR if x1 is None else (x1 - x0) / max(len(text), 1)
    words, at = [], x0
    for part in text.split(" "):
        if part:
            words.append(Word(text=part, box=Box(at, y0, at + size * len(part), y0 + 11), confidence=confidence))
        at += size * (len(part) + 1)
    return Line(words=tuple(words), reading=Reading.NAME_VOTE if readings else Reading.PAGE, readings=readings)


def _centred(text: str, x: float, y: float, confidence: float) -> Line:
    return line(text, x - CHAR * len(text) / 2, y, confidence=confidence)


def page(
    spec: str, *, number: int = 1, kind: str = "digital", confidence: float = 1.0, stamps: tuple[Stamp, ...] = (), top: float = 60.0
) -> Page:
    """The page that `spec` draws."""
    lines: list[Line] = []
    y = top
    for row in spec.strip("\n").splitlines():
        mark, _, text = row.strip().partition(" ")
        left, right = (side.strip() for side in (text if "|" in text else f"{text}|").split("|"))
        text = left if mark not in ("LR", "N") else text
        match mark:
            case "L":
                lines.append(_centred(text, 180, y, confidence))
            case "R":
                lines.append(_centred(text, 408, y, confidence))
            case "LR":
                lines += [_centred(left, 180, y, confidence), _centred(right, 408, y, confidence)]
            case "C":
                lines.append(_centred(text, CENTRE, y, confidence))
            case "K":
                lines.append(line(text, 156, y, confidence=confidence))
            case "I":
                lines.append(line(text, 181, y, confidence=confidence))
            case "P":
                lines.append(line(text, 114, y, x1=RIGHT if len(text) > 55 else None, confidence=confidence))
            case "T":
                lines.append(line(text, LEFT, y, x1=RIGHT if len(text) > 60 else None, confidence=confidence))
            case "N":
                if left.strip():
                    lines.append(line(left, 88, y, confidence=confidence))
                if right.strip():
                    lines.append(_centred(right, 427, y, confidence))
            case "." | "":
                pass
            case _:
                raise ValueError(row)
        y += PITCH
    lines.sort(key=lambda item: (item.box.y0, item.box.x0))
    drawn = Page(number=number, width=WIDTH, height=HEIGHT, kind=kind, lines=tuple(lines), stamps=stamps)  # type: ignore[arg-type]
    return relabel(drawn)


def stamp(kind: StampKind, *texts: str, at: tuple[float, float] = (60.0, 120.0), confidence: float = 0.9) -> Stamp:
    """A stamp with its lines, at a point."""
    x, y = at
    lines = tuple(line(text, x, y + 12 * i) for i, text in enumerate(texts))
    return Stamp(kind=kind, box=Box(x, y, x + 120, y + 12 * max(len(texts), 1)), lines=lines, confidence=confidence)


def blank(number: int) -> Page:
    return Page(number=number, width=WIDTH, height=HEIGHT, kind="blank")


STATE = """
LR {issuer} | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
LR {second} | Độc lập - Tự do - Hạnh phúc
LR Số: {number} | {place}, ngày {day} tháng {month} năm {year}
"""


def head(issuer: str, second: str, number: str, date: str, place: str = "Gia Lai") -> str:
    """The head of a state letter; date: "18/5/2021" as day, month, year."""
    day, month, year = date.split("/")
    return STATE.format(issuer=issuer, second=second, number=number, place=place, day=day, month=month, year=year)


BODY = """
.
P Thực hiện Quyết định số 36/QĐ-TTg ngày 11 tháng 01 năm 2021 của Thủ tướng
T Chính phủ ban hành Kế hoạch tổng thể nâng cao năng suất, đề nghị các cơ quan, đơn vị
T triển khai thực hiện nghiêm túc./.
.
"""

FOOT = """
N Nơi nhận: | KT. CHỦ TỊCH
N - Như trên; | PHÓ CHỦ TỊCH
N - Thường trực Tỉnh ủy (để b/c);
N - Lưu: VT, KGVX.
.
.
N  | Trần Văn Bình
"""
