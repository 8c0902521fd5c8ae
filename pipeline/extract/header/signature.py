"""Who signed, and in what capacity (box 7): the lines over the seal mended by what must follow what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from models.letter import Signer
from models.skeleton import skeleton
from pipeline.extract.header.foot import JUNK, SIGNS, Foot, is_capacity, office_at
from pipeline.extract.header.sheet import Row, evidence
from pipeline.extract.header.values import Value
from rules import cues
from rules.casing import sentence_case
from rules.likeness import likeness
from rules.persons import read_name
from rules.tables import rows as table

_MARKS = {
    "TM": "TM.",
    "IM": "TM.",
    "FM": "TM.",
    "KT": "KT.",
    "KI": "KT.",
    "K1": "KT.",
    "TL": "TL.",
    "TUQ": "TUQ.",
    "IUQ": "TUQ.",
    "1UQ": "TUQ.",
    "TUN": "TUN.",
    "Q": "Q.",
}


@cache
def _deputies() -> dict[str, str]:
    """Skeleton of a head's office to its deputy's, as printed."""
    return {skeleton(row["head"]): row["deputy"] for row in table("offices_held") if row["deputy"]}


@cache
def _spelled() -> dict[str, str]:
    return {skeleton(row[side]): row[side] for row in table("offices_held") for side in ("head", "deputy") if row[side]}


def _line(text: str) -> tuple[str, str | None]:
    """One capacity line with its mark and office put right: (line, repair)."""
    raw = " ".join(text.split()).strip(" .,;:*_'\"|~-")
    bare = skeleton(raw)
    found = SIGNS.match(bare)
    mark, rest = "", raw
    if found and len(bare) == len(raw):
        key = re.sub(r"[^A-Z0-9]", "", found[0])
        mark = _MARKS.get(key, "")
        if "/" in found[0] and len(key) == 2:
            mark = f"{key[0]}/{key[1]}".replace("I", "T")
        rest = raw[found.end() :].strip() if mark else raw
    office = office_at(skeleton(rest))
    junk = JUNK.match(skeleton(rest)) if office and not mark and not skeleton(rest).startswith(office) else None
    if office and junk and skeleton(rest)[junk.end() :].startswith(office):
        mark, rest = "?", rest[junk.end() :]
    if office:
        printed = _spelled()[office]
        tail_bare = skeleton(rest)
        if tail_bare.startswith(office):
            rest = printed + rest[len(printed) :] if len(rest) >= len(printed) else printed
        else:
            cut = next((size for size in (len(office), len(office) + 1, len(office) - 1) if tail_bare[size : size + 1] == " "), None)
            rest = printed + rest[cut:] if cut and len(rest) > cut + 3 else printed
    line = f"{mark} {rest}".strip().upper() if mark else rest.upper()
    return line, (None if skeleton(line) == skeleton(raw) and line == raw.upper() else f"capacity: {raw} → {line}")


def _mend(lines: list[str]) -> tuple[list[str], list[str]]:
    """What must follow: KT. of a head is signed by his deputy; a head's office right over his deputy's lost its KT."""
    repairs: list[str] = []
    for at in range(len(lines)):
        if lines[at].startswith("? "):
            # a mark that was not to be read: his deputy signs for the head (KT.), another office by his order (TL.)
            following = office_at(skeleton(lines[at + 1])) if at + 1 < len(lines) else None
            head = office_at(skeleton(lines[at][2:]))
            mark = "KT. " if following and following == skeleton(_deputies().get(head or "", "")) else "TL. " if following else ""
            repairs.append(f"capacity: {mark}read before {lines[at][2:]}")
            lines[at] = mark + lines[at][2:]
        bare = skeleton(lines[at])
        office = office_at(bare)
        signs = bool(SIGNS.match(bare))
        if office and office in _deputies():
            deputy = _deputies()[office]
            following = skeleton(lines[at + 1]) if at + 1 < len(lines) else ""
            if re.match(r"K\s?[./]?\s?T", bare):
                if following == "THU TRUONG" and deputy == "THỨ TRƯỞNG" and lines[at + 1] != deputy:
                    repairs.append(f"capacity: {lines[at + 1]} → {deputy} (KT. BỘ TRƯỞNG)")
                    lines[at + 1] = deputy
                elif following and office_at(following) != skeleton(deputy) and likeness(following, skeleton(deputy)) >= 0.55:
                    repairs.append(f"capacity: {lines[at + 1]} → {deputy}")
                    lines[at + 1] = deputy
                elif not following:
                    repairs.append(f"capacity: {deputy} follows {lines[at]}")
                    lines.append(deputy)
            elif not signs and following and office_at(following) == skeleton(deputy):
                repairs.append(f"capacity: KT. restored over {lines[at + 1]}")
                lines[at] = f"KT. {lines[at]}"
    return lines, repairs


def capacity_lines(rows: Sequence[Row]) -> tuple[list[str], list[str]]:
    """The lines over the name, highest first, wrapped ones joined; and the repairs."""
    joined: list[str] = []
    for item in rows:
        if joined and not is_capacity(item):
            joined[-1] = f"{joined[-1]} {item.text}"
        else:
            joined.append(item.text)
    lines, repairs = [], []
    for text in joined:
        line, repair = _line(re.sub(r"(?:\s+(?:\S|[^\w\s]\S{0,2}|\w[^\w\s]))+$", "", text.rstrip(" ”\"'`*#")))
        if sum(char.isalpha() for char in line) < 3:
            continue
        lines.append(line)
        repairs += [repair] if repair else []
    lines, more = _mend(lines)
    return lines, repairs + more


def _title(lines: Sequence[str]) -> str | None:
    """The office of the one who signed, in sentence case: of the last line that names one."""
    for line in reversed(lines):
        office = SIGNS.sub("", skeleton(line))
        if office_at(office):
            found = SIGNS.match(skeleton(line))
            text = line[found.end() :] if found and len(skeleton(line)) == len(line) else line
            return re.sub(r"^Phó (\w)", lambda found: f"Phó {found[1].upper()}", sentence_case(text.strip()))
    return sentence_case(lines[-1]) if lines else None


def _stamped(foot: Foot) -> list[Row]:
    """Lines of stamps low on the page: a name may be set with a rubber stamp, red as the seal."""
    if foot.page is None:
        return []
    top = min((item.box.y0 for item in (*foot.capacity, *([foot.head] if foot.head else []))), default=0.5 * foot.page.height)
    kinds = ("other", "seal")
    return [
        Row(foot.page.number, line.words)
        for stamp in foot.page.stamps
        if stamp.kind in kinds
        for line in stamp.lines
        if line.words and line.box.y0 > top
    ]


def read_signer(foot: Foot, witnesses: Sequence[str], scanned: bool) -> Value[Signer]:
    """Read box 7. witnesses: texts that may name the signer too (a digital signature's box)."""
    lines, repairs = capacity_lines(foot.capacity)
    best: tuple[float, str, tuple[str, ...], Row] | None = None
    for item in [*foot.names, *_stamped(foot)]:
        if cues.match("page_number", item.bare) or cues.match("signature_text", item.bare) or cues.match("copy_block", item.bare):
            continue
        if office_at(SIGNS.sub("", item.bare)):  # an office in small letters is no name
            continue
        said = read_name(item.text)
        if said is None:
            continue
        name, like, notes = said
        weak = min((word.confidence for word in item.words), default=0.0)
        score = like * (0.4 + 0.6 * weak)
        if best is None or score > best[0] + 0.05:
            best = (score, name, notes, item)
        if like > 0.95 and weak > 0.8:
            break
    if best is None or best[0] < 0.25:
        return Value(Signer(title=_title(lines), capacity=tuple(lines)), evidence(foot.capacity, 0.1, repairs))
    score, name, notes, item = best
    sure = 0.98 if not scanned else min(0.98, 0.2 + 0.8 * score) if score < 0.86 else 0.97
    for text in witnesses:
        if skeleton(name) in skeleton(text):
            sure = max(sure, 0.97)
    if notes:
        sure = min(sure, 0.85)
    if not lines:
        sure *= 0.85  # its capacity lines are lost, or it had none: a person looks
    signer = Signer(name=name, title=_title(lines), capacity=tuple(lines))
    return Value(signer, evidence([*foot.capacity, item], sure, (*notes, *repairs), raw=" / ".join(r.text for r in (*foot.capacity, item))))
