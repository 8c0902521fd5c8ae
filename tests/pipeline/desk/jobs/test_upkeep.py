"""What the desk does in the background of itself."""

from __future__ import annotations

from pathlib import Path

from fastapi.testclient import TestClient
from sqlalchemy import update

import pipeline
from pipeline.archive.tables import schema
from pipeline.archive.tables.database import writing
from pipeline.desk.app import application
from tests.waiting import until


def test_records_of_before_are_written_anew_while_the_desk_is_open(archive: Path) -> None:
    with pipeline.open(archive) as office, writing(office.archive.engine) as connection:
        connection.execute(update(schema.letters).values(form=0))
    office = pipeline.open(archive)
    held = len(office.archive)
    assert office.older_records() == held
    with TestClient(application(office)):
        until(lambda: office.older_records() == 0)
