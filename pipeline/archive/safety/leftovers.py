"""What may still be read of letters that have become secret: the log that is not emptied, free pages, backups made before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine

from pipeline.archive.safety.free_pages import unzeroed
from pipeline.archive.secret.copies_made import holding
from pipeline.archive.secret.erasing import erase, owed
from pipeline.archive.tables.database import reading


def leftovers(engine: Engine, root: Path) -> Iterator[tuple[str, str, str]]:
    """Each as (file, Vietnamese, English). What can be erased now is erased before; no list of secret words is kept for this."""
    erase(engine)
    with reading(engine) as connection:
        since, copies = owed(connection), holding(connection)
    if since is not None:
        at = since.split(" ")[0]
        yield (
            "archive.db-wal",
            f"chưa xóa hết lời văn bản mật khỏi đĩa (từ {at}): còn chương trình đang đọc trạng thái cũ của kho; đóng nó lại",
            f"words of a secret letter are not yet erased from the disk (since {at}): a program still reads the archive as it was; end it",
        )
    elif engine.dialect.name == "sqlite" and (pages := unzeroed(root / "archive.db")):
        yield (
            "archive.db",
            f"{pages} trang bỏ trống còn nội dung cũ: congvan verify --mend",
            f"{pages} free pages still hold what they held: congvan verify --mend",
        )
    for path in copies:
        yield (
            str(path),
            "bản sao lưu làm trước khi văn bản thành mật, còn nội dung của nó: người phụ trách phải hủy, rồi sao lưu lại",
            "a backup from before a letter became secret still holds it: whoever is in charge must destroy it, and make another",
        )
