"""What admins do in the chat: keep the list of measures right, and let people in."""

from storage.database import Database
from tests.bot.acting import ROUND_OPENS, cast, count, dump, labels, press, say, values
from tests.town import town

CHANGE = "Skriv nummeret og det som skal endres, for eksempel:\n\n/tiltak endre 1.4 oppfølging: NAV; frist: våren 2027"
NEW = "Skriv nummer og tittel, og det du vet om resten, for eksempel:\n\n/tiltak ny 1.8 Felles kurs for skjenkesteder;"
FIELDS = (
    "nummer, tittel, beskrivelse, ansvar, enheter, oppfølging, frist, prioritet, mål, kategori, merknad, kostnad, "
    "varsle, plan"
)

REFUSED = [
    ("/tiltak ny 1.8", NEW),
    ("/tiltak ny Kurs for alle", NEW),
    (f"/tiltak ny {'1' * 41} Kurs", "Nummeret er på 41 tegn, og kan ha høyst 40. Ingenting er endret."),
    (f"/tiltak ny 1.8 {'x' * 1001}", "Tittel er på 1\u00a0001 tegn, og kan ha høyst 1\u00a0000. Ingenting er endret."),
    ("/tiltak ny 1.6 Kurs", "Planen har allerede et tiltak 1.6. Ingenting er endret."),
    ("/tiltak ny 1.8 Kurs; oppfølging: NVA", "Jeg kjenner ingen enhet som heter «NVA». Ingenting er endret. Mente du"),
    ("/tiltak ny 1.8 Kurs; mål: 9", "Planen har ikke noe mål «9». Ingenting er endret."),
    (
        "/tiltak ny 1.8 Kurs; farge: blå",
        f"Jeg kjenner ikke feltet «farge: blå». Ingenting er endret. Skriv feltet, "
        f"kolon og verdien. Feltene er: {FIELDS}.",
    ),
    ("/tiltak ny 1.8 Kurs; plan: annen", "Skriv hvilken plan du mener"),
    ("/tiltak endre 1.6 plan: rus", CHANGE),
    ("/tiltak endre 1.6 frist", "Jeg kjenner ikke feltet «frist»."),
    ("/tiltak endre 7.7 frist: 2022", "Jeg finner ikke noe tiltak med nummer «7.7». Ingenting er endret."),
    ("/tiltak endre 1.6 tittel:", "Et tiltak må ha en tittel. Ingenting er endret."),
    (
        "/tiltak endre 1.6 oppfølging: Politiet",
        "Politiet er utenfor kommunen og blir ikke spurt i chatten. Ingenting er endret.",
    ),
    ("/tiltak endre 1.6 mål: 9", "Planen har ikke noe mål «9»."),
    ("/tiltak arkiver 7.7", "Jeg finner ikke noe tiltak med nummer «7.7»."),
    ("/inviter leder", "Skriv rolle og navn."),
    ("/inviter leder Testperson", "Skriv rolle og navn."),
    ("/inviter sjef Testperson", "Skriv rolle og navn."),
    (f"/inviter kontor {'x' * 201}", "Skriv rolle og navn."),
    ("/inviter leder Testperson, NVA", "Jeg kjenner ingen enhet som heter «NVA», så ingen er invitert. Mente du en av"),
    (
        "/inviter leder Testperson, Politiet",
        "Politiet er utenfor kommunen og blir ikke spurt i chatten, så ingen er inv",
    ),
]


async def test_what_cannot_be_done_is_refused_with_a_reason_and_changes_nothing(database: Database) -> None:
    async with cast(database) as place:
        async with database.write() as session:
            connection = await session.connection()
            await connection.exec_driver_sql(
                f"INSERT INTO unit (name, key, external) VALUES ('Politiet', 'politiet', {_true(database)})"
            )
        await say(place.town, place.admin, "/tiltak ny 1.9 Kurs")
        await say(place.town, place.admin, "/tiltak arkiver 1.9")
        await press(place.town, place.admin, "Ja, ta ut av bruk")
        before = await dump(database)
        for words, refusal in [
            *REFUSED,
            ("/tiltak ny 1.9 Kurs", "Nummeret 1.9 hører til et tiltak som er tatt ut av bruk."),
        ]:
            seen = (await say(place.town, place.admin, words)).text
            assert seen.startswith(refusal), f"{words}\n{seen}"
        assert await dump(database) == before


def _true(database: Database) -> str:
    return "true" if database.dialect == "postgresql" else "1"


async def test_a_measure_is_added_changed_and_archived_and_its_owner_is_asked(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, admin = place.town, place.admin
        await say(town, admin, "/tiltak ny 1.8 Felles kurs; oppfølging: nav; frist: våren 2021; mål: 1; prioritet: 2")
        assert admin.last.text == (
            "✅ Lagt til i Rusmiddelpolitisk handlingsplan:\n\n1.8 Felles kurs\nOppfølging: NAV\n"
            "Jeg forstår fristen slik: «våren 2021» → 31. mai 2021."
        )
        await say(town, admin, "/tiltak endre 1.8 tittel: Felles kurs for alle; frist: en gang snart\nmål:")
        assert admin.last.text.startswith("✅ 1.8 Felles kurs for alle\nTittel: Felles kurs → Felles kurs for alle\n")
        assert "\nMål: 1 " in admin.last.text
        assert "\n⚠️ Sjekk fristen." in admin.last.text
        await town.go_to(ROUND_OPENS)
        assert "1.8 Felles kurs for alle" in place.nav.last.text
        await say(town, admin, "/tiltak endre 1.8 oppfølging: SLT-koordinator")
        await say(town, place.slt, "/mine")
        assert "1.8 Felles kurs for alle" in place.slt.last.text
        await say(town, place.nav, "/status 1.8")
        assert place.nav.last.text == ("Tiltak 1.8 hører ikke til enheten din. Send /mine for å se tiltakene dine.")
        await say(town, admin, "/tiltak arkiver 1.8")
        assert labels(admin.last) == ["Ja, ta ut av bruk", "Nei, behold"]
        question = admin.last
        await press(town, admin, "Nei, behold")
        assert question.text == "1.8 Felles kurs for alle er som før."
        await say(town, admin, "/tiltak arkiver 1.8")
        await press(town, admin, "Ja, ta ut av bruk")
        assert admin.last.text == "✅ 1.8 Felles kurs for alle er tatt ut av bruk."
        assert await count(sqlite, "status_request", "closed_because = 'measure_closed'") == 1
        actions = [action for (action,) in await values(sqlite, "SELECT action FROM audit_log ORDER BY id")]
        assert actions.count("archived") == 1


async def test_an_invitation_says_for_whom_it_is_and_until_when(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        for words, first in (
            ("leder Testperson Ny, NAV", "Invitasjon til Testperson Ny som leder for NAV:"),
            ("kontor Testperson Ny", "Invitasjon til Testperson Ny på kontoret:"),
            ("admin Testperson Ny", "Invitasjon til Testperson Ny som administrator:"),
        ):
            await say(place.town, place.admin, f"/inviter {words}")
            lines = place.admin.last.text.split("\n\n")
            assert lines[0] == first
            assert lines[1].startswith("https://t.me/tiltaksvakt_bot?start=")
            assert lines[2] == "Send lenken til den det gjelder. Den virker én gang, til 18.01.2021 kl. 09.00."


async def test_without_a_plan_the_commands_say_so(sqlite: Database) -> None:
    from storage.people import Role

    async with town(sqlite) as place:
        admin = await place.join(Role.ADMIN, "Testperson Admin")
        expected = {
            "/tiltak ny 1.1 Kurs": "Det er ingen plan å legge tiltaket i.",
            "/tiltak": "Det er ingen tiltak å vise.",
            "/oversikt": "Det er ingen plan ennå.",
            "/mangler": "Ingenting mangler: Alle som er spurt, har svart.",
            "/rapport": "Det er ingen plan å rapportere om ennå.",
            "/inviter leder Testperson, NAV": "Jeg kjenner ingen enhet som heter «NAV», så ingen er invitert.",
        }
        for words, answer in expected.items():
            assert (await say(place, admin, words)).text.startswith(answer), words
