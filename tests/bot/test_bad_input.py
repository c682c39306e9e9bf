"""Whatever is sent gets a clear answer or none: never a crash, never a lost reply."""

from datetime import UTC, datetime, timedelta

import pytest

from emulator import Person
from storage.database import Database
from storage.invitations import LIFETIME
from storage.people import Role
from tests.bot.acting import (
    ROUND_OPENS,
    cast,
    count,
    data_of,
    dump,
    everything,
    labels,
    measure_id,
    press,
    say,
    values,
)
from tests.town import Town

STRANGER = "Hei. Denne boten er for dem som arbeider i kommunen. Har du fått en invitasjon, åpner du lenken i den."
STALE = "Knappen gjelder ikke lenger. Ingenting er endret. Send /hjelp for å se hva du kan gjøre."
NOT_TEXT = "Jeg kan bare ta imot tekst, så dette er ikke lagret. Skriv svaret som en vanlig melding."
# A synthetic number: the month has 80 added.
NUMBER = "01810012311"
PIXEL = b"\x89PNG\r\n\x1a\n"


def heard(person: Person) -> list[str]:
    return [message.text for message in person.messages if message.from_bot]


async def sends_no_answer(person: Person) -> None:
    await person.send_sticker()
    await person.send_location()
    await person.send_contact()
    await person.send_voice()


async def sends_all_kinds(person: Person) -> None:
    await sends_no_answer(person)
    await person.send_photo(PIXEL, caption="Se bildet")
    await person.send_document("plan.pdf", b"%PDF", caption="/mine")


async def test_a_stranger_gets_one_polite_line_for_anything_and_nothing_else(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        before = await dump(sqlite)
        stranger = place.town.stranger()
        for words in ("Hei", "/start", "/hjelp", "/tiltak ny 1.9 X", "/finnesikke", "x" * 10_000, NUMBER):
            await stranger.send(words)
        await sends_all_kinds(stranger)
        await place.town.settle()
        assert heard(stranger) == [STRANGER] * 13
        edited = await stranger.send("igjen")
        await stranger.edit(edited, "og igjen")
        await place.town.settle()
        assert heard(stranger) == [STRANGER] * 14
        for data in ("nx:0:0", "st:ip:1:1:0:0:0:0:0", "tull"):
            answer = await press(place.town, stranger, data=data)
            assert answer.text == "Denne boten er for dem som arbeider i kommunen. Be kommunen om en invitasjon."
        assert heard(stranger) == [STRANGER] * 14
        stranger.block()
        stranger.unblock()
        await place.town.settle()
        assert await dump(sqlite) == before
        assert NUMBER not in await everything(sqlite)


async def test_an_invitation_opens_once_and_says_why_when_it_does_not(database: Database) -> None:
    async with cast(database) as place:
        town = place.town

        async def invited() -> str:
            await say(town, place.admin, "/inviter leder Testperson Ny, NAV")
            return place.admin.last.text.split("start=")[1].split()[0]

        token, late = await invited(), await invited()
        first, second = town.stranger(), town.stranger()
        assert (await say(town, first, f"/start {token}")).text.startswith("Velkommen, Testperson Ny.")
        assert "allerede brukt" in (await say(town, second, f"/start {token}")).text
        assert (await say(town, first, f"/start {token}")).text.startswith("Hei, Testperson Ny. Du er med")
        assert "kjenner ikke denne invitasjonen" in (await say(town, second, f"/start {'x' * 4000}")).text
        town.clock.at += LIFETIME + timedelta(seconds=1)
        assert "gjelder ikke lenger" in (await say(town, second, f"/start {late}")).text
        assert token not in await everything(database)
        assert await count(database, "person", "name = 'Testperson Ny'") == 1
        # Somebody who is in already gets the new role as well, and its menu.
        await say(town, place.admin, "/inviter kontor Testperson Ny")
        another = place.admin.last.text.split("start=")[1].split()[0]
        assert "Du arbeider ved kontoret" in (await say(town, first, f"/start {another}")).text
        menus = [call.params for call in town.server.calls if call.method.lower() == "setmycommands"]
        assert f'"chat_id": {first.id}' in str(menus[-1]["scope"]) or f"'chat_id': {first.id}" in str(
            menus[-1]["scope"]
        )
        assert all(name in str(menus[-1]["commands"]) for name in ("mine", "frigi", "rapport"))


async def test_what_is_no_text_is_not_taken_for_an_answer(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await say(place.town, place.nav, "/status 1.6")
        await press(place.town, place.nav, "🔵 I gang")
        before = len(heard(place.nav))
        await sends_no_answer(place.nav)
        await place.nav.send("\u200f\u200e")
        await place.town.settle()
        assert heard(place.nav)[before:] == [NOT_TEXT] * 5
        too_long = await say(place.town, place.nav, "x" * 10_000)
        assert too_long.text.startswith("Teksten er 10\u00a0000 tegn, og jeg tar imot høyst 4\u00a0000.")
        assert await count(sqlite, "status_reply") == 0
        written = await place.nav.send("§" * 4000)
        await place.town.settle()
        assert "".join(heard(place.nav)[before + 6 :]).count("§") == 4000
        await say(place.town, place.nav, "y")
        assert place.nav.last.text.startswith("Teksten er 4\u00a0002 tegn")
        await press(place.town, place.nav, "Lagre")
        assert await count(sqlite, "status_reply") == 1
        await place.nav.edit(written, "z")
        await place.town.settle()
        assert place.nav.last.text.startswith("✏️ Du endret meldingen, og svaret er rettet.")
        assert await values(sqlite, "SELECT comment FROM status_reply WHERE supersedes_id IS NOT NULL") == [("z",)]


async def test_long_comments_are_shown_and_released_whole(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        words = ("<æ> & 😀 " * 440).strip()
        await say(place.town, place.nav, "/status 1.6")
        await press(place.town, place.nav, "🔵 I gang")
        await say(place.town, place.nav, words)
        await press(place.town, place.nav, "Lagre")
        await say(place.town, place.nav, "/status 1.6")
        before = len(heard(place.nav))
        await press(place.town, place.nav, "Uendret: i gang")
        shown = place.nav.messages[-1].text + "".join(heard(place.nav)[before - 1 :])
        assert shown.count("<æ> & 😀") >= 440
        await say(place.town, place.office, "/frigi")
        await press(place.town, place.office, "Skriv om")
        assert "".join(heard(place.office)).count("<æ> & 😀") >= 440
        await say(place.town, place.office, words[:3999])
        assert await count(sqlite, "report_text") == 1
        assert await count(sqlite, "inbox", "state <> 'done'") == 0


FORGED = [
    "tull",
    ":",
    "st",
    "st:",
    "st:ip",
    "st:ip:²:0:0:0:0:0:0",
    "st:ip:٣:0:0:0:0:0:0",
    "st:ip:-1:0:0:0:0:0:0",
    "st:ip:99999999999999999999:0:0:0:0:0:0",
    "st:ip:2147483648:0:0:0:0:0:0",
    "st:ip:2147483647:0:0:0:0:0:0",
    "st:ip:{mine}:99999:0:0:0:0:0",
    "st:ip:{mine}:{foreign_request}:0:0:0:0:0",
    "st:ip:{mine}:0:{foreign_reply}:0:0:0:0",
    "st:ip:{mine}:0:99999:0:0:0:0",
    "st:ip:{mine}:0:0:0:0:9999:0",
    "st:xx:{mine}:0:0:0:99999:0:0",
    "st:un:{mine}:0:0:0:99999:0:0",
    "fx:²",
    "fx:-1",
    "fx:9223372036854775808",
    "fx:99999",
    "an:²",
    "an:99999999999999999999",
    "ti:2147483648",
    "lo:²:²",
    "lo:1",
    "lo:{mine}:99999",
]
FORGED_BY_STAFF = [
    "rp:²:2021",
    "rp:1:²",
    "rp:99999:2021",
    "rg:²",
    "ar:y:²",
    "ar:x:1",
    "ar:y:99999",
    "re:ok:²",
    "re:zz:1",
]


async def test_a_forged_button_is_told_so_and_changes_nothing(database: Database) -> None:
    async with cast(database) as place:
        await place.town.go_to(ROUND_OPENS)
        slt, nav = place.slt, place.nav
        await say(place.town, slt, "/status 1.5")
        await press(place.town, slt, "🔵 I gang")
        await press(place.town, slt, "Lagre uten kommentar")
        await say(place.town, nav, "Løse ord")
        ids = {
            "mine": await measure_id(database, "1.6"),
            "foreign_request": (await values(database, _request_of("1.7")))[0][0],
            "foreign_reply": (await values(database, "SELECT id FROM status_reply"))[0][0],
        }
        before = await dump(database)
        for data in FORGED:
            answer = await press(place.town, nav, data=data.format(**ids))
            assert (answer.text, answer.show_alert) == (STALE, True), data
        for data in FORGED_BY_STAFF:
            person = place.office if data.startswith("re") else place.admin
            assert (await press(place.town, person, data=data)).text == STALE, data
        assert await dump(database) == before
        for data in ("nx:²:-1", "nx:99999999999999999999:9999999", "nx:", "nx:1:2147483647"):
            await press(place.town, nav, data=data)
            assert "Hva er status nå?" in nav.last.text, data
        after = await dump(database)
        assert {name for name in after if after[name] != before[name]} == {"dialogue"}
        assert await count(database, "inbox", "state <> 'done'") == 0


def _request_of(ref: str) -> str:
    return f"SELECT r.id FROM status_request r JOIN measure m ON m.id = r.measure_id WHERE m.ref = '{ref}'"


async def test_old_buttons_say_what_has_happened_since(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town = place.town
        await town.go_to(ROUND_OPENS)
        await press(town, place.slt, "Svar nå (2 tiltak)")
        question = place.slt.last
        foreign = data_of(question, "🔵 I gang")
        answer = await press(town, place.nav, data=foreign)
        assert answer.text == "Dette hører ikke til din rolle eller din enhet. Ingenting er endret."
        await say(town, place.nav, "/status 1.6")
        await say(town, place.admin, "/tiltak arkiver 1.6")
        await press(town, place.admin, "Ja, ta ut av bruk")
        assert place.admin.last.text.startswith("✅ 1.6 Aktiviteter")
        answer = await press(town, place.nav, "🔵 I gang")
        assert answer.text == "Tiltaket er tatt ut av bruk. Ingenting er endret."
        await town.go_to(datetime(2021, 5, 4, 8, 0, tzinfo=UTC))  # the day after the meeting: the round is closed
        answer = await press(town, place.slt, "🔵 I gang", message=question)
        assert answer.text.startswith("Spørsmålet gjelder ikke lenger. Ingenting er endret.")
        await say(town, place.admin, "/tiltak endre 1.7 oppfølging: NAV")
        await say(town, place.slt, "/status 1.7")
        assert place.slt.last.text.startswith("Tiltak 1.7 hører ikke til enheten din.")
        assert await count(sqlite, "status_reply") == 0


async def test_a_comment_to_a_round_that_has_closed_is_told_so(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await place.town.go_to(ROUND_OPENS)
        await press(place.town, place.nav, "Svar nå (1 tiltak)")
        await press(place.town, place.nav, "🔵 I gang")
        await place.town.go_to(datetime(2021, 5, 4, 8, 0, tzinfo=UTC))
        await say(place.town, place.nav, "For sent")
        assert "Det du skrev, er ikke lagret. Send /status 1.6" in place.nav.last.text
        assert await count(sqlite, "status_reply") == 0


async def test_a_button_under_a_message_that_is_gone_still_works(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await say(place.town, place.nav, "/status 1.6")
        question = place.nav.last
        data = data_of(question, "🔵 I gang")
        question.deleted = True
        await press(place.town, place.nav, data=data, message=question)
        assert place.nav.last.text.startswith("1.6 Aktiviteter")
        assert labels(place.nav.last) == ["Lagre uten kommentar", "Tilbake"]
        await press(place.town, place.nav, "Lagre uten kommentar")
        assert await count(sqlite, "status_reply") == 1


async def test_a_place_that_moves_is_answered_once(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        before = len(heard(place.nav))
        live = await place.nav.send_location()
        await place.nav.edit(live, "")
        await place.town.settle()
        assert heard(place.nav)[before:] == [NOT_TEXT]


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ADMIN])
async def test_loose_words_of_somebody_who_answers_for_nothing_are_not_understood(sqlite: Database, role: Role) -> None:
    async with cast(sqlite) as place:
        person = place.office if role is Role.OFFICE else place.admin
        assert (await say(place.town, person, "Hallo?")).text.startswith("Det forsto jeg ikke")


async def _writes_a_number(town: Town, person: Person) -> None:
    await person.send(f"Gjelder {NUMBER[:6]} {NUMBER[6:]}")
    await person.send(f"/tiltak ny 9.9 Kurs for {NUMBER}")
    await person.send_photo(PIXEL, caption=NUMBER)
    await person.send_document(f"{NUMBER}.pdf", b"%PDF")
    await person.send_contact(first_name=NUMBER)
    written = await person.send("uten nummer")
    await town.settle()
    await person.edit(written, f"med {NUMBER}")
    await person.send("svar", reply_to=written)
    await town.settle()


async def test_an_identity_number_is_never_stored_its_message_goes_and_a_sentence_says_why(database: Database) -> None:
    async with cast(database) as place:
        town, nav = place.town, place.nav
        await say(town, nav, "/status 1.6")
        await press(town, nav, "🔵 I gang")
        await _writes_a_number(town, nav)
        stored = await everything(database)
        assert NUMBER not in stored
        assert f"{NUMBER[:6]} {NUMBER[6:]}" not in stored
        left = [message.text + str(message.file_name) for message in nav.messages if not message.from_bot]
        assert not any(NUMBER[6:] in text for text in left)
        told = [text for text in heard(nav) if "så ut til å inneholde et fødselsnummer" in text]
        assert len(told) == 6
        await press(town, nav, data=f"st:{NUMBER}")
        assert NUMBER not in await everything(database)
        assert "9.9" not in [ref for (ref,) in await values(database, "SELECT ref FROM measure")]
        await press(town, nav, "Lagre")
        assert await values(database, "SELECT comment FROM status_reply") == [("uten nummer\nsvar",)]
