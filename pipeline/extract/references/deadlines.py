from models.reference import Deadline


def deadlines(setting) -> tuple[Deadline, ...]:
    return ()
