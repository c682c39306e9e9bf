"""Approving a report in chat: shown first, frozen by a button, served as it was, and corrected in a new version."""

from dataclasses import dataclass

import pytest

from emulator.chats import Seen
from report import pdf
from storage.database import Database
from tests.bot.acting import ROUND_OPENS, Cast, cast, count, labels, press, say, values
from tests.bot.test_proposals import propose

STEM = "rusmiddelpolitisk-handlingsplan-2020-2024-2021"


@dataclass
class Desk:
    """The office at work with the report of 2021."""

    place: Cast

    async def send(self, words: str) -> list[Seen]:
        """What the bot says after some words."""
        before = len(self.place.office.messages) + 1
        await say(self.place.town, self.place.office, words)
        return self.place.office.messages[before:]

    async def files(self, words: str) -> dict[str, bytes]:
        """The documents that come after some words, by name."""
        return {seen.file_name: seen.document or b"" for seen in await self.send(words) if seen.file_name}

    async def approve(self, number: int = 1) -> list[Seen]:
        """Ask for the approval, and press the button."""
        await self.send("/rapport 2021 godkjenn")
        before = len(self.place.office.messages)
        await press(self.place.town, self.place.office, f"Godkjenn versjon {number}")
        return self.place.office.messages[before:]

    async def answer(self, status: str = "i gang: Kurset er holdt") -> None:
        await say(self.place.town, self.place.office, f"/registrer 1.6 {status}")
        await press(self.place.town, self.place.office, "Lagre")

    async def rename_everything(self) -> None:
        async with self.place.town.database.write() as session:
            connection = await session.connection()
            for statement in (
                "UPDATE unit SET name = 'Omdøpt ' || id, key = 'omdopt ' || id",
                "UPDATE goal SET title = 'Omdøpt mål ' || id",
                "UPDATE measure SET title = 'Omdøpt tiltak ' || id",
                "UPDATE person SET name = 'Omdøpt Testperson ' || id",
                "UPDATE plan SET title = 'Omdøpt plan'",
            ):
                await connection.exec_driver_sql(statement)


async def test_what_is_missing_is_shown_before_a_report_is_approved_and_the_documents_come_after_it(
    sqlite: Database,
) -> None:
    async with cast(sqlite) as place:
        desk = Desk(place)
        await place.town.go_to(ROUND_OPENS)
        (shown,) = await desk.send("/rapport 2021 godkjenn")
        assert shown.text == (
            "Statusrapport 2021 for Rusmiddelpolitisk handlingsplan, versjon 1\n\n"
            "Se på dette før du godkjenner:\n"
            "• 11 tiltak er ikke besvart. Send /mangler for å se dem.\n"
            "• Ett tiltak er det ikke spurt om: 1.4. Send /tiltak og nummeret for å se det.\n"
            "• Møtedatoen 3. mai 2021 er foreløpig. Send /runde for å sette den riktige.\n"
            "• Kontoret har ikke skrevet noe sammendrag. Rapporten får bare tallene. Send /tekst for å skrive et.\n"
            "• Kontoret har ikke skrevet noen vurdering. Rapporten får ikke den delen.\n"
            "• Kontoret har ikke skrevet noe forslag til vedtak. Rapporten får det vanlige forslaget.\n\n"
            "Når du godkjenner, låses rapporten slik den er. Skal noe rettes senere, blir det en ny versjon."
        )
        assert labels(shown) == ["PDF", "Word", "Godkjenn versjon 1"]
        said = await desk.approve()
        assert "for Rusmiddelpolitisk handlingsplan, versjon 1, 15.03.2021 kl. 09.00." in said[0].text
        assert [seen.file_name for seen in said[1:5]] == [
            f"{STEM}-v1.{form}" for form in ("docx", "pdf", "html", "xlsx")
        ]
        [(state, by, digest)] = await values(sqlite, "SELECT state, approved_by_id, digest FROM report")
        assert (state, by) == ("approved", 2)
        assert str(digest) in said[0].text
        assert await count(sqlite, "audit_log", "action = 'approved' AND subject = 'report' AND person_id = 2") == 1
        page = next(seen.document or b"" for seen in said if (seen.file_name or "").endswith("html")).decode()
        assert "Versjon 1, godkjent 15. mars 2021" in page
        assert str(digest) in page


async def test_renaming_everything_changes_no_byte_of_an_approved_pdf_and_page_and_no_word_of_the_rest(
    sqlite: Database,
) -> None:
    async with cast(sqlite) as place:
        desk = Desk(place)
        await place.town.go_to(ROUND_OPENS)
        await desk.answer()
        await desk.approve()
        before = await desk.files("/rapport 2021 alle")
        assert len(before) == 5
        await desk.rename_everything()
        assert await desk.files("/rapport 2021 alle") == before
        told = (await desk.send("/rapport 2021 pdf"))[0].text
        assert "versjon 1, godkjent 15.03.2021" in told
        assert "Kontoret kan sende /rapport 2021 rettelse" in told


async def test_what_is_served_are_the_stored_bytes_whatever_the_program_would_make_today(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with cast(sqlite) as place:
        desk = Desk(place)
        await place.town.go_to(ROUND_OPENS)
        await desk.approve()
        before = await desk.files("/rapport 2021 pdf")
        monkeypatch.setattr(pdf, "LAYOUT", "no such layout")
        assert await desk.files("/rapport 2021 pdf") == before


async def test_a_draft_that_changed_since_it_was_shown_is_not_approved_and_shown_anew(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        desk = Desk(place)
        await place.town.go_to(ROUND_OPENS)
        (shown,) = await desk.send("/rapport 2021 godkjenn")
        await desk.answer()
        await press(place.town, place.office, "Godkjenn versjon 1", message=shown)
        assert place.office.last.text.startswith("⚠️ Noe er endret siden du så utkastet, så det er ikke godkjent.")
        assert "10 tiltak er ikke besvart" in place.office.last.text
        assert await count(sqlite, "report", "state = 'approved'") == 0
        await press(place.town, place.office, "Godkjenn versjon 2")
        assert await values(sqlite, "SELECT version FROM report WHERE state = 'approved'") == [(2,)]
        # What was shown first is older now.
        await press(place.town, place.office, "Godkjenn versjon 1", message=shown)
        assert "Versjon 1 kan ikke godkjennes, for det finnes en nyere: versjon 2" in place.office.last.text


async def test_a_second_approval_says_who_has_approved_and_when(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        desk = Desk(place)
        await place.town.go_to(ROUND_OPENS)
        (shown,) = await desk.send("/rapport 2021 godkjenn")
        await desk.approve()
        told = "versjon 1, ble godkjent 15.03.2021 kl. 09.00 av Testperson Kontor. Rapporten er låst."
        await press(place.town, place.office, "Godkjenn versjon 1", message=shown)
        assert told in place.office.last.text
        (again,) = await desk.send("/rapport 2021 godkjenn")
        assert told in again.text
        assert labels(again) == ["Lag en rettelse"]
        assert await count(sqlite, "report_document") == 2


async def test_a_correction_is_a_new_version_that_says_what_changed_and_is_approved_as_the_first_was(
    sqlite: Database,
) -> None:
    async with cast(sqlite) as place:
        desk = Desk(place)
        await place.town.go_to(ROUND_OPENS)
        await desk.approve()
        (nothing,) = await desk.send("/rapport 2021 rettelse")
        assert nothing.text.startswith("Ingenting er endret siden versjon 1 ble godkjent.")
        await desk.answer("gjennomført: Kurset er holdt")
        (shown,) = await desk.send("/rapport rettelse 2021")
        assert "Dette utkastet retter versjon 1, som er godkjent. Dette er endret:" in shown.text
        assert "• Tiltak 1.6 (" in shown.text
        assert "Statusen er nå «Gjennomført»." in shown.text
        assert "versjon 1, godkjent" in (await desk.send("/rapport 2021 html"))[0].text
        await press(place.town, place.office, "Godkjenn versjon 2", message=shown)
        files = await desk.files("/rapport 2021 html")
        page = files[f"{STEM}-v2.html"].decode()
        assert "Denne versjonen retter versjon 1, som ble godkjent 15. mars 2021" in page
        assert "Statusen er nå «Gjennomført»." in page
        (told, *_rest) = await desk.send("/rapport 2021 html")
        assert "Godkjent 1, 15. mars 2021" in labels(told)


async def test_what_is_proposed_and_not_decided_is_shown_before_the_approval(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        desk = Desk(place)
        await place.town.go_to(ROUND_OPENS)
        await say(place.town, place.nav, "/status 1.6")
        await press(place.town, place.nav, "⚫ Utgår")
        await say(place.town, place.nav, "Tilbudet er lagt ned")
        await press(place.town, place.nav, "Lagre")
        (shown,) = await desk.send("/rapport 2021 godkjenn")
        assert "• Ett forslag fra en enhet er ikke avgjort. Send /forslag." in shown.text


async def test_only_the_office_approves(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await place.town.go_to(ROUND_OPENS)
        await say(place.town, place.admin, "/rapport 2021")
        told = next(seen for seen in reversed(place.admin.messages) if seen.buttons)
        assert "Til godkjenning" not in labels(told)
        await say(place.town, place.admin, "/rapport 2021 godkjenn")
        assert place.admin.last.text.startswith("Du har ikke tilgang til /rapport godkjenn.")
        for forged in ("ra:ok:1", "rp:a:1:2021"):
            answer = await press(place.town, place.admin, data=forged)
            assert answer.text == "Dette hører ikke til din rolle eller din enhet. Ingenting er endret."
        for forged in ("ra:ok:99", "ra:ok:x", "ra:sh:9:2021", "ra:zz:1:2021"):
            assert "gjelder ikke lenger" in (await press(place.town, place.office, data=forged)).text
        assert await count(sqlite, "report", "state = 'approved'") == 0


async def test_a_report_that_cannot_be_printed_is_not_approved(
    sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with cast(sqlite) as place:
        desk = Desk(place)
        await place.town.go_to(ROUND_OPENS)
        monkeypatch.setattr(pdf, "LAYOUT", "no such layout")
        said = await desk.approve()
        assert said[-1].text.startswith("Rapporten kunne ikke lages som PDF og nettside, så den er ikke godkjent.")
        assert await count(sqlite, "report", "state = 'approved'") == 0


async def test_a_report_is_approved_where_a_measure_has_got_a_deadline_that_had_none_in_the_plan(
    sqlite: Database,
) -> None:
    async with cast(sqlite) as place:
        desk = Desk(place)
        async with sqlite.write() as session:
            connection = await session.connection()
            await connection.exec_driver_sql("UPDATE measure SET deadline_text = '' WHERE ref = '1.6'")
        await place.town.go_to(ROUND_OPENS)
        await propose(place, place.nav, "1.6", "våren 2024")
        await desk.send("/forslag")
        await press(place.town, place.office, "Godkjenn")
        said = await desk.approve()
        assert [seen.file_name for seen in said if seen.file_name][:2] == [f"{STEM}-v1.docx", f"{STEM}-v1.pdf"]
        page = next(seen.document or b"" for seen in said if (seen.file_name or "").endswith("html")).decode()
        assert "Fristen i planen var: Ikke oppgitt" in page
