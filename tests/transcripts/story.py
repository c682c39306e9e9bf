"""The ten usual conversations, in the order of one spring in one municipality.

What people type is Norwegian in every language: commands and deadlines are.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from io import BytesIO

from openpyxl import Workbook

from storage.database import Database
from tests.bot.acting import ROUND_OPENS, Cast, cast
from tests.transcripts.telling import Telling

SLT, NAV, OFFICE, ADMIN = "SLT", "NAV", "Office", "Admin"


async def daily_message(t: Telling, _place: Cast) -> None:
    """The round opens; a leader answers a question and proposes a new deadline, and the next question comes."""
    await t.at(ROUND_OPENS)
    await t.presses(SLT, "answer_now", count=2)
    await t.presses(SLT, "status_delayed")
    await t.says(SLT, "Kurset er flyttet fordi læreren sluttet.")
    await t.presses(SLT, "new_deadline")
    await t.says(SLT, "våren 2022")
    await t.presses(SLT, "save")


async def own_words(t: Telling, _place: Cast) -> None:
    """A leader writes what has happened, and corrects it twice: with a button, and by editing the message."""
    await t.says(NAV, "1.6 er i gang, kurset starter i mai")
    written = t.written(NAV)
    await t.presses(NAV, "save")
    await t.edits(NAV, written, "1.6 er i gang, kurset starter i juni")
    await t.says(NAV, "/tiltak 1.6")
    await t.says(NAV, "/mine")


async def another_day(t: Telling, _place: Cast) -> None:
    """A question is put off for a week, and answered when it comes back."""
    await t.presses(SLT, "later")
    await t.presses(SLT, "put_off_week")
    await t.at(datetime(2021, 3, 22, 8, 0, tzinfo=UTC))
    await t.presses(SLT, "answer_now", count=1)
    await t.presses(SLT, "status_in_progress")
    await t.presses(SLT, "without_comment")


async def away(t: Telling, _place: Cast) -> None:
    """A leader is away for some days, nobody deputises, and the bot welcomes them back."""
    await t.says(NAV, "/fravaer 23.-26. mars")
    await t.presses(NAV, "absence_nobody")
    await t.at(datetime(2021, 3, 29, 8, 0, tzinfo=UTC))


async def what_is_missing(t: Telling, _place: Cast) -> None:
    """The office sees how things stand, nags a unit, and writes down what another said on the phone."""
    await t.says(OFFICE, "/oversikt")
    await t.says(OFFICE, "/mangler")
    await t.says(OFFICE, "/purr 1.2")
    await t.says(OFFICE, "/registrer 1.2")
    await t.presses(OFFICE, "status_in_progress")
    await t.says(OFFICE, "Samarbeidet er avtalt med videregående skole.")
    await t.presses(OFFICE, "save")


async def report_text(t: Telling, _place: Cast) -> None:
    """The office edits what the council reads, and asks a leader for more."""
    await t.says(OFFICE, "/frigi")
    await t.presses(OFFICE, "edit")
    await t.says(OFFICE, "Samarbeid er avtalt med den videregående skolen.")
    await t.says(OFFICE, "/tiltak 1.6")
    await t.presses(OFFICE, "ask_back")
    await t.says(OFFICE, "Hvor mange deltar?")
    await t.presses(NAV, "answer_back")
    await t.presses(NAV, "status_in_progress")
    await t.says(NAV, "Tjue ungdommer har meldt seg på.")
    await t.presses(NAV, "save")


async def proposals(t: Telling, _place: Cast) -> None:
    """The office turns a proposed deadline down with a reason, and the leader is told."""
    await t.says(OFFICE, "/forslag")
    await t.presses(OFFICE, "turn_down")
    await t.says(OFFICE, "Kurset må holdes før sommeren.")


async def the_round(t: Telling, _place: Cast) -> None:
    """The meeting gets its real date, and the report is made."""
    await t.says(OFFICE, "/runde")
    await t.says(OFFICE, "/runde rus 2021 møte kommunestyret 12.5.2021")
    await t.says(OFFICE, "/arshjul 2021")
    await t.says(OFFICE, "/rapport 2021")


async def units_and_people(t: Telling, _place: Cast) -> None:
    """An admin keeps units and people right, and sees what has been changed."""
    await t.says(ADMIN, "/enhet")
    await t.says(ADMIN, "/inviter")
    await t.says(ADMIN, "/folk")
    await t.says(ADMIN, "/innstillinger")
    await t.says(ADMIN, "/tiltak endre 1.6 tittel: Aktiviteter mot frafall")
    await t.says(ADMIN, "/logg")


async def a_new_plan(t: Telling, place: Cast) -> None:
    """An admin sends a plan, settles what is in doubt, and imports it."""
    await place.admin.send_document("trafikksikkerhetsplan.xlsx", _plan())
    await t.goes_on(ADMIN, "<trafikksikkerhetsplan.xlsx>")
    await t.presses(ADMIN, "plan_questions", left=1)
    await t.presses(ADMIN, "plan_right")
    await t.presses(ADMIN, "plan_import")


def _plan() -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ("Trafikksikkerhetsplan 2022–2025 for Eksempel kommune",),
        (),
        ("Nr.", "Tiltak", "Ansvar", "Frist", "Kostnad"),
        ("1", "Gangfelt ved skolen", "Teknisk drift", "våren 2023", "kr 400 000"),
        ("2", "Refleksaksjon i barnehagene", "HeRe", "hver høst", ""),
        ("3", "Fartsmåling i boliggater", "Politiet", "snarest mulig etter behov", "ca. 20 000"),
    ):
        sheet.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


CONVERSATIONS: tuple[Callable[[Telling, Cast], Awaitable[None]], ...] = (
    daily_message,
    own_words,
    another_day,
    away,
    what_is_missing,
    report_text,
    proposals,
    the_round,
    units_and_people,
    a_new_plan,
)


async def told(database: Database, language: str) -> AsyncIterator[tuple[str, str]]:
    """Each conversation with its name, told in a language."""
    async with cast(database, language=language) as place:
        people = {SLT: place.slt, NAV: place.nav, OFFICE: place.office, ADMIN: place.admin}
        telling = Telling(place.town, language, people)
        telling.begin()
        for conversation in CONVERSATIONS:
            await conversation(telling, place)
            yield conversation.__name__, telling.text()
            telling.begin()
