"""What is kept of a file that is handed in."""

from __future__ import annotations

import pytest

from pipeline.desk.jobs.batches import plain_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\quet\\a.pdf", "a.pdf"), ("..", "tep"), ("", "tep"), (".env", "env"), ("a\x00\n.pdf", "a.pdf"),
     ("công văn số 5.pdf", "công văn số 5.pdf"), ("a\u202efdp.exe", "afdp.exe")],
)  # fmt: skip
def test_a_file_keeps_its_name_and_nothing_else(given: str, kept: str) -> None:
    assert plain_name(given) == kept
    assert len(plain_name("ệ" * 300 + ".pdf").encode()) <= 200 and plain_name("ệ" * 300 + ".pdf").endswith(".pdf")
