"""A municipality's own Word template is used from when it is installed until it is taken back, and never lost."""

from datetime import timedelta

from storage import word_templates
from storage.audit import COMMAND_LINE
from storage.database import Database
from tests.storage.rows import AT

LATER, LATEST = AT + timedelta(days=1), AT + timedelta(days=2)


async def test_the_last_installed_is_in_use_each_for_its_language(database: Database) -> None:
    async with database.write() as session:
        assert await word_templates.in_use(session, "nb") is None
        await word_templates.install(session, "nb", "a.docx", b"first", actor=COMMAND_LINE, at=AT)
        await word_templates.install(session, "nb", "b.docx", b"second", actor=COMMAND_LINE, at=LATER)
    async with database.read() as session:
        found = await word_templates.in_use(session, "nb")
        assert found is not None
        assert (found.content, found.name) == (b"second", "b.docx")
        assert await word_templates.in_use(session, "nn") is None


async def test_what_was_in_use_at_a_time_is_found_again(database: Database) -> None:
    async with database.write() as session:
        await word_templates.install(session, "nb", "a.docx", b"first", actor=COMMAND_LINE, at=AT)
        await word_templates.install(session, "nb", "b.docx", b"second", actor=COMMAND_LINE, at=LATER)
        assert await word_templates.take_back(session, "nb", actor=COMMAND_LINE, at=LATEST)
        assert not await word_templates.take_back(session, "nb", actor=COMMAND_LINE, at=LATEST)
    async with database.read() as session:
        assert await word_templates.in_use(session, "nb", AT - timedelta(seconds=1)) is None
        for at, content in ((AT, b"first"), (LATER, b"second")):
            found = await word_templates.in_use(session, "nb", at)
            assert found is not None
            assert found.content == content
        assert await word_templates.in_use(session, "nb", LATEST) is None
        assert await word_templates.in_use(session, "nb") is None


async def test_the_same_template_again_is_no_other(database: Database) -> None:
    async with database.write() as session:
        first = await word_templates.install(session, "nb", "a.docx", b"same", actor=COMMAND_LINE, at=AT)
        again = await word_templates.install(session, "nb", "b.docx", b"same", actor=COMMAND_LINE, at=LATER)
        assert again.id == first.id
