"""What the scheduler's tests share: a desk on each kind of database."""

import pytest

from storage.database import Database
from tests.scheduler.desk import Desk


@pytest.fixture
def desk(database: Database) -> Desk:
    """A municipality without plans, units or people."""
    return Desk(database)
