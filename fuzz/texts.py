"""Texts that nobody meant to write, at the functions that read hostile text: numbers, references, splitting, names."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from models.letter import Header
from models.names import shown
from models.page import Box, Line, Page, Word
from pipeline.extract.header import read_header
from pipeline.extract.references import read_pages
from pipeline.segment import split
from rules.numbers import reading

LONGEST = 10.0  # seconds of the processor's time for one text
_WORDS = (
    "Số|số:|ngày|tháng|năm|QĐ-TTg|/|-|–|12|0036|2021|CV|UBND|Căn cứ|Luật|Điều|khoản|Kính gửi|Nơi nhận:|TM.|KT. CHỦ TỊCH|V/v|Thực hiện|của"
    "|Ủy ban nhân dân|tỉnh|Đ|Ð|ƣ|CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM|(sau đây gọi tắt là|các|và|,|;|./."
)
_ODD = ["\u00ad", "\u0323", "\u202e", "\x00", "\n", "\t", " ", "a" * 200, "1" * 60, "-/" * 40]
_BITS = st.sampled_from([*_WORDS.split("|"), *_ODD])
TEXTS = st.one_of(
    st.lists(_BITS, max_size=60).map(" ".join),
    st.lists(_BITS, max_size=60).map("".join),
    st.text(max_size=400),
    st.lists(st.one_of(_BITS, st.text(max_size=12)), max_size=40).map(" ".join),
    st.from_regex(r"[0-9]{1,9}[/\-\. ]{0,3}[A-ZĐÐ0-9\-/ ]{0,40}"),
)


class TookTooLong(Exception):
    """A text that is read for longer than is allowed."""


@contextmanager
def in_time(seconds: float) -> Iterator[None]:
    def stop(number: int, frame: Any) -> None:
        raise TookTooLong(f"{seconds} s")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def page_of(text: str) -> Page:
    """A page with these lines, as they would stand on a sheet."""
    lines = []
    for row, line in enumerate(text.splitlines()[:120]):
        words = [
            Word(text=word, box=Box(60 + 40 * (at % 11), 40 + 12 * (row % 60), 95 + 40 * (at % 11), 50 + 12 * (row % 60)))
            for at, word in enumerate(line.split()[:60])
        ]
        if words:
            lines.append(Line(words=tuple(words)))
    return Page(number=1, width=595, height=842, kind="digital", lines=tuple(lines))


def _numbers(text: str) -> None:
    reading.parse(text)
    for one in reading.scan(text):
        assert 0 <= one.start <= one.end <= len(text)
    assert all(c.isprintable() or c == " " or ord(c) > 127 for c in shown(text))


def letters(text: str) -> None:
    page = page_of(text)
    for span in split([page]):
        assert (span.first, span.last) == (1, 1)
    header = read_header([page], None).header
    found = read_pages([page], header, None)
    assert all(one.page == 1 for one in found.references)
    read_pages([page], Header(), None)


def tried(at: Callable[[str], None], text: str, faults: Counter[str]) -> None:
    """Throw one text; count what went wrong in `faults`."""
    try:
        with in_time(LONGEST):
            at(text)
    except Exception as error:
        last = error.__traceback__
        while last is not None and last.tb_next is not None:
            last = last.tb_next
        where = f"{last.tb_frame.f_code.co_filename.rsplit('/', 1)[-1]}:{last.tb_lineno}" if last is not None else "?"
        faults[f"{at.__name__.strip('_')}: {type(error).__name__} in {where}: {text[:80]!r}"] += 1


def throw(at: Callable[[str], None], count: int, faults: Counter[str]) -> int:
    """Throw so many texts; count what went wrong in `faults`. Return how many were thrown."""
    thrown = 0

    @settings(
        max_examples=count, deadline=None, database=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(TEXTS)
    def one(text: str) -> None:
        nonlocal thrown
        thrown += 1
        tried(at, text, faults)

    # hypothesis ends early where it has seen all that there is: it is asked again until enough were thrown
    while thrown < count:
        one()
    return thrown


def run(count: int) -> tuple[int, Counter[str]]:
    """Throw so many texts at all of them, an eighth of them at the slower ones. Return how many, and what went wrong."""
    faults: Counter[str] = Counter()
    slow = max(1, count // 8)
    return throw(_numbers, count - slow, faults) + throw(letters, slow, faults), faults
