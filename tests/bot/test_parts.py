"""Measures with several responsible units, in the chat: what a unit is asked for, and what the others see."""

from datetime import timedelta

from sqlmodel import select

from emulator.chats import Seen
from storage import units
from storage.database import Database
from storage.ids import id_of
from storage.tables import Measure, MeasureUnit
from tests.bot.acting import ROUND_OPENS, Cast, cast, count, data_of, labels, press, say, values

DEL = "Det gjelder din del av tiltaket. NAV svarer for helheten."


async def _share(place: Cast, ref: str = "1.6", unit: str = "SLT-koordinator") -> None:
    """The plan names another unit beside the one that follows a measure up."""
    async with place.town.database.write() as session:
        measure = (await session.exec(select(Measure).where(Measure.ref == ref))).one()
        found = await units.by_name(session, unit)
        assert found is not None
        session.add(MeasureUnit(measure_id=id_of(measure), unit_id=id_of(found), position=9))


async def test_a_unit_answers_for_its_part_and_the_lead_sees_it(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, nav, slt, office = place.town, place.nav, place.slt, place.office
        await _share(place)
        await town.go_to(ROUND_OPENS)
        assert "    Din del av tiltaket. NAV svarer for helheten." in slt.last.text.splitlines()
        assert "Svar nå (3 tiltak)" in labels(slt.last)
        await press(town, nav, labels(nav.last)[0])
        assert "Har ikke svart for sin del ennå: SLT-koordinator" in nav.last.text
        # The part: the same statuses, a comment and "Lagre", but no new deadline.
        asked = await say(town, slt, "/status 1.6")
        assert DEL in asked.text
        assert asked.text.endswith("Hva er status for denne delen nå?")
        old = data_of(asked, "🔵 I gang")
        await press(town, slt, "🟠 Forsinket")
        assert slt.last.text.endswith("Skriv det i en melding.\nIkke skriv noe om enkeltpersoner.")
        await say(town, slt, "Venter på NAV")
        assert "Ny frist" not in labels(slt.last)
        await press(town, slt, "Lagre")
        stored = next(seen for seen in reversed(slt.messages) if seen.text.startswith("✅"))
        assert "Svaret gjelder en del av tiltaket. NAV ser det, og svarer for helheten." in stored.text
        assert await values(sqlite, "SELECT part, status FROM status_reply") == [(1, "delayed")]
        assert await count(sqlite, "status_request", "closed_because = 'answered'") == 1
        assert (await press(town, slt, data=old)).text == "Du har allerede svart på dette."
        # The lead sees it, and answers for the whole.
        question = await say(town, nav, "/status 1.6")
        assert "SLT-koordinator har svart for sin del: forsinket\nVenter på NAV" in question.text
        assert "Sist meldt" not in question.text
        shown = (await say(town, office, "/tiltak 1.6")).text
        assert "Deler av tiltaket" in shown
        assert "SLT-koordinator: Testperson SLT" in shown
        assert "Ingen har svart om dette tiltaket ennå." in shown
        assert (await say(town, office, "/frigi")).text.startswith("Én kommentar venter\n\n1.6 ")
        assert "SLT-koordinator (sin del av tiltaket): 🟠 Forsinket" in office.last.text
        assert labels(office.last) == ["Frigi", "Skriv om"]
        # A part is corrected as everything is.
        await press(town, slt, "Rett", message=stored)
        assert DEL in slt.last.text
        await press(town, slt, "🔵 I gang")
        await press(town, slt, "Lagre")
        assert await count(sqlite, "status_reply", "part AND supersedes_id IS NOT NULL") == 1


async def test_the_office_sees_missing_parts_reminds_of_them_and_writes_them_down(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, slt, office = place.town, place.slt, place.office
        await _share(place)
        await town.go_to(ROUND_OPENS)
        seen = await say(town, office, "/purr SLT-koordinator")
        assert seen.text == "Jeg sender nå påminnelser om 3 tiltak: Testperson SLT."
        pages = [(await say(town, office, "/mangler")).text]
        for page in range(1, 4):
            await press(town, office, data=f"mg:p:{page}")
            pages.append(office.last.text)
        assert "enhetens del; NAV svarer for helheten" in "\n".join(pages)
        assert "Én del av et tiltak mangler." in (await say(town, office, "/oversikt")).text
        before_approval = (await say(town, office, "/rapport 2021 godkjenn")).text
        assert "• Én del av et tiltak er ikke besvart. Send /mangler for å se den." in before_approval
        await say(town, office, "/registrer 1.6")
        assert labels(office.last) == ["NAV: hele tiltaket", "SLT-koordinator: sin del"]
        await press(town, office, "SLT-koordinator: sin del")
        assert "Det gjelder enhetens del av tiltaket. NAV svarer for helheten." in office.last.text
        await press(town, office, "🟢 Gjennomført")
        await press(town, office, "Lagre uten kommentar")
        assert await count(sqlite, "status_reply", "part AND on_behalf") == 1
        assert await count(sqlite, "status_request", "part AND closed_because = 'answered'") == 1
        # A leader of another unit cannot answer for it, and a part cannot be made of a unit that has none.
        forged = data_of(await say(town, slt, "/status 1.6"), "🔵 I gang")
        assert "hører ikke til" in (await press(town, place.nav, data=forged)).text
        *start, unit_id = forged.split(":")
        assert (await press(town, slt, data=":".join([*start, str(int(unit_id) + 1)]))).text.startswith("Dette hører")
        await say(town, place.admin, "/innstillinger deler nei")
        assert "1.6" not in (await say(town, slt, "/mine")).text


async def test_the_office_finds_the_text_of_a_part_by_its_number_rewrites_it_and_takes_it_back(
    sqlite: Database,
) -> None:
    async with cast(sqlite) as place:
        town, slt, office = place.town, place.slt, place.office
        await _share(place)
        await town.go_to(ROUND_OPENS)
        await say(town, slt, "/status 1.6")
        await press(town, slt, "🔵 I gang")
        await say(town, slt, "Vi får ikke lokale før mai")
        await press(town, slt, "Lagre")
        whole, part = await _texts_of(place, "1.6")
        assert "Det siste svaret har ingen kommentar å frigi." in whole.text
        assert "SLT-koordinator, for sin del:\nEnheten skrev: «Vi får ikke lokale før mai»" in part.text
        assert labels(part) == ["Frigi", "Skriv om"]
        await press(town, office, "Skriv om", message=part)
        assert "(en enhets del av tiltaket)" in part.text
        await say(town, office, "Kurset er utsatt.")
        assert await values(sqlite, "SELECT text FROM report_text") == [("Kurset er utsatt.",)]
        assert await values(sqlite, "SELECT comment FROM status_reply") == [("Vi får ikke lokale før mai",)]
        _, part = await _texts_of(place, "1.6")
        assert "skrev rapportteksten «Kurset er utsatt.»" in part.text
        await press(town, office, "Trekk tilbake", message=part)
        assert await count(sqlite, "report_text") == 0


async def _texts_of(place: Cast, ref: str) -> list[Seen]:
    """What the office sees of the report texts of a measure, a message each."""
    before = len(place.office.messages)
    await say(place.town, place.office, f"/frigi {ref}")
    return list(place.office.messages[before + 1 :])  # the command itself aside


async def test_an_admin_says_in_a_line_which_units_are_in_it_and_they_are_asked(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, admin, slt = place.town, place.admin, place.slt
        await town.go_to(ROUND_OPENS)
        seen = await say(town, admin, "/tiltak endre 1.6 enheter: SLT-koordinator og Rådmannen")
        assert seen.text.endswith("Enheter som er med: NAV → NAV, SLT-koordinator, Rådmannen")  # NAV follows it up
        await town.go_to(ROUND_OPENS + timedelta(days=1))
        asked = await say(town, slt, "/status 1.6")
        assert DEL in asked.text
        assert (
            "• Enheter som er med: NAV → NAV, SLT-koordinator, Rådmannen" in (await say(town, admin, "/logg 1.6")).text
        )
        await say(town, admin, "/tiltak endre 1.6 enheter: NAV")
        assert await count(sqlite, "status_request", "part AND closed_at IS NULL") == 0
        await say(town, admin, "/tiltak endre 1.6 enheter: Speiderne")
        assert admin.last.text.startswith("Jeg kjenner ingen enhet som heter «Speiderne». Ingenting er endret.")
        await say(town, admin, "/tiltak endre 1.6")
        await press(town, admin, "Enheter som er med")
        await say(town, admin, "NAV, SLT-koordinator")
        assert "Enheter som er med: NAV → NAV, SLT-koordinator" in admin.last.text
        await press(town, admin, "Ja, gjør det")
        assert await count(sqlite, "measure_unit", "measure_id = (SELECT id FROM measure WHERE ref = '1.6')") == 2
