"""What a process of ours ends with: a number a cause. docs/exit_codes.md says of each what it means and what to do."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """Each error class carries one of these as `exit_code`, and no two carry the same."""

    DONE = 0
    UNEXPECTED = 1
    USAGE = 2
    NOT_HELD = 3
    BAD_SETTING = 4
    NO_GRAPHVIZ = 5
    NO_SUCH_NODE = 6
    NOT_INSTALLED = 7
    # a file is refused
    REFUSED = 10
    EMPTY_FILE = 11
    UNKNOWN_KIND = 12
    DAMAGED = 13
    LOCKED = 14
    TOO_MANY_PAGES = 15
    TOO_MANY_PIXELS = 16
    TOO_LARGE = 17
    UNREADABLE = 18
    VANISHED = 19
    NOT_REGULAR = 20
    LEADS_OUTSIDE = 21
    SET_ASIDE = 22
    SWOLLEN = 23
    # the machine or the archive's place
    ENGINE_MISSING = 30
    NO_ROOM = 31
    WRONG_ARCHIVE = 32
    NO_OCRMYPDF = 33
    PACKAGE_FOLDER_TAKEN = 34
    NOT_LOCKED = 35
    NO_ROOM_FOR_BACKUP = 36
    # the archive is not whole
    DATABASE_BROKEN = 40
    HOLDINGS_BROKEN = 41
    HISTORY_BROKEN = 42
    RECORD_BROKEN = 43
    SECRET_EXPOSED = 44
    INDEX_BROKEN = 45
    # backups, case files, corrections, matters
    BACKUP_PLACE_TAKEN = 46
    NOT_A_BACKUP = 47
    NOT_A_PLAN = 48
    NO_CASE_FILE = 49
    SECRET_LETTER = 50
    SEVERAL_LETTERS = 51
    SEVERAL_INSTRUCTIONS = 52
    NOT_CLOSED = 53
    NOT_A_MATTER = 54
    # the desk
    NEEDS_USERS = 55
    NOT_SERVED = 56
    NOT_A_USER = 57
    # what was typed
    NOT_A_FIELD = 58
    NOT_A_FILE_FIELD = 59
    BAD_CURSOR = 60
    NOT_A_PASSAGE = 61
    # somebody else's change, or none
    NOT_TAKEN_BACK = 62
    CHANGED_MEANWHILE = 63
    # arrival numbers
    ARRIVAL_TAKEN = 64
    NOT_NUMBERED = 65
    CLOCK_IN_DOUBT = 66
    # the archive is locked by another process
    BUSY = 74
    # nothing is lost: the same once more
    TRY_AGAIN = 75
    STOPPED = 130
