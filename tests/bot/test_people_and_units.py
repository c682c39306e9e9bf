"""What admins do with units and people: step by step, by one line, and with what follows for those who are asked."""

import json
import re

from storage.database import Database
from tests.bot.acting import ROUND_OPENS, cast, count, data_of, dump, everything, labels, press, say, values
from tests.town import TOKEN, Town
from tiltaksvakt.service import Service
from tiltaksvakt.settings import Settings


async def test_a_unit_is_made_step_by_step_and_every_step_can_be_taken_back(database: Database) -> None:
    async with cast(database) as place:
        place_, admin = place.town, place.admin
        await say(place_, admin, "/enhet ny")
        assert admin.last.text == "Hva heter den nye enheten?"
        assert labels(admin.last) == ["Avbryt"]
        await say(place_, admin, "Frivilligsentralen")
        first = admin.last
        assert labels(first) == ["I kommunen", "Ikke i kommunen", "Hopp over", "Tilbake", "Avbryt"]
        stale = data_of(first, "I kommunen")
        await press(place_, admin, "Tilbake")
        assert admin.last.text == "Hva heter den nye enheten?"
        await say(place_, admin, "Nav")
        assert admin.messages[-2].text.startswith("Det finnes allerede en enhet som heter «NAV».")
        await say(place_, admin, "Frivilligsenteret")
        await press(place_, admin, "I kommunen")
        assert admin.last.text.startswith("Hvilken enhet ligger over?")
        answer = await press(place_, admin, data=stale)
        assert answer.text.startswith("Knappen hører til et tidligere spørsmål.")
        await say(place_, admin, "Frivilligsenteret")
        assert admin.messages[-2].text.startswith("Jeg finner ingen enhet som heter «Frivilligsenteret».")
        await say(place_, admin, "NAV")
        assert admin.last.text == "✅ Enheten Frivilligsenteret er lagt til.\nDen ligger under NAV."
        answer = await press(place_, admin, data=stale)
        assert answer.text.startswith("Knappen gjelder ikke lenger.")
        assert await count(database, "unit", "name = 'Frivilligsenteret' AND superior_id IS NOT NULL") == 1


async def test_a_unit_is_made_under_another_in_one_line(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        seen = await say(place.town, place.admin, "/enhet ny Frivilligsentralen under NAV")
        assert seen.text == "✅ Enheten Frivilligsentralen er lagt til.\nDen ligger under NAV."


REFUSED = [
    ("/enhet ny X under Y", "Jeg finner ingen enhet som heter «Y». Ingenting er endret. Mente du"),
    ("/enhet endre navn NAV til SLT-koordinator", "Det finnes allerede en enhet som heter «SLT-koordinator»."),
    ("/enhet endre navn Nabo til NAV", "Jeg finner ingen enhet som heter «Nabo». Ingenting er endret. Mente du"),
    ("/enhet ny X; farge: blå", "Jeg kjenner ikke feltet «farge: blå», så ingenting er endret."),
    ("/enhet ny X; hvor: månen", "Det forsto jeg ikke. Velg ett av disse: i kommunen, utenfor."),
    (f"/enhet ny {'x' * 201}", "Teksten er på 201 tegn, og det er plass til 200."),
    ("/enhet hvor NAV; hvor: utenfor", "NAV følger opp tiltak 1.6 og kan derfor ikke være utenfor kommunen."),
    ("/enhet flytt NAV under NAV", "NAV kan ikke ligge under seg selv."),
    ("/enhet slå sammen NAV med NAV", "NAV kan ikke overta for seg selv."),
    ("/enhet Nabo", "Jeg finner ingen enhet som heter «Nabo»."),
    ("/folk Nabo", "Jeg finner ingen som heter «Nabo»."),
    ("/folk Testperson", "Navnet «Testperson» passer på flere."),
    ("/folk rolle Testperson NAV til konge", "Det forsto jeg ikke. Velg ett av disse: admin, kontor"),
    ("/folk fjern Testperson Admin", "Dette er den eneste administratoren."),
]


async def test_what_cannot_be_done_with_units_and_people_is_refused_and_changes_nothing(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        before = await dump(sqlite)
        for words, refusal in REFUSED:
            seen = (await say(place.town, place.admin, words)).text
            assert seen.startswith(refusal), f"{words}\n{seen}"
        assert await dump(sqlite) == before
        for words, refusal in (
            ("/folk rolle Testperson Admin til ikke admin", "Dette er den eneste administratoren."),
            ("/folk ta Testperson NAV fra SLT-koordinator", "Testperson NAV svarer ikke for SLT-koordinator."),
            ("/folk sett Testperson NAV i NAV; som: leder", "Slik er det allerede for Testperson NAV."),
        ):
            await say(place.town, place.admin, words)
            await press(place.town, place.admin, "Ja, gjør det")
            assert place.admin.last.text.startswith(refusal)
        assert {**await dump(sqlite), "dialogue": []} == {**before, "dialogue": []}


async def test_a_merged_unit_hands_over_measures_people_and_open_questions_and_its_answers_stay(
    database: Database,
) -> None:
    async with cast(database) as place:
        place_, admin = place.town, place.admin
        await say(place_, place.slt, "/status 1.5")
        await press(place_, place.slt, "🔵 I gang")
        await say(place_, place.slt, "Kurset er holdt")
        await press(place_, place.slt, "Lagre")
        await place_.go_to(ROUND_OPENS)
        await say(place_, admin, "/enhet slå sammen SLT-koordinator med NAV")
        assert "Tiltak 1.5, 1.7 og det som venter på svar om dem, flyttes." in admin.last.text
        assert "Én person flyttes." in admin.last.text
        await press(place_, admin, "Ja, gjør det")
        assert admin.last.text.startswith("✅ SLT-koordinator → NAV\nNAV følger nå opp tiltak 1.5, 1.7.")
        await say(place_, place.slt, "/mine")
        assert all(f"\n⚪ {ref}" in place.slt.last.text or ref in place.slt.last.text for ref in ("1.5", "1.6", "1.7"))
        asked = await values(
            database,
            "SELECT m.ref, u.name FROM status_request r JOIN measure m ON m.id = r.measure_id "
            "JOIN unit u ON u.id = r.unit_id WHERE r.closed_at IS NULL AND u.name IN ('NAV', 'SLT-koordinator')",
        )
        assert sorted(asked) == [("1.5", "NAV"), ("1.6", "NAV"), ("1.7", "NAV")]
        await say(place_, admin, "/tiltak 1.5")
        assert "SLT-koordinator" in admin.last.text.partition("Svar")[2]
        # Its name leads on: whoever writes the old one means the new.
        await say(place_, admin, "/inviter leder Testperson Ny, SLT-koordinator")
        assert admin.last.text.startswith("Invitasjon til Testperson Ny som leder for NAV:")
        await say(place_, admin, "/enhet SLT-koordinator")
        assert admin.last.text.startswith("NAV\n")
        actions = [action for (action,) in await values(database, "SELECT action FROM audit_log ORDER BY id")]
        assert actions.count("merged") == 1
        assert actions.count("changed") == 2


async def test_a_unit_that_is_archived_asks_who_follows_up_its_measures(database: Database) -> None:
    async with cast(database) as place:
        place_, admin = place.town, place.admin
        await place_.go_to(ROUND_OPENS)
        await say(place_, admin, "/enhet NAV")
        await press(place_, admin, "Ta ut av bruk")
        assert admin.last.text == "NAV følger opp tiltak 1.6. Hvem skal følge dem opp fra nå av?"
        await say(place_, admin, "SLT-koordinator")
        assert "SLT-koordinator følger opp tiltak 1.6 fra nå av." in admin.last.text
        await press(place_, admin, "Ja, gjør det")
        assert admin.last.text.startswith("✅ NAV er tatt ut av bruk.\nSLT-koordinator følger nå opp tiltak 1.6.")
        await say(place_, place.slt, "/mine")
        assert "1.6" in place.slt.last.text
        # Who led it is a leader no more, and their menu says so.
        await say(place_, place.nav, "/mine")
        assert place.nav.last.text.startswith("Du har ikke tilgang til /mine.")
        assert "mine" not in menu_of(place_, place.nav.id)
        await say(place_, admin, "/inviter leder Testperson, NAV")
        assert admin.last.text.startswith("Jeg kjenner ingen enhet som heter «NAV»")
        await say(place_, admin, "/enhet ny NAV")
        assert admin.last.text.startswith("✅ Enheten NAV er lagt til.")


def menu_of(place: Town, chat_id: int) -> set[str]:
    """The commands in the menu of a chat, as it was set last."""
    calls = [call.params for call in place.server.calls if call.method.lower() == "setmycommands"]
    menus = [str(call["commands"]) for call in calls if str(chat_id) in str(call.get("scope"))]
    return set(re.findall(r"[a-z]+", menus[-1])) if menus else set()


async def test_a_person_gets_and_loses_roles_and_units_and_hears_of_it(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        place_, admin, nav = place.town, place.admin, place.nav
        await say(place_, admin, "/folk testperson nav")
        await press(place_, admin, "Rolle")
        await press(place_, admin, "Kontoret")
        assert admin.last.text == "Skal Testperson NAV få rollen kontor, og se alle svar?\n\nNå:\n• Leder for NAV"
        await press(place_, admin, "Ja, gjør det")
        assert admin.last.text.startswith(
            "✅ Slik er det nå for Testperson NAV:\n\n• Leder for NAV\n• Arbeider ved kontoret"
        )
        assert nav.last.text.startswith("En administrator har endret rollene dine.")
        assert "frigi" in menu_of(place_, nav.id)
        await say(place_, admin, "/folk flytt Testperson NAV; fra: NAV; til: SLT-koordinator")
        await press(place_, admin, "Ja, gjør det")
        assert "• Leder for SLT-koordinator" in admin.last.text
        await say(place_, nav, "/mine")
        assert "1.5" in nav.last.text
        assert "1.6" not in nav.last.text
        await say(place_, admin, "/folk endre navn Testperson NAV til Testperson Ny")
        assert admin.last.text == "✅ Navnet er endret: Testperson NAV → Testperson Ny"
        logged = str(await values(sqlite, "SELECT before, after FROM audit_log"))
        assert "Testperson" not in logged


async def test_a_person_who_is_removed_is_a_stranger_whose_answers_stay(database: Database) -> None:
    async with cast(database) as place:
        place_, admin, nav = place.town, place.admin, place.nav
        await say(place_, nav, "/status 1.6")
        await press(place_, nav, "🔵 I gang")
        await say(place_, nav, "Kurset er holdt")
        await press(place_, nav, "Lagre")
        await say(place_, admin, "/folk fjern Testperson NAV")
        assert "Testperson NAV svarer for NAV. Husk å invitere en ny." in admin.last.text
        await press(place_, admin, "Ja, gjør det")
        assert admin.last.text == "✅ Testperson NAV er fjernet."
        assert menu_of(place_, nav.id) == {"command", "start", "description", "om", "gang"} or "mine" not in menu_of(
            place_, nav.id
        )
        await say(place_, nav, "/mine")
        assert nav.last.text.startswith("Hei. Denne boten er for dem som arbeider i kommunen.")
        await say(place_, nav, "/personvern")
        assert "Jeg har ikke lagret navnet ditt" in nav.last.text
        stored = await everything(database)
        assert "Testperson NAV" not in stored
        assert str(nav.id) not in stored
        assert "Kurset er holdt" in stored


async def test_a_person_sees_what_is_stored_gets_a_copy_and_is_erased_after_two_questions(database: Database) -> None:
    async with cast(database) as place:
        place_, nav = place.town, place.nav
        await say(place_, nav, "/status 1.6")
        await press(place_, nav, "🔵 I gang")
        await say(place_, nav, "Kurset er holdt")
        await press(place_, nav, "Lagre")
        await say(place_, nav, "/status 1.6")
        await say(place_, nav, "/personvern")
        assert nav.last.text.startswith("Dette er lagret om deg\n\nNavn: Testperson NAV\n")
        assert "• Ett svar du har gitt eller skrevet ned" in nav.last.text
        asked = nav.last
        await press(place_, nav, "Få en kopi", message=asked)
        copy = json.loads(nav.last.content or b"")
        assert copy["person"][0]["name"] == "Testperson NAV"
        assert copy["status_reply"][0]["comment"] == "Kurset er holdt"
        assert "token_hash" not in copy["invitation"][0]
        await press(place_, nav, "Slett meg", message=asked)
        await press(place_, nav, "Nei, ikke slett")
        await say(place_, nav, "/personvern")
        await press(place_, nav, "Slett meg")
        await press(place_, nav, "Gå videre med slettingen")
        await press(place_, nav, "Ja, slett alt om meg")
        assert nav.last.text.startswith("Du er slettet.")
        stored = await everything(database)
        assert "Testperson NAV" not in stored
        assert str(nav.id) not in stored
        assert "Kurset er holdt" in stored
        assert await count(database, "audit_log", "action = 'erased'") == 1
        await say(place_, place.admin, "/personvern")
        await press(place_, place.admin, "Slett meg")
        await press(place_, place.admin, "Gå videre med slettingen")
        await press(place_, place.admin, "Ja, slett alt om meg")
        assert place.admin.last.text.startswith("Du er den eneste administratoren, og kommunen må ha én.")


async def test_a_deputy_is_invited_by_a_picture_and_an_invitation_can_be_taken_back(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        place_, admin = place.town, place.admin
        await say(place_, admin, "/enhet NAV")
        await press(place_, admin, "Inviter")
        assert labels(admin.last) == ["Leder", "Stedfortreder", "Avbryt"]
        await press(place_, admin, "Stedfortreder")
        await say(place_, admin, "Testperson Vara")
        assert admin.last.text.startswith("Invitasjon til Testperson Vara som stedfortreder for NAV:")
        assert (admin.last.content or b"").startswith(b"\x89PNG")
        token = re.search(r"start=(\S+)", admin.last.text)
        assert token is not None
        deputy = place_.stranger()
        await deputy.start(token.group(1))
        await place_.settle()
        assert await count(sqlite, "membership", "kind = 'deputy'") == 1
        await say(place_, admin, "/inviter stedfortreder Testperson Ny, NAV")
        token = re.search(r"start=(\S+)", admin.last.text)
        assert token is not None
        await say(place_, admin, "/inviter liste")
        assert "• Testperson Ny, stedfortreder for NAV, til 18.01.2021 kl. 09.00" in admin.last.text
        await press(place_, admin, "Trekk tilbake: Testperson Ny")
        assert admin.last.text == "✅ Invitasjonen til Testperson Ny er trukket tilbake."
        late = place_.stranger()
        await late.start(token.group(1))
        await place_.settle()
        assert late.last.text.startswith("Jeg kjenner ikke denne invitasjonen.")


async def test_everybody_chooses_their_language_and_the_menu_follows(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        before = len(place.town.server.calls)
        await say(place.town, place.nav, "/spraak")
        await press(place.town, place.nav, "Nynorsk")
        assert await count(sqlite, "person", "language = 'nn'") == 1
        methods = [call.method.lower() for call in place.town.server.calls[before:]]
        assert methods.count("setmycommands") == 1
        await say(place.town, place.nav, "/spraak volapyk")
        assert place.nav.last.text == "Eg kan bokmål, nynorsk og engelsk. Skriv til dømes /spraak nynorsk"


async def test_a_restart_in_the_middle_of_a_task_loses_nothing(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await say(place.town, place.admin, "/folk sett Testperson SLT i NAV")
        async with Service.opened(settings_of(place.town), sqlite, place.town.clock) as again:
            place.town.service = again
            await press(place.town, place.admin, "Stedfortreder")
            await press(place.town, place.admin, "Ja, gjør det")
        assert "• Stedfortreder for NAV" in place.admin.last.text


def settings_of(place: Town) -> Settings:
    return Settings.load(
        env_file=None,
        telegram_token=TOKEN,
        telegram_api=place.server.url,
        bot_username="tiltaksvakt_bot",
        municipality="Vefsn kommune",
    )


async def test_what_a_person_is_stands_before_and_after_every_change(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        place_, admin = place.town, place.admin
        seen = await say(place_, admin, "/folk rolle Testperson NAV til kontor")
        assert seen.text.endswith("\n\nNå:\n• Leder for NAV")
        await press(place_, admin, "Ja, gjør det")
        assert admin.last.text == (
            "✅ Slik er det nå for Testperson NAV:\n\n• Leder for NAV\n• Arbeider ved kontoret\n\n"
            "Slik var det:\n• Leder for NAV"
        )
        await say(place_, admin, "/folk ta Testperson SLT fra SLT-koordinator")
        await press(place_, admin, "Ja, gjør det")
        assert admin.last.text.endswith("Slik var det:\n• Leder for SLT-koordinator")
        await say(place_, admin, "/folk sett Testperson SLT i NAV; som: leder")
        assert admin.last.text.endswith("Nå:\n• Ingen rolle")
