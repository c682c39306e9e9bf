"""What a notice of the outbox says: made when it goes out, of what is true then, in full or discreetly.

A phone shows the beginning of a message on its locked screen. Of a measure in a discreet plan a notice only says that
there is something to read, and a button shows it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

import templates
from bot.answers import Button, Keyboard
from bot.dialogues import approving, overtaken
from bot.dialogues import draft as drafts
from bot.dialogues.plan_buttons import DROP, SUMMARY, data_of
from bot.tasks.settings import word_of
from bot.turn import shorten
from report.snapshot import Snapshot
from scheduler import conditions as coming_true
from scheduler import digest, open_questions, round_changes
from scheduler import round_again as taken_up
from scheduler.settings import PlanSettings
from scheduler.tick import STOPPED
from storage import conditions, dialogues, directory, nags, outbox, plan_imports, question_backs, replies, reports
from storage.ids import id_of
from storage.tables import Measure, OutboxRow, Person, Plan, Round, StatusReply, Unit

ANY: None = None
NO_MEASURE: frozenset[int] = frozenset()
REST = "rest"
# Sentences of `templates/chat/notice.j2` that hold nothing of a measure.
PLAIN = {
    "absence_registered",
    "attainment_asked",
    "deputy_chosen",
    "deputy_released",
    "intake_gap",
    "roles_changed",
    "set_aside",
}


@dataclass(frozen=True)
class Notice:
    """A text in Telegram's HTML and the buttons under it.

    `about` are the plans whose measures it tells of; with `ANY` it may be any plan's. `report_id` is a stored report
    that goes with it as a document.
    """

    text: str
    keyboard: Keyboard = ()
    about: frozenset[int] | None = ANY
    report_id: int | None = None


Compose = Callable[[AsyncSession, OutboxRow, Person, date], Awaitable[Notice | None]]


async def nag(session: AsyncSession, row: OutboxRow, person: Person, today: date) -> Notice | None:
    """The office asks for an answer; of what it named, only what is still open and the person's to answer."""
    questions = tuple(
        question
        for question in await open_questions.questions_of(session, row.person_id, today)
        if question.request_id in row.data["requests"] or question.question_id in row.data["questions"]
    )
    if not questions:
        return None
    text = templates.chat.say("from_office.nag", language=person.language, questions=questions, today=today)
    label = templates.words.say("button.answer_now", language=person.language, count=len(questions))
    about = frozenset(question.plan_id for question in questions)
    return Notice(text, ((Button(label, "nx:0:0"),),), about)


async def question_back(session: AsyncSession, row: OutboxRow, person: Person, _today: date) -> Notice | None:
    """What the office asks about an answer, while it still waits."""
    asked = await question_backs.by_id(session, int(row.kind.partition(":")[2]))
    if asked is None or asked.closed_at is not None:
        return None
    measure = await session.get_one(Measure, asked.measure_id)
    text = templates.chat.say(
        "from_office.question_back",
        language=person.language,
        measure=measure,
        reply=await session.get_one(StatusReply, asked.reply_id),
        text=asked.text,
    )
    label = templates.words.say("button.answer_back", language=person.language)
    return Notice(text, ((Button(label, f"an:{asked.measure_id}"),),), frozenset({measure.plan_id}))


async def answered_back(session: AsyncSession, row: OutboxRow, person: Person, _today: date) -> Notice | None:
    """The answer to what somebody of the office asked; not to whoever wrote it down themselves."""
    asked = await question_backs.by_id(session, int(row.kind.partition(":")[2]))
    reply = next(iter(await replies.of_measure(session, asked.measure_id)), None) if asked else None
    if asked is None or reply is None or reply.author_id == row.person_id:
        return None
    measure = await session.get_one(Measure, asked.measure_id)
    unit = await session.get_one(Unit, reply.unit_id)
    text = templates.chat.say(
        "from_office.answered_back",
        language=person.language,
        measure=measure,
        unit=unit.name,
        reply=reply,
        text=asked.text,
    )
    ask_back = Button(templates.words.say("button.ask_back", language=person.language), f"sb:{reply.id}")
    return Notice(text, ((ask_back,),), frozenset({measure.plan_id}))


async def condition_met(session: AsyncSession, row: OutboxRow, person: Person, today: date) -> Notice | None:
    """What a measure waits for has come true, as its unit says, unless that has been taken back meanwhile."""
    found = await _waiting(session, row)
    if found is None or not await conditions.met_on(session, found.measure):
        return None
    data = {"is_admin": person.is_admin, "example": today.year + 1}
    return found.notice("from_office.has_come_true", person, **data)


async def condition_not_met(session: AsyncSession, row: OutboxRow, person: Person, _today: date) -> Notice | None:
    """What the person has been told has come true has not after all."""
    found = await _waiting(session, row)
    if found is None or await conditions.met_on(session, found.measure):
        return None
    return found.notice("from_office.has_not_come_true", person)


@dataclass(frozen=True)
class _Waiting:
    """A measure that waits for something, and the unit that follows it up."""

    measure: Measure
    unit: str | None
    condition: str

    def notice(self, sentence: str, person: Person, **data: object) -> Notice:
        text = templates.chat.say(
            sentence,
            language=person.language,
            measure=self.measure,
            unit=self.unit,
            condition=self.condition,
            **data,
        )
        return Notice(text, about=frozenset({self.measure.plan_id}))


async def _waiting(session: AsyncSession, row: OutboxRow) -> _Waiting | None:
    measure = await session.get_one(Measure, int(row.kind.split(":")[1]))
    condition = conditions.condition_of(measure)
    if condition is None or measure.archived_at is not None:
        return None
    unit = await session.get(Unit, measure.owner_id) if measure.owner_id else None
    return _Waiting(measure, unit.name if unit else None, condition)


async def answered_by_other(session: AsyncSession, row: OutboxRow, person: Person, today: date) -> Notice | None:
    """Somebody else has answered what the person had begun to answer."""
    reply = await replies.by_id(session, int(row.kind.partition(":")[2]))
    measure = await session.get(Measure, reply.measure_id) if reply else None
    author = await session.get(Person, reply.author_id) if reply else None
    if reply is None or measure is None or author is None or author.id == row.person_id:
        return None
    mine = (await directory.around(session, row.person_id, today)).units_of(row.person_id)
    if reply.unit_id not in mine and not (person.is_office or person.is_admin):
        return None
    draft = drafts.of_dialogue(await dialogues.of_person(session, row.person_id))
    begun = next((each for each in draft.all() if each.asked.measure_id == measure.id), None) if draft else None
    text = templates.chat.say(
        "from_office.answered_by_other",
        language=person.language,
        measure=measure,
        reply=reply,
        by=author.name,
        text=begun.comment if begun else None,
    )
    label = templates.words.say("button.show_measure", language=person.language)
    return Notice(text, ((Button(label, f"ti:{measure.id}"),),), frozenset({measure.plan_id}))


async def round_moved(session: AsyncSession, row: OutboxRow, person: Person, _today: date) -> Notice | None:
    """The new days of a round; nothing where they have moved again since, or it is over."""
    _, round_id, reply_by, meeting_on, _time = row.kind.split(":")
    found = await session.get(Round, int(round_id))
    if found is None or found.state != "open":
        return None
    if (found.reply_by.isoformat(), found.meeting_on.isoformat()) != (reply_by, meeting_on):
        return None
    plan = await session.get_one(Plan, found.plan_id)
    text = templates.chat.say("from_office.round_moved", language=person.language, plan=plan, round=found)
    return Notice(text, about=NO_MEASURE)


async def round_over(session: AsyncSession, row: OutboxRow, person: Person, _today: date) -> Notice | None:
    """The office has ended a round in which the person had something to answer."""
    found = await session.get(Round, int(row.kind.split(":")[1]))
    if found is None or found.state != "closed":
        return None
    plan = await session.get_one(Plan, found.plan_id)
    text = templates.chat.say("from_office.round_over", language=person.language, plan=plan, round=found)
    return Notice(text, about=NO_MEASURE)


async def round_again(session: AsyncSession, row: OutboxRow, person: Person, today: date) -> Notice | None:
    """A round that was called off goes on; nothing to whoever has answered meanwhile."""
    found = await session.get(Round, int(row.kind.split(":")[1]))
    count = len(await open_questions.questions_of(session, row.person_id, today))
    if found is None or found.state != "open" or not count:
        return None
    plan = await session.get_one(Plan, found.plan_id)
    text = templates.chat.say("from_office.round_again", language=person.language, plan=plan, round=found)
    label = templates.words.say("button.answer_now", language=person.language, count=count)
    return Notice(text, ((Button(label, "nx:0:0"),),), about=NO_MEASURE)


async def plan_waiting(session: AsyncSession, row: OutboxRow, person: Person, _today: date) -> Notice | None:
    """A review of a plan document that was left open, while it still is."""
    found = await plan_imports.by_id(session, int(row.kind.partition(":")[2]))
    if found is None or found.state != "open" or not person.is_admin:
        return None
    left = len((await plan_imports.review_of(session, found)).undecided)
    text = templates.chat.say(
        "notice.plan_waiting", language=person.language, file=shorten(found.file_name), at=found.begun_at, left=left
    )
    labels = (("plan_go_on", SUMMARY), ("plan_drop", DROP))
    buttons = tuple(
        Button(templates.words.say(f"button.{label}", language=person.language), data_of(code, found))
        for label, code in labels
    )
    return Notice(text, (buttons,), NO_MEASURE)


async def _sentence(_session: AsyncSession, row: OutboxRow, person: Person, _today: date) -> Notice:
    """A sentence of `templates/chat/notice.j2`, with what the row holds for it."""
    kind = row.kind.partition(":")[0]
    data = {name: value for name, value in row.data.items() if name not in {REST, outbox.BUTTONS, outbox.ABOUT}}
    keyboard = tuple(
        (Button(templates.words.say(f"button.{label}", language=person.language), pressed),)
        for label, pressed in row.data.get(outbox.BUTTONS, [])
    )
    text = templates.chat.say(f"notice.{kind}", language=person.language, **data)
    told = frozenset(row.data[outbox.ABOUT]) if outbox.ABOUT in row.data else ANY
    return Notice(text, keyboard, NO_MEASURE if kind in PLAIN else told)


async def report_draft(session: AsyncSession, row: OutboxRow, person: Person, _today: date) -> Notice | None:
    """The draft of a round's report with what it lacks, to the office; nothing where the report is approved already."""
    found = await session.get(Round, int(row.kind.partition(":")[2]))
    if found is None or found.state == "closed" or not person.is_office:
        return None
    newest = await reports.newest(session, found.plan_id, found.year)
    if newest is None or await reports.newest_approved(session, found.plan_id, found.year) is not None:
        return None
    plan = await session.get_one(Plan, found.plan_id)
    snapshot = Snapshot.model_validate_json(newest.snapshot)
    text = templates.chat.say(
        "approval.draft",
        language=person.language,
        plan=plan,
        report=newest,
        lacks=await approving.lacks(session, plan, snapshot),
        meeting=snapshot.meeting,
        papers_on=found.papers_on,
    )
    buttons = (("report_pdf", f"rp:f:{newest.id}:pdf"), ("report_to_approve", f"ra:sh:{found.plan_id}:{found.year}"))
    keyboard = tuple(
        Button(templates.words.say(f"button.{label}", language=person.language), data) for label, data in buttons
    )
    return Notice(text, (keyboard,), frozenset({found.plan_id}), id_of(newest))


async def plan_stopped(session: AsyncSession, row: OutboxRow, person: Person, _today: date) -> Notice | None:
    """A plan that could not be followed up, in the words of `/innstillinger`; nothing where it has been put right."""
    plan = await session.get(Plan, int(row.kind.partition(":")[2]))
    stored = row.data["setting"]
    if plan is None or plan.archived_at is not None or (stored and not PlanSettings.faults(plan.settings)):
        return None
    word = word_of(stored) if stored else None
    text = templates.chat.say(
        f"notice.{STOPPED}", language=person.language, plan=plan.title, slug=plan.slug, setting=word, stored=stored
    )
    label = templates.words.say("button.set_anew", language=person.language)
    pressed = f"in:{plan.id}:{word}" if word else f"in:{plan.id}"
    return Notice(text, ((Button(label, pressed),),) if stored else (), NO_MEASURE)


COMPOSED: dict[str, Compose] = {
    STOPPED: plan_stopped,
    nags.NOTICE: nag,
    question_backs.NOTICE: question_back,
    question_backs.ANSWERED: answered_back,
    overtaken.NOTICE: answered_by_other,
    coming_true.MET: condition_met,
    coming_true.NOT_MET: condition_not_met,
    round_changes.MOVED: round_moved,
    round_changes.OVER: round_over,
    taken_up.AGAIN: round_again,
    plan_imports.NOTICE: plan_waiting,
    reports.NOTICE: report_draft,
}
"""By the part of a row's kind before the colon; every other kind is a sentence of `templates/chat/notice.j2`."""


async def compose(session: AsyncSession, row: OutboxRow, person: Person, today: date, *, full: bool) -> Notice | None:
    """What a notice says as of now; None where there is nothing left to say.

    Without `full`, one about a discreet plan says that there is something to read, and has the button that shows it.
    """
    found = await COMPOSED.get(row.kind.partition(":")[0], _sentence)(session, row, person, today)
    if found is None or full or found.about == NO_MEASURE:
        return found
    discreet = await digest.discreet_plans(session)
    if not (discreet if found.about is ANY else discreet & found.about):
        return found
    label = templates.words.say("button.show_details", language=person.language)
    text = templates.chat.say("notice.discreet", language=person.language)
    return Notice(text, ((Button(label, f"nt:{id_of(row)}"),),), found.about)
