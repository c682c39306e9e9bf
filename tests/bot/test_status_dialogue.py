"""The dialogue for one status, as a leader goes through it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from emulator import Person
from emulator.chats import Press
from storage.database import Database
from storage.people import Role
from tests.bot.acting import ROUND_OPENS, Cast, cast, count, data_of, labels, press, say, values
from tests.town import Town

FIVE = ["⚪ Ikke startet", "🔵 I gang", "🟠 Forsinket", "🟢 Gjennomført", "⚫ Utgår"]


async def replies(database: Database) -> list[tuple[object, ...]]:
    return await values(
        database,
        "SELECT m.ref, r.status, r.comment FROM status_reply r JOIN measure m ON m.id = r.measure_id ORDER BY r.id",
    )


async def test_one_status_from_the_daily_message_to_the_last_word(database: Database) -> None:
    async with cast(database) as place:
        await place.town.go_to(ROUND_OPENS)
        slt = place.slt
        assert slt.last.text == (
            "Jeg trenger status for 2 tiltak. Det tar noen få minutter.\n\n"
            "• 1.5 Prosjekt «Bruk av digitale plattformer for kommunikasjon og dialog med ungdom»\n"
            "    årsrapporten, svar innen 9. april 2021\n"
            "• 1.7 Ungdata -ungdomsundersøkelse\n"
            "    årsrapporten, svar innen 9. april 2021"
        )
        await press(place.town, slt, "Svar nå (2 tiltak)")
        question = slt.last
        assert question.text == (
            "1 av 2\n\n"
            "1.5 Prosjekt «Bruk av digitale plattformer for kommunikasjon og dialog med ungdom»\n"
            "Frist i planen: Iverksettes fra 2020\n"
            "Svar innen fredag 9. april.\n\n"
            "Hva er status nå?"
        )
        assert labels(question) == [*FIVE, "Senere"]
        await press(place.town, slt, "🟠 Forsinket")
        assert question.edited
        assert labels(question) == ["Tilbake", "Ny frist"]  # a delay is never without a reason
        answer = await press(place.town, slt, data=data_of(question, "Tilbake").replace(":ba:", ":wo:"))
        assert answer.text.startswith("Skriv kort hvorfor")
        await press(place.town, slt, "Tilbake")
        assert labels(question) == [*FIVE, "Senere"]
        await press(place.town, slt, "🔵 I gang")
        assert labels(question) == ["Lagre uten kommentar", "Tilbake"]
        await say(place.town, slt, "Tre kommuner er med")
        assert slt.last.text == (
            "Slik blir svaret\n\n"
            "1.5 Prosjekt «Bruk av digitale plattformer for kommunikasjon og dialog med ungdom»\n"
            "🔵 I gang\nTre kommuner er med\n\n"
            "Trykk «Lagre» for å lagre svaret. Vil du føye til noe, skriver du det i en ny melding."
        )
        assert labels(slt.last) == ["Lagre", "Rett", "Ny frist", "Legg ved"]
        assert await replies(database) == []
        summary = slt.last
        await press(place.town, slt, "Lagre")
        assert summary.text == (
            "✅ Svaret er lagret.\n\n"
            "1.5 Prosjekt «Bruk av digitale plattformer for kommunikasjon og dialog med ungdom»\n"
            "🔵 I gang\nTre kommuner er med"
        )
        assert labels(summary) == ["Rett", "Legg ved"]
        assert slt.last.text.startswith("2 av 2\n\n1.7 Ungdata")
        await press(place.town, slt, "⚪ Ikke startet")
        await press(place.town, slt, "Lagre uten kommentar")
        assert slt.last.text == (
            "Takk, det var det siste! Du har svart på alt.\n\n"
            "Du kan rette svarene til og med mandag 19. april: Trykk «Rett» under svaret.\n"
            "Rådmannens kontor lager statusrapporten, som går til kommunestyret 3. mai 2021."
        )
        assert await replies(database) == [
            ("1.5", "in_progress", "Tre kommuner er med"),
            ("1.7", "not_started", None),
        ]
        assert await count(database, "status_request", "closed_because = 'answered'") == 2


async def test_a_leader_with_five_measures_is_done_in_twelve_presses_and_five_comments(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        leader = await place.town.join(Role.LEADER, "Testperson Rådmann", "Rådmannen")
        for ref in ("0.1", "1.1"):
            await say(place.town, place.admin, f"/tiltak endre {ref} oppfølging: NAV")
        await say(place.town, place.admin, "/tiltak endre 3.2 oppfølging: Rådmannen")
        await place.town.go_to(ROUND_OPENS)
        await press(place.town, leader, "Svar nå (5 tiltak)")
        comments = 0
        while True:
            assert leader.last.text.startswith(f"{comments + 1} av 5")
            await press(place.town, leader, "🔵 I gang")
            comments += 1
            await say(place.town, leader, f"Kommentar {comments}")
            await press(place.town, leader, "Lagre")
            if leader.last.text.startswith("Takk"):
                break
        presses = sum(isinstance(entry, Press) for entry in leader.chat.timeline)
        assert (comments, presses <= 12) == (5, True)
        assert await count(sqlite, "status_reply") == 5


async def test_later_leads_on_and_the_question_stays_open(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await place.town.go_to(ROUND_OPENS)
        await press(place.town, place.slt, "Svar nå (2 tiltak)")
        first = place.slt.last
        await press(place.town, place.slt, "Senere")
        assert first.text == (
            "Greit. 1.5 Prosjekt «Bruk av digitale plattformer for kommunikasjon og dialog med ungdom» venter, "
            "og jeg minner deg på det. Send /status når du vil svare."
        )
        assert place.slt.last.text.startswith("2 av 2\n\n1.7")
        await press(place.town, place.slt, "Senere")
        assert place.slt.last.text == ("Det var alt for nå. 2 tiltak venter fortsatt. Send /status når du vil svare.")
        await say(place.town, place.slt, "/status")
        assert place.slt.last.text.startswith("1 av 2\n\n1.5")


async def test_only_the_newest_answer_is_corrected(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        nav = place.nav
        await say(place.town, nav, "1.6 er i gang, kurs i mars")
        older = nav.last
        await press(place.town, nav, "Lagre")
        await place.town.go_to(ROUND_OPENS)
        await say(place.town, nav, "1.6 er ferdig, kurset er holdt")
        await press(place.town, nav, "Lagre")
        answer = await press(place.town, nav, "Rett", message=older)
        assert answer.text == "Det kom et nyere svar 15.03.2021 kl. 09.00. Det er bare det nyeste som kan rettes."
        assert nav.last.text == (
            "Dette er det nyeste svaret, fra 15.03.2021 kl. 09.00:\n\n"
            "1.6 Aktiviteter og tiltak mot frafall og utenforskap. (Driv).\n"
            "🟢 Gjennomført\nKurset er holdt\n\n"
            "Trykk «Rett» hvis det er feil."
        )
        await nav.send("Det ble forsinket", reply_to=older)  # the same in words
        await place.town.settle()
        assert any("Det kom et nyere svar" in message.text for message in nav.messages[-2:])
        newest = next(message for message in nav.messages if message.text.startswith("Dette er det nyeste"))
        await press(place.town, nav, "Rett", message=newest)
        assert nav.last.text.startswith("Rett svaret\n\n1.6")
        assert await values(sqlite, "SELECT status FROM status_reply ORDER BY id") == [("in_progress",), ("done",)]


async def test_unchanged_is_one_press_and_a_correction_supersedes(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        nav = place.nav
        await say(place.town, nav, "/status 1.6")  # without being asked
        assert labels(nav.last) == [*FIVE, "Senere"]
        await press(place.town, nav, "🔵 I gang")
        await say(place.town, nav, "Kurset er holdt")
        await press(place.town, nav, "Lagre")
        await place.town.go_to(ROUND_OPENS)
        await press(place.town, nav, "Svar nå (1 tiltak)")
        assert "🔵 Sist meldt: i gang, 04.01.2021 kl. 09.00\nKurset er holdt" in nav.last.text
        question = nav.last
        await press(place.town, nav, "Uendret: i gang")
        assert question.text == (
            "✅ Svaret er lagret.\n\n1.6 Aktiviteter og tiltak mot frafall og utenforskap. (Driv).\n"
            "🔵 I gang\nKurset er holdt\n"
            "Kommentaren er fra 4. januar 2021. Trykk «Rett» hvis den ikke gjelder lenger."
        )
        assert nav.last.text.startswith("Takk, det var det siste!")
        await press(place.town, nav, "Rett", message=question)
        assert nav.last.text.startswith("Rett svaret\n\n1.6")
        assert "Uendret: i gang" not in labels(nav.last)
        await press(place.town, nav, "🟢 Gjennomført")
        assert "Kurset er holdt" in nav.last.text
        assert labels(nav.last) == ["Lagre", "Rett", "Lagre uten kommentar", "Legg ved"]
        await say(place.town, nav, "Kurset er holdt to ganger")
        await press(place.town, nav, "Lagre")
        assert nav.last.text.startswith("✅ Svaret er rettet.\n\n1.6")
        again = await press(place.town, nav, "Rett", message=question)
        assert again.text.startswith("Dette svaret er allerede rettet")
        stored = await values(sqlite, "SELECT status, supersedes_id IS NULL FROM status_reply ORDER BY id")
        assert [(status, bool(first)) for status, first in stored] == [
            ("in_progress", True),
            ("in_progress", True),
            ("done", False),
        ]
        await place.town.go_to(datetime(2021, 4, 20, 8, 0, tzinfo=UTC))  # the day after the papers
        late = await press(place.town, nav, "Rett")
        assert late.text == "Sakspapirene gikk ut 19. april 2021. Si fra til kontoret hvis noe må rettes."


async def test_an_ongoing_measure_is_never_done(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        leader = await place.town.join(Role.LEADER, "Testperson Rådmann", "Rådmannen")
        await say(place.town, leader, "/status 0.1")
        assert "🟢 Gjennomført" not in labels(leader.last)
        forged = data_of(leader.last, "🔵 I gang").replace(":ip:", ":do:")
        answer = await press(place.town, leader, data=forged)
        assert answer.text == "Et løpende tiltak blir aldri gjennomført. Velg en annen status."
        assert await count(sqlite, "status_reply") == 0


async def test_a_number_in_two_plans_is_a_choice_and_a_leader_means_their_own(sqlite: Database, tmp_path: Path) -> None:
    async with cast(sqlite) as place:
        await place.town.import_plan(_second_plan(tmp_path))
        await say(place.town, place.office, "/tiltak 1.6")
        assert place.office.last.text == "Flere planer har et tiltak 1.6. Hvilket mener du?"
        assert labels(place.office.last) == ["1.6 Rusmiddelpolitisk handlingsplan", "1.6 Plan for testing"]
        await press(place.town, place.office, "1.6 Plan for testing")
        assert place.office.last.text.startswith("1.6 Et annet tiltak")
        await say(place.town, place.nav, "/status 1.6")
        assert place.nav.last.text.startswith("1.6 Aktiviteter")
        await say(place.town, place.admin, "/tiltak arkiver 1.6")
        assert "Skriv hvilken plan du mener" in place.admin.last.text
        await say(place.town, place.admin, "/tiltak arkiver 1.6 plan: plan-for-testing")
        assert place.admin.last.text.startswith("Skal 1.6 Et annet tiltak i Plan for testing tas ut av bruk?")


def _second_plan(folder: Path) -> Path:
    path = folder / "annen.yaml"
    path.write_text(
        "plan: {tittel: Plan for testing, kommune: Vefsn, periode: 2020-2024}\n"
        "enheter: [{navn: SLT-koordinator}]\n"
        "tiltak:\n  - {nr: 1.6, tittel: Et annet tiltak, ansvar: SLT-koordinator, enheter: SLT-koordinator,"
        " oppfølging: SLT-koordinator, frist: Løpende}\n"
    )
    return path


async def test_loose_words_get_a_proposal_and_become_the_comment(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await say(place.town, place.nav, "Kurset er holdt")
        assert place.nav.last.text.startswith("Ingenting venter på svar fra deg nå, så jeg har ikke lagret")
        await place.town.go_to(ROUND_OPENS)
        await say(place.town, place.slt, "Ungdata er bestilt")
        await say(place.town, place.slt, "og betalt")
        assert "Ungdata er bestilt\nog betalt" in place.slt.last.text
        assert len(labels(place.slt.last)) == 2
        await press(place.town, place.slt, labels(place.slt.last)[1])
        assert "Dette blir kommentaren din:\nUngdata er bestilt\nog betalt" in place.slt.last.text
        await press(place.town, place.slt, "🔵 I gang")
        assert await replies(sqlite) == []
        await press(place.town, place.slt, "Lagre")
        assert await replies(sqlite) == [("1.7", "in_progress", "Ungdata er bestilt\nog betalt")]
        await say(place.town, place.nav, "Kurset er holdt")
        await say(place.town, place.nav, "/avbryt")
        assert place.nav.last.text == "Avbrutt. Det som allerede er lagret, er ikke endret."
        await say(place.town, place.nav, "/avbryt")
        assert place.nav.last.text == "Det er ingenting å avbryte."


async def test_words_belong_to_the_question_that_was_put_last(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await place.town.go_to(ROUND_OPENS)
        await say(place.town, place.slt, "/status 1.5")
        await press(place.town, place.slt, "🔵 I gang")
        await say(place.town, place.slt, "/status 1.7")
        await say(place.town, place.slt, "Bestilt")
        assert "1.7 Ungdata" in place.slt.last.text
        assert "Dette blir kommentaren din:\nBestilt" in place.slt.last.text
        await press(place.town, place.slt, "⚪ Ikke startet")
        assert await count(sqlite, "status_reply") == 0
        await press(place.town, place.slt, "Lagre")
        assert await replies(sqlite) == [("1.7", "not_started", "Bestilt")]


async def test_an_answer_by_one_leader_closes_it_for_the_others(database: Database) -> None:
    async with cast(database) as place:
        other = await place.town.join(Role.LEADER, "Testperson To", "NAV")
        await place.town.go_to(ROUND_OPENS)
        await press(place.town, other, "Svar nå (1 tiltak)")
        question = other.last
        await press(place.town, other, "🔵 I gang")
        await press(place.town, place.nav, "Svar nå (1 tiltak)")
        await press(place.town, place.nav, "🟢 Gjennomført")
        await press(place.town, place.nav, "Lagre uten kommentar")
        assert other.last.text == (
            "Testperson NAV har svart, så du trenger ikke å gjøre det:\n\n"
            "1.6 Aktiviteter og tiltak mot frafall og utenforskap. (Driv).\n🟢 Gjennomført"
        )
        assert labels(other.last) == ["Vis tiltaket"]
        assert "har svart, så du" not in place.nav.transcript()
        await say(place.town, other, "Mine ord")
        assert other.last.text == (
            "Dette er allerede besvart av Testperson NAV, 15.03.2021 kl. 09.00.\n\n"
            "Det du skrev, er ikke lagret. Send /status 1.6 hvis du vil melde noe nytt om tiltaket.\n\n"
            "Dette skrev du:\nMine ord"
        )
        answer = await press(place.town, other, "Lagre uten kommentar", message=question)
        assert answer.text == "Dette er allerede besvart av Testperson NAV, 15.03.2021 kl. 09.00."
        assert answer.show_alert
        await press(place.town, other, "Svar nå (1 tiltak)")
        assert other.last.text == "Ingenting venter på svar fra deg nå. Send /mine for å se tiltakene dine."
        assert await count(database, "status_reply") == 1


async def test_who_has_begun_an_answer_is_told_of_another_and_nobody_else_is(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        town, office = place.town, place.office
        begun, idle = [await town.join(Role.LEADER, f"Testperson {name}", "SLT-koordinator") for name in ("To", "Tre")]
        both = await town.join(Role.LEADER, "Testperson Begge", "SLT-koordinator")
        await town.go_to(ROUND_OPENS)
        await say(town, begun, "/status 1.7")
        await say(town, begun, "Ungdata er bestilt")
        await say(town, both, "1.7 er i gang, vi venter på tall")  # waits behind the next
        await say(town, both, "/status 1.5")
        await say(town, idle, "/status 1.5")
        quiet = [person.transcript() for person in (idle, place.slt, place.nav)]
        await say(town, office, "/registrer 1.7 i gang: De ringte")
        await press(town, office, "Lagre")
        assert begun.last.text.startswith("Testperson Kontor har svart, så du trenger ikke å gjøre det:\n\n1.7 Ungdata")
        assert begun.last.text.endswith(
            "🔵 I gang\nDe ringte\n\nDet du hadde begynt å skrive, er ikke lagret:\nUngdata er bestilt"
        )
        assert both.last.text.endswith("er ikke lagret:\nVi venter på tall")
        assert [person.transcript() for person in (idle, place.slt, place.nav)] == quiet
        await press(town, begun, "Vis tiltaket")
        assert "De ringte" in begun.last.text


@pytest.mark.parametrize("asked_first", [True, False])
async def test_a_button_pressed_twice_answers_once(sqlite: Database, asked_first: bool) -> None:
    async with cast(sqlite) as place:
        if asked_first:
            await place.town.go_to(ROUND_OPENS)
        await say(place.town, place.nav, "/status 1.6")
        question = place.nav.last
        status, without = data_of(question, "🔵 I gang"), "Lagre uten kommentar"
        await press(place.town, place.nav, data=status, message=question)
        last = data_of(question, without)
        await press(place.town, place.nav, data=last, message=question)
        answer = await press(place.town, place.nav, data=last, message=question)
        assert answer.text == "Du har allerede svart på dette."
        assert place.nav.last.text.startswith("Du svarte ")
        assert labels(place.nav.last) == ["Rett"]
        assert await count(sqlite, "status_reply") == 1


async def test_a_comment_is_kept_to_the_letter_and_shown_as_it_is(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        words = "<b>Fet</b> & {{ 7*7 }} {% if %} %s %(x)s\n\n\n\u200fמשהו\u200e 'sitat' \"to\" 😀"
        await say(place.town, place.nav, "/status 1.6")
        await press(place.town, place.nav, "🔵 I gang")
        await say(place.town, place.nav, words)
        await press(place.town, place.nav, "Lagre")
        assert [comment for _ref, _status, comment in await replies(sqlite)] == [words]
        shown = next(message for message in reversed(place.nav.messages) if message.text.startswith("✅"))
        assert words in shown.text
        await _is_shown_everywhere(place.town, place, words)


async def _is_shown_everywhere(place: Town, people: Cast, words: str) -> None:
    def shown(person: Person) -> str:
        return person.last.text

    await say(place, people.nav, "/tiltak 1.6")
    assert words in shown(people.nav)
    await say(place, people.nav, "/status 1.6")
    assert words in shown(people.nav)
    await say(place, people.office, "/frigi")
    assert words in shown(people.office)
    await press(place, people.office, "Frigi")
    released = next(message for message in reversed(people.office.messages) if message.text.startswith("✅"))
    assert words in released.text
    assert await count(place.database, "report_text") == 1
