"""Stored reports as files for the chat."""

import asyncio

from report.formats import file_name, render
from report.snapshot import Snapshot
from storage import reports
from storage.database import Database


class Documents:
    """Makes files of stored snapshots, beside the event loop: a PDF takes a while."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def file(self, report_id: int, form: str) -> tuple[str, bytes]:
        """The name and content of a report in a format. Raises `LookupError` for a report that is not there."""
        async with self.database.read() as session:
            stored = await reports.by_id(session, report_id)
        if stored is None:
            raise LookupError(f"no report {report_id}")
        snapshot = Snapshot.model_validate_json(stored.snapshot)
        return file_name(snapshot, form), await asyncio.to_thread(render, snapshot, form)
