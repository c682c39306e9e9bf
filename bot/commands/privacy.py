"""/personvern: what is stored about the person who asks, a copy of it, and erasing it. /spraak: their language."""

from bot.tasks.people import roles_of
from bot.turn import Turn, rows_of
from storage import privacy
from storage.people_changes import PeopleRefused

LANGUAGES = {
    "bokmål": "nb",
    "bokmal": "nb",
    "norsk": "nb",
    "nb": "nb",
    "nynorsk": "nn",
    "nn": "nn",
    "english": "en",
    "engelsk": "en",
    "en": "en",
}
COPY, ERASE, SURE, KEEP = "copy", "erase", "sure", "keep"


async def show(turn: Turn, _words: str) -> None:
    """What is stored about a person, in plain words; of a stranger it is nothing."""
    if turn.person is None:
        turn.say("privacy.stranger")
        return
    turn.say(
        "privacy.stored",
        person=turn.person,
        counts=await privacy.counts(turn.session, turn.person),
        **await roles_of(turn, turn.person),
        keyboard=((turn.button("my_copy", f"pv:{COPY}"),), (turn.button("erase_me", f"pv:{ERASE}"),)),
    )


async def pressed(turn: Turn, data: str) -> None:
    """A copy, or being erased: asked twice before it is done."""
    if data == COPY:
        await _copy(turn)
    elif data == ERASE:
        keep = turn.button("keep_me", f"pv:{KEEP}")
        turn.edit("privacy.erase_what", keyboard=((turn.button("go_on_erasing", f"pv:{SURE}1"),), (keep,)))
    elif data == f"{SURE}1":
        buttons = [turn.button("keep_me", f"pv:{KEEP}"), turn.button("erase_surely", f"pv:{SURE}2")]
        turn.edit("privacy.erase_sure", keyboard=rows_of(buttons, 1))
    elif data == f"{SURE}2":
        await _erase(turn)
    elif data == KEEP:
        turn.edit("privacy.kept")
    else:
        turn.toast("toast.unknown_button", alert=True)


async def _copy(turn: Turn) -> None:
    assert turn.person is not None
    content = await privacy.export(turn.session, turn.person)
    turn.send_file("privacy.copy", "tiltaksvakt-om-meg.json", content.encode())


async def _erase(turn: Turn) -> None:
    assert turn.person is not None
    try:
        chat_id = await privacy.erase(turn.session, turn.person, actor=turn.actor, at=turn.at)
    except PeopleRefused:
        turn.edit("privacy.last_admin")
        return
    if chat_id is not None:
        turn.left_chats.append(chat_id)
    turn.edit("privacy.erased")


async def language(turn: Turn, words: str) -> None:
    """/spraak nynorsk: the language the bot speaks to this person."""
    if not words:
        _ask_language(turn)
    elif (code := LANGUAGES.get(words.lower())) is None:
        turn.say("privacy.unknown_language")
    else:
        _speak(turn, code)


def _ask_language(turn: Turn) -> None:
    labels = {"nb": "language_nb", "nn": "language_nn", "en": "language_en"}
    turn.say(
        "privacy.which_language", keyboard=rows_of([turn.button(labels[code], f"sp:{code}") for code in labels], 1)
    )


async def language_chosen(turn: Turn, data: str) -> None:
    """A language was chosen by a button."""
    if data not in LANGUAGES.values():
        turn.toast("toast.unknown_button", alert=True)
    else:
        _speak(turn, data)


def _speak(turn: Turn, code: str) -> None:
    assert turn.person is not None
    turn.person.language = code
    turn.changed_people.add(turn.person_id)
    turn.show("privacy.speaks", language_code=code)
