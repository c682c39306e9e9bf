"""Words that are no command: an answer in somebody's own words becomes a proposal to confirm, and no error.

Which measure they are about is read from, in this order: the number they name, the message they reply to, the answer
in the making, the only question that is open. Else it is asked (`loose_words`), also where two plans have the number. A
number that is nobody's, or another's, is explained (`numbers_of_others`).
"""

from collections.abc import Container, Sequence
from dataclasses import replace

from bot.dialogues import draft as drafts
from bot.dialogues import loose_words, numbers_of_others, proposing, question, status, summary
from bot.dialogues.asked import Asked
from bot.dialogues.asked_now import asked_now, on_behalf_of
from bot.dialogues.draft import UNCHANGED, Draft, Part
from bot.dialogues.question import is_never, questions_of
from bot.dialogues.still_open import latest
from bot.dialogues.storing import parts_of
from bot.press_data import number
from bot.turn import Turn
from plan import status_words
from plan.status import Status
from plan.status_words import Said
from storage import attachments, dialogues, measures, parts, replies
from storage.ids import id_of
from storage.tables import Measure


async def take(turn: Turn, text: str) -> None:
    """Take what was written for what it can mean here."""
    written = turn.message.message_id
    mine, alike = await _mine(turn)
    said = status_words.read(text, [measure.ref for measure in mine])
    draft = await drafts.current(turn)
    names_and_says = said[0].ref is not None and said[0].status is not None
    if draft is not None and draft.asks_deadline and not names_and_says:
        await _take_deadline(turn, draft, text)
    elif said[0].ref is not None and not _is_its_comment(draft, said, mine):
        await propose(turn, mine, said, written, alike=alike)
    elif (replied := await _replied_to(turn)) is not None:
        await _about(turn, replied, said[0], text, written)
    elif (number := status_words.unknown_number(text)) is not None and not _waits_for_words(draft):
        said_of_it = status_words.read(text, [number])[0]
        await numbers_of_others.explain(turn, number, await _asked_first(turn, mine), said_of_it, Part(text, written))
    elif draft is not None and draft.asked.measure_id and not await _is_old(turn, draft):
        await _about(turn, draft, said[0], text, written)
    else:
        await _about_what_is_open(turn, said[0], Part(text, written))


async def _take_deadline(turn: Turn, draft: Draft, text: str) -> None:
    """The phrase of a new deadline, which the draft waits for."""
    if not await summary.is_settled(turn, draft):
        measure = await measures.by_id(turn.session, draft.asked.measure_id)
        assert measure is not None
        await proposing.take_words(turn, measure, draft, text)


async def _mine(turn: Turn) -> tuple[list[Measure], dict[str, list[Measure]]]:
    """The measures the person answers for, each number once, and by their number those of which one must be chosen.

    Of two with the same number the one that waits for an answer is meant, where it is the only one that does. What
    waits is read only where it decides anything: most comments come from people of one unit and one plan.
    """
    unit_ids = [id_of(unit) for unit in turn.answers_for]
    rows = [measure for measure, _plan in await measures.of_units(turn.session, unit_ids)]
    beside = [measure for measure, _plan in await parts.of_units(turn.session, unit_ids)]
    if not beside and len({measure.ref.lower() for measure in rows}) == len(rows):
        return rows, {}
    asked = {question.measure_id for question in await questions_of(turn)}
    rows += [measure for measure in beside if measure.id in asked]
    found: dict[str, list[Measure]] = {}
    for measure in sorted({id_of(each): each for each in rows}.values(), key=lambda each: id_of(each) not in asked):
        found.setdefault(measure.ref.lower(), []).append(measure)
    alike = {ref: those for ref, those in found.items() if len(those) > 1 and sum(m.id in asked for m in those) != 1}
    return [those[0] for those in found.values()], alike


async def _asked_first(turn: Turn, mine: Sequence[Measure]) -> list[Measure]:
    """Measures with those first that wait for an answer."""
    asked = {question.measure_id for question in await questions_of(turn)}
    return sorted(mine, key=lambda each: id_of(each) not in asked)


def _is_its_comment(draft: Draft | None, said: Sequence[Said], mine: Sequence[Measure]) -> bool:
    """Whether words that name a number are the comment that is waited for: they are about its measure, or unclear."""
    if draft is None or draft.status is None or draft.parts or len(said) > 1:
        return False
    named = next(id_of(measure) for measure in mine if measure.ref == said[0].ref)
    return named == draft.asked.measure_id or (said[0].status is None and not said[0].unchanged)


async def propose(
    turn: Turn,
    mine: Sequence[Measure],
    said: Sequence[Said],
    written: int,
    *,
    alike: Container[str] = (),
    on_behalf: bool = False,
) -> None:
    """One draft for each measure that was named; what was in the making waits behind them.

    `alike` are the numbers, in small letters, that are of several measures: which is meant, is asked first.
    """
    by_ref = {measure.ref: measure for measure in mine}
    waiting = await drafts.everything(turn)
    named: list[Draft] = []
    unclear: list[Draft] = []
    for each in said:
        assert each.ref is not None
        if each.ref.lower() in alike:
            unclear.append(numbers_of_others.undecided(each, written, on_behalf=on_behalf))
            continue
        asked = await answering_now(turn, by_ref[each.ref], on_behalf=on_behalf)
        before = next((draft for draft in waiting if draft.asked.is_about_the_same(asked)), Draft(asked))
        named = [draft for draft in named if not draft.asked.is_about_the_same(asked)]
        named.append(await _with(turn, by_ref[each.ref], replace(before, behind=()), each, written))
    others = [draft for draft in waiting if not any(draft.asked.is_about_the_same(each.asked) for each in named)]
    first, *rest = [*unclear, *named]
    if unclear:
        await drafts.keep(turn, first.before([*rest, *others]))
        await numbers_of_others.which_plan(turn, first)
    else:
        await status.take_draft(turn, first.before([*rest, *others]))


async def take_up(turn: Turn, measure: Measure, *, on_behalf: bool = False) -> None:
    """The measure was chosen: what was written before becomes a proposal about it; without any it is asked."""
    asked = await answering_now(turn, measure, on_behalf=on_behalf)
    waiting = await drafts.everything(turn)
    named = (each for each in waiting if each.named is not None and each.named.lower() == measure.ref.lower())
    found = next(named, None) or next((each for each in waiting if each.is_loose), None)
    if found is None:
        await question.ask(turn, asked)
        return
    mine = next((each for each in waiting if each.asked.is_about_the_same(asked)), Draft(asked))
    begun = replace(mine, behind=())
    for part in found.parts:
        begun = begun.with_words(part)
    status_said = Status(found.meant) if found.meant not in {None, UNCHANGED} else None
    said = Said(measure.ref, status_said, "", found.meant == UNCHANGED)
    begun = await _with(turn, measure, begun, said, 0)
    await attachments.adopt(turn.session, turn.person_id, id_of(measure))
    await status.take_draft(turn, begun.before([each for each in waiting if each not in (found, mine)]))


async def answering_now(turn: Turn, measure: Measure, *, on_behalf: bool = False) -> Asked:
    """What answering about a measure now would be about: its open request, if there is one."""
    if on_behalf:
        asked = await on_behalf_of(turn, measure, measure.owner_id or 0)
    else:
        asked = await asked_now(turn, measure) or Asked(id_of(measure))
    newest = await latest(turn, asked)
    return replace(asked, seen_id=id_of(newest) if newest else 0)


async def _with(turn: Turn, measure: Measure, draft: Draft, said: Said, written: int) -> Draft:
    """A draft with what was said of its measure."""
    if said.unchanged and (last := await latest(turn, draft.asked)) is not None:
        status_now, kept = Status(last.status), draft.parts or await parts_of(turn, last)
        draft = replace(draft, status=status_now, parts=kept, carried=not draft.parts)
    elif said.status is not None:
        draft = replace(draft, status=said.status)
    if draft.status is not None and is_never(measure, draft.status):
        draft = replace(draft, status=None)
    return draft.with_words(Part(said.comment, written)) if said.comment else draft


async def _replied_to(turn: Turn) -> Draft | None:
    """The answer that a reply to a message of ours is about, as its buttons say; None where they do not."""
    message = turn.message.reply_to_message
    keyboard = message.reply_markup.inline_keyboard if message and message.reply_markup else ()
    for button in (button for row in keyboard for button in row):
        prefix, _, data = str(button.callback_data or "").partition(":")
        if prefix == "st" and (parsed := Asked.of_press(data)) is not None:
            return await drafts.about(turn, parsed[1]) or await _fresh(turn, parsed[1])
        if prefix == "fx" and (reply_id := number(data)) is not None:
            reply = await replies.by_id(turn.session, reply_id)
            if reply is not None:
                asked = Asked.of_reply(reply)
                return await _fresh(turn, asked, Status(reply.status))
    return None


async def _fresh(turn: Turn, asked: Asked, status_before: Status | None = None) -> Draft:
    waiting = await drafts.everything(turn)
    loose = [each for each in waiting if not each.asked.is_about_the_same(asked)]
    return Draft(asked, status_before).before(loose)


async def _is_old(turn: Turn, draft: Draft) -> bool:
    """Whether a draft is of an earlier day and waits for no words: new ones may be about anything."""
    row = await dialogues.of_person(turn.session, turn.person_id)
    assert row is not None
    return turn.house.hours.local_date(row.updated_at) < turn.today and not _waits_for_words(draft)


def _waits_for_words(draft: Draft | None) -> bool:
    """Whether a status has been chosen, and the comment is what comes next."""
    return draft is not None and draft.status is not None and not draft.parts


async def _about_what_is_open(turn: Turn, said: Said, part: Part) -> None:
    """The only open question is what is meant; of several one is chosen."""
    questions = await questions_of(turn)
    if len(questions) != 1:
        await loose_words.take(turn, part)
        return
    asked = Asked.of_question(questions[0])
    draft = await drafts.about(turn, asked) or await _fresh(turn, asked)
    await _about(turn, draft, said, part.text, part.message_id)


async def _about(turn: Turn, draft: Draft, said: Said, text: str, written: int) -> None:
    """Words about one measure: where no status is chosen yet, the one they say is; else they are the comment."""
    measure = await measures.by_id(turn.session, draft.asked.measure_id)
    understood = measure is not None and draft.status is None and (said.status is not None or said.unchanged)
    if measure is not None and understood:
        await status.take_draft(turn, await _with(turn, measure, draft, said, written))
    else:
        await status.take_draft(turn, draft.with_words(Part(text, written)))
