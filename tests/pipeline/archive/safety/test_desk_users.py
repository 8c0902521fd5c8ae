"""The desk's users in a backup, wherever the archive's folder stands; a cursor that is no cursor."""

from __future__ import annotations

import base64
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.archive.safety import desk_users
from pipeline.archive.search.cursors import BadCursor, decode
from pipeline.desk.access.accounts import UserRole
from pipeline.desk.access.user_store import Users


@pytest.mark.parametrize("name", ["kho #1", "kho ?1", "kho 100%41", "kho lưu trữ"])
def test_the_users_are_copied_whatever_the_folder_is_called(tmp_path: Path, name: str) -> None:
    root = tmp_path / name
    root.mkdir()
    Users(root / desk_users.FILE).add("lan", UserRole.clerk, "mật khẩu đủ dài")
    assert desk_users.copy_of(root, tmp_path / "copy.db")
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT name FROM users").fetchall() == [("lan",)]
    assert [one.name for one in tmp_path.iterdir() if one.name not in (name, "copy.db")] == []


def test_brackets_without_end_are_no_cursor() -> None:
    with pytest.raises(BadCursor):
        decode(base64.urlsafe_b64encode(b"[" * 200_000).decode(), 2)
