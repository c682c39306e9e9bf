"""What the office and the units write for a report: kept, internal until it is released, and in every document."""

from storage.database import Database
from tests.bot.acting import ROUND_OPENS, cast, count, labels, press, say, values

TEXTS = "SELECT kind, text FROM written_text ORDER BY id"


async def test_the_office_writes_its_texts_in_lines_and_dialogues_and_the_report_has_them(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, office = place.town, place.office
        await town.go_to(ROUND_OPENS)
        await say(town, office, "/tekst")
        assert office.last.text == (
            "Tekster til statusrapport 2021 for Rusmiddelpolitisk handlingsplan\n\n"
            "Sammendrag\nIkke skrevet.\n\nVurdering\nIkke skrevet.\n\nForslag til vedtak\nIkke skrevet.\n\n"
            "Ingen enheter har skrevet om sin del."
        )
        await press(town, office, "Skriv vurdering")
        assert "Skriv vurderingen i en melding." in office.last.text
        await say(town, office, "Arbeidet går bra.\n\nTo tiltak trenger mer tid.")
        assert office.last.text.startswith("✅ Vurdering til statusrapport 2021 for")
        await say(town, office, "/tekst rus 2021 sammendrag: Det meste er i gang.\nEtt tiltak er ferdig.")
        await say(town, office, "/tekst vedtak: Saken tas til orientering.")
        await say(town, office, "/rapport 2021 html")
        page = (office.last.document or b"").decode()
        for wanted in (
            "Det meste er i gang.",
            "Ett tiltak er ferdig.",
            "Arbeidet går bra.",
            "To tiltak trenger mer tid.",
        ):
            assert wanted in page
        assert "<li>Saken tas til orientering.</li>" in page
        await say(town, office, "/rapport 2021 godkjenn")
        assert "Kontoret har ikke skrevet" not in office.last.text


async def test_a_text_is_replaced_and_taken_back_and_every_version_is_kept(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, office = place.town, place.office
        await say(town, office, "/tekst 2021 vurdering: Første")
        first = office.last
        await say(town, office, "/tekst 2021 vurdering")
        assert "Slik er teksten nå:\nFørste" in office.last.text
        await say(town, office, "Andre")
        second = office.last
        replaced = await press(town, office, "Fjern teksten", message=first)
        assert replaced.text.startswith("Teksten er endret siden dette kom.")
        await press(town, office, "Fjern teksten", message=second)
        assert any(seen.text.endswith("er fjernet.") for seen in office.messages)
        assert await values(sqlite, TEXTS) == [("assessment", "Første"), ("assessment", "Andre"), ("assessment", None)]
        await say(town, office, "/tekst 2021")
        assert "Vurdering\nIkke skrevet." in office.last.text
        log = await values(sqlite, "SELECT action, person_id, after FROM audit_log WHERE subject = 'written_text'")
        assert [row[0] for row in log] == ["written", "written", "withdrawn"]
        assert not [row for row in log if "Første" in str(row[2])]


async def test_a_summary_has_five_lines_at_most_and_a_text_without_a_kind_is_asked_about(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await say(place.town, place.office, "/tekst 2021 sammendrag: " + "\n".join("abcdef"))
        assert place.office.last.text.startswith("Sammendraget har 6 linjer, og det er plass til 5.")
        await say(place.town, place.office, "/tekst 2021: Hva er dette?")
        assert place.office.last.text.startswith("Hva skal stå i teksten?")
        await say(place.town, place.office, "/tekst finnesikke vurdering: Hei")
        assert "Jeg finner ingen plan som heter «finnesikke»" in place.office.last.text
        assert await count(sqlite, "written_text") == 0


async def test_a_units_paragraph_is_internal_until_the_office_releases_it_or_rewrites_it(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, office, nav = place.town, place.office, place.nav
        await town.go_to(ROUND_OPENS)
        await say(town, nav, "/avsnitt")
        assert "Skriv om enhetens del av planen i en melding." in nav.last.text
        await say(town, nav, "Vi har fått to nye stillinger.")
        assert nav.last.text.endswith("Kontoret leser teksten før den kommer med i rapporten.")

        async def page() -> str:
            await say(town, office, "/rapport 2021 html")
            return (office.last.document or b"").decode()

        assert "to nye stillinger" not in await page()
        await say(town, office, "/rapport 2021 godkjenn")
        assert "Én enhet har skrevet en tekst som ikke er frigitt. Send /tekst." in office.last.text
        await say(town, office, "/tekst")
        assert "Tekst fra NAV (intern til du frigir den)\nVi har fått to nye stillinger." in office.last.text
        await press(town, office, "Frigi NAV")
        assert "Tekst fra NAV (frigitt)" in office.last.text
        assert "Vi har fått to nye stillinger." in await page()
        # What the unit writes anew is internal again, and what was released stands until that is.
        await say(town, nav, "/avsnitt 2021: Vi har fått tre nye stillinger.")
        assert "to nye stillinger" in await page()
        await say(town, office, "/tekst")
        await press(town, office, "Skriv om NAV")
        await say(town, office, "NAV har fått tre nye stillinger.")
        assert "NAV har fått tre nye stillinger." in await page()
        assert [row[1] for row in await values(sqlite, TEXTS)] == [
            "Vi har fått to nye stillinger.",
            "Vi har fått tre nye stillinger.",
            "NAV har fått tre nye stillinger.",
        ]
        await say(town, office, "/tekst")
        await press(town, office, "Skriv om NAV")
        await press(town, office, "Fjern teksten")
        assert "nye stillinger" not in await page()


async def test_nobody_writes_for_a_unit_that_is_not_theirs(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await say(place.town, place.nav, "/avsnitt 2021: Fra NAV")
        taken = next(button for row in place.nav.last.buttons for button in row if "Fjern" in button.text)
        answer = await press(place.town, place.slt, data=taken.data)
        assert answer.text == "Dette hører ikke til din rolle eller din enhet. Ingenting er endret."
        for forged in ("av:u:1:2021:99", "av:x:99", "av:zz:1"):
            assert "gjelder ikke lenger" in (await press(place.town, place.slt, data=forged)).text
        for forged in ("te:w:1:2021:9", "te:r:99", "te:v:9:2021"):
            assert "gjelder ikke lenger" in (await press(place.town, place.office, data=forged)).text
        assert await values(sqlite, TEXTS) == [("unit", "Fra NAV")]
        assert labels(place.nav.last) == ["Fjern teksten"]


async def test_a_text_after_the_approval_waits_for_a_correction(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, office = place.town, place.office
        await town.go_to(ROUND_OPENS)
        await say(town, office, "/rapport 2021 godkjenn")
        await press(town, office, "Godkjenn versjon 1")
        await say(town, office, "/tekst 2021 vurdering: Vi er på vei.")
        assert "Rapporten er allerede godkjent. Teksten kommer med når kontoret sender" in office.last.text
        await say(town, office, "/rapport 2021 rettelse")
        assert "• Vurderingen er kommet til." in office.last.text
