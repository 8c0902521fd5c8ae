"""What is owed by a day, or said to be missing: a plan of one's own, a report (or what else is sent to who asked), or anything else."""

from __future__ import annotations

import re

from models.reference import Deliverable
from pipeline.extract.references.duties import duty_phrases
from pipeline.extract.references.find.citation import Setting

_BETWEEN = re.compile(
    r"\s+(?:(?:va |,\s*)?(?:ban hanh|phe duyet|trien khai|to chuc|thuc hien|cac|mot|nhung|day du|ngay|som|du thao|noi dung)\s+){0,3}"
)
_OF_IT = re.compile(r"\s*(?:va|,|kem theo|kem)\s*(?:gui\s+)?bao cao\s+(?:ket qua|tinh hinh)")
_OPENS = re.compile(r"[\W\d]*(?:[a-z]\)\s*)?")


def deliverable(setting: Setting, start: int, end: int) -> Deliverable:
    """What the words text[start:end] ask for: what is made or sent first there ("xây dựng kế hoạch, báo cáo Bộ": a plan); a noun that
    opens them counts ("Báo cáo gửi về Bộ …")."""
    opened = _OPENS.match(setting.folded, start, end)
    begin = opened.end() if opened else start
    found = [(one.start, "plan", one.end) for one in duty_phrases.phrases(setting, "plan", start, end) if _made(setting, one, begin)]
    found += [(one.start, "report", one.end) for group in ("report", "send") for one in duty_phrases.phrases(setting, group, start, end)]
    for at, kind, after in sorted(found):
        if kind == "report" and (sent := _sent(setting, at, after, end)) is not None:
            return sent
        if kind == "plan":
            return "report" if _OF_IT.match(setting.folded, after, end) else "plan"
    return "other"


def _made(setting: Setting, noun: duty_phrases.DutyWords, begin: int) -> bool:
    """Whether a plan is what is made or sent, not what is carried out or reported on."""
    if noun.start == begin:
        return True
    for back in range(noun.start - 1, max(begin - 1, noun.start - 40), -1):
        if setting.folded[back : back + 1].isspace() or back == begin - 1:
            continue
        if back and setting.folded[back - 1].isalnum():
            continue
        verb = duty_phrases.at(setting, "make", back, noun.start)
        if verb and _BETWEEN.fullmatch(setting.folded, verb.end, noun.start):
            return True
    return False


def _sent(setting: Setting, at: int, after: int, end: int) -> Deliverable | None:
    """What a word of sending is about: a plan, where that is what is sent ("gửi kế hoạch"); a report; None where it is a verb whose
    object decides ("trình", "gửi")."""
    plan = next((one for one in duty_phrases.phrases(setting, "plan", after, min(end, after + 40))), None)
    if setting.folded[at:after] == "trinh":
        return None
    if plan and setting.folded[at:after] != "bao cao" and _BETWEEN.fullmatch(setting.folded, after, plan.start):
        return None  # the plan itself is asked next
    return "report"
