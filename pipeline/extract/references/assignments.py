from models.reference import Assignment


def assignments(setting) -> tuple[Assignment, ...]:
    return ()
