"""Layout alone knows what a letter looks like: the words of its roles (motto, "Nơi nhận", "KT." …) are looked for nowhere else.

Every text and pattern in the code of pipeline/ is folded (no marks, capitals, the signs of patterns taken out) and searched for them.
Screens and exports write such words, so theirs are free; so are docstrings and comments. What a table in rules/ says is its own.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from models.skeleton import skeleton

ROOT = Path(__file__).parent.parent
WORDS = {
    "motto": r"CONG ?HOA ?XA|CHU ?NGHIA ?VIET|DOC ?LAP|HANH ?PHUC|DANG ?CONG ?SAN",
    "number line": r"(?<!\w)SO ?:",
    "subject": r"\bV/V\b",
    "addressees": r"\bKINH ?(GUI|TRINH|MOI)",
    "deciding line": r"\b(QUYET DINH|QUYET NGHI|NGHI QUYET) ?:",
    "signature block": r"\b(TM|KT|TL|TUQ|T/M|K/T|T/L) ?[./|,]|\bTHUA (LENH|UY QUYEN)\b",
    "copies": r"\bNOI ?NHAN\b|\bNHU ?TREN\b|\bLUU ?:? VT\b",
    "annex head": r"\bPHU ?LUC\b",
    "copy mark": r"\bSAO ?(Y|LUC)\b",
}
# the one that looks, and those that only write: screens, and what leaves the house
FREE = ("pipeline/layout/", "pipeline/serve/", "pipeline/desk/", "pipeline/archive/exports/", "pipeline/submit/")
# the word is not looked for as a role of the sheet: the reason why
KEPT: dict[tuple[str, str], str] = {
    ("pipeline/archive/books/register_lines.py", "copies"): "leaves out of a header's copies that which means its addressees",
    ("pipeline/trace/grounds.py", "subject"): "words that stand before what a subject is about, in a subject that was read",
    ("pipeline/extract/references/find/by_number.py", "annex head"): "an annex as it is cited, beside point and clause",
    ("pipeline/extract/references/find/day_and_issuer.py", "subject"): "the subject of what is cited, after its number in running text",
    ("pipeline/extract/references/find/without_symbol.py", "number line"): "the word before a cited serial, in running text",
    ("pipeline/extract/references/relate/clauses.py", "annex head"): "an annex as an item within a line names it, beside point and clause",
    ("pipeline/extract/references/relate/clauses.py", "subject"): "the subject of what is cited, after its number in running text",
    ("pipeline/extract/references/relate/lists.py", "annex head"): "an annex as a list's item names it, beside point and clause",
    ("pipeline/link/fitting.py", "subject"): "whether a citation says what the cited letter is about, in running text",
    ("pipeline/reread/digit_lines.py", "number line"): "writes the label before the serial that it read",
    ("pipeline/reread/stamp_digits.py", "number line"): "the label within an arrival stamp",
    ("pipeline/recognize/stamps/arrival.py", "number line"): "the label within an arrival stamp",
    ("pipeline/recognize/stamps/find.py", "motto"): "tells whether black frames are worth their CPU, and no line's role",
    ("pipeline/recognize/stamps/marks.py", "copy mark"): "the words within a stamp",
}


def plain(text: str) -> str:
    """A text or a pattern as one would say it: `N[ơo]i\\s*nhận\\b` is NOI NHAN."""
    text = re.sub(r"\\[sh][*+?]*", " ", text)
    text = re.sub(r"\[([^\W\d_])[^\]]*\]", r"\1", text)  # one letter for all that may stand there
    text = re.sub(r"\[[^\]]*\]", " ", text)
    text = re.sub(r"\\[bBdDwWSAZ]|\(\?(?:P<\w+>|<?[:=!]|[a-z]+\))|[()^$?*+\\]|\{\d*,?\d*\}", "", text)
    return re.sub(r"\s+", " ", skeleton(text).upper())


def said(path: Path) -> set[str]:
    """The texts and patterns that a module holds, docstrings aside."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    }


def looked_for(path: Path) -> set[str]:
    """The roles whose words a module holds."""
    texts = [plain(text) for text in said(path)]
    return {role for role, words in WORDS.items() if any(re.search(words, text) for text in texts)}


@pytest.fixture(scope="module")
def offenders() -> dict[str, set[str]]:
    """Each module outside those that are free, with the roles whose words it holds."""
    found = defaultdict(set)
    for path in sorted((ROOT / "pipeline").rglob("*.py")):
        name = str(path.relative_to(ROOT))
        if not name.startswith(FREE) and (roles := {role for role in looked_for(path) if (name, role) not in KEPT}):
            found[name] = roles
    return dict(found)


def test_the_words_of_a_role_are_looked_for_in_layout_alone(offenders: dict[str, set[str]]) -> None:
    assert not offenders, "ask the line's role (pipeline/layout) instead of looking for its words"


def test_what_is_excused_is_still_there() -> None:
    gone = [(name, role) for name, role in KEPT if not (ROOT / name).is_file() or role not in looked_for(ROOT / name)]
    assert not gone, "take these out of KEPT"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (r"^\W*N[OƠỚ0][IÍ1L] ?NH[AẬÂ]N\b", "copies"),
        (r"(?i)n[ơo]i\s*nh[ậa]n", "copies"),
        (r"(?<=\s)KINH (?:GUI|TRINH)\s?:", "addressees"),
        ("Kính gửi", "addressees"),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "motto"),
        (r"doc lap.{0,4}tu do", "motto"),
        (r"^s[ốo]\s*:", "number line"),
        (r"^\W{0,2}(?:TM|KT|TL)\s?[.,]", "signature block"),
        ("KT. BỘ TRƯỞNG", "signature block"),
        (r"QUY[ẾE]T\s+ĐỊNH\s*:", "deciding line"),
    ],
)
def test_a_word_is_seen_in_any_fold(text: str, role: str, tmp_path: Path) -> None:
    path = tmp_path / "one.py"
    path.write_text(f"import re\nX = re.compile({text!r})\n", encoding="utf-8")
    assert role in looked_for(path)


def test_a_docstring_is_free(tmp_path: Path) -> None:
    path = tmp_path / "one.py"
    path.write_text('"""Nơi nhận."""\n\ndef f() -> None:\n    """Kính gửi."""\n', encoding="utf-8")
    assert looked_for(path) == set()
