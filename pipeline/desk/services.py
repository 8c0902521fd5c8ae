"""What the desk holds while it is open: an office, the entrance, what is done beside the requests, and the renderer of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request

from pipeline.archive.tables.database import Changes
from pipeline.desk.access.entrance import Entrance
from pipeline.desk.jobs.answer_cache import AnswerCache
from pipeline.desk.jobs.batches import Uploads
from pipeline.desk.jobs.province_trace import ProvinceTraces
from pipeline.desk.jobs.upkeep import Jobs

if TYPE_CHECKING:
    from pipeline.desk.view.page_images import Renderer
    from pipeline.office import Office


class Desk:
    """An office at the web: what each route is handed."""

    def __init__(self, office: Office, entrance: Entrance) -> None:
        self.office, self.entrance = office, entrance
        self.uploads = Uploads(office)
        self.jobs = Jobs(office, self.uploads.sweep)
        self.changes = Changes(office.archive.engine)
        self.answers = AnswerCache(self.changes)
        self.province_traces = ProvinceTraces(office, self.changes)
        self._renderer: Renderer | None = None

    @property
    def renderer(self) -> Renderer:
        """The process that draws pages, started when the first is asked for."""
        if self._renderer is None:
            from pipeline.desk.view.page_images import Renderer

            self._renderer = Renderer()
        return self._renderer

    def close(self) -> None:
        """Let go of all."""
        self.uploads.close()
        self.province_traces.close()
        self.changes.close()
        if self._renderer is not None:
            self._renderer.close()
        self.office.close()


def desk_of(request: Request) -> Desk:
    """The desk that answers."""
    desk: Desk = request.app.state.desk
    return desk


TheDesk = Annotated[Desk, Depends(desk_of)]
