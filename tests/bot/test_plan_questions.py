"""Every kind of question about a plan document, answered in every way there is, in the chat."""

from datetime import timedelta

from emulator import Person
from plan.cost import AmountWarning
from plan.deadline import parse
from plan.draft import CostKind, CostLine, Draft, Measure, Unit
from storage.database import Database
from tests.bot.acting import count, data_of, labels, press, say, values
from tests.bot.test_plan_import import admin_of, send, set_units
from tests.bot.test_worker import another
from tests.town import Town, town

NAV, CULTURE = "NAV", "Oppvekst og kultur"


def measure(ref: str, title: str, *units: str, warnings: tuple[str, ...] = (), **values: object) -> Measure:
    phrase = values.pop("phrase", None)
    assert phrase is None or isinstance(phrase, str)
    said = values.pop("responsible", ", ".join(units) or None)
    return Measure.model_validate(
        {
            "ref": ref,
            "title": title,
            "units": units,
            "responsible": said,
            "deadline": parse(phrase),
            "warnings": warnings,
            **values,
        }
    )


def cost(amount: int | None, text: str) -> tuple[CostLine, ...]:
    return (CostLine(kind=CostKind.SPENDING, amount_nok=amount, text=text),)


# One doubt of each kind.
DRAFT = Draft(
    title="ark 1",
    warnings=("no_title",),
    units=(Unit(name=NAV), Unit(name=CULTURE), Unit(name="HeRe")),
    measures=(
        measure("1", "Innledning", NAV, warnings=("only_title",)),
        measure("2", "Møter", NAV),
        measure("3", "Møter", NAV),
        measure("4", "Kurs", NAV, warnings=("ref_mended",)),
        measure("5", "Brosjyre", "HeRe"),
        measure("6", "Nettside", responsible="Alle som kan", warnings=("responsible_unclear",)),
        measure("7", "Turdag", warnings=("responsible_missing",)),
        measure("8", "Evaluering", NAV, phrase="en gang snart"),
        measure("9", "Kampanje", NAV, phrase="31. februar 2022"),
        measure("10", "Lokaler", NAV, costs=cost(None, "5 000-9 000"), warnings=(AmountWarning.RANGE,)),
        measure("11", "Utstyr", NAV, costs=cost(1400, "1.4"), warnings=(AmountWarning.AMBIGUOUS,)),
        measure("12", "Skolebesøk", NAV, CULTURE),
    ),
)


def reads(place: Town, draft: Draft) -> None:
    """Every file that is sent is this draft."""
    place.service.worker.plan_files._read = lambda _name, _content: draft


async def begun(place: Town, draft: Draft = DRAFT) -> Person:
    admin = await admin_of(place)
    await set_units(place, NAV, CULTURE, "Helse og rehabilitering")
    await send_again(place, admin, draft)
    return admin


async def send_again(place: Town, admin: Person, draft: Draft) -> None:
    reads(place, draft)
    await send(place, admin, b"x", "ark 1.xlsx")


async def answer(place: Town, admin: Person, asked: str, *answers: str) -> None:
    """See that this is asked, and answer by the buttons and words: a word that is a button is pressed."""
    assert asked in admin.last.text, admin.last.text
    for words in answers:
        if words in labels(admin.last):
            await press(place, admin, words)
        else:
            await say(place, admin, words)


async def test_every_kind_of_question_is_answered_and_stored(database: Database) -> None:
    async with town(database) as place:
        admin = await begun(place)
        await press(place, admin, "Gå gjennom 13 spørsmål")
        await answer(place, admin, "Hva heter planen?", "Rusplanen")
        await answer(place, admin, "✅ Rusplanen", "Neste")
        await answer(place, admin, "Hvilke år gjelder planen?", "snart")
        await answer(place, admin, "Jeg finner ikke to årstall i «snart»", "2021-2024", "Neste")
        await answer(place, admin, "Her står bare en tittel", "Utelat")
        await answer(place, admin, "Samme tekst står også som 2.", "Ta med")
        await answer(place, admin, "Stemmer nummeret?", "2")
        await answer(place, admin, "Et annet tiltak i planen har nummer 2", "4.1", "Neste")
        await answer(place, admin, "Hvilken enhet er HeRe?", "Samme som Helse og rehabilitering")
        await answer(place, admin, "Planen sier dette om ansvar: «Alle som kan».", NAV)
        await answer(place, admin, "Planen sier ikke hvem som har ansvaret.", "Frivilligsentralen")
        await answer(place, admin, "Fristen i planen: «en gang snart».", "snart igjen")
        await answer(place, admin, "Jeg finner ikke noe klart tidspunkt i «snart igjen»", "i planperioden")
        await answer(place, admin, "«i planperioden» → 31. desember 2024", "Neste")
        await answer(place, admin, "Den har en dato som ikke finnes.", "Behold uten dato")
        await answer(place, admin, "Beløpet er oppgitt som «fra–til».", "mye")
        await answer(place, admin, "Jeg finner ikke ett bestemt beløp i «mye»", "7000", "Neste")
        await answer(place, admin, "Tallet kan leses på to måter.", "Behold bare teksten")
        await answer(place, admin, "Planen nevner flere som ansvarlige", CULTURE)
        assert "Utelatt: 1\nNye enheter: Frivilligsentralen\nUten en sikker frist: 9" in admin.last.text
        place.service = another(place)
        await press(place, admin, "Importer")
        assert "<" not in admin.last.text
        assert await values(database, "SELECT title, first_year, last_year FROM plan") == [("Rusplanen", 2021, 2024)]
        rows = await values(
            database, "SELECT m.ref, u.name FROM measure m JOIN unit u ON u.id = m.owner_id ORDER BY m.position"
        )
        nav = [(ref, NAV) for ref in ("8", "9", "10", "11")]
        assert rows == [
            ("2", NAV),
            ("3", NAV),
            ("4.1", NAV),
            ("5", "Helse og rehabilitering"),
            ("6", NAV),
            ("7", "Frivilligsentralen"),
            *nav,
            ("12", CULTURE),
        ]
        lines = (
            "SELECT m.ref, c.amount_nok, c.text FROM cost_line c JOIN measure m ON m.id = c.measure_id ORDER BY m.ref"
        )
        assert await values(database, lines) == [("10", 7000, "5 000-9 000"), ("11", None, "1.4")]
        due = await values(database, "SELECT ref FROM measure WHERE due_on IS NOT NULL")
        assert due == [("8",)]
        assert await count(database, "measure", "undecided IS NOT NULL") == 0


async def test_the_other_answers_and_what_was_answered_opened_again(sqlite: Database) -> None:
    async with town(sqlite) as place:
        admin = await begun(place)
        await press(place, admin, "Gå gjennom 13 spørsmål")
        first = data_of(admin.last, "Behold navnet på filen")
        await answer(place, admin, "Hva heter planen?", "Behold navnet på filen")
        await answer(place, admin, "Hvilke år", "Uten periode")
        await answer(place, admin, "Her står bare en tittel", "Tilbake")
        await answer(place, admin, "✅ Som i dokumentet", "Neste", "Avgjør senere")
        await answer(place, admin, "Samme tekst står også som 2.", "Utelat")
        await answer(place, admin, "Stemmer nummeret?", "Ja, det stemmer")
        await answer(place, admin, "Hvilken enhet er HeRe?", "Utenfor kommunen")
        await answer(place, admin, "«Alle som kan»", "Ny enhet med denne teksten som navn")
        await answer(place, admin, "Planen sier ikke hvem som har ansvaret.", "Ingen ennå")
        await answer(place, admin, "«en gang snart»", "Ta en pause")
        assert admin.last.text.startswith("Svarene dine om «ark 1.xlsx» er tatt vare på.")
        await place.go_to(place.clock.at + timedelta(days=1))
        place.service = another(place)
        reads(place, DRAFT)
        await say(place, admin, "/import")
        await press(place, admin, labels(admin.last)[0])
        await answer(place, admin, "«en gang snart»", "Behold uten dato")
        await answer(place, admin, "Den har en dato som ikke finnes.", "våren 2022", "Neste")
        await answer(place, admin, "Beløpet er oppgitt som «fra–til».", "Behold bare teksten")
        await answer(place, admin, "Tallet kan leses på to måter.", "Ja, det stemmer")
        await answer(place, admin, "Planen nevner flere", "Ingen ennå")
        assert "Ett spørsmål er ikke avgjort." in admin.last.text
        await press(place, admin, "Svarene så langt")
        assert "1. Planens tittel: Som i dokumentet" in admin.last.text
        await press(place, admin, "4")
        await answer(place, admin, "✅ Utelatt", "Ta med")
        assert "Utelatt" not in admin.last.text
        await press(place, admin, data=first)
        await press(place, admin, "Importer")
        assert "Ikke avgjort: 1." in admin.last.text
        owners = "SELECT m.ref FROM measure m WHERE m.owner_id IS NULL ORDER BY m.position"
        assert await values(sqlite, owners) == [("5",), ("7",), ("12",)]
        assert await count(sqlite, "unit", "name = 'Alle som kan' AND NOT external") == 1
        assert await count(sqlite, "unit", "name = 'HeRe' AND external") == 1
        assert await values(sqlite, "SELECT ref, undecided FROM measure WHERE undecided IS NOT NULL") == [
            ("1", '["measure"]')
        ]
        over = (await press(place, admin, data=first)).text
        assert over.startswith("Denne gjennomgangen er avsluttet.")


OLD = Draft(
    title="Rusplanen",
    municipality="Eksempel",
    period=(2021, 2024),
    units=(Unit(name=NAV), Unit(name=CULTURE)),
    measures=(
        measure("1", "Kurs for skjenkesteder og serveringssteder", NAV),
        measure("2", "Møter i ungdomsrådet", NAV),
        measure("3", "Foreldremøter", CULTURE),
        measure("4", "Nattvandring i sentrum", NAV),
        measure("5", "Nattvandring i sentrum", NAV),
    ),
)
NEW = OLD.model_copy(
    update={
        "period": (2021, 2026),
        "title": "Revidert plan mot rus",
        "measures": (
            measure("9", "Kurs for alle skjenkesteder og serveringssteder", NAV),
            measure("2", "Beredskap i helgene", NAV),
            measure("3", "Foreldremøter", NAV),
            measure("8", "Nattvandring i sentrum", NAV),
        ),
    }
)


async def ids_of(database: Database, where: str = "1 = 1") -> dict[str, int]:
    """The ids of measures by their numbers."""
    rows = await values(database, f"SELECT ref, id FROM measure WHERE {where}")
    return {str(ref): int(str(found)) for ref, found in rows}


async def test_every_kind_of_question_about_a_new_version_is_answered(database: Database) -> None:
    async with town(database) as place:
        admin = await begun(place, OLD)
        await press(place, admin, "Importer som det står")
        await press(place, admin, "Importer")
        before = await ids_of(database)
        await send_again(place, admin, NEW)
        await press(place, admin, labels(admin.last)[0])
        await answer(place, admin, "Er dette en ny utgave av en plan som er lagret?", "Ny utgave av Rusplanen")
        await answer(place, admin, "Skal perioden endres?", "Behold 2021-2024")
        asked = []
        while "Importer" not in labels(admin.last):
            asked.append(admin.last.text)
            kinds = {
                "ligner på et som ikke er der lenger": "Ja, det er 1",
                "Er det samme tiltak med ny tittel?": "Nei, et annet tiltak",
                "Hvilket av dem er det?": "Ja, det er 5",
                "er ikke lenger nevnt som ansvarlig": "Oppvekst og kultur følger opp fortsatt",
            }
            [reply] = [label for part, label in kinds.items() if part in admin.last.text]
            assert reply in labels(admin.last), (reply, labels(admin.last))
            await press(place, admin, reply)
        assert len(asked) == 4, asked
        await press(place, admin, "Importer")
        assert await count(database, "plan", "first_year = 2021 AND last_year = 2024") == 1
        assert await count(database, "plan") == 1
        now = await ids_of(database, "archived_at IS NULL")
        assert (now["9"], now["3"]) == (before["1"], before["3"])
        assert now["2"] != before["2"]
        assert before["5"] in now.values()
        owner = f"SELECT u.name FROM measure m JOIN unit u ON u.id = m.owner_id WHERE m.id = {before['3']}"
        assert await values(database, owner) == [(CULTURE,)]
