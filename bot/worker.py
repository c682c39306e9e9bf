"""Working through the inbox: an update's effects and its answers are one transaction; the answers go out after it."""

import asyncio
import logging
import traceback
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram import Update
from telegram.constants import ChatAction
from telegram.ext import Application

import templates
from bot import turn as turns
from bot.answers import Answer
from bot.commands import plan_import
from bot.dialogues import approving, attaching, reading_back
from bot.documents import approved_files
from bot.files.drafts import DraftFiles
from bot.files.fetching import AttachedFiles, NotKept
from bot.menu import menus_after
from bot.plan_files import NotRead, PlanFiles
from bot.postman import DocumentNotMade, Postman
from bot.telegram_errors import TransportError
from bot.turn import House, Turn
from report import approval, shelf
from report.read_back import ReadBackRefused
from storage import directory, inbox, outbox, people, reports
from storage.database import Database
from storage.ids import id_of
from storage.tables import InboxRow, Person

log = logging.getLogger(__name__)

PAUSE = timedelta(seconds=2)
LONGEST_PAUSE = timedelta(minutes=1)
LEASE = timedelta(seconds=30)
READING_LEASE = timedelta(minutes=4)  # fetching, waiting for another document, and reading
GIVE_UP_ANSWERING = 34  # about half an hour with these pauses: what comes later only confuses
ANSWERS_AT_ONCE = 20

Outcome = Callable[[Turn], Awaitable[None]]
"""What is done with a file that was read: it is kept, and something is said."""


class Worker:
    """Handles what is in the inbox, in the order of each chat. `step()` is one step; a loop only repeats it.

    Handlers run one after the other, since they write. Answers are sent beside them, one chat's in their order.
    """

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        database: Database,
        postman: Postman,
        house: House,
        now: Callable[[], datetime],
    ) -> None:
        self.application = application
        self.database = database
        self.postman = postman
        self.house = house
        self.now = now
        self.plan_files = PlanFiles(postman.fetch)
        self.attached_files = AttachedFiles(postman.fetch)
        self.draft_files = DraftFiles(postman.fetch)
        self._readers: dict[str, Callable[[Answer], Awaitable[Outcome]]] = {
            "plan": self._read_plan,
            "attach": self._read_attached,
            "approve": self._print_approved,
            "shelve": self._shelve,
            "read_back": self._read_back,
        }
        self._answering: dict[int | None, asyncio.Task[None]] = {}
        self._given: list[int] = []
        self._noting = asyncio.Lock()

    async def step(self) -> bool:
        """Handle one update, or begin to answer one; False when nothing can be done now."""
        if len(self._answering) >= ANSWERS_AT_ONCE:
            await asyncio.wait(self._answering.values(), return_when=asyncio.FIRST_COMPLETED)
        async with self.database.read() as session:
            row = await inbox.next_open(session, self.now(), busy=set(self._answering))
        if row is None:
            return False
        answers = await self._handle(row) if row.state == "new" else await self._take_over(row)
        if answers:
            self._begin_answering(row, answers)
        return True

    async def settle(self) -> None:
        """Wait until every answer that is on its way has gone out or failed."""
        while self._answering:
            await asyncio.wait(self._answering.values())

    async def _handle(self, row: InboxRow) -> list[Answer]:
        """Commit an update's effects together with its answers, which are returned.

        Raises `DBAPIError` when the database is not there: that is no fault of the update.
        """
        try:
            async with self.database.write() as session:
                if not await inbox.claim(session, row):
                    return []
                turn = await self._turn(session, row)
                async with self.postman.busy_if_slow(row.chat_id) if row.chat_id is not None else nullcontext():
                    await self._process(turn)
                turn.answers += await menus_after(turn)
                answers = [answer.to_json() for answer in turn.answers]
                await inbox.handled(session, id_of(row), answers, self.now() + LEASE)
            return turn.answers
        except Exception as error:
            if _is_away(error):
                raise
            _log_failure("an update could not be handled", error, row)
            await self._failed(row, type(error).__name__)
            return []

    async def _take_over(self, row: InboxRow) -> list[Answer]:
        """Answers whose sender did not live to give them; of two who see them, one takes them over."""
        async with self.database.write() as session:
            ours = await inbox.take_over(session, row, self.now() + LEASE)
        return [Answer.from_json(stored) for stored in row.answers or []] if ours else []

    async def _turn(self, session: AsyncSession, row: InboxRow) -> Turn:
        assert row.payload is not None
        await self.house.refresh(session)
        parsed = Update.de_json(row.payload, self.application.bot)
        person = await people.by_chat(session, row.chat_id) if row.chat_id is not None else None
        if person is not None and person.blocked_at is not None and parsed.my_chat_member is None:
            await people.is_back(session, person, self.now())
        return await self._turn_of(session, parsed, row, person)

    async def _turn_of(self, session: AsyncSession, update: Update, row: InboxRow, person: Person | None) -> Turn:
        turn = Turn(session, self.now(), update, id_of(row), self.house)
        if person is not None:
            await turn.is_written_by(person)
        return turn

    async def _process(self, turn: Turn) -> None:
        """Run the handlers. The library swallows what they raise, so its error handler hands it over to us."""
        token = turns.current.set(turn)
        try:
            await self.application.process_update(turn.update)
        finally:
            turns.current.reset(token)
        if turn.failure is not None:
            raise turn.failure

    async def _failed(self, row: InboxRow, why: str) -> None:
        at = self.now()
        async with self.database.write() as session:
            if await inbox.failed(session, row, at + PAUSE * (row.attempts + 1), why):
                for admin in (await directory.read(session)).admins:
                    await outbox.write_notice(session, admin, f"set_aside:{row.id}", {}, at, self.house.hours)

    def _begin_answering(self, row: InboxRow, answers: list[Answer]) -> None:
        task = asyncio.create_task(self._answer(row, answers))
        self._answering[row.chat_id] = task
        task.add_done_callback(lambda _: self._answering.pop(row.chat_id, None))

    async def _answer(self, row: InboxRow, answers: list[Answer]) -> None:
        """Give the answers in order; what is left after a failure is given later, from where it stopped.

        What cannot be written down now is given once more when the lease has run out.
        """
        try:
            await self._give(row, answers)
        except Exception as error:
            _log_failure("an answer could not be written down as given", error, row)

    async def _give(self, row: InboxRow, answers: list[Answer]) -> None:
        left = list(answers) if row.chat_id is not None else []
        while left and row.chat_id is not None:
            if left[0].do in self._readers:
                try:
                    left = await self._fetch(row, row.chat_id, left)
                except TransportError as error:
                    await self._not_answered(row, left, error)
                    return
                continue
            try:
                await self.postman.answer(row.chat_id, left[0])
            except TransportError as error:
                await self._not_answered(row, left, error)
                return
            except DocumentNotMade as error:
                _log_failure("a document could not be made", error.__cause__ or error, row)
                left[0] = self._apology(left[0])
                continue
            except Exception as error:
                # An answer that cannot be given must not stand in the way of the rest.
                _log_failure("an answer could not be given", error, row)
            given = left.pop(0)
            if left and given.shows_again:
                await self._note_left(row, left)
        await self._note_given(id_of(row))

    async def _note_given(self, row_id: int) -> None:
        """Write down that all was answered, together with what else waits for that: each time waits for the disk."""
        self._given.append(row_id)
        async with self._noting:
            given, self._given = self._given, []
            if given:
                async with self.database.write() as session:
                    await inbox.all_answered(session, given)

    async def _fetch(self, row: InboxRow, chat_id: int, left: list[Answer]) -> list[Answer]:
        """Fetch and read the file that is the first of what is left, and return what is left then.

        What was read is stored together with what is said about it: a kill before that reads it again, and one after
        it only has it said. Raises `TransportError` where fetching it may go better later.
        """
        await self._note_left(row, left, READING_LEASE)
        try:
            async with self.postman.busy(chat_id, ChatAction.TYPING):
                has_been_read = await self._readers[left[0].do](left[0])
        except TransportError as error:
            last_try = error.permanent or row.attempts + 1 >= GIVE_UP_ANSWERING
            if error.gone or not last_try:
                raise
            has_been_read = self._not_fetched(left[0])
        async with self.database.write() as session:
            person = await people.by_chat(session, chat_id)
            turn = await self._turn_of(session, Update(0), row, person)
            await has_been_read(turn)
            still = [*turn.answers, *left[1:]]
            await self._keep_left(session, row, still, LEASE)
        return still

    async def _read_plan(self, answer: Answer) -> Outcome:
        found = await self.plan_files.read(answer)
        return lambda turn: plan_import.has_been_read(turn, answer, found)

    async def _read_attached(self, answer: Answer) -> Outcome:
        found = await self.attached_files.read(answer)
        return lambda turn: attaching.has_been_fetched(turn, answer, found)

    async def _read_back(self, answer: Answer) -> Outcome:
        found = await self.draft_files.read(answer)
        return lambda turn: reading_back.has_been_read(turn, answer, found)

    async def _print_approved(self, answer: Answer) -> Outcome:
        async with self.database.read() as session:
            row = await reports.by_id(session, answer.report_id or 0)
        found = None
        if row is not None:
            try:
                found = await asyncio.to_thread(
                    approval.print_approved, row.snapshot, self.house.hours.local_date(self.now())
                )
            except Exception as error:  # whatever the libraries meet: the person is told, and nothing is approved
                log.error("not printed: %s", type(error).__name__, extra={"action": "not_printed", "report": row.id})
        return lambda turn: approving.has_been_printed(turn, answer, found)

    async def _shelve(self, answer: Answer) -> Outcome:
        files, folder = await approved_files(self.database, answer.report_id or 0), self.house.report_dir
        assert folder is not None
        try:
            taken: list[str] | None = await asyncio.to_thread(shelf.put, folder, files)
        except OSError as error:
            log.error("not put: %s", type(error).__name__, extra={"action": "not_shelved"})
            taken = None
        return lambda turn: approving.has_been_put(turn, folder, [name for name, _content in files], taken)

    def _not_fetched(self, answer: Answer) -> Outcome:
        if answer.do == "plan":
            return lambda turn: plan_import.has_been_read(turn, answer, NotRead("not_fetched"))
        if answer.do == "read_back":
            return lambda turn: reading_back.has_been_read(turn, answer, ReadBackRefused("read_back.not_fetched"))
        return lambda turn: attaching.has_been_fetched(turn, answer, NotKept("not_fetched"))

    async def _note_left(self, row: InboxRow, left: list[Answer], lease: timedelta = LEASE) -> None:
        """Write down how far we came: after a kill, what the person has seen is not shown again."""
        async with self.database.write() as session:
            await self._keep_left(session, row, left, lease)

    async def _keep_left(self, session: AsyncSession, row: InboxRow, left: list[Answer], lease: timedelta) -> None:
        stored = [answer.to_json() for answer in left]
        await inbox.postponed(session, id_of(row), stored, row.attempts, self.now() + lease)

    def _apology(self, answer: Answer) -> Answer:
        language = self.house.language
        if answer.do == "report":
            return Answer("send", text=templates.chat.say("report.not_made", language=language, format=answer.format))
        if answer.do == "overview":
            return Answer("send", text=answer.text, keyboard=answer.keyboard)  # the words say what the picture shows
        if answer.do == "attachment":
            return Answer("send", text=templates.chat.say("attachments.is_gone", language=language))
        sentence = "export.not_made" if answer.do == "export" else "conversation.file_not_made"
        return Answer("send", text=templates.chat.say(sentence, language=language))

    async def _not_answered(self, row: InboxRow, left: list[Answer], error: TransportError) -> None:
        """What the update did is stored; only the answer is late, or lost when the person cannot be reached."""
        attempts = row.attempts + 1
        log.warning("not answered: %s", error.reason, extra={"action": "not_answered", "row": row.id})
        async with self.database.write() as session:
            if error.gone:
                await self._lost(session, row)
            elif error.permanent or attempts >= GIVE_UP_ANSWERING:
                await inbox.answered(session, id_of(row), [answer.to_json() for answer in left[1:]])
            else:
                until = self.now() + (error.wait or min(PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE))
                counted = attempts if error.wait is None else row.attempts
                await inbox.postponed(session, id_of(row), [answer.to_json() for answer in left], counted, until)

    async def _lost(self, session: AsyncSession, row: InboxRow) -> None:
        assert row.chat_id is not None
        if person := await people.by_chat(session, row.chat_id):
            await people.blocked(session, id_of(person), self.now())
        await inbox.answered(session, id_of(row), [])


def _is_away(error: Exception) -> bool:
    """Whether the database could not be reached, or was too busy."""
    return isinstance(error, OperationalError) or (isinstance(error, DBAPIError) and error.connection_invalidated)


def _log_failure(what: str, error: BaseException, row: InboxRow) -> None:
    """The kind of an error and where it arose. Its message may hold what somebody wrote, and is left out."""
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("%s: %s\n%s", what, type(error).__name__, where, extra={"action": "failed", "row": row.id})
