"""The Word draft of a report that is sent back in chat: what it says otherwise is shown, and stored after a yes."""

from io import BytesIO
from typing import Any

import pytest
from docx import Document

from emulator import Person
from report.draft_fields import ASSESSMENT, SUMMARY, measure_tag
from storage.database import Database
from tests.bot.acting import ROUND_OPENS, Cast, cast, count, labels, press, say, values
from tests.bot.test_approval import STEM, Desk
from tests.bot.word_drafts import received, written_in


async def _draft(place: Cast, number: int = 1) -> bytes:
    """The Word draft as the office gets it."""
    await say(place.town, place.office, "/rapport 2021 word")
    return received(place.office, f"{STEM}-v{number}.docx")


async def _send(place: Cast, person: Person, content: bytes, name: str = f"{STEM}-v1.docx") -> str:
    """Send a file; what the bot says last."""
    await person.send_document(name, content)
    await place.town.settle()
    return person.last.text


async def test_what_the_office_wrote_in_word_is_shown_and_stored_after_a_yes(database: Database) -> None:
    async with cast(database) as place:
        await place.town.go_to(ROUND_OPENS)
        await Desk(place).answer()
        draft = written_in(await _draft(place), ASSESSMENT, "Det går bra.", "Mye gjenstår.")
        draft = written_in(draft, measure_tag("1.6"), "Kurset er holdt for alle.")
        assert await _send(place, place.office, draft, f"{STEM}-v1 (2).docx") == (
            "Statusrapport 2021 for Rusmiddelpolitisk handlingsplan, utkast 1\n\n"
            "2 tekster i filen er andre enn dem som er lagret:\n\n"
            "Vurdering\nNå: ingen tekst\nI filen: Det går bra.\n\nMye gjenstår.\n\n"
            "Rapporttekst 1.6\nNå: ingen tekst\nI filen: Kurset er holdt for alle."
        )
        assert labels(place.office.last) == ["Lagre 2 tekster", "Ikke lagre"]
        assert await count(database, "written_text") == await count(database, "report_text") == 0
        shown = place.office.last
        await press(place.town, place.office, "Lagre 2 tekster")
        assert shown.text.startswith("✅ 2 tekster er lagret i statusrapport 2021")
        assert await values(database, "SELECT kind, text, author_id FROM written_text") == [
            ("assessment", "Det går bra.\n\nMye gjenstår.", 2)
        ]
        assert await values(database, "SELECT text FROM report_text") == [("Kurset er holdt for alle.",)]
        again = await press(place.town, place.office, data="tb:ok:1", message=shown)
        assert "Send filen på nytt" in again.text
        assert await count(database, "written_text") == 1
        assert "Filen sier det samme" in await _send(place, place.office, draft)


async def test_what_was_changed_here_meanwhile_stands_and_the_rest_is_stored(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await place.town.go_to(ROUND_OPENS)
        draft = written_in(await _draft(place), ASSESSMENT, "Fra Word.")
        draft = written_in(draft, SUMMARY, *"123456")
        await say(place.town, place.office, "/tekst 2021 vedtak: Tas til orientering.")
        await _draft(place, 2)
        said = await _send(place, place.office, draft)
        assert "Filen er utkast 1, og nå finnes utkast 2." in said
        assert "Sammendraget har 6 linjer" in said
        await say(place.town, place.office, "/tekst 2021 vurdering: Fra chatten.")
        said = await _send(place, place.office, draft)
        assert "Dette er endret her siden utkastet ble laget, og blir ikke lagret fra filen: Vurdering." in said
        assert labels(place.office.last) == []
        assert ("Fra Word.",) not in await values(sqlite, "SELECT text FROM written_text")


async def test_what_is_not_stored_is_left(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await place.town.go_to(ROUND_OPENS)
        await _send(place, place.office, written_in(await _draft(place), ASSESSMENT, "Fra Word."))
        shown = place.office.last
        await press(place.town, place.office, "Ikke lagre")
        assert shown.text == "Ingenting fra filen er lagret."
        assert await count(sqlite, "written_text") == 0


async def test_others_than_the_office_are_refused_in_a_sentence(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await place.town.go_to(ROUND_OPENS)
        draft = written_in(await _draft(place), ASSESSMENT, "Fra Word.")
        for person in (place.admin, place.nav):
            assert await _send(place, person, draft) == (
                "Det er bare kontoret som kan sende tilbake utkastet til en rapport. Gi filen til noen på kontoret."
            )
        assert await count(sqlite, "dialogue", "kind = 'read_back'") == await count(sqlite, "attachment") == 0


def _another_document() -> bytes:
    document: Any = Document()
    document.add_paragraph("Et notat")
    target = BytesIO()
    document.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (_another_document(), "er ikke et utkast jeg har laget. Send /rapport for å få et"),
        (b"PK\x03\x04 og ikke mer", "kan ikke leses som et Word-dokument"),
    ],
)
async def test_a_word_file_that_is_no_draft_of_ours_is_said_to_be_none(
    sqlite: Database, content: bytes, said: str
) -> None:
    async with cast(sqlite) as place:
        assert said in await _send(place, place.office, content, "notat.docx")


async def test_a_report_that_has_been_approved_takes_no_texts_from_its_draft_or_from_itself(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await place.town.go_to(ROUND_OPENS)
        draft = written_in(await _draft(place), ASSESSMENT, "For sent.")
        await Desk(place).approve()
        approved = received(place.office, f"{STEM}-v1.docx")
        assert approved != draft
        for content in (draft, approved):
            assert await _send(place, place.office, content) == (
                "Statusrapporten for 2021 er godkjent (versjon 1), så jeg lagrer ikke noe fra denne filen. "
                "Skal noe rettes, send /rapport 2021 rettelse, og skriv i det utkastet."
            )
        assert await count(sqlite, "written_text") == 0


async def test_a_draft_with_an_identity_number_is_deleted_and_not_stored(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await place.town.go_to(ROUND_OPENS)
        draft = written_in(await _draft(place), ASSESSMENT, "Gjelder 01810012311 i år.")
        assert "har et fødselsnummer i en tekst" in await _send(place, place.office, draft)
        assert all(seen.document != draft for seen in place.office.messages)
        assert await count(sqlite, "dialogue") == 0
