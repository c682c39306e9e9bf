"""/import, and a plan document that an admin sends: it is read after the commit, and then reviewed in the chat."""

from itertools import islice

import templates
from bot.answers import Answer
from bot.commands.export import TEMPLATE
from bot.dialogues import plan_summary
from bot.plan_files import NotRead, too_large
from bot.turn import Turn, shorten
from plan import documents
from plan.documents.problem import Problem
from plan.draft import Draft
from scheduler.plan_reviews import remind_later
from storage import plan_imports
from storage.people import Role

MAX_SHOWN = 10
MAX_FILE_NAME = 255


async def import_(turn: Turn, _words: str) -> None:
    """`/import` shows the review one is in, or how to begin one."""
    row = await plan_imports.open_of(turn.session, turn.person_id)
    if row is None:
        turn.say("plan_import.how", keyboard=((turn.button("plan_template", TEMPLATE),),))
    else:
        await plan_summary.show_summary(turn, row)


async def received(turn: Turn, _words: str) -> None:
    """A document: looked at here only as far as its message says; it is fetched and read after the commit."""
    document = turn.message.document
    assert document is not None
    name = (document.file_name or "")[-MAX_FILE_NAME:]
    await take(turn, document.file_id, name, document.file_size or 0, turn.message.message_id)


async def take(turn: Turn, file_id: str, name: str, size: int, message_id: int) -> None:
    """Have a document read, unless it is too large or another is under review."""
    row = await plan_imports.open_of(turn.session, turn.person_id)
    if row is not None:
        plan_summary.say_open(turn, row)
    elif size > documents.MAX_BYTES:
        _say_not_read(turn, name, too_large())
    else:
        turn.say("plan_import.reading", file=shorten(name))
        turn.answers.append(Answer("plan", file_id=file_id, file_name=name, message_id=message_id))


async def has_been_read(turn: Turn, answer: Answer, found: Draft | NotRead) -> None:
    """Keep what was read and say what comes next; a document that was read before is not kept twice."""
    name = answer.file_name or ""
    if turn.person is None or await plan_imports.by_update(turn.session, turn.inbox_id) is not None:
        return
    if not turn.is_one_of(Role.ADMIN):
        turn.say("access.refused", command="import")
    elif isinstance(found, NotRead):
        if found.code == "holds_identity_number":
            turn.answers.append(Answer("delete", message_id=answer.message_id))
        _say_not_read(turn, name, found)
    else:
        await _begin_review(turn, name, found)


async def _begin_review(turn: Turn, name: str, draft: Draft) -> None:
    row = await plan_imports.begin(
        turn.session,
        person_id=turn.person_id,
        inbox_id=turn.inbox_id,
        file_name=name,
        review=await plan_imports.new_review(turn.session, draft, turn.house.municipality),
        at=turn.at,
    )
    if row is not None:
        await remind_later(turn.session, row, turn.at, turn.house.hours)
        await plan_summary.show_summary(turn, row)
    elif (other := await plan_imports.open_of(turn.session, turn.person_id)) is not None:
        plan_summary.say_open(turn, other)


def _say_not_read(turn: Turn, name: str, found: NotRead) -> None:
    file = shorten(name)
    match found.code:
        case "refused":
            lines = [_problem(turn, problem) for problem in islice(found.problems, MAX_SHOWN)]
            turn.say("plan_import.refused", file=file, problems=lines, more=len(found.problems) - len(lines))
        case "too_slow":
            turn.say("plan_import.too_slow", file=file)
        case "not_fetched":
            turn.say("plan_import.not_fetched", file=file)
        case "holds_identity_number":
            turn.say("plan_import.holds_identity_number")
        case _:
            turn.say("plan_import.unreadable", file=file)


def _problem(turn: Turn, problem: Problem) -> str:
    """What is wrong with a document, in the sentence the command line has for it."""
    return templates.cli.say(
        f"plan_file.{problem.code}", language=turn.language, line=problem.line, place=problem.place, **problem.data
    )
