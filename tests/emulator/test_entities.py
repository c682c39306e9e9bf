"""The parser of Telegram's HTML."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emulator.answers import ApiError
from emulator.entities import clean, detected, parse_html, to_html, trimmed, utf16_length

PIECES = (
    "<",
    ">",
    "/",
    "&",
    ";",
    "=",
    " ",
    "\0",
    "æ",
    "😀",
    "&lt;",
    "&#x1F600;",
    "&#xd83d;",
    "<b>",
    "</b>",
    "<a href='",
    "http://example.org",
    "<pre>",
    '<code class="language-py">',
    "</code>",
    "</pre>",
    "<span",
    " class=",
    '"tg-spoiler"',
)
MARKUP = st.lists(st.sampled_from(PIECES)).map("".join)


@given(st.text())
def test_any_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert parse_html(html.escape(text)) == (text, [])


@given(st.text() | MARKUP)
def test_no_text_crashes_the_parser(text: str) -> None:
    try:
        plain, entities = parse_html(text)
    except ApiError:
        return
    for entity in entities:
        assert 0 <= entity["offset"] < entity["offset"] + entity["length"] <= utf16_length(plain)


@given(MARKUP)
def test_what_was_parsed_and_written_again_is_parsed_to_the_same_text(source: str) -> None:
    try:
        plain, entities = parse_html(source)
    except ApiError:
        return
    assert parse_html(to_html(plain, entities))[0] == plain


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("<b>a</b>", "bold"),
        ("<strong>a</strong>", "bold"),
        ("<i>a</i>", "italic"),
        ("<em>a</em>", "italic"),
        ("<u>a</u>", "underline"),
        ("<ins>a</ins>", "underline"),
        ("<s>a</s>", "strikethrough"),
        ("<strike>a</strike>", "strikethrough"),
        ("<del>a</del>", "strikethrough"),
        ('<span class="tg-spoiler">a</span>', "spoiler"),
        ("<tg-spoiler>a</tg-spoiler>", "spoiler"),
        ('<tg-emoji emoji-id="5368324170671202286">a</tg-emoji>', "custom_emoji"),
        ("<code>a</code>", "code"),
        ("<pre>a</pre>", "pre"),
        ("<blockquote>a</blockquote>", "blockquote"),
        ("<blockquote expandable>a</blockquote>", "expandable_blockquote"),
        ("<B>a</B>", "bold"),
        ("<b>a</>", "bold"),
    ],
)
def test_every_tag_of_telegram_is_understood(source: str, kind: str) -> None:
    text, entities = parse_html(source)
    assert text == "a"
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in entities] == [(kind, 0, 1)]


def test_entities_count_utf16_units() -> None:
    assert parse_html("😀<b>å</b>") == ("😀å", [{"type": "bold", "offset": 2, "length": 1}])


def test_entities_may_nest() -> None:
    _, entities = parse_html("<b>a<i>b</i></b>")
    assert [(entity["type"], entity["offset"], entity["length"]) for entity in entities] == [
        ("bold", 0, 2),
        ("italic", 1, 1),
    ]


def test_a_link_keeps_its_address_and_one_without_a_host_is_plain_text() -> None:
    _, entities = parse_html('<a href="https://vefsn.example/?a=1&amp;b=2">her</a>')
    assert entities == [{"type": "text_link", "offset": 0, "length": 3, "url": "https://vefsn.example/?a=1&b=2"}]
    assert parse_html('<a href="nowhere">her</a>') == ("her", [])
    assert parse_html("<a>example.org</a>")[1][0]["url"] == "http://example.org/"


def test_code_in_a_language_is_one_entity() -> None:
    _, entities = parse_html('<pre><code class="language-python">a</code></pre>')
    assert entities == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]


def test_references_are_resolved_and_unknown_ones_stay() -> None:
    assert parse_html("&lt;&gt;&amp;&quot;&#229;&#xe5;&nbsp;&#0; & &")[0] == '<>&"åå&nbsp;&#0; & &'


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<x>a</x>", 'Unsupported start tag "x" at byte offset 0'),
        ("å < b", 'Unsupported start tag "" at byte offset 3'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<b>a</b x>", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href>a</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<a =x>a</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<a href=x:y>a</a>", "Unexpected end of name token at byte offset 8"),
        ("<a ", "Unclosed start tag at byte offset 0"),
        ("<tg-emoji emoji-id='x'>a</tg-emoji>", "Invalid custom emoji identifier specified"),
        (
            "&#xd83d;",
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units",
        ),
    ],
)
def test_what_is_no_html_of_telegrams_is_refused_in_its_words(source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


def test_two_halves_of_a_character_become_one() -> None:
    assert parse_html("&#xd83d;&#xde00;")[0] == "😀"


def test_white_space_around_a_text_goes_and_its_entities_follow() -> None:
    assert trimmed("  ab ", [{"type": "bold", "offset": 1, "length": 4}]) == (
        "ab",
        [{"type": "bold", "offset": 0, "length": 2}],
    )
    assert trimmed("   ", [{"type": "bold", "offset": 0, "length": 3}]) == ("", [])


def test_control_characters_become_spaces() -> None:
    assert clean("a\0b\r\nc\td") == "a b \nc d"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start abc", ["/start"]),
        ("se /hjelp@tiltaksvakt_bot!", ["/hjelp@tiltaksvakt_bot"]),
        ("https://example.org/a, og", ["https://example.org/a"]),
        ("og/eller 1/2 a//b", []),
        ("😀 /mine", ["/mine"]),
    ],
)
def test_commands_and_addresses_are_found(text: str, found: list[str]) -> None:
    units = text.encode("utf-16-le")
    assert [
        units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le")
        for entity in detected(text)
    ] == found


def test_formatting_is_written_back_as_html() -> None:
    source = (
        '😀 <b>a <i>&lt;b&gt;</i></b> <a href="https://example.org/?a&amp;b">her</a> '
        "<blockquote expandable>c</blockquote>"
    )
    assert to_html(*parse_html(source)) == source
    source = '<pre><code class="language-py">a</code></pre>'
    assert to_html(*parse_html(source)) == source
