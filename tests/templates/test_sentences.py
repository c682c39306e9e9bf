"""Every sentence renders, is well set on a phone, and is written once."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError

import templates
from emulator.entities import parse_html
from templates import Sentences
from tests.templates.samples import CHAT, CHAT_OF, ODD, WORDS, WORDS_OF, choices

HOME = Path(templates.__file__).parent
FILES = sorted([*(HOME / "chat").glob("*.j2"), *(HOME / "words").glob("*.j2")])
TRANS = re.compile(r"\{%[-+]?\s*trans\b.*?%\}(.*?)\{%\s*endtrans\s*[-+]?%\}", re.DOTALL)
# A sentence that runs into the next: "ferdig.Skriv", "gjøre/tiltak".
GLUED = re.compile(r"[.:!?][A-ZÆØÅ«•⚠✅]|[a-zæøå]/[a-zæøå]+ –|[a-zæøå]•")


def arguments_of(sentences: Sentences, name: str) -> tuple[str, ...]:
    """The arguments of a sentence, found by what it asks for."""
    source = (HOME / sentences.folder / f"{name.split('.', maxsplit=1)[0]}.j2").read_text()
    match = re.search(rf"\{{% macro {name.split('.')[1]}\((.*?)\) %\}}", source)
    assert match is not None, name
    return tuple(part.split("=")[0].strip() for part in match.group(1).split(",") if part.strip())


def rendered(sentences: Sentences, name: str, table: Any, special: Any) -> Iterator[str]:
    for data in choices(name, arguments_of(sentences, name), table, special):
        yield sentences.say(name, **data)


@pytest.mark.parametrize("name", templates.chat.names())
def test_a_sentence_of_the_chat_is_well_set(name: str) -> None:
    for html in rendered(templates.chat, name, CHAT, CHAT_OF):
        shown, _entities = parse_html(html)
        assert shown.strip()
        assert "\n\n\n" not in shown
        assert not re.search(r"[ \t]+$", shown, re.MULTILINE), shown
        assert not GLUED.search(shown.replace(ODD, "")), shown
        assert "None" not in shown
        assert "Undefined" not in shown


@pytest.mark.parametrize("name", templates.words.names())
def test_a_word_is_one_line(name: str) -> None:
    for shown in rendered(templates.words, name, WORDS, WORDS_OF):
        assert shown.strip() == shown
        assert shown
        assert "\n" not in shown
        if name.startswith("toast."):
            assert len(shown) <= 200
        if name.startswith("command."):
            assert 3 <= len(shown) <= 256


def test_values_are_escaped_in_the_chat() -> None:
    html = templates.chat.say("access.refused", command=ODD)
    assert "&lt;b&gt;Kurs&lt;/b&gt; &amp; {{ 7*7 }} 100 %" in html
    assert ODD in parse_html(html)[0]


def test_a_value_that_is_missing_or_not_known_is_our_mistake() -> None:
    with pytest.raises(UndefinedError):
        templates.chat.say("access.refused")
    with pytest.raises(TypeError):
        templates.chat.say("access.refused", command="x", other="y")


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_no_visible_text_stands_outside_a_translation(file: Path) -> None:
    rest = TRANS.sub("", re.sub(r"\{#.*?#\}", "", file.read_text(), flags=re.DOTALL))
    rest = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]+>", "", rest, flags=re.DOTALL)
    # What is typed is the same in every language.
    rest = re.sub(r"/[a-zæøå]+( (ny|endre|arkiver))?", "", rest)
    assert not re.findall(r"[^\W\d_]+", rest)


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_no_sentence_is_written_twice_in_a_file(file: Path) -> None:
    sentences = [sentence for block in TRANS.findall(file.read_text()) for sentence in re.split(r"\{%.*?%\}", block)]
    assert sorted(sentences) == sorted(set(sentences))


def test_no_long_sentence_of_the_chat_is_written_in_two_files() -> None:
    found: dict[str, set[str]] = {}
    for file in FILES:
        for block in TRANS.findall(file.read_text()):
            for sentence in re.split(r"\{%.*?%\}", block):
                if len(sentence) > 60:
                    found.setdefault(sentence, set()).add(file.name)
    assert {sentence: files for sentence, files in found.items() if len(files) > 1} == {}
