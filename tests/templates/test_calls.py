"""What the bot says exists, with the very values it is given: read from the source, since no type checker can."""

import ast
from collections.abc import Iterator
from pathlib import Path

import bot
import templates
from tests.templates.test_sentences import arguments_of

SAID = {"say", "edit", "show", "text"}
WORDS = {"toast", "word"}
OURS = {"keyboard", "alert", "language"}


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    for file in sorted(Path(bot.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                yield f"{file.name}:{node.lineno}", node, node.func.attr


def named(node: ast.Call) -> list[str]:
    """The sentences a call names: its first argument, or both sides of a choice."""
    if not node.args:
        return []
    first = node.args[0]
    sides = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
    return [side.value for side in sides if isinstance(side, ast.Constant) and isinstance(side.value, str)]


def test_every_sentence_that_is_said_exists_and_gets_the_values_it_needs() -> None:
    checked = 0
    for where, node, method in calls():
        given = {keyword.arg for keyword in node.keywords}
        for name in named(node):
            sentences = templates.words if method in WORDS or name.startswith(("button.", "file.")) else templates.chat
            if method not in SAID | WORDS or "." not in name or name in templates.cli.names():
                continue
            assert name in sentences.names(), f"{where}: {name}"
            if None not in given:  # without **data
                assert given - OURS == set(arguments_of(sentences, name)), f"{where}: {name}"
            checked += 1
    assert checked > 60


def test_every_button_has_a_label_and_the_values_it_needs() -> None:
    labels = {name.removeprefix("button.") for name in templates.words.names() if name.startswith("button.")}
    for where, node, method in calls():
        if method == "button":
            for name in named(node):
                assert name in labels, f"{where}: {name}"
                given = {keyword.arg for keyword in node.keywords}
                assert given == set(arguments_of(templates.words, f"button.{name}")), f"{where}: {name}"


def test_no_sentence_of_the_chat_is_never_said() -> None:
    source = "\n".join(file.read_text() for file in Path(bot.__file__).parent.rglob("*.py"))
    # Said by a code of their own: refusals of invitations and changes, and notices; or part of others.
    by_code = (
        "attachments.",
        "counting.tally",
        "invitation.",
        "rounds.",
        "measure_admin.",
        "notice.",
        "people_admin.",
        "plan_admin.",
        "reporting_admin.already",
        "reporting_admin.lines",
        "target_admin.already",
        "setting.",
        "question.",
        "read_back.",
        "plan_question.",
        "approval.lacking",
        "report.coming",
        "writing.kind_of",
        "undecided.fix",
        "unit_admin.",
    )
    unused = [name for name in templates.chat.names() if f'"{name}"' not in source and not name.startswith(by_code)]
    assert unused == []
