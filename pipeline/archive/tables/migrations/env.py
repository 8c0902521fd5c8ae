"""Called by Alembic: run the steps on the connection that `pipeline.archive.tables.database` hands over."""

from __future__ import annotations

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=None, transactional_ddl=True, render_as_batch=True)
context.run_migrations()
