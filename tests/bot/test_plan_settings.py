"""Settings, the log, discreet plans, plans and measures: what admins change about them, and what follows at once."""

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest

import templates
from bot.tasks.settings import OF_HOUSE, OF_PLAN, READERS
from emulator import Person
from storage.database import Database
from storage.people import Role
from tests.bot.acting import ROUND_OPENS, cast, count, dump, labels, press, say, values
from tests.town import Town

ROOMS = ("bot", "scheduler", "storage", "report", "tiltaksvakt")
REFUSED = [
    ("frister 0 dager", "Skriv hvor mange dager, som tall fra 1 til 730. Ingenting er endret."),
    ("frister -3", "Skriv hvor mange dager, som tall fra 1 til 730."),
    ("frister 14 60", "Skriv det største tallet først, og hvert tall én gang"),
    ("frister 60 60", "Skriv det største tallet først"),
    ("purring 9", "En purring må komme før spørsmålet går videre"),
    ("fristpurring 10 5", "Skriv det minste tallet først"),
    ("svartid 200", "Skriv hvor mange dager, som tall fra 1 til 120."),
    ("svartid 5 10", "Skriv ett tall fra 1 til 120."),
    ("diskret kanskje", "Skriv ja eller nei."),
    ("mangler alle", "Skriv admin, kontoret eller begge."),
    ("farge blå", "Jeg er ikke sikker på hvilken plan du mener."),
    ("rus farge blå", "Den innstillingen kjenner jeg ikke."),
    ("kommune ferie 54", "Skriv ukenumre"),
    ("kommune ferie 1-30", "Høyst 10 uker i året kan være stille"),
    ("kommune tid 16-8", "Skriv når meldinger kan sendes"),
]


async def test_nonsense_is_refused_with_what_is_allowed_and_changes_nothing(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        before = await dump(sqlite)
        for words, refusal in REFUSED:
            seen = (await say(place.town, place.admin, f"/innstillinger {words}")).text
            if words == "purring 9":
                await say(place.town, place.admin, "/avbryt")
            assert seen.startswith(refusal), f"{words}\n{seen}"
        assert await dump(sqlite) == before


async def test_a_setting_counts_at_once_for_what_has_not_happened(database: Database) -> None:
    async with cast(database) as place:
        place_, admin = place.town, place.admin
        [(opens,)] = await values(database, "SELECT opens_on FROM round WHERE year = 2021")
        await say(place_, admin, "/innstillinger svartid 20 virkedager")
        assert admin.last.text.startswith("✅ Svartid: 15 virkedager → 20 virkedager\n")
        [(earlier,)] = await values(database, "SELECT opens_on FROM round WHERE year = 2021")
        assert str(earlier) < str(opens)
        await say(place_, admin, "/innstillinger")
        assert "• Svartid: 20 virkedager (endret)" in admin.last.text
        await press(place_, admin, "Rapporteringsrunden")
        await press(place_, admin, "Svartid")
        await press(place_, admin, "Vanlig: 15 virkedager")
        assert admin.last.text.startswith("✅ Svartid: 20 virkedager → 15 virkedager\n")
        await place_.go_to(ROUND_OPENS)
        asked = "SELECT id, next_on, steps_taken FROM status_request WHERE closed_at IS NULL ORDER BY id"
        before = await values(database, asked)
        await say(place_, admin, "/innstillinger purring 2")
        assert await values(database, asked) == before  # the next step is halfway, and stays


async def test_the_settings_fit_a_phone_and_each_is_explained_when_it_is_pressed(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        place_, admin = place.town, place.admin
        seen = await say(place_, admin, "/innstillinger")
        assert len(seen.text) < 1200
        assert len(seen.text.splitlines()) <= 30
        assert len(seen.buttons) <= 4
        explanation = "Antall arbeidsdager enhetene har til å svare i en runde."
        assert explanation not in seen.text
        await press(place_, admin, "Rapporteringsrunden")
        assert "• Svartid: 15 virkedager" in admin.last.text
        await press(place_, admin, "Svartid")
        assert explanation in admin.last.text
        assert "Nå: 15 virkedager, som er det vanlige." in admin.last.text
        assert "Tallene kan være fra 1 til 120." in admin.last.text
        assert admin.last.message_id == seen.message_id
        assert labels(admin.last) == ["10 virkedager", "20 virkedager", "Tilbake", "Avbryt"]
        await press(place_, admin, "20 virkedager")
        assert admin.last.text.startswith("✅ Svartid: 15 virkedager → 20 virkedager\n")
        await press(place_, admin, "Flere innstillinger")
        assert "• Svartid: 20 virkedager (endret)" in admin.last.text
        await press(place_, admin, "Tilbake")
        await press(place_, admin, "Hele kommunen")
        await press(place_, admin, "Tilbake")
        assert admin.last.text.startswith("Innstillinger for Rusmiddelpolitisk handlingsplan")


async def test_going_back_from_a_setting_ends_the_question_about_it(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        place_, admin = place.town, place.admin
        await say(place_, admin, "/innstillinger svartid")
        await press(place_, admin, "Tilbake")
        assert admin.last.text.startswith("Rapporteringsrunden\n")
        await say(place_, admin, "20")
        assert await count(sqlite, "audit_log", "action = 'settings_set'") == 0
        assert "Svartid: 15 virkedager" in (await say(place_, admin, "/innstillinger")).text


async def test_with_several_plans_one_is_chosen_and_another_is_a_step_back(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        place_, admin = place.town, place.admin
        await say(place_, admin, "/plan ny Trafikkplan; periode: 2021-2024")
        await say(place_, admin, "/innstillinger")
        await press(place_, admin, "Trafikkplan")
        await press(place_, admin, "Tilbake")
        await press(place_, admin, "Hele kommunen")
        await press(place_, admin, "Tilbake")
        assert labels(admin.last)[-1] == "Hele kommunen"


def test_every_choice_of_a_setting_can_be_read() -> None:
    for setting in (*OF_PLAN.values(), *OF_HOUSE.values()):
        assert len({str(READERS[setting.kind](setting, words)) for words in setting.choices}) == len(setting.choices)


async def test_a_setting_of_each_kind_is_changed_by_a_press(sqlite: Database) -> None:
    of_kind = {setting.kind: setting.word for setting in (*OF_PLAN.values(), *OF_HOUSE.values())}
    async with cast(sqlite) as place:
        place_, admin = place.town, place.admin
        for word in of_kind.values():
            await say(place_, admin, f"/innstillinger {'kommune ' if word in OF_HOUSE else ''}{word}")
            await press(place_, admin, labels(admin.last)[0])
            assert admin.last.text.startswith("✅ "), admin.last.text


async def test_quiet_weeks_and_hours_are_kept_by_the_scheduler_and_by_delivery(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        place_, admin = place.town, place.admin
        await say(place_, admin, "/innstillinger kommune ferie uke 11")
        assert admin.last.text.startswith("✅ Stille uker: ingen → 11\n")
        await say(place_, admin, "/innstillinger kommune tid 9-14.30")
        assert admin.last.text.startswith("✅ Klokkeslett: 08.00–15.30 → 09.00–14.30")
        await place_.go_to(datetime(2021, 3, 19, 10, 0, tzinfo=UTC))
        daily = "SELECT not_before FROM outbox WHERE kind = 'daily'"
        assert all(str(when) < "2021-03-15" or str(when) >= "2021-03-22" for (when,) in await values(sqlite, daily))
        assert await count(sqlite, "outbox", "sent_at >= '2021-03-15' AND sent_at < '2021-03-22'") == 0
        await place_.go_to(datetime(2021, 3, 22, 7, 30, tzinfo=UTC))  # half past eight in Oslo
        assert "Jeg trenger status" not in place.nav.last.text
        await place_.go_to(datetime(2021, 3, 22, 8, 0, tzinfo=UTC))
        assert "Jeg trenger status" in place.nav.last.text


async def test_a_discreet_plan_leaves_its_measures_out_of_what_comes_unasked(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        place_, slt = place.town, place.slt
        await say(place_, place.admin, "/innstillinger diskret ja")
        await place_.go_to(ROUND_OPENS)
        assert slt.last.text == "2 tiltak venter på svar."
        assert "Svar nå (2 tiltak)" in labels(slt.last)
        await press(place_, slt, "Vis hva det gjelder")
        assert "• 1.5 " in slt.last.text


HIDDEN = "Du har fått en melding om et tiltak. Trykk for å lese den."


async def test_no_notice_of_a_discreet_plan_names_a_measure_before_it_is_opened(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        place_, slt, office = place.town, place.slt, place.office
        other = await place_.join(Role.LEADER, "Testperson To", "SLT-koordinator")
        await say(place_, place.admin, "/innstillinger diskret ja")
        await place_.go_to(ROUND_OPENS)
        await say(place_, office, "/purr 1.5")
        await _is_hidden_and_opens(place_, slt, "Kontoret minner om dette:\n\n• 1.5 ")
        assert "Svar nå (1 tiltak)" in labels(slt.last)
        await say(place_, other, "/status 1.5")
        await say(place_, slt, "1.5 er forsinket, vi mangler folk")
        await press(place_, slt, "Ny frist")
        await say(place_, slt, "våren 2024")
        await press(place_, slt, "Lagre")
        await _is_hidden_and_opens(place_, other, "Testperson SLT har svart")
        await say(place_, office, "/tiltak 1.5")
        await press(place_, office, "Spør tilbake")
        await say(place_, office, "Hvem mangler?")
        await _is_hidden_and_opens(place_, slt, "Kontoret har et spørsmål om svaret ditt:\n\n1.5 ")
        assert labels(slt.last) == ["Svar"]
        await say(place_, slt, "1.5 er forsinket, fagleder slutter")
        await press(place_, slt, "Ny frist")
        await say(place_, slt, "våren 2024")
        await press(place_, slt, "Lagre")
        await _is_hidden_and_opens(place_, office, "SLT-koordinator har svart på det du spurte om:\n\n1.5 ")
        await say(place_, office, "/forslag")
        await press(place_, office, "Godkjenn")
        await _is_hidden_and_opens(place_, slt, "1.5 ")
        await say(place_, office, "/runde rus 2021 møte 12.5.2021")
        assert place.nav.last.text.startswith("Rusmiddelpolitisk handlingsplan: Nye datoer i runden 2021")


async def _is_hidden_and_opens(place: Town, person: Person, begins: str) -> None:
    hidden = person.last
    assert hidden.text == HIDDEN, person.transcript()
    assert labels(hidden) == ["Vis hva det gjelder"]
    await press(place, person, "Vis hva det gjelder", message=hidden)
    assert hidden.text.startswith(begins), hidden.text


async def test_a_notice_that_nothing_is_left_of_says_so_when_it_is_opened(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        place_, nav = place.town, place.nav
        await say(place_, place.admin, "/innstillinger diskret ja")
        await place_.go_to(ROUND_OPENS)
        await say(place_, place.office, "/purr 1.6")
        hidden = nav.last
        await say(place_, nav, "1.6 er i gang")
        await press(place_, nav, "Lagre uten kommentar")
        answer = await press(place_, nav, "Vis hva det gjelder", message=hidden)
        assert answer.text == "Det er ingenting igjen å vise. Alt er svart på."
        assert hidden.text == HIDDEN


async def test_what_a_round_lacks_has_a_button_that_puts_it_right(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        place_, admin = place.town, place.admin
        await say(place_, admin, "/tiltak endre 1.6 oppfølging:")
        await place_.go_to(ROUND_OPENS)
        told = next(message for message in reversed(admin.messages) if "Ingen enhet følger opp" in message.text)
        assert "Velg hvem som følger opp 1.6" in labels(told)
        await press(place_, admin, "Velg hvem som følger opp 1.6", message=told)
        await press(place_, admin, "NAV")
        assert admin.last.text.startswith("✅ 1.6 ")
        assert "Oppfølging: – → NAV" in admin.last.text
        invite = next(label for label in labels(told) if label.startswith("Inviter noen fra"))
        await press(place_, admin, invite, message=told)
        assert admin.last.text == "Hvilken rolle skal den du inviterer, ha?"


async def test_the_log_says_who_changed_what_from_what_to_what(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        place_, admin = place.town, place.admin
        await say(place_, admin, "/tiltak endre 1.6 oppfølging: SLT-koordinator")
        await say(place_, admin, "/logg 1.6")
        assert "Testperson Admin\nEndret: 1.6 " in admin.last.text
        assert "• Oppfølging: NAV → SLT-koordinator" in admin.last.text
        await say(place_, admin, "/tiltak endre 1.6 nr: 1.66; frist: våren 2023")
        deadline = "• Nummer: 1.6 → 1.66\n• Frist: 01.01. 2024 → våren 2023\n• Dato: 1. januar 2024 → 31. mai 2023\n"
        assert deadline in (await say(place_, admin, "/logg 1.66")).text
        await say(place_, admin, "/logg")
        await press(place_, admin, "Neste side ▶")
        await press(place_, admin, "◀ Forrige side")
        await say(place_, admin, "/folk fjern Testperson SLT")
        await press(place_, admin, "Ja, gjør det")
        await say(place_, admin, "/logg")
        assert "Slettet: en som har sluttet" in admin.last.text
        assert "Rolle: – → leder" in admin.last.text or "Rolle" not in admin.last.text
        await say(place_, admin, "/plan endre periode rus til 2020-2025")
        await say(place_, admin, "/logg rus")
        assert "• Periode: 2020–2024 → 2020–2025" in admin.last.text
        await say(place_, admin, "/logg finnes ikke")
        assert "finnes ikke" in admin.last.text


def test_every_action_in_the_log_has_its_words() -> None:
    said = {name.removeprefix("log.") for name in templates.words.names() if name.startswith("log.")}
    root = Path(__file__).parents[2]
    found = set()
    for room in ROOMS:
        for file in (root / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                    place = {"record": 3, "_log": 0}.get(node.func.attr)
                    if place is not None and len(node.args) > place + 1:
                        action = node.args[place]
                        sides = [action.body, action.orelse] if isinstance(action, ast.IfExp) else [action]
                        found |= {side.value for side in sides if isinstance(side, ast.Constant)}
    assert len(found) > 15
    assert {action for action in found if isinstance(action, str)} <= said


@pytest.mark.parametrize("verb", ["slå sammen"])
async def test_a_merged_measure_is_asked_about_no_more_and_its_answers_stay(database: Database, verb: str) -> None:
    async with cast(database) as place:
        place_, admin = place.town, place.admin
        await place_.go_to(ROUND_OPENS)
        await say(place_, admin, f"/tiltak {verb} 1.5 med 1.7; kostnader: la stå")
        await press(place_, admin, "Ja, gjør det")
        assert "er slått sammen med 1.7." in admin.last.text
        assert await count(database, "measure", "merged_into_id IS NOT NULL AND archived_at IS NOT NULL") == 1
        assert await count(database, "status_request", "closed_because = 'measure_closed'") == 1


async def test_a_plan_and_its_goals_are_changed_and_archived(database: Database) -> None:
    async with cast(database) as place:
        place_, admin = place.town, place.admin
        for words, answer in (
            ("/plan ny Trafikkplan; periode: 2024-2021", "Skriv første og siste år"),
            ("/plan mål ny rus; nummer: 1; tittel: Igjen", "Nummeret 1 er brukt i planen før."),
            ("/plan mål ny rus; nummer: 77; tittel: Trygge steder", "✅ Mål 77 Trygge steder er lagt til."),
            ("/plan mål endre rus; mål: 77; tittel: Tryggere steder", "✅ 77 Tryggere steder\n"),
            ("/tiltak flytt 1.6 til 77", "✅ 1.6 "),
        ):
            seen = (await say(place_, admin, words)).text
            assert seen.startswith(answer), f"{words}\n{seen}"
        await say(place_, admin, "/plan mål arkiver rus; mål: 77")
        await say(place_, admin, "1")
        assert "Flyttes til mål 1: 1.6." in admin.last.text
        await press(place_, admin, "Ja, gjør det")
        assert admin.last.text == "✅ Mål 77 Tryggere steder er tatt ut av bruk."
        await place_.go_to(ROUND_OPENS)
        await say(place_, admin, "/plan arkiver rus")
        await press(place_, admin, "Ja, gjør det")
        assert admin.last.text == "✅ Rusmiddelpolitisk handlingsplan er tatt ut av bruk."
        assert await count(database, "status_request", "closed_at IS NULL") == 0
        assert await count(database, "round", "state <> 'closed'") == 0
