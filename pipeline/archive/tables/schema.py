"""The tables of the archive. Dates and times are ISO text, records JSON text: the same in SQLite and PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint, text

metadata = MetaData()

# What the archive was told of itself: `office` and the like.
settings = Table("settings", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

# One row for each file handed in, by path and bytes; `sha256` is "" where it could not be read. `id` is the order of handing in.
ledger = Table(
    "ledger",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("path", Text, nullable=False),
    Column("sha256", Text, nullable=False, server_default=""),
    Column("size", Integer),
    Column("mtime_ns", Integer),
    Column("state", Text, nullable=False, index=True),
    Column("cause", Text),
    Column("reason", Text),
    Column("reason_en", Text),
    Column("exit_code", Integer, nullable=False, server_default="0"),
    Column("letters", Integer, nullable=False, server_default="0"),
    Column("pages", Integer, nullable=False, server_default="0"),
    Column("holder", Text),
    Column("at", Text, nullable=False),
    Column("inode", Integer),
    Column("ctime_ns", Integer),
    Column("harmed", Integer, nullable=False, server_default="0"),  # how often its reader died of it, or was ended
    UniqueConstraint("path", "sha256", name="ledger_path_sha256"),
    Index("ledger_sha256", "sha256"),
)

# Files kept in `originals/`.
originals = Table(
    "originals", metadata, Column("sha256", Text, primary_key=True), Column("file", Text, nullable=False),
    Column("size", Integer, nullable=False), Column("kept_at", Text, nullable=False),
)  # fmt: skip

# One row a letter. `parsed` is the record as it was read; `record` the same corrected and resolved; neither holds the text.
letters = Table(
    "letters",
    metadata,
    Column("no", Integer, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("sha256", Text, nullable=False, index=True),
    Column("ledger_id", Integer, ForeignKey("ledger.id")),
    Column("first_page", Integer, nullable=False),
    Column("number", Text),
    Column("number_key", Text),
    Column("number_code", Text),
    Column("serial", Integer),
    Column("issuer", Text),
    Column("date", Text),
    Column("doc_type", Text),
    Column("subject", Text),
    Column("province", Text),
    Column("secrecy", Text),
    Column("urgency", Text),
    Column("quarantined", Boolean, nullable=False, server_default="0"),
    Column("copy_of", Text, index=True),
    # a number and day that the sheet does not give, as the letters that cite it tell them: the record keeps the sheet's
    Column("inferred_number", Text),
    Column("inferred_date", Text),
    Column("inferred_key", Text, index=True),
    Column("review", Integer, nullable=False, server_default="0"),
    # what the record says of its arrival; `arrival_source`: whether the number is a stamp's or a clerk's (see arrival_rows)
    Column("arrived_on", Text),
    Column("arrival_number", Text),
    Column("arrival_serial", Integer),
    Column("arrival_source", Text),
    # `arrived_on`, else the day on which the letter was first stored
    Column("came_on", Text, nullable=False, server_default=""),
    # a number and its year that an archive of before gave by itself: none of the register
    Column("archive_number", Text),
    Column("stored_at", Text, nullable=False),
    Column("parsed", Text, nullable=False),
    Column("record", Text, nullable=False),
    # SHA-256 of what was read (parsed and text), so that a change behind the archive's back shows
    Column("seal", Text, nullable=False, server_default=""),
    # which form `parsed` and `record` are written in (extract.older_records.FORM); lower: of before, written anew by `record_forms`
    Column("form", Integer, nullable=False, server_default="0"),
    Column("keeps", Boolean, nullable=False, server_default="0"),  # it reminds of others, or moves their days
    Index("letters_number_key", "number_key", "date"),
    Index("letters_number_code", "number_code"),
    Index("letters_serial", "serial"),
    # of a day the letters of a serial, without reading them
    Index("letters_date", "date", "serial", "review"),
    Index("letters_issuer_date", "issuer", "date"),
    Index("letters_doc_type_date", "doc_type", "date"),
    Index("letters_province_date", "province", "date"),
    Index("letters_came", "came_on"),
    Index("letters_arrival", "arrival_serial", "came_on"),
    # few of many: a count of them walks the index and reads no record
    Index("letters_review", "review", "quarantined"),
    Index("letters_urgency", "urgency"),
    Index("letters_secret", "quarantined", "secrecy"),
    Index("letters_form", "form"),
)

# Arrival numbers that clerks gave, each once in a year of its book ("incoming", "secret"). By the letter's id, so that they stay when its
# file is read anew, or the letter goes: a number that stood in a book is not given again. What stamps say is not here.
arrival_numbers = Table(
    "arrival_numbers",
    metadata,
    Column("book", Text, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("number", Text, primary_key=True),
    Column("serial", Integer, nullable=False),
    Column("letter", Text, nullable=False, unique=True),
    Index("arrival_numbers_serial", "book", "year", "serial"),
)

# The numbers that several documents of one issuer bear in one year. body: the issuer's comparable form (link.organizations.body).
same_numbers = Table(
    "same_numbers", metadata, Column("number_key", Text, primary_key=True), Column("year", Text, primary_key=True),
    Column("body", Text, primary_key=True),
)  # fmt: skip

# The pages' text of a letter, a JSON list of strings; no row for a letter under quarantine.
texts = Table(
    "texts", metadata, Column("no", Integer, ForeignKey("letters.no", ondelete="CASCADE"), primary_key=True),
    Column("pages", Text, nullable=False),
)  # fmt: skip

# The pairs of words of a letter's text, each hashed to two bytes: copies are told by them. Only of letters that share their number and day
# with another; they go where the text goes.
word_pairs = Table(
    "word_pairs", metadata, Column("no", Integer, ForeignKey("letters.no", ondelete="CASCADE"), primary_key=True),
    Column("hashes", LargeBinary, nullable=False),
)  # fmt: skip

# Letters whose citations of another, which has changed, are still to be settled: until they are, none of them is said to mean it.
unsettled = Table(
    "unsettled", metadata, Column("no", Integer, ForeignKey("letters.no", ondelete="CASCADE"), primary_key=True),
    Column("about", Text, primary_key=True),
)  # fmt: skip

# The references of each letter, for finding who cites what; the record holds their wording.
citations = Table(
    "citations",
    metadata,
    Column("no", Integer, ForeignKey("letters.no", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("number", Text),
    Column("number_key", Text),
    Column("number_code", Text),
    Column("date", Text),
    Column("issuer", Text),
    Column("doc_type", Text),
    Column("relation", Text, nullable=False),
    Column("target", Text),
    # found only by what other letters tell of its target
    Column("inferred", Boolean, nullable=False, server_default="0"),
    # may mean a letter that is held, and a person must say
    Column("asked", Boolean, nullable=False, server_default="0"),
    # what it tells a trace (letter_rows.weight): 2 a way may lead by it, 1 something of the cited document alone, 0 nothing
    Column("weight", Integer, nullable=False, server_default="2"),
    # what it says of the cited document's programme (link.programme_words); null in an archive of before, until it is filled
    Column("said", Text),
    Index("citations_asked", "no", sqlite_where=text("asked"), postgresql_where=text("asked")),
    Index("citations_unsaid", "no", "position", sqlite_where=text("said IS NULL"), postgresql_where=text("said IS NULL")),
    Index("citations_number_key", "number_key", "date"),
    Index("citations_number_code", "number_code"),
    Index("citations_date", "date", "number_key"),
    Index("citations_target", "target"),
)

# What each letter tells of who issued and signed it, JSON ("" where it is still to be looked at, or gone). `stem`: what the names of like
# bodies share, by which letters are judged together; `told_before`: the stem that it told of before, until those letters are judged again;
# `state`: see attested_rows.
attested = Table(
    "attested",
    metadata,
    Column("letter", Text, primary_key=True),
    Column("stem", Text, nullable=False, server_default="", index=True),
    Column("told", Text, nullable=False, server_default=""),
    Column("told_before", Text, index=True),
    Column("state", Integer, nullable=False, index=True),
)

# What is known of a letter's field by what others tell, JSON: put upon `parsed` before what people put right.
vouchers = Table(
    "vouchers", metadata, Column("letter", Text, primary_key=True), Column("field", Text, primary_key=True),
    Column("known", Text, nullable=False),
)  # fmt: skip

# Issuers' names once each, so that a filter by part of a name reads this short table and not the letters.
issuers = Table("issuers", metadata, Column("name", Text, primary_key=True), Column("fold", Text, nullable=False), Column("province", Text))

# Every change by a person. Append-only (triggers) and hash-chained, see history.py; values are JSON, null where they were taken out.
history = Table(
    "history",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("about", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("old", Text),
    Column("new", Text),
    Column("salt", Text),
    Column("digest", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("history_about_id", "about", "id"),
)

# The office's case files (hồ sơ), by its file plan. `code` is the year and the plan's notation ("2021.01.TCCB").
case_files = Table(
    "case_files",
    metadata,
    Column("code", Text, primary_key=True),
    Column("notation", Text, nullable=False),
    Column("year", Integer),
    Column("heading", Text),
    Column("title", Text, nullable=False),
    Column("retention", Text),
    Column("keeper", Text),
    Column("note", Text),
    Column("sheets", Integer),
    Column("position", Integer, nullable=False),
    Index("case_files_notation", "notation"),
)

# Which case file a letter lies in: one. By the letter's id and not its row, so that it stays there when the file is read anew.
case_letters = Table(
    "case_letters",
    metadata,
    Column("letter", Text, primary_key=True),
    Column("code", Text, ForeignKey("case_files.code"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
)

# The archive's originals read anew: one row for each time that a person asked for it. `chosen`: of which files, JSON; `secret`: letters
# of this choice that were left out, for their originals are not here; `ended`: null while files of it are left.
rereads = Table(
    "rereads",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("chosen", Text, nullable=False),
    Column("secret", Integer, nullable=False, server_default="0"),
    Column("ended", Text),
)

# How the last reading anew of each original stands. `split`: its letters' pages as read anew where they are parted otherwise and people's
# work hangs on what was; `answer`: what a person said of that ("keep", "take").
reread_files = Table(
    "reread_files",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("reread", Integer, ForeignKey("rereads.id"), nullable=False),
    Column("state", Text, nullable=False),
    Column("holder", Text),
    Column("reason", Text),
    Column("reason_en", Text),
    Column("split", Text),
    Column("answer", Text),
    Column("at", Text, nullable=False),
    Index("reread_files_state", "reread", "state"),
)

# What reading anew changed, a row a field; values are JSON. None of a letter under quarantine.
reread_changes = Table(
    "reread_changes",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("reread", Integer, ForeignKey("rereads.id"), nullable=False),
    Column("sha256", Text, nullable=False, index=True),
    Column("letter", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("old", Text),
    Column("new", Text),
    Index("reread_changes_reread", "reread", "field"),
)

# Sure fields drawn by lot, to be read by a person who is not shown their values. `shares`: by field, how often it is sure, JSON; neither
# values nor what was typed are kept. What a check came to is a row of the history.
spot_checks = Table(
    "spot_checks",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("who", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("seed", Text, nullable=False),
    Column("shares", Text, nullable=False),
    Column("ended", Text),
)

spot_check_items = Table(
    "spot_check_items", metadata, Column("spot_check", Integer, ForeignKey("spot_checks.id"), primary_key=True),
    Column("position", Integer, primary_key=True), Column("letter", Text, nullable=False), Column("field", Text, nullable=False),
    Column("outcome", Text), Column("who", Text), Column("at", Text),
)  # fmt: skip
