"""The question about one measure: a message whose buttons are the statuses, and the order in which questions come."""

from dataclasses import dataclass, replace

from bot.answers import Keyboard
from bot.dialogues import counting
from bot.dialogues import draft as drafts
from bot.dialogues.asked import MOST_IN_A_SITTING, Asked
from bot.dialogues.draft import Draft
from bot.dialogues.still_open import latest
from bot.press_data import numbers
from bot.turn import Turn, rows_of
from plan.deadline import Kind
from plan.status import Status
from scheduler import open_questions
from storage import attachments, conditions, directory, measures, parts, replies, rounds, units
from storage.ids import id_of
from storage.tables import Measure, StatusReply, StatusRequest

CODES = {
    "ns": Status.NOT_STARTED,
    "ip": Status.IN_PROGRESS,
    "de": Status.DELAYED,
    "do": Status.DONE,
    "dr": Status.DROPPED,
}
UNCHANGED = "un"
LATER = "la"
COME_TRUE = "ct"
NOT_COME_TRUE = "cu"


async def start(turn: Turn, words: str = "") -> None:
    """Ask the most pressing open question of the person, past those that were put off in this sitting."""
    skipped, done = numbers(words, 2) or (0, 0)
    sitting = await _sitting(turn)
    if len(sitting.questions) == sitting.put_off:
        turn.say("status.nothing_open")
        return
    skipped = max(skipped, sitting.put_off)
    skipped = skipped if skipped < len(sitting.questions) else sitting.put_off
    await _ask_at(turn, sitting, skipped, min(done, MOST_IN_A_SITTING))


@dataclass(frozen=True)
class _Sitting:
    """The questions of a person, those first that have been put off to another day, and how many these are.

    So the place of what comes after a question stays the same when it is put off.
    """

    questions: tuple[open_questions.Question, ...]
    put_off: int


async def _sitting(turn: Turn) -> _Sitting:
    everything = await open_questions.all_questions_of(turn.session, turn.person_id, turn.today)
    first = tuple(each for each in everything if each.is_put_off(turn.today))
    return _Sitting((*first, *(each for each in everything if each not in first)), len(first))


async def _ask_at(turn: Turn, sitting: _Sitting, skipped: int, done: int) -> None:
    question = sitting.questions[skipped]
    asked = Asked.of_question(question, done=done, skipped=skipped)
    position = done + skipped - sitting.put_off + 1
    await ask(turn, asked, total=done + len(sitting.questions) - sitting.put_off, position=position)


async def questions_of(turn: Turn) -> tuple[open_questions.Question, ...]:
    """What the person is asked, most pressing first."""
    return await open_questions.questions_of(turn.session, turn.person_id, turn.today)


async def go_on(turn: Turn, asked: Asked, *, answered: bool) -> None:
    """The question after this one, by itself; after the last, that it was the last."""
    if asked.on_behalf or asked.supersedes_id:
        return
    sitting = await _sitting(turn)
    done, skipped = asked.done + answered, max(asked.skipped + (not answered), sitting.put_off)
    if skipped < len(sitting.questions):
        await _ask_at(turn, sitting, skipped, min(done, MOST_IN_A_SITTING))
    elif len(sitting.questions) > sitting.put_off:
        turn.say("status.rest_waits", count=len(sitting.questions) - sitting.put_off)
    elif answered:
        await _say_done(turn, asked)


async def _say_done(turn: Turn, asked: Asked) -> None:
    """After the last answer: that it was the last, until when it can be corrected, and what happens next."""
    measure = await measures.by_id(turn.session, asked.measure_id)
    assert measure is not None
    row = await rounds.open_of_plan(turn.session, measure.plan_id)
    turn.say("status.all_done", round=row, leader_title=turn.house.leader_title, today=turn.today)


async def ask(turn: Turn, asked: Asked, *, total: int = 0, position: int = 0, edit: bool = False) -> None:
    """Put the question about one measure; "1 av 5" where it is one of several.

    What was written about it already, or about no measure yet, is kept for it. What was being written about another
    waits behind it.
    """
    measure = await measures.by_id(turn.session, asked.measure_id)
    assert measure is not None
    last = await latest(turn, asked)
    asked = replace(asked, seen_id=id_of(last) if last else 0)
    draft = await _draft_for(turn, asked)
    await drafts.keep(turn, draft)
    await attachments.adopt(turn.session, turn.person_id, asked.measure_id)
    request = await turn.session.get(StatusRequest, asked.request_id) if asked.request_id else None
    is_whole = not asked.part_id and not asked.supersedes_id
    counted = await counting.of_measure(turn, measure) if is_whole else None
    condition = conditions.condition_of(measure) if is_whole else None
    met_on = await conditions.met_on(turn.session, measure) if condition else None
    first = [(counted.button,)] if counted and counted.button else []
    if condition:
        label, code = ("not_come_true", NOT_COME_TRUE) if met_on else ("come_true", COME_TRUE)
        first.append((turn.button(label, asked.press(code)),))
    say = turn.edit if edit else turn.say
    say(
        "status.question",
        keyboard=(*first, *_keyboard(turn, asked, measure, last)),
        measure=measure,
        position=position or asked.done + asked.skipped + 1,
        total=total,
        reason=request.reason if request else None,
        by=request.anchor_on if request else None,
        today=turn.today,
        last=last,
        unit=await unit_name(turn, measure, asked) if asked.on_behalf else None,
        lead=await lead_name(turn, measure, asked),
        parts=await _parts(turn, measure) if not asked.part_id else None,
        correcting=bool(asked.supersedes_id),
        words=draft.comment,
        tally=counted.tally if counted else None,
        condition=condition,
        met_on=met_on,
    )


async def _draft_for(turn: Turn, asked: Asked) -> Draft:
    """What there is of an answer to a question that is put now."""
    waiting = await drafts.everything(turn)
    mine = next((each for each in waiting if each.asked.is_about_the_same(asked)), None)
    loose = next((each for each in waiting if each.is_loose), None)
    found = mine or loose
    begun = (
        replace(found, asked=asked, status=None, carried=True, asks_deadline=False, files_to=0, meant=None)
        if found
        else Draft(asked)
    )
    return begun.before([each for each in waiting if each is not found])


def _keyboard(turn: Turn, asked: Asked, measure: Measure, last: StatusReply | None) -> Keyboard:
    choices = [
        turn.button(f"status_{status.value}", asked.press(code))
        for code, status in CODES.items()
        if not is_never(measure, status)
    ]
    more = []
    if last is not None and not asked.supersedes_id and not is_never(measure, Status(last.status)):
        more.append(turn.button("unchanged", asked.press(UNCHANGED), status=last.status))
    more.append(turn.button("later", asked.press(LATER)))
    return (*rows_of(choices), *rows_of(more))


def is_never(measure: Measure, status: Status) -> bool:
    """An ongoing measure is confirmed each round; it is never finished."""
    return status is Status.DONE and measure.deadline.get("kind") == Kind.ONGOING


async def unit_name(turn: Turn, measure: Measure, asked: Asked) -> str | None:
    """The unit an answer speaks for: the one that follows up the measure, or the one whose part it is about."""
    unit_id = asked.part_id or measure.owner_id
    unit = await units.by_id(turn.session, unit_id) if unit_id else None
    return unit.name if unit else None


async def lead_name(turn: Turn, measure: Measure, asked: Asked) -> str | None:
    """The unit that answers for the whole measure, where only a part is asked about."""
    return await unit_name(turn, measure, Asked(asked.measure_id)) if asked.part_id else None


@dataclass(frozen=True)
class _Parts:
    """What units have said of their parts of a measure since it was last answered, and which have not answered."""

    said: tuple[tuple[str, StatusReply], ...]
    missing: tuple[str, ...]


async def _parts(turn: Turn, measure: Measure) -> _Parts | None:
    """The parts, for whoever answers for the whole; None where there is nothing to say of them, as of most measures."""
    newest = (await parts.latest(turn.session, [id_of(measure)])).values()
    waiting = await parts.open_of_measure(turn.session, id_of(measure))
    if not newest and not waiting:
        return None
    named = (await directory.read(turn.session)).units
    whole = next(iter(await replies.of_measure(turn.session, id_of(measure))), None)
    row = await rounds.open_of_plan(turn.session, measure.plan_id)
    said = tuple(
        (named[reply.unit_id].name, reply)
        for reply in newest
        if whole is None or id_of(reply) > id_of(whole) or (row is not None and reply.round_id == row.id)
    )
    missing = tuple(dict.fromkeys(named[request.unit_id].name for request in waiting))
    return _Parts(said, missing) if said or missing else None
