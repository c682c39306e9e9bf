"""/forslag: the office sees what units have proposed, and approves it or turns it down with a reason."""

from collections.abc import Sequence

from bot.answers import Button, Keyboard
from bot.press_data import number
from bot.turn import Turn, rows_of
from scheduler import proposals as decisions
from scheduler.proposals import Decided
from storage import dialogues, directory, measures, people, proposals, replies
from storage.ids import id_of
from storage.people import Role
from storage.proposals import CLOSING, DEADLINE, OPEN, WITHDRAWN, Waiting
from storage.tables import Dialogue, Measure, Proposal, StatusReply

KIND = "turn_down"
GO, APPROVE, TURN_DOWN, SKIP, ALL_DEADLINES, ALL_CLOSINGS = "go", "ok", "no", "sk", "ad", "ac"
OF_KIND = {ALL_DEADLINES: DEADLINE, ALL_CLOSINGS: CLOSING}


async def start(turn: Turn, _words: str = "") -> None:
    """What waits for a decision; the office can go through it or approve all of a kind, admins only see it."""
    waiting = await proposals.waiting(turn.session)
    if not waiting:
        turn.say("proposals.nothing_waiting")
    elif len(waiting) == 1 and turn.is_one_of(Role.OFFICE):
        await _show(turn, waiting, 0)
    else:
        await _list(turn, waiting)


async def _list(turn: Turn, waiting: list[Waiting]) -> None:
    units = (await directory.read(turn.session)).units
    turn.say(
        "proposals.list",
        keyboard=_list_keyboard(turn, waiting) if turn.is_one_of(Role.OFFICE) else (),
        deadlines=[(each, units[each.reply.unit_id].name) for each in waiting if each.proposal.kind == DEADLINE],
        closings=[(each, units[each.reply.unit_id].name) for each in waiting if each.proposal.kind == CLOSING],
        count=len(waiting),
        decides=turn.is_one_of(Role.OFFICE),
    )


def _list_keyboard(turn: Turn, waiting: list[Waiting]) -> Keyboard:
    # What comes in after the list was shown is not approved with it: nobody has read it.
    newest = max(id_of(each.proposal) for each in waiting)
    counts = {code: sum(each.proposal.kind == kind for each in waiting) for code, kind in OF_KIND.items()}
    buttons = [turn.button("proposals_one_by_one", f"fo:{GO}:0")]
    if counts[ALL_DEADLINES]:
        buttons.append(turn.button("approve_deadlines", f"fo:{ALL_DEADLINES}:{newest}", count=counts[ALL_DEADLINES]))
    if counts[ALL_CLOSINGS]:
        buttons.append(turn.button("approve_closings", f"fo:{ALL_CLOSINGS}:{newest}", count=counts[ALL_CLOSINGS]))
    return rows_of(buttons, 1)


async def _show(turn: Turn, waiting: list[Waiting], position: int) -> None:
    found = waiting[position]
    units = (await directory.read(turn.session)).units
    turn.say(
        "proposals.one",
        keyboard=_keyboard(turn, found.proposal, more=len(waiting) > 1),
        measure=found.measure,
        proposal=found.proposal,
        reply=found.reply,
        unit=units[found.reply.unit_id].name,
        left=len(waiting),
    )


def _keyboard(turn: Turn, proposal: Proposal, *, more: bool) -> Keyboard:
    proposal_id = id_of(proposal)
    buttons: list[Button] = [
        turn.button("approve", f"fo:{APPROVE}:{proposal_id}"),
        turn.button("turn_down", f"fo:{TURN_DOWN}:{proposal_id}"),
    ]
    if more:
        buttons.append(turn.button("skip", f"fo:{SKIP}:{proposal_id}"))
    return rows_of(buttons)


async def pressed(turn: Turn, data: str) -> None:
    """Go through, approve, turn down, skip, or approve all of a kind."""
    code, _, rest = data.partition(":")
    found = number(rest)
    if found is None or code not in {GO, APPROVE, TURN_DOWN, SKIP, *OF_KIND}:
        turn.toast("toast.unknown_button", alert=True)
    elif code == GO:
        await _begin(turn)
    elif code in OF_KIND:
        await _approve_all(turn, OF_KIND[code], newest=found)
    else:
        await _pressed_about(turn, code, found)


async def _begin(turn: Turn) -> None:
    waiting = await proposals.waiting(turn.session)
    if waiting:
        await _show(turn, waiting, 0)
    else:
        turn.say("proposals.nothing_waiting")


async def _pressed_about(turn: Turn, code: str, proposal_id: int) -> None:
    proposal = await proposals.by_id(turn.session, proposal_id)
    measure = await measures.by_id(turn.session, proposal.measure_id) if proposal else None
    if proposal is None or measure is None:
        turn.toast("toast.unknown_button", alert=True)
    elif code == SKIP:
        await _show_following(turn, proposal_id)
    elif measure.archived_at is not None:
        turn.toast("toast.archived", alert=True)
    elif proposal.state != OPEN:
        await _say_decided(turn, proposal)
    elif code == TURN_DOWN:
        await dialogues.begin(turn.session, turn.person_id, KIND, {"proposal_id": proposal_id}, turn.at)
        turn.edit("proposals.why_not", measure=measure, proposal=proposal)
    else:
        await _approve(turn, proposal, measure)


async def _say_decided(turn: Turn, proposal: Proposal) -> None:
    """The other was faster: who decided, and what."""
    if proposal.state == WITHDRAWN:
        turn.toast("toast.proposal_withdrawn", alert=True)
        return
    turn.toast(
        f"toast.proposal_{proposal.state}", alert=True, name=await _decider(turn, proposal), on=proposal.decided_at
    )


async def _decider(turn: Turn, proposal: Proposal) -> str:
    assert proposal.decided_by_id is not None
    person = await people.by_id(turn.session, proposal.decided_by_id)
    assert person is not None
    return person.name


async def _approve(turn: Turn, proposal: Proposal, measure: Measure) -> None:
    before = await proposals.waiting(turn.session)
    decided = await _decided(turn, proposal, measure)
    if not await decisions.approve(
        turn.session, proposal, measure, by=turn.person_id, at=turn.at, hours=turn.house.hours
    ):
        await turn.session.refresh(proposal)
        await _say_decided(turn, proposal)
        return
    await _tell(turn, [decided])
    turn.edit("proposals.approved", measure=measure, proposal=proposal)
    await _show_after(turn, before, id_of(proposal))


async def _decided(turn: Turn, proposal: Proposal, measure: Measure) -> Decided:
    reply = await replies.by_id(turn.session, proposal.reply_id)
    assert isinstance(reply, StatusReply)
    return Decided(proposal, reply, measure)


async def _tell(turn: Turn, decided: Sequence[Decided]) -> None:
    await decisions.tell_units(turn.session, decided, by=turn.person_id, at=turn.at, hours=turn.house.hours)


async def _approve_all(turn: Turn, kind: str, newest: int) -> None:
    """Approve everything of a kind that waited when the list was shown."""
    decided = []
    for each in await proposals.waiting(turn.session):
        if each.proposal.kind != kind or id_of(each.proposal) > newest:
            continue
        if await decisions.approve(
            turn.session, each.proposal, each.measure, by=turn.person_id, at=turn.at, hours=turn.house.hours
        ):
            decided.append(Decided(each.proposal, each.reply, each.measure))
    if not decided:
        turn.toast("toast.nothing_to_approve", alert=True)
        return
    await _tell(turn, decided)
    left = len(await proposals.waiting(turn.session))
    keyboard = ((turn.button("proposals_one_by_one", f"fo:{GO}:0"),),) if left else ()
    turn.edit("proposals.approved_many", keyboard=keyboard, rows=decided, count=len(decided), kind=kind, left=left)


async def take_words(turn: Turn, dialogue: Dialogue, text: str) -> None:
    """The reason for turning a proposal down."""
    await dialogues.end(turn.session, turn.person_id)
    proposal = await proposals.by_id(turn.session, dialogue.data["proposal_id"])
    measure = await measures.by_id(turn.session, proposal.measure_id) if proposal else None
    assert proposal is not None
    assert measure is not None
    if not turn.is_one_of(Role.OFFICE):
        turn.say("conversation.not_understood")
        return
    before = await proposals.waiting(turn.session)
    decided = await _decided(turn, proposal, measure)
    if measure.archived_at is not None or not await decisions.turn_down(
        turn.session, proposal, measure, text, by=turn.person_id, at=turn.at, hours=turn.house.hours
    ):
        await _say_too_late(turn, proposal, measure)
        return
    await _tell(turn, [decided])
    turn.say("proposals.turned_down", measure=measure, proposal=proposal)
    await _show_after(turn, before, id_of(proposal))


async def _say_too_late(turn: Turn, proposal: Proposal, measure: Measure) -> None:
    await turn.session.refresh(proposal)
    if measure.archived_at is not None:
        why = turn.word("toast.archived")
    elif proposal.state == WITHDRAWN:
        why = turn.word("toast.proposal_withdrawn")
    else:
        name = await _decider(turn, proposal)
        why = turn.word(f"toast.proposal_{proposal.state}", name=name, on=proposal.decided_at)
    turn.say("proposals.reason_not_stored", why=why)


async def _show_following(turn: Turn, proposal_id: int) -> None:
    """Leave one for later, and show the one after it."""
    waiting = await proposals.waiting(turn.session)
    ids = [id_of(each.proposal) for each in waiting]
    following = ids.index(proposal_id) + 1 if proposal_id in ids else 0
    if following < len(ids):
        await _show(turn, waiting, following)
    else:
        _say_end(turn, len(ids))


async def _show_after(turn: Turn, before: list[Waiting], proposal_id: int) -> None:
    """The proposal after the one that was decided; at the end, those that were skipped are counted."""
    ids = [id_of(each.proposal) for each in before]
    if proposal_id not in ids:
        return
    position = ids.index(proposal_id)
    waiting = [each for each in before if id_of(each.proposal) != proposal_id]
    if position < len(waiting):
        await _show(turn, waiting, position)
    else:
        _say_end(turn, len(waiting))


def _say_end(turn: Turn, left: int) -> None:
    if left:
        turn.say("proposals.left", count=left)
    else:
        turn.say("proposals.all_decided")
