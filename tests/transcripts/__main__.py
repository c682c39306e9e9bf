"""`python -m tests.transcripts`: write the conversations down anew, to be read before they are committed."""

import asyncio
import tempfile
from pathlib import Path

from storage.database import open_database
from storage.schema_version import upgrade
from tests.catalogues import LANGUAGES
from tests.transcripts.story import told

HOME = Path(__file__).parent


async def main() -> None:
    """Write every conversation in every language."""
    for language in ("nb", *LANGUAGES):
        with tempfile.TemporaryDirectory() as folder:
            database = open_database(f"sqlite:///{folder}/story.db")
            await upgrade(database)
            async for name, text in told(database, language):
                file = HOME / language / f"{name}.txt"
                file.parent.mkdir(exist_ok=True)
                file.write_text(text, encoding="utf-8")
            await database.close()


if __name__ == "__main__":
    asyncio.run(main())
