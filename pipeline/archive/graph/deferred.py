"""Citations that are settled after a write, so many at a time: a directive that thousands cite holds nobody up.

What a reader sees meanwhile lacks links and has no wrong one: until a citing letter is settled, none of its citations is said to mean the
letter that changed. Whoever wrote settles the rest before it is done; what a stop cut off is settled by the next ingest (`tidy`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from sqlalchemy import Engine, delete, exists, insert, select, update

from pipeline.archive.tables import schema
from pipeline.archive.tables.database import reading, writing
from pipeline.archive.tables.for_trace import standing_rows
from pipeline.archive.tables.letter_store import LetterStore, citations

table = schema.unsettled
AT_ONCE = 25  # citing letters that are settled with the write itself
IN_TURN = 10  # and in each transaction after it: a fifth of a second at most, also where an old machine has other work
_GIVE_WAY = 0.03  # seconds between two transactions: who waits for the lock looks that often
_BATCH = 500


def defer(letter_store: LetterStore, waiting: Mapping[int, set[str]]) -> None:
    """Leave letters to be settled later. waiting: by `letters.no`, the ids that until then none of its citations means."""
    connection, changed = letter_store.connection, sorted(set[str]().union(*waiting.values()))
    known = {(row.no, row.about) for row in connection.execute(select(table).where(table.c.about.in_(changed)))}
    new = [{"no": no, "about": id} for no, about in sorted(waiting.items()) for id in sorted(about) if (no, id) not in known]
    if new:
        connection.execute(insert(table), new)
    # a look-up of both: by `about` alone each citation would walk all that waits
    told = exists().where(table.c.no == citations.c.no, table.c.about == citations.c.target)
    meant = (citations.c.target.in_(changed), told)
    standing_rows.note_cited(connection, changed, meant[1])
    connection.execute(update(citations).where(*meant).values(target=None, inferred=False))
    letter_store.touched |= set(changed)


def settle_rest(engine: Engine, resolve_anew: Callable[[LetterStore, set[int]], None]) -> None:
    """Settle what was deferred, so many letters a transaction; others may write in between."""
    while True:
        with reading(engine) as connection:
            if connection.execute(select(table.c.no).limit(1)).first() is None:
                return
        with writing(engine) as connection:
            rows = set(connection.execute(select(table.c.no).distinct().order_by(table.c.no).limit(IN_TURN)).scalars())
            # first: they are read as they are kept, with what persons have said of them
            connection.execute(delete(table).where(table.c.no.in_(rows)))
            resolve_anew(LetterStore(connection), rows)
        time.sleep(_GIVE_WAY)
