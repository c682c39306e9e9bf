"""/tiltak 1.4: everything about one measure, with its history and what the council reads about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.dialogues import counting, undecided
from bot.dialogues.asked_now import asked_now
from bot.turn import Turn, rows_of
from scheduler import answers
from storage import (
    attachments,
    conditions,
    directory,
    measure_changes,
    measures,
    occurrences,
    parts,
    people,
    proposals,
    replies,
    reply_origins,
    report_texts,
)
from storage.ids import id_of
from storage.people import Role
from storage.tables import Attachment, Measure, Person, ReplyOrigin, ReportText, StatusReply, StatusRequest

MOST_DUE_DATES = 12


@dataclass(frozen=True)
class Answered:
    """An answer with its unit and author, and the text the office let the council read, with who wrote that.

    `corrected`: a later answer supersedes it. A name is None where somebody has been erased. `origin`: how the unit
    said what the office wrote down.
    """

    reply: StatusReply
    unit: str
    author: str | None
    corrected: bool
    text: ReportText | None
    editor: str | None
    files: tuple[Attachment, ...] = ()
    origin: ReplyOrigin | None = None


async def show(turn: Turn, found: Measure) -> None:
    """Show a measure to those who may see it."""
    if not await _may_see(turn, found):
        turn.say("measures.not_yours", measure=found)
        return
    units = (await directory.read(turn.session)).units
    requests = await answers.open_requests(turn.session, id_of(found))
    mine = await asked_now(turn, found) is not None
    files = len(await attachments.of_measure(turn.session, id_of(found)))
    buttons = [turn.button("answer_again", f"an:{id_of(found)}")] if mine else []
    history = await _history(turn, found)
    newest = next((answer for answer in history if not answer.corrected), None)
    if newest is not None and turn.is_one_of(Role.ADMIN, Role.OFFICE):
        buttons.append(turn.button("ask_back", f"sb:{id_of(newest.reply)}"))
    if files:
        buttons.append(turn.button("attachments", f"at:li:{id_of(found)}", count=files))
    counted = await counting.of_measure(turn, found)
    if counted is not None and counted.button is not None:
        buttons.insert(0, counted.button)
    if found.undecided and turn.is_one_of(Role.ADMIN):
        buttons += undecided.buttons(turn, found)
    turn.say(
        "measures.one",
        keyboard=rows_of(buttons),
        measure=found,
        is_admin=turn.is_one_of(Role.ADMIN),
        goal=await measures.goal_of(turn.session, found),
        owner=units[found.owner_id].name if found.owner_id else None,
        costs=await measures.costs_of(turn.session, id_of(found)),
        history=history,
        open_questions=[(request, units[request.unit_id].name) for request in sorted(requests, key=_by_day)],
        parts=await _parts(turn, found),
        due_dates=await _due_dates(turn, found, history),
        today=turn.today,
        tally=counted.tally if counted else None,
        condition=conditions.condition_of(found),
        met_on=await conditions.met_on(turn.session, found),
        proposals=await proposals.of_measures(turn.session, [id_of(found)]),
    )


@dataclass(frozen=True)
class DueDate:
    """One due date of several: the answer that settled it, since when it is asked about, or that it lies ahead.

    `done_at`: when it was counted as done, where no answer said so.
    """

    on: date
    label: str | None
    starts: bool
    reply: StatusReply | None
    asked_at: datetime | None
    done_at: datetime | None


async def _due_dates(turn: Turn, found: Measure, history: Sequence[Answered]) -> list[DueDate]:
    """The due dates of a measure that has several, each with what became of it; of those ahead only the next."""
    asked = {
        request.occurrence_id: request.opened_at
        for request in await answers.open_requests(turn.session, id_of(found))
        if request.occurrence_id
    }
    by_time = {answer.reply.at: answer.reply for answer in history if not answer.reply.part}
    newer = {answer.reply.supersedes_id: answer.reply for answer in history if answer.reply.supersedes_id}
    shown: list[DueDate] = []
    for row in await occurrences.of_measure(turn.session, id_of(found)):
        reply = by_time.get(row.closed_at) if row.closed_at else None
        while reply is not None and id_of(reply) in newer:
            reply = newer[id_of(reply)]
        if reply or row.done_at or row.id in asked or row.next_on:
            counted_at = row.done_at if row.done_at != row.closed_at or reply is None else None
            shown.append(DueDate(row.due_on, row.label, row.starts, reply, asked.get(id_of(row)), counted_at))
    ahead = [each for each in shown if each.reply is None and each.asked_at is None and not each.done_at]
    kept = [each for each in shown if each not in ahead[1:]]
    return kept[-MOST_DUE_DATES:] if len(shown) > 1 else []


@dataclass(frozen=True)
class Part:
    """The part of a unit: the last thing it said of it and by whom, and since when it is asked for it now."""

    unit: str
    reply: StatusReply | None
    author: str | None
    text: ReportText | None
    request: StatusRequest | None


async def _parts(turn: Turn, found: Measure) -> list[Part]:
    """The parts of a measure that somebody has told of, or is asked for now."""
    units = (await directory.read(turn.session)).units
    asked = {row.unit_id: row for row in await parts.open_of_measure(turn.session, id_of(found))}
    said = {unit_id: row for (_, unit_id), row in (await parts.latest(turn.session, [id_of(found)])).items()}
    texts = await report_texts.of_replies(turn.session, [id_of(reply) for reply in said.values()])
    shown = []
    for unit_id in dict.fromkeys((*said, *asked)):
        reply = said.get(unit_id)
        author = _name(await people.by_id(turn.session, reply.author_id)) if reply else None
        text = texts.get(id_of(reply)) if reply else None
        shown.append(Part(units[unit_id].name, reply, author, text, asked.get(unit_id)))
    return shown


def _by_day(request: StatusRequest) -> tuple[object, int]:
    return request.anchor_on, id_of(request)


async def _history(turn: Turn, found: Measure) -> list[Answered]:
    """Every answer there has been, newest first; those of measures that were merged into this one come after."""
    rows = await replies.ever_of_measure(turn.session, id_of(found))
    for merged in await measure_changes.merged_into(turn.session, found):
        rows += await replies.ever_of_measure(turn.session, id_of(merged))
    units = (await directory.read(turn.session)).units
    texts = await report_texts.of_replies(turn.session, [id_of(reply) for reply in rows])
    files = await attachments.of_replies(turn.session, [id_of(reply) for reply in rows])
    origins = await reply_origins.of_replies(turn.session, [id_of(reply) for reply in rows])
    superseded = {reply.supersedes_id for reply in rows}
    names: dict[int, str | None] = {}
    for person_id in {reply.author_id for reply in rows} | {text.released_by_id for text in texts.values()}:
        names[person_id] = _name(await people.by_id(turn.session, person_id))
    history = []
    for reply in rows:
        text = texts.get(id_of(reply))
        history.append(
            Answered(
                reply,
                units[reply.unit_id].name,
                names[reply.author_id],
                reply.id in superseded,
                text,
                names[text.released_by_id] if text else None,
                tuple(files.get(id_of(reply), ())),
                origins.get(id_of(reply)),
            )
        )
    return history


def _name(person: Person | None) -> str | None:
    return person.name or None if person else None


async def _may_see(turn: Turn, found: Measure) -> bool:
    if turn.is_one_of(Role.ADMIN, Role.OFFICE):
        return True
    return await asked_now(turn, found) is not None
