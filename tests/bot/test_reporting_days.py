"""Reporting days in the chat: the office hears of one, sees what belongs to it, and notes it as done or moves it."""

from datetime import UTC, datetime
from io import BytesIO

from openpyxl import load_workbook
from sqlmodel import select

from storage.database import Database
from storage.ids import id_of
from storage.tables import Plan, ReportingDate
from tests.bot.acting import Cast, cast, count, labels, press, say, values

TWO_MONTHS_BEFORE = datetime(2021, 7, 2, 8, 5, tzinfo=UTC)  # input to the budget is due on 31 August
TWO_WEEKS_BEFORE = datetime(2021, 8, 17, 8, 5, tzinfo=UTC)
REVIEW = datetime(2022, 3, 1, 8, 5, tzinfo=UTC)  # the review is due on 31 March 2022

BUDGET = ["Gjort: innspill til budsjettet", "Utsett: innspill til budsjettet", "Tiltak med beløp som regneark"]


async def told(place: Cast, at: datetime) -> str:
    """What the office reads on a day."""
    many = len(place.office.messages)
    await place.town.go_to(at)
    return "\n".join(message.text for message in place.office.messages[many:])


async def test_the_office_is_told_and_has_the_measures_with_money_one_press_away(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        text = await told(place, TWO_MONTHS_BEFORE)
        assert "innspill til budsjettet\nDette skal være gjort innen 31. august 2021." in text
        assert "Planen sier: «Rådmannen foreslår prioriterte tiltak i økonomiplanen»" in text
        assert "Planen sier: «Økonomiplanens tekstdel viser hvilke tiltak" in text
        assert [label for label in labels(place.office.last) if label in BUDGET] == BUDGET
        assert not set(BUDGET) & set(labels(place.nav.last)), "a leader has other things to do"
        await press(place.town, place.office, BUDGET[2])
        file = place.office.last
        assert file.content is not None
        rows = load_workbook(BytesIO(file.content)).worksheets[0].iter_rows(values_only=True)
        assert any("2022" in str(cell) for row in rows for cell in row)


async def test_what_is_done_is_logged_and_said_no_more_and_can_be_taken_back(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await told(place, TWO_MONTHS_BEFORE)
        message = place.office.last
        await press(place.town, place.office, BUDGET[0], message=message)
        assert "som gjort" in place.office.last.text
        done = place.office.last
        assert "✅" in (await say(place.town, place.office, "/arshjul 2021")).text
        assert "gjort" in (await say(place.town, place.admin, "/logg rus")).text
        await press(place.town, place.office, BUDGET[0], message=message)
        assert "allerede merket som gjort" in place.office.last.text
        assert "innspill til budsjettet" not in await told(place, TWO_WEEKS_BEFORE)
        await press(place.town, place.office, "Angre", message=done)
        assert "står fortsatt som ikke gjort" in done.text
        assert (await press(place.town, place.office, data="rd:u:1")).show_alert
        assert await count(sqlite, "audit_log", "action LIKE 'reporting_%'") == 2


async def test_it_is_put_off_by_a_button_or_by_a_day_that_is_written(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await told(place, TWO_MONTHS_BEFORE)
        message = place.office.last
        await press(place.town, place.office, BUDGET[1], message=message)
        assert labels(place.office.last) == ["En uke senere", "Fire uker senere", "Velg dag"]
        await press(place.town, place.office, "En uke senere")
        assert "31. august 2021 → 7. september 2021" in place.office.last.text
        await press(place.town, place.office, BUDGET[1], message=message)
        await press(place.town, place.office, "Velg dag")
        assert "Jeg forsto ikke dagen «snart»" in (await say(place.town, place.office, "snart")).text
        assert "Velg en dag etter i dag" in (await say(place.town, place.office, "1.1.2021")).text
        assert "høyst tre år" in (await say(place.town, place.office, "1.1.2050")).text
        assert "→ 1. oktober 2021" in (await say(place.town, place.office, "1.10.2021")).text
        assert "1. Innspill til budsjettet" in (await say(place.town, place.office, "/arshjul 2021")).text
        assert "skal være gjort innen 1. oktober 2021" in await told(place, TWO_WEEKS_BEFORE)
        [(due_on,)] = await values(sqlite, "SELECT due_on FROM reporting_day WHERE promised_on = '2021-08-31'")
        assert due_on == "2021-10-01"


async def test_whoever_no_longer_keeps_a_day_does_not_move_it_by_words(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await told(place, TWO_MONTHS_BEFORE)
        await press(place.town, place.office, BUDGET[1], message=place.office.last)
        await press(place.town, place.office, "Velg dag")
        await say(place.town, place.admin, "/folk rolle Testperson Kontor til ikke kontor")
        await press(place.town, place.admin, "Ja, gjør det")
        assert (await say(place.town, place.office, "1.10.2021")).text.startswith("Det forsto jeg ikke")
        moved = "SELECT count(*) FROM reporting_day WHERE due_on <> promised_on"
        assert await values(sqlite, moved) == [(0,)]


async def test_the_office_gets_the_list_to_walk_through(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        await say(place.town, place.nav, "/status 1.6")
        await press(place.town, place.nav, "🔵 I gang")
        await say(place.town, place.nav, "Kurset er holdt")
        await press(place.town, place.nav, "Lagre")
        assert "Gå gjennom tiltakene" in await told(place, REVIEW)
        many = len(place.office.messages)
        await press(place.town, place.office, "Se listen")
        listed = "\n".join(message.text for message in place.office.messages[many:])
        assert "gjennomgang innen 31. mars 2022" in listed
        assert "🔵 1.6 Aktiviteter og tiltak" in listed
        assert "NAV, frist 1. januar 2024, sist svart 4. januar 2021" in listed
        assert "Rådmannen, frist: Løpende, aldri svart" in listed
        assert "Kommunalsjef omsorg, fristen var 31. desember 2021, aldri svart" in listed
        assert "1.4 Videreføring av ungdomsprosjekt" in listed
        waiting = labels(await say(place.town, place.office, "/arshjul"))
        assert "Gjort: gjennomgang" in waiting, "what waits can be said of from the year ahead as well"


async def test_a_button_about_a_day_of_a_plan_that_is_gone_says_so(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        for data in ("rd:d:999", "rd:x:1", "rd:o:1:0", "rd:o:1", "rd:d:", "rd:l:²"):
            answer = await press(place.town, place.office, data=data)
            assert answer.show_alert, data
            assert "gjelder ikke lenger" in answer.text


async def test_who_hears_of_it_is_set_in_a_line(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        changed = await say(place.town, place.admin, "/innstillinger rus budsjett 90 30 begge")
        assert (
            "Innspill til budsjettet: 60 og 14 dager før, til kontoret → 90 og 30 dager før, til begge" in changed.text
        )
        off = await say(place.town, place.admin, "/innstillinger rus kontroll nei")
        assert "Kontroll: 30 og 7 dager før, til kontoret → følges ikke opp" in off.text
        only_the_day = await say(place.town, place.admin, "/innstillinger rus evaluering ingen admin")
        assert "→ samme dag, til administratorene" in only_the_day.text
        usual = await say(place.town, place.admin, "/innstillinger rus budsjett standard")
        assert "→ 60 og 14 dager før, til kontoret" in usual.text
        for wrong in ("14 60", "-3", "60 kontoret admin", "i morgen", "0"):
            assert (
                "Ingenting er endret"
                in (await say(place.town, place.admin, f"/innstillinger rus budsjett {wrong}")).text
            )
        assert (
            "5, 15 og 30 virkedager → 5" in (await say(place.town, place.admin, "/innstillinger rus etterdato 5")).text
        )


async def test_two_promises_of_a_new_kind_on_a_day_are_two_things_in_one_message(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        async with sqlite.write() as session:
            plan = (await session.exec(select(Plan))).one()
            rule = {"months": [8], "n": 1, "first_year": None, "last_year": None, "body": None}
            session.add(ReportingDate(plan_id=id_of(plan), kind="evaluation", text="Planen evalueres", rule=rule))
        await say(place.town, place.admin, "/innstillinger rus evaluering 60")
        text = await told(place, TWO_MONTHS_BEFORE)
        assert text.count("Dette skal være gjort innen 31. august 2021.") == 2
        assert len([label for label in labels(place.office.last) if label.startswith("Gjort: ")]) == 2


async def test_a_unit_can_keep_the_days_of_a_kind_and_says_when_it_is_done(sqlite: Database) -> None:
    async with cast(sqlite) as place:
        changed = await say(place.town, place.admin, "/innstillinger rus budsjett 60 14 nav")
        assert "Innspill til budsjettet: 60 og 14 dager før, til kontoret → 60 og 14 dager før, til NAV" in changed.text
        for words, refusal in (
            ("60 14 Branvesenet", "Jeg kjenner ingen enhet som heter «branvesenet»."),
            ("60 14 kontoret nav", "Jeg kjenner ingen enhet som heter «kontoret nav»."),
        ):
            assert (await say(place.town, place.admin, f"/innstillinger rus budsjett {words}")).text.startswith(refusal)
        many = len(place.office.messages)
        await place.town.go_to(TWO_MONTHS_BEFORE)
        assert "innspill til budsjettet" not in "".join(each.text for each in place.office.messages[many:])
        message = place.nav.last
        assert (
            "innspill til budsjettet\nDette skal være gjort innen 31. august 2021. Meld inn til kontoret"
            in message.text
        )
        assert labels(message)[-2:] == BUDGET[:2], "the amounts of the whole plan are the office's"
        [(day_id,)] = await values(sqlite, "SELECT id FROM reporting_day WHERE promised_on = '2021-08-31'")
        for person, data in ((place.slt, f"rd:d:{day_id}"), (place.nav, f"rd:l:{day_id}")):
            answer = await press(place.town, person, data=data)
            assert answer.show_alert, data
            assert "rolle" in answer.text, data
        await press(place.town, place.nav, BUDGET[0], message=message)
        assert "som gjort" in place.nav.last.text
        assert "NAV" in (await say(place.town, place.office, "/arshjul 2022")).text
