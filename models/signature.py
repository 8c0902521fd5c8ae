"""A digital signature as it was found in a file and checked without a network."""

from __future__ import annotations

from datetime import datetime as Datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

State = Literal["whole", "added", "changed", "broken", "unread"]
Role = Literal["publisher"]


class Signature(BaseModel):
    """by, organization: whom the certificate names; at: when, by the signer's own clock, or a timestamp's (`timestamped`).

    state: "whole" the file is what was signed; "added" what was appended since only adds signatures and the like; "changed" it was
    changed since; "broken" the signature does not hold; "unread" it could not be checked.
    role: "publisher" where a gazette or portal signed that it published the letter, null else. trusted: by the certificates of the
    trust folder; null where none was given: then the chain is not judged. algorithm: of the digest ("sha256").
    """

    model_config = ConfigDict(frozen=True)

    by: str | None = None
    organization: str | None = None
    at: Datetime | None = None
    timestamped: bool = False
    state: State
    role: Role | None = None
    trusted: bool | None = None
    algorithm: str | None = None
