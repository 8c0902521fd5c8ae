"""Who signed, and in what capacity (box 7): the lines over the seal mended by what must follow what."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.letter import Signer
from models.page import Reading
from models.repair import Repair, RepairKind
from models.skeleton import nfc, skeleton
from pipeline.extract.header.evidence import evidence
from pipeline.extract.header.role_zones import FootZones
from pipeline.extract.header.values import Value
from pipeline.layout import Row
from pipeline.layout.offices import is_capacity, junk, office_at
from rules import cues
from rules.casing import name_case, sentence_case
from rules.likeness import likeness
from rules.persons.capacities import BY_ORDER, DEPUTY, FOR_HEAD, ORDER, capacity_mark, without_mark
from rules.persons.names import bare_name, read_name, said_once, surname_rate
from rules.persons.offices import deputies, misread_deputy, office_spellings, offices
from rules.persons.readings import lost_tone
from rules.thresholds import threshold

_OFF_AXIS = 22.0  # points: lines of a capacity are centred over each other
_TONELESS = 0.5  # how sure a name is at most of which looks read a syllable with a tone that it has not
_SEALED = 0.6  # what two syllables in capitals are worth as a name: a seal has such ("Y TẾ", "TÂY ĐÔ")
_UNSAID = 0.5  # how sure a name is at most whose surname no look read: a rarer one may stand there
_FEW = 2.0  # per mille: surnames that are middle names far more often
_APART = " ¦ "  # between what several looks read


def _line(text: str, scanned: bool) -> tuple[str, Repair | None]:
    """One capacity line with its mark and office put right: (line, repair)."""
    raw = " ".join(text.split()).strip(" .,;:*_'\"|~-")
    bare = skeleton(raw)
    found = capacity_mark(bare) if len(bare) == len(raw) else None
    mark, rest = (found.mark, raw[found.end :].strip()) if found else ("", raw)
    office = office_at(skeleton(rest))
    before = junk(skeleton(rest)) if office and not mark and not skeleton(rest).startswith(office) else ""
    if scanned and office and before and (deputy := misread_deputy(skeleton(rest), office)):
        return deputy, Repair(RepairKind.CAPACITY, raw, deputy)
    if scanned and office and before and skeleton(rest)[len(before) :].startswith(office):
        mark, rest = "?", rest[len(before) :]
    if office and (scanned or skeleton(rest).startswith(office)):  # what was typed is an office of its own: "ĐỒN TRƯỞNG"
        spellings = office_spellings()[office]
        printed = next((name for name in spellings if nfc(rest).upper().startswith(name)), spellings[0])
        tail_bare = skeleton(rest)
        if tail_bare.startswith(office):
            rest = printed + rest[len(printed) :] if len(rest) >= len(printed) else printed
        else:
            cut = next((size for size in (len(office), len(office) + 1, len(office) - 1) if tail_bare[size : size + 1] == " "), None)
            rest = printed + rest[cut:] if cut and len(rest) > cut + 3 else printed
    line = f"{mark} {rest}".strip().upper() if mark else rest.upper()
    return line, (None if skeleton(line) == skeleton(raw) and line == raw.upper() else Repair(RepairKind.CAPACITY, raw, line))


def _own_order(line: str, following: str) -> bool:
    """Whether an office that has a deputy stands twice, bare or by order (TL.): what looks like TL. or a blank was the pen's KT."""
    office = office_at(skeleton(line))
    found = capacity_mark(skeleton(line))
    bare_or_ordered = found is None or found.mark in BY_ORDER
    return office in deputies() and bare_or_ordered and not line.startswith("? ") and office_at(skeleton(following)) == office


def _mend(lines: list[str]) -> tuple[list[str], list[Repair]]:
    """What must follow: KT. of a head is signed by his deputy; a head's office right over his deputy's lost its KT."""
    repairs: list[Repair] = []
    for at in range(len(lines)):
        if at + 1 < len(lines) and _own_order(lines[at], lines[at + 1]):
            lines[at] = f"? {without_mark(lines[at]).strip()}"
        if lines[at].startswith("? "):
            # a mark that was not to be read: his deputy signs for the head (KT.), another office by his order (TL.)
            following = office_at(skeleton(lines[at + 1])) if at + 1 < len(lines) else None
            head = office_at(skeleton(lines[at][2:]))
            deputy = deputies().get(head or "", "")
            if head and deputy and following == head:
                # nobody signs in his own office by his own order: the second line is his deputy's, stamped over it
                lines[at + 1] = deputy
                repairs.append(Repair(RepairKind.OFFICE_TWICE, lines[at][2:], deputy))
                following = skeleton(deputy)
            mark = f"{DEPUTY} " if following and following == skeleton(deputy) else f"{ORDER} " if following else ""
            repairs.append(Repair(RepairKind.CAPACITY_MARK, lines[at][2:], mark.strip()))
            lines[at] = mark + lines[at][2:]
        bare = skeleton(lines[at])
        office = office_at(bare)
        signs = capacity_mark(bare)
        if office and office in deputies():
            deputy = deputies()[office]
            following = skeleton(lines[at + 1]) if at + 1 < len(lines) else ""
            if signs and signs.mark in FOR_HEAD:
                alike = len(office_spellings()[skeleton(deputy)]) > 1 and re.match(rf"{skeleton(deputy)}\b", following)
                if alike and not lines[at + 1].startswith(deputy):  # THỦ TRƯỞNG read for THỨ TRƯỞNG
                    told = deputy + lines[at + 1][len(deputy) :]
                    repairs.append(Repair(RepairKind.CAPACITY, lines[at + 1], told, f"{DEPUTY} {office_spellings()[office][-1]}"))
                    lines[at + 1] = told
                elif (
                    following
                    and (following == office or following not in offices())
                    and office_at(following) != skeleton(deputy)
                    and likeness(following, skeleton(deputy)) >= threshold("deputy")
                ):
                    repairs.append(Repair(RepairKind.CAPACITY, lines[at + 1], deputy))
                    lines[at + 1] = deputy
                elif not following:
                    repairs.append(Repair(RepairKind.DEPUTY_FOLLOWS, lines[at], deputy))
                    lines.append(deputy)
            elif not signs and following and office_at(following) == skeleton(deputy):
                repairs.append(Repair(RepairKind.LINE_RESTORED, lines[at + 1], DEPUTY))
                lines[at] = f"{DEPUTY} {lines[at]}"
    return lines, repairs


def _torn_deputy(text: str, over: str) -> str | None:
    """The deputy's office whose end, torn within a word, stands under his head's: a seal lies on its first letters ("ỆU TRƯỞNG").

    Of a letter that the seal cuts another may have been read.
    """
    deputy = deputies().get(office_at(skeleton(over)) or "")
    bare, whole = re.sub(r"^\W+|\W+$", "", skeleton(text)), skeleton(deputy or "")
    begin = len(whole) - len(bare)
    return deputy if len(bare) > 6 and begin > 0 and whole.endswith(bare[1:]) and whole[begin - 1].isalpha() else None


def _deputy_alone(lines: list[str]) -> tuple[list[str], list[Repair]]:
    """A deputy signs for his head (Decree 30/2020, app. I, box 7a): where his office stands alone on a scan, the line over it was lost."""
    head = min((head for head, deputy in deputies().items() if lines == [deputy]), key=len, default=None)
    if head is None:
        return lines, []
    over = f"{DEPUTY} {office_spellings()[head][-1]}"
    return [over, *lines], [Repair(RepairKind.LINE_RESTORED, lines[0], over)]


def _decided(lines: list[str], deciding: Sequence[Row]) -> tuple[list[str], list[Repair]]:
    """A line without an office is the end of the one who decides, as the letter names him over its grounds: a seal lay on its beginning."""
    for at, line in enumerate(lines):
        for item in deciding if office_at(skeleton(line)) is None else ():
            begin = item.bare.find(f" {skeleton(line)}")
            if begin > 0 and item.bare[:begin] in office_spellings() and len(item.bare) == len(item.text):
                told = f"{item.text[:begin]} {line}".upper()
                return [*lines[:at], told, *lines[at + 1 :]], [Repair(RepairKind.CAPACITY, line, told, "deciding line")]
    return lines, []


def capacity_lines(rows: Sequence[Row], scanned: bool = False) -> tuple[list[str], list[Repair]]:
    """The lines over the name, highest first, wrapped ones joined; and the repairs."""
    joined: list[str] = []
    for item in rows:
        if joined and not is_capacity(item) and not _is_deputys(item) and not _torn_deputy(item.text, joined[-1]):
            # a wrapped line is centred under the first; what stands beside it is the seal's
            if abs(item.middle - rows[0].middle) < _OFF_AXIS and (not scanned or item.confidence > threshold("signer_wrapped")):
                joined[-1] = f"{joined[-1]} {item.text}"
        else:
            joined.append(item.text)
    lines, repairs = list[str](), list[Repair]()
    for text in joined:
        if scanned:
            text = re.sub(r"(?:\s+(?:\S|[^\w\s]\S{0,2}|\w[^\w\s]))+$", "", text.rstrip(" ”\"'`*#"))
        if scanned and len(words := text.split()) > 2 and words[0].isupper() and words[1].isupper():
            # a pen's strokes after an office in capitals
            text = " ".join(words[: max(at for at, word in enumerate(words, 1) if word.isupper())])
        torn = _torn_deputy(text, lines[-1]) if lines else None
        line, repair = (torn, Repair(RepairKind.CAPACITY, text, torn)) if torn else _line(text, scanned)
        if sum(char.isalpha() for char in line) < 3:
            continue
        lines.append(line)
        repairs += [repair] if repair else []
    lines, more = _mend(lines)
    lines, lost = _deputy_alone(lines) if scanned else (lines, [])
    return lines, repairs + more + lost


def _is_deputys(item: Row) -> bool:
    """Whether a row begins a deputy's office, in capitals, that no table has ("PHÓ VĂN PHÒNG"): no office goes on with it."""
    return item.upper > 0.9 and item.bare.startswith("PHO ") and item.confidence > threshold("signer_wrapped")


def _is_garbled(lines: Sequence[str], rows: Sequence[Row]) -> bool:
    """Whether no line names an office, and what stands there was read again without one reading that stands."""
    if not lines or any(office_at(skeleton(line)) for line in lines):
        return False
    return any(item.line.reading is Reading.SIGNATURE and len(set(item.line.readings)) > 1 for item in rows)


def _title(lines: Sequence[str]) -> str | None:
    """The office of the one who signed, in sentence case: of the last line that names one."""
    for line in reversed(lines):
        if office_at(skeleton(line)):
            text = without_mark(line)
            return re.sub(r"^Phó (\w)", lambda found: f"Phó {found[1].upper()}", sentence_case(text.strip()))
    return sentence_case(lines[-1]) if lines else None


def _stamped(foot: FootZones) -> list[Row]:
    """Lines of stamps low on the page: a name may be set with a rubber stamp, red as the seal."""
    if foot.grid is None:
        return []
    top = min((item.box.y0 for item in (*foot.capacity, *([foot.head] if foot.head else []))), default=0.5 * foot.grid.height)
    kinds = ("other", "seal")
    return [foot.grid.row(line) for stamp in foot.stamps if stamp.kind in kinds for line in stamp.lines if line.words and line.box.y0 > top]


def _voted(item: Row) -> tuple[float, str, tuple[Repair, ...]] | None:
    """A name that several looks agreed on: (its chance, name, repair)."""
    if item.line.reading is not Reading.NAME_VOTE:
        return None
    raws = _APART.join(item.line.readings)
    name, sure = name_case(bare_name(item.text)), min(word.confidence for word in item.words)
    if (once := " ".join(said_once(name.split()))) != name:
        return 0.8 * sure, once, (Repair(RepairKind.NAME, raws, once),)
    if lost_tone(name, item.line.readings):
        sure = min(sure, _TONELESS)
    return (
        sure,
        name,
        (() if name.lower() in raws.lower() else (Repair(RepairKind.NAME, raws, name),)),
    )


def _printed(item: Row) -> tuple[float, str, tuple[Repair, ...]] | None:
    """A name as one reading has it: (how good it is, name, repairs); an office in small letters is none."""
    said = read_name(item.text, typed=all(word.confidence == 1 for word in item.words))
    office = office_at(item.bare)
    if item.bare.startswith("PHO ") and item.upper > 0.9:
        return None  # a deputy's office: the surname Phó is as rare as these are many
    if said is None or (office and (said[1] < 0.95 or without_mark(item.bare).startswith(office))):
        return None
    sealed = _SEALED if item.upper > 0.9 and len(said[0].split()) < 3 else 1.0
    return sealed * said[1] * (0.4 + 0.6 * min((word.confidence for word in item.words), default=0.0)), said[0], said[2]


def _named(foot: FootZones) -> tuple[float, str, tuple[Repair, ...], Row] | None:
    """The row that names who signed: (how good its reading is, name, repairs, row)."""
    best: tuple[float, str, tuple[Repair, ...], Row] | None = None
    for item in [*foot.names, *_stamped(foot)]:
        if cues.match("page_number", item.bare) or cues.match("signature_text", item.bare) or cues.match("copy_block", item.bare):
            continue
        said = _voted(item) or _printed(item)
        if said is None:
            continue
        score, name, notes = said
        if best is None or score > best[0] + 0.05:
            best = (score, name, notes, item)
        if item.line.reading is Reading.NAME_VOTE or score > 0.87:
            break
    return best if best and best[0] >= 0.25 else None


def name_rows(foot: FootZones) -> tuple[Row, ...]:
    """The row that the signer's name is read from; all that may be one where none is a name: beside it stand pieces of seal and pen."""
    best = _named(foot)
    return (best[3],) if best else foot.names


def _aside(item: Row, capacity: Sequence[Row]) -> bool:
    """Whether a name is not centred under its office."""
    return bool(capacity) and abs(item.middle - capacity[-1].middle) > 0.8 * item.box.height


def read_signer(foot: FootZones, witnesses: Sequence[str], scanned: bool, deciding: Sequence[Row] = ()) -> Value[Signer]:
    """Read box 7. witnesses: texts that may name the signer too (a digital signature's box); deciding: the rows that name who decides."""
    lines, repairs = capacity_lines(foot.capacity, scanned)
    if scanned:
        lines, decided = _decided(lines, deciding)
        repairs += decided
    best = _named(foot)
    if best is None:
        return Value(Signer(title=_title(lines), capacity=tuple(lines)), evidence(foot.capacity, 0.1, repairs))
    score, name, notes, item = best
    sure = 0.98 if not scanned else min(0.98, 0.2 + 0.8 * score) if score < 0.86 else 0.97
    if notes:
        sure = min(sure, 0.85)
    if item.line.reading is Reading.NAME_VOTE:
        sure = min(0.97, score)
        if notes and skeleton(name).split()[0] not in skeleton(notes[0].raw):
            sure = min(sure, _UNSAID)
    if scanned and len(name.split()) < 3:
        sure = min(sure, threshold("signer_short"))
    for text in witnesses:
        if skeleton(name) in skeleton(text):
            sure = max(sure, 0.97)
    if scanned and surname_rate(name) < threshold("surname_rare"):
        sure = min(sure, threshold("signer_short"))  # most often another was lost or misread
    if scanned and surname_rate(name) < _FEW and _aside(item, foot.capacity):
        sure = min(sure, _UNSAID)  # a middle name that few have for a surname: the surname is under the pen
    if any(item.kind is RepairKind.OFFICE_TWICE for item in repairs):
        sure = min(sure, threshold("signer_short"))
    if scanned and _is_garbled(lines, foot.capacity):
        sure = min(sure, threshold("signer_garbled"))
    if not lines:
        sure *= 0.8  # its capacity lines are lost, or it had none: a person looks
    signer = Signer(name=name, title=_title(lines), capacity=tuple(lines))
    return Value(signer, evidence([*foot.capacity, item], sure, (*notes, *repairs), raw=" / ".join(r.text for r in (*foot.capacity, item))))
