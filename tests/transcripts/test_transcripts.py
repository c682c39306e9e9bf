"""The usual conversations read as they were last read by somebody, in every language."""

from pathlib import Path

import pytest

from storage.database import Database
from tests.catalogues import LANGUAGES
from tests.transcripts.story import CONVERSATIONS, told

HOME = Path(__file__).parent


@pytest.mark.parametrize("language", ["nb", *LANGUAGES])
async def test_the_usual_conversations_read_as_they_are_written_down(sqlite: Database, language: str) -> None:
    async for name, text in told(sqlite, language):
        kept = (HOME / language / f"{name}.txt").read_text(encoding="utf-8")
        assert text == kept, f"{language}/{name}: read it, and if it is better, `make transcripts` keeps it"


def test_every_conversation_is_kept_in_every_language() -> None:
    names = {conversation.__name__ for conversation in CONVERSATIONS}
    for language in ("nb", *LANGUAGES):
        assert {file.stem for file in (HOME / language).glob("*.txt")} == names
