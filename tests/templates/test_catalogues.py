"""Each language says everything: no sentence is missing, and none has lost what bokmål says in it."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from babel.messages import Message

import templates
from emulator.entities import parse_html
from templates import catalogues
from tests.catalogues import LANGUAGES, as_mo, catalogue, file_of, is_translated, messages, sentences
from tests.templates.samples import CHAT, CHAT_OF, WORDS, WORDS_OF, choices
from tests.templates.test_sentences import arguments_of

PARTS = re.compile(r"%\(\w+\)[sd]|%%|</?[a-z][^>]*>|&[a-z]+;|(?<![\w/<])/[a-zæøå]+")


def pairs(message: Message) -> Iterator[tuple[str, str]]:
    """Each form of a sentence with its translation."""
    if isinstance(message.id, str):
        yield message.id, str(message.string)
    else:
        assert isinstance(message.string, tuple)
        yield from zip(message.id, message.string, strict=True)


def ids(language: str) -> set[object]:
    return {message.id for message in messages(catalogue(language))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_sentence_and_no_other(language: str) -> None:
    assert ids(language) == {message.id for message in messages(sentences())}, "make catalogues brings them up to date"
    assert [message.id for message in messages(catalogue(language)) if not is_translated(message)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_holds_the_same_values_tags_and_commands(language: str) -> None:
    for message in messages(catalogue(language)):
        for ours, theirs in pairs(message):
            assert Counter(PARTS.findall(ours)) == Counter(PARTS.findall(theirs)), theirs
            assert (ours[:1].isspace(), ours[-1:].isspace()) == (theirs[:1].isspace(), theirs[-1:].isspace()), theirs
            assert ours.count("\n") == theirs.count("\n"), theirs


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_programs_read_is_made_of_what_people_read(language: str) -> None:
    assert file_of(language, "mo").read_bytes() == as_mo(catalogue(language)), "make catalogues makes it anew"
    catalogues.translations.cache_clear()
    for message in messages(catalogue(language)):
        if isinstance(message.id, str):
            assert catalogues.translations(language).gettext(message.id) == message.string


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["chat", "words"])
def test_a_translation_is_as_well_set_as_its_source(language: str, kind: str) -> None:
    sentences_of, table, special = {
        "chat": (templates.chat, CHAT, CHAT_OF),
        "words": (templates.words, WORDS, WORDS_OF),
    }[kind]
    for name in sentences_of.names():
        for data in choices(name, arguments_of(sentences_of, name), table, special):
            said = sentences_of.say(name, language=language, **data)
            shown = parse_html(said)[0] if kind == "chat" else said
            assert shown.strip()
            assert "\n\n\n" not in shown, shown
            if name.startswith("toast."):
                assert len(shown) <= 200, shown
            if name.startswith("command."):
                assert 3 <= len(shown) <= 256, shown


def test_a_value_or_a_tag_that_is_lost_is_noticed() -> None:
    kept = Counter(PARTS.findall("<b>%(count)s</b> svar. Send /hjelp."))
    assert kept == Counter(["<b>", "%(count)s", "</b>", "/hjelp"])
