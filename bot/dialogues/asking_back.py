"""A question back to a unit about its answer: the office writes it, the unit gets it at once within hours."""

from bot.press_data import number
from bot.turn import Turn
from storage import dialogues, directory, measures, outbox, question_backs, replies
from storage.ids import id_of
from storage.people import Role
from storage.tables import Dialogue, Measure, StatusReply

KIND = "asking_back"


async def start(turn: Turn, data: str) -> None:
    """ "Spør tilbake" under an answer: what is to be asked is written next."""
    found = await _answer(turn, number(data))
    if found is None:
        turn.toast("toast.unknown_button", alert=True)
        return
    reply, measure = found
    if await replies.has_been_corrected(turn.session, id_of(reply)):
        turn.toast("toast.already_corrected", alert=True)
    elif not await _asked(turn, measure):
        turn.say("asking_back.nobody", measure=measure)
    else:
        await dialogues.begin(turn.session, turn.person_id, KIND, {"reply_id": id_of(reply)}, turn.at)
        turn.say("asking_back.write", measure=measure, reply=reply)


async def _answer(turn: Turn, reply_id: int | None) -> tuple[StatusReply, Measure] | None:
    reply = await replies.by_id(turn.session, reply_id) if reply_id else None
    measure = await measures.by_id(turn.session, reply.measure_id) if reply else None
    is_whole = reply is not None and not reply.part
    return (reply, measure) if reply and is_whole and measure and measure.archived_at is None else None


async def _asked(turn: Turn, measure: Measure) -> tuple[int, ...]:
    """The people who get the question: those who are asked for the follow-up owner."""
    people = await directory.read(turn.session, turn.today)
    return people.asked(measure.owner_id) if measure.owner_id else ()


async def take_words(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """What is asked: the measure waits for an answer again, and the answer that was given stands meanwhile."""
    await dialogues.end(turn.session, turn.person_id)
    found = await _answer(turn, dialogue.data["reply_id"])
    if found is None or not turn.is_one_of(Role.OFFICE, Role.ADMIN):
        turn.say("conversation.not_understood")
        return
    reply, measure = found
    asked = await _asked(turn, measure)
    if not asked:
        turn.say("asking_back.nobody", measure=measure)
        return
    row = await question_backs.ask(turn.session, reply, text, person_id=turn.person_id, at=turn.at)
    people = await directory.read(turn.session, turn.today)
    for person_id in asked:
        kind = f"{question_backs.NOTICE}:{id_of(row)}"
        await outbox.write_notice(turn.session, person_id, kind, {}, turn.at, turn.house.hours)
    turn.say(
        "asking_back.asked",
        measure=measure,
        text=text,
        names=[people.people[person_id].name for person_id in asked],
        at_once=turn.house.hours.is_open(turn.at),
        goes_out=turn.house.hours.next_open(turn.at),
    )
