"""How Alembic runs here: on the connection `storage.schema_version` hands over, in its transaction."""

from alembic import context
from sqlmodel import SQLModel

import storage.tables  # noqa: F401  # registers the tables

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
