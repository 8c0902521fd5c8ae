"""The seed's letters, laid out as pages from its text: each reference with relation and day, and who was given what."""

from __future__ import annotations

import json
import re
import textwrap
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models.letter import Header
from models.page import Box, Line, Page, Word
from pipeline.extract.references import Findings, read_pages
from pipeline.layout import relabel

SEED = Path(__file__).resolve().parents[5] / "shared" / "seed"
pytestmark = pytest.mark.skipif(not (SEED / "expected.jsonl").is_file(), reason="the seed is not beside this repository")
WIDTH, HEIGHT, LEFT, PITCH = 595.0, 842.0, 85.0, 5.0


def texts() -> list[tuple[str, str | None]]:
    """The body of each letter, and its annex; telephone numbers masked, marks of the text reader dropped."""
    whole = next(SEED.glob("000*.txt")).read_text(encoding="utf-8").replace("**", "").replace("*", "")
    whole = re.sub(r"\b0\d{9}\b", "0900000000", whole)
    first, second, third = re.split(r"(?=BỘ KHOA HỌC VÀ CÔNG NGHỆ\s+CỘNG)", whole)
    third, annex = third.split("## ĐỀ CƯƠNG")
    return [(first, None), (second, None), (third, "ĐỀ CƯƠNG" + annex)]


def line(text: str, x: float, y: float) -> Line:
    words = []
    for word in text.split():
        words.append(Word(text=word, box=Box(x, y, x + PITCH * len(word), y + 12)))
        x += PITCH * (len(word) + 1)
    return Line(words=tuple(words))


def pages(text: str, first: int, rows: int = 45) -> list[Page]:
    """The text on pages of so many lines: paragraphs wrapped and indented."""
    lines: list[tuple[str, float]] = []
    for paragraph in (p.strip(" #") for p in text.split("\n") if p.strip(" #\\_-")):
        for n, part in enumerate(textwrap.wrap(paragraph, 88, initial_indent="   ", break_on_hyphens=True)):
            lines.append((part.strip(), LEFT + (28 if n == 0 else 0)))
    out = []
    for n in range(0, len(lines), rows):
        laid = tuple(line(t, x, 60 + 16 * k) for k, (t, x) in enumerate(lines[n : n + rows]))
        out.append(relabel(Page(number=first + n // rows, width=WIDTH, height=HEIGHT, kind="digital", lines=laid)))
    return out


def expected() -> list[dict[str, Any]]:
    return [json.loads(row) for row in (SEED / "expected.jsonl").read_text(encoding="utf-8").splitlines() if row.strip()]


@pytest.fixture(scope="module")
def findings() -> dict[str, Findings]:
    out = {}
    for (body, annex), want in zip(texts(), expected(), strict=True):
        laid = pages(body, 1)
        more = pages(annex, laid[-1].number + 1) if annex else []
        span = (more[0].number, more[-1].number) if more else None
        fields = ("issuer", "number", "doc_type", "place", "subject")
        header = Header(**{f: want[f] for f in fields}, date=date.fromisoformat(want["date"]), recipients=tuple(want["recipients"]))
        out[want["id"]] = read_pages([*laid, *more], header, span)
    return out


@pytest.mark.parametrize("index", range(3))
def test_references(findings: dict[str, Findings], index: int) -> None:
    want = expected()[index]
    said = findings[want["id"]].references
    assert Counter((r.number, str(r.date), r.issuer, r.doc_type, r.relation) for r in said) == Counter(
        (r["number"], r["date"], r["issuer"], r["doc_type"], r["relation"]) for r in want["references"]
    )


@pytest.mark.parametrize("index", range(3))
def test_assignments_and_deadlines(findings: dict[str, Findings], index: int) -> None:
    want = expected()[index]
    said = {(a.to, a.role) for a in findings[want["id"]].assignments}
    assert {(a["to"], a["role"]) for a in want["assignments"]} <= said
    assert [d.date for d in findings[want["id"]].deadlines if d.date] == want["deadlines"]


def test_raw_spelling_and_repair_are_kept(findings: dict[str, Findings]) -> None:
    told = [r for r in findings["S1"].references if r.relation == "acknowledges"]
    assert all("BKHHCN - TĐC" in r.text for r in told)
    assert all(any("BKHHCN → BKHCN" in repair for repair in r.repairs) for r in told)


def test_annex_page_is_told(findings: dict[str, Findings]) -> None:
    grounds = [r for r in findings["S3"].references if r.relation == "based_on"]
    body = [r for r in findings["S3"].references if r.relation == "guides"]
    assert [r.page for r in grounds] > [r.page for r in body]


def test_sentence_holds_the_words_that_state_the_relation(findings: dict[str, Findings]) -> None:
    acts = [r for r in findings["S1"].references if r.relation == "implements"]
    assert len(acts) == 2 and all("tại các văn bản nêu trên" in r.sentence for r in acts)
