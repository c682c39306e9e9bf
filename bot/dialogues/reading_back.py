"""The Word draft of a report that the office sends back: what it says otherwise is shown, and stored after a yes."""

from bot.answers import Answer
from bot.commands import plan_import
from bot.dialogues.draft import HeldFile
from bot.files import drafts
from bot.turn import Turn, shorten
from report import draft_texts, read_back
from report.draft_texts import Looked
from report.read_back import Draft, ReadBackRefused
from storage import dialogues
from storage.people import Role

KIND = "read_back"
STORE, LEAVE = "ok", "no"
MOST_SHOWN = 12
NOT_OURS = frozenset({"read_back.not_ours", "read_back.not_word"})


def may_be_draft(turn: Turn, file: HeldFile) -> bool:
    """Whether a document may be a Word draft of ours: it is called so, or somebody of the office sends it."""
    if turn.message.document is None or not file.name.lower().endswith(drafts.ENDING):
        return False
    return drafts.is_named_as_ours(file.name) or turn.is_one_of(Role.OFFICE)


def begin(turn: Turn, file: HeldFile) -> None:
    """Have a draft fetched and read; only the office's is."""
    if not turn.is_one_of(Role.OFFICE):
        turn.say("read_back.not_yours")
    elif file.size > read_back.MOST_BYTES:
        _refuse(turn, file.name, drafts.too_large(file.size))
    else:
        turn.answers.append(Answer("read_back", file_id=file.file_id, file_name=file.name, message_id=file.message_id))


async def has_been_read(turn: Turn, answer: Answer, found: Draft | ReadBackRefused) -> None:
    """Show what a draft says otherwise, and ask whether it is to be stored.

    What is no draft of ours is a plan, where an admin sends it under another name.
    """
    name = answer.file_name or ""
    if turn.person is None:
        return
    if not turn.is_one_of(Role.OFFICE):
        turn.say("read_back.not_yours")
    elif isinstance(found, Draft):
        await _show(turn, name, found)
    elif found.code in NOT_OURS and turn.is_one_of(Role.ADMIN) and not drafts.is_named_as_ours(name):
        await plan_import.take(turn, answer.file_id or "", name, 0, answer.message_id or 0)
    else:
        if found.code == "read_back.holds_identity_number":
            turn.answers.append(Answer("delete", message_id=answer.message_id))
        _refuse(turn, name, found)


def _refuse(turn: Turn, name: str, refused: ReadBackRefused) -> None:
    turn.say(refused.code, file=shorten(name), **refused.data)


async def _show(turn: Turn, name: str, draft: Draft) -> None:
    try:
        looked = await draft_texts.look(turn.session, draft, turn.at, turn.house.hours)
    except ReadBackRefused as refused:
        _refuse(turn, name, refused)
        return
    wanted = looked.wanted
    if wanted:
        data = {"digest": draft.digest, "texts": draft.texts, "tracked": draft.tracked}
        await dialogues.begin(turn.session, turn.person_id, KIND, data, turn.at)
    keyboard = (
        (turn.button("store_texts", f"tb:{STORE}:{looked.made_from.id}", count=len(wanted)),),
        (turn.button("leave_texts", f"tb:{LEAVE}:{looked.made_from.id}"),),
    )
    turn.say("read_back.shown", keyboard=keyboard if wanted else (), **_as_data(looked))


def _as_data(looked: Looked) -> dict[str, object]:
    left = [change for change in looked.found.changes if change not in looked.wanted]
    return {
        "plan": looked.plan,
        "report": looked.made_from,
        "newer": looked.newer,
        "changes": looked.wanted[:MOST_SHOWN],
        "more": max(len(looked.wanted) - MOST_SHOWN, 0),
        "left": [change.title for change in left if change.also_changed],
        "lines": next((draft_texts.lines_of(change) for change in left if not change.also_changed), 0),
        "missing": looked.found.missing,
        "tracked": looked.draft.tracked,
    }


async def pressed(turn: Turn, data: str) -> None:
    """Store what was shown, or leave it."""
    code, _, _rest = data.partition(":")
    dialogue = await dialogues.of_person(turn.session, turn.person_id)
    if code not in {STORE, LEAVE} or dialogue is None or dialogue.kind != KIND:
        turn.toast("toast.draft_is_gone", alert=True)
        return
    draft = Draft(dialogue.data["digest"], dialogue.data["texts"], dialogue.data["tracked"])
    await dialogues.end(turn.session, turn.person_id)
    if code == LEAVE:
        turn.edit("read_back.left")
    else:
        await _store(turn, draft)


async def _store(turn: Turn, draft: Draft) -> None:
    hours = turn.house.hours
    try:
        looked = await draft_texts.look(turn.session, draft, turn.at, hours)
        shown = looked.wanted
        await draft_texts.store(turn.session, looked, shown, person_id=turn.person_id, at=turn.at, hours=hours)
    except ReadBackRefused as refused:
        turn.edit(refused.code, file="", **refused.data)
        return
    turn.edit("read_back.stored", plan=looked.plan, year=looked.made_from.year, count=len(shown))
