"""/start with or without an invitation, /avbryt."""

from bot.dialogues import draft as drafts
from bot.turn import Turn
from scheduler import open_questions
from scheduler.part_changes import unit_changed
from storage import attachments, dialogues, invitations
from storage.ids import id_of
from storage.people import Role


async def start(turn: Turn, words: str) -> None:
    """Come in by an invitation; whoever is in already is greeted."""
    token = words.strip()
    if token:
        await _come_in(turn, token)
    elif turn.person is None:
        turn.say("access.stranger")
    else:
        await _greet(turn, new=False)


async def _come_in(turn: Turn, token: str) -> None:
    chat = turn.update.effective_chat
    assert chat is not None
    try:
        # Whoever is refused leaves nothing behind, in a transaction that goes on.
        async with turn.session.begin_nested():
            person = await invitations.accept(turn.session, token, chat.id, turn.house.language, turn.at)
    except invitations.InvitationRefused as refusal:
        if turn.person is not None and await invitations.used_by_chat(turn.session, token, chat.id):
            await _greet(turn, new=False)
        else:
            turn.say(f"invitation.{refusal.code}")
        return
    await turn.is_written_by(person)
    await unit_changed(turn.session, [id_of(unit) for unit in turn.answers_for], turn.at, turn.house.hours)
    await _greet(turn, new=True)


async def _greet(turn: Turn, *, new: bool) -> None:
    assert turn.person is not None
    units = turn.answers_for
    questions = await open_questions.questions_of(turn.session, turn.person_id, turn.today)
    keyboard = ((turn.button("answer_now", "nx:0:0", count=len(questions)),),) if questions else ()
    turn.say(
        "start.welcome" if new else "start.welcome_back",
        keyboard=keyboard,
        name=turn.person.name,
        municipality=turn.house.municipality,
        units=[unit.name for unit in units],
        is_admin=turn.is_one_of(Role.ADMIN),
        is_office=turn.is_one_of(Role.OFFICE),
        count=len(questions),
    )


async def cancel(turn: Turn, _words: str) -> None:
    """Leave the dialogue one is in; nothing that was stored is touched."""
    dialogue = await dialogues.of_person(turn.session, turn.person_id)
    draft = drafts.of_dialogue(dialogue)
    is_only_asked = draft is not None and draft.is_empty and not draft.behind
    await dialogues.end(turn.session, turn.person_id)
    files = await attachments.drop_waiting(turn.session, turn.person_id, turn.at)
    turn.say(
        "conversation.cancelled" if files or (dialogue and not is_only_asked) else "conversation.nothing_to_cancel"
    )
