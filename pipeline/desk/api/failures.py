"""How a route may fail, for its description: each status with its reason, told as problem+json."""

from __future__ import annotations

from typing import Any

from pipeline.desk.access.problems import MEDIA

SCHEMA = "Problem"  # of `ProblemDetails`, among the description's components
_WHY = {
    400: "The cursor is none that a page gave; or the body cannot be read.",
    401: "Nobody is logged in.",
    403: "Not for this role; or the change came without its token, or from another site.",
    404: "It is not there, or not for who asks.",
    409: "Another person has changed it meanwhile, it is there or being done already, or nobody who administers would be left.",
    411: "The length of the body is not told.",
    413: "The body is too large.",
    421: "This machine is not known by that name.",
    422: "A part of the request does not fit.",
    429: "Done too often.",
    502: "The sheet could not be drawn.",
    503: "It could not be found or laid out in time, or too many ask for it.",
    507: "There is no room left.",
}
Told = dict[int | str, dict[str, Any]]


def fails(*statuses: int) -> Told:
    """The `responses` of a route that may fail with these statuses."""
    schema = {"$ref": f"#/components/schemas/{SCHEMA}"}
    return {status: {"description": _WHY[status], "content": {MEDIA: {"schema": schema}}} for status in statuses}
