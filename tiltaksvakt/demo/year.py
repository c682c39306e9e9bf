"""The months up to the first council meeting, day by day: who does what, and when."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

from bot.turn import House
from emulator import BotApiServer
from plan import documents
from plan.case_route import COUNCIL
from report.compile import EXAMPLE
from scheduler.planning import plan_ahead
from storage import audit, invitations, meetings, plans, rounds, state
from storage.database import Database
from storage.ids import id_of
from storage.people import Role
from storage.tables import Plan, Round
from tiltaksvakt.clock import SimulatedClock
from tiltaksvakt.demo.cast import Actor, Script
from tiltaksvakt.demo.progress import through
from tiltaksvakt.service import Service

YEAR = 2021
FIRST_DAY = date(2021, 1, 4)
COUNCIL_MEETS = date(2021, 5, 19)
EARLY = time(8, 5)

WITHOUT_OWNER = "1.4"
BY_PHONE = "1.6"
NEVER_ANSWERED = "3.3"
CORRECTED = "1.7"
REWRITTEN = "3.1"
RELEASE, REWRITE = "re:ok", "re:ed"

CHIEF, COORDINATOR, WELFARE, YOUTH, CARE = (
    "Rådmannen",
    "SLT-koordinator",
    "NAV",
    "Avdeling for psykisk helse",
    "Kommunalsjef omsorg",
)


@dataclass
class Year:
    """The story. Each of `live`'s days begins with what is due, and then the people do what they do that day."""

    database: Database
    clock: SimulatedClock
    server: BotApiServer
    service: Service
    script: Script
    plan_file: Path
    cast: dict[str, Actor] = field(default_factory=dict)

    async def live(self) -> Plan:
        """Live from the first invitation to the council's meeting; returns the plan."""
        plan = await self._set_up()
        await self._invite_everybody()
        days = self.house.hours.calendar.between(FIRST_DAY, COUNCIL_MEETS)
        for day in through(days, len(days)):
            await self._begin(day)
            await self._leaders()
            await self._office(day, await self._round(plan))
        return plan

    @property
    def house(self) -> House:
        """What the bot knows of the municipality."""
        return self.service.house

    async def _set_up(self) -> Plan:
        """What is done at the command line: the plan is read, the meeting set, the first admin invited."""
        draft = documents.read(self.plan_file.name, self.plan_file.read_bytes())
        at = self.clock.now()
        async with self.database.write() as session:
            await state.put(session, EXAMPLE, {"on": True})
            plan = await plans.store(session, draft, municipality="", actor=audit.COMMAND_LINE, at=at)
            await meetings.set_meeting(session, plan, COUNCIL, COUNCIL_MEETS, actor=audit.COMMAND_LINE, at=at)
            await plan_ahead(session, plan, self.house.hours.local_date(at), self.house.hours.calendar)
            issued = await invitations.issue(
                session, role=Role.ADMIN, name="Admin", unit_id=None, created_by=None, actor=audit.COMMAND_LINE, at=at
            )
        await self._come_in("admin", issued.token)
        return plan

    async def _invite_everybody(self) -> None:
        """The admin gives the orphan measure an owner and invites the rest; nobody of NAV ever joins.

        The rådmann acts as head of care as well, so that a question about care has the same person at two levels.
        """
        admin = self.cast["admin"]
        await admin.say(f"/tiltak endre {WITHOUT_OWNER} oppfølging: {YOUTH}")
        for name, command in (
            ("office", "kontor Kontoret"),
            ("chief", f"leder {CHIEF}, {CHIEF}"),
            ("chief", f"leder {CHIEF}, {CARE}"),
            ("coordinator", f"leder {COORDINATOR}en, {COORDINATOR}"),
            ("youth", f"leder Avdelingslederen, {YOUTH}"),
        ):
            answer = await admin.say(f"/inviter {command}")
            await self._come_in(name, answer.split("?start=")[1].split()[0])

    async def _come_in(self, name: str, token: str) -> None:
        """Open an invitation's link, as a new person or one who is there already."""
        if name not in self.cast:
            person = self.server.person(1001 + len(self.cast), first_name=name)
            never = frozenset({NEVER_ANSWERED}) if name == "chief" else frozenset()
            self.cast[name] = Actor(person, self.script, self._talk, never)
        await self.cast[name].chat.start(token)
        await self._talk()

    async def _talk(self) -> None:
        """Let the bot take in what was written and answer it."""
        while await self.service.take_in(0):
            await self.service.handle()

    async def _begin(self, day: date) -> None:
        """Early in the morning everything that is due goes out. Nothing may wait when the clock leaps."""
        await self.server.quiet()
        await self.clock.move_to(self.database, datetime.combine(day, EARLY, self.house.hours.zone))
        await self.service.settle()

    async def _round(self, plan: Plan) -> Round:
        async with self.database.read() as session:
            row = await rounds.of_year(session, id_of(plan), YEAR)
        assert row is not None
        return row

    async def _leaders(self) -> None:
        """Who is asked answers: the chief and the coordinator at once, the youth team once the chief has heard."""
        chief, coordinator, youth = self.cast["chief"], self.cast["coordinator"], self.cast["youth"]
        heard = chief.chat.last is not None and f"• {WITHOUT_OWNER} " in chief.chat.last.text
        if chief.is_asked:
            await chief.answer_all()
        if coordinator.is_asked:
            await coordinator.answer_all()
        if heard and youth.is_asked:
            await youth.answer_all()

    async def _office(self, day: date, row: Round) -> None:
        """The office writes down what NAV says, goes through the comments, and makes the report for the papers."""
        office, calendar = self.cast["office"], self.house.hours.calendar
        if day == row.halfway_on:
            await office.say(f"/registrer {BY_PHONE}")
            await office.answer(self.script.answers[BY_PHONE])
        if day == calendar.add(row.halfway_on, 1):
            await self.cast["coordinator"].correct(CORRECTED)
        if day == calendar.add(row.papers_on, -1):
            await office.say("/mangler")
            await self._release(office)
            await office.say("/oversikt")
        if day == row.papers_on:
            await office.say("/rapport")

    async def _release(self, office: Actor) -> None:
        """One comment is written anew for the council, the rest are released as they are."""
        await office.say("/frigi")
        while office.offers(RELEASE):
            if office.title == REWRITTEN:
                await office.press_newest(REWRITE)
                await office.say(self.script.report_texts[REWRITTEN])
            else:
                await office.press_newest(RELEASE)

    def documents(self) -> Iterator[tuple[str, bytes]]:
        """The documents the office got in the chat: their names and contents."""
        for message in self.cast["office"].chat.messages:
            if message.document is not None and message.file_name is not None:
                yield message.file_name, message.document
