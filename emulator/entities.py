"""Formatted text: Telegram's HTML into plain text with entities, and back.

Source: https://core.telegram.org/bots/api#html-style; the wording of the refusals is Telegram's own. Offsets and
lengths of entities count UTF-16 code units, positions in refusals count bytes of UTF-8.
"""

import html
import re
from dataclasses import dataclass, field
from typing import Any

from emulator.answers import bad_request

Entity = dict[str, Any]

_KIND_OF_TAG = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "a": "text_link",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
_TAG_OF_KIND = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
KINDS = frozenset(_KIND_OF_TAG.values()) | {
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "text_mention",
    "expandable_blockquote",
}

_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
_ATTRIBUTE_NAME = re.compile(r"[^ \t\r\n\v\0=>]*")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_SPACES = re.compile(r"[ \t\r\n\v\0]*")
_SPACE = frozenset(" \t\r\n\v\0")
_COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])")
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f]")
_URL = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,:;!?)\]]")


def utf16_length(text: str) -> int:
    """The length of a text in UTF-16 code units, the unit Telegram counts entities in."""
    return len(text) + sum(character > "\uffff" for character in text)


def clean(text: str) -> str:
    """A text with its control characters, except line breaks, made spaces; the length stays, so entities still fit."""
    return _CONTROLS.sub(" ", text)


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """A text without white space around it; its entities are moved and shortened to fit."""
    body = text.strip()
    if body == text:
        return text, entities
    cut = utf16_length(text[: len(text) - len(text.lstrip())])
    length = utf16_length(body)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - cut, 0)
        end = min(entity["offset"] + entity["length"] - cut, length)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    return body, kept


def detected(text: str) -> list[Entity]:
    """The entities Telegram finds by itself: commands and web addresses."""
    found = []
    for kind, pattern in (("bot_command", _COMMAND), ("url", _URL)):
        if kind == "bot_command" and "/" not in text:
            break
        for match in pattern.finditer(text):
            offset = utf16_length(text[: match.start()])
            found.append({"type": kind, "offset": offset, "length": utf16_length(match.group())})
    return sorted(found, key=_order)


def merged(given: list[Entity], found: list[Entity]) -> list[Entity]:
    """Entities given by the sender, and the found ones that do not touch them."""
    free = [
        entity
        for entity in found
        if all(
            entity["offset"] + entity["length"] <= other["offset"]
            or other["offset"] + other["length"] <= entity["offset"]
            for other in given
            if other["type"] in ("code", "pre", "text_link", "text_mention")
        )
    ]
    return sorted(given + free, key=_order)


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Telegram's HTML as plain text and its entities, sorted; raises ApiError 400 "can't parse entities: …"."""
    if "<" not in source and "&" not in source:
        return source, []
    return _HtmlParser(source).parsed()


def to_html(text: str, entities: list[Entity]) -> str:
    """A plain text with entities as Telegram's HTML; found entities such as commands stay plain."""
    opening: dict[int, list[str]] = {}
    closing: dict[int, list[str]] = {}
    for entity in sorted(entities, key=_order):
        tags = _tags(entity)
        if tags:
            opening.setdefault(entity["offset"], []).append(tags[0])
            closing.setdefault(entity["offset"] + entity["length"], []).insert(0, tags[1])
    if not opening:
        return html.escape(text, quote=False)
    parts: list[str] = []
    position = 0
    for character in text:
        parts += closing.pop(position, [])
        parts += opening.pop(position, [])
        parts.append(html.escape(character, quote=False))
        position += 2 if character > "\uffff" else 1
    parts += closing.pop(position, [])
    return "".join(parts)


def _tags(entity: Entity) -> tuple[str, str] | None:
    if entity["type"] == "text_link":
        return f'<a href="{html.escape(entity["url"])}">', "</a>"
    if entity["type"] == "pre" and entity.get("language"):
        return f'<pre><code class="language-{html.escape(entity["language"])}">', "</code></pre>"
    if entity["type"] == "expandable_blockquote":
        return "<blockquote expandable>", "</blockquote>"
    tag = _TAG_OF_KIND.get(entity["type"])
    return (f"<{tag}>", f"</{tag}>") if tag else None


def _order(entity: Entity) -> tuple[int, int]:
    return entity["offset"], -entity["length"]


@dataclass(slots=True)
class _OpenTag:
    """A start tag that waits for its end: where its text begins, and the attribute that matters."""

    name: str
    argument: str
    offset: int
    part: int
    expandable: bool = False


@dataclass(slots=True)
class _HtmlParser:
    """One pass over a source; `offset` counts UTF-16 units of the plain text written so far."""

    source: str
    at: int = 0
    offset: int = 0
    parts: list[str] = field(default_factory=list)
    open_tags: list[_OpenTag] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def parsed(self) -> tuple[str, list[Entity]]:
        source = self.source
        while self.at < len(source):
            if source[self.at] == "&":
                self._write(self._reference() or self._take())
            elif source[self.at] != "<":
                self._write(self._plain())
            elif source.startswith("</", self.at):
                self._end_tag()
            else:
                self._start_tag()
        if self.open_tags:
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{self.open_tags[-1].name}"')
        return self._joined(), sorted(self.entities, key=_order)

    def _joined(self) -> str:
        text = "".join(self.parts)
        if any("\ud800" <= character <= "\udfff" for character in text):
            try:  # two numeric references may be the halves of one character
                return text.encode("utf-16", "surrogatepass").decode("utf-16")
            except UnicodeDecodeError:
                raise _unparsable(
                    "Text contains invalid Unicode characters after decoding HTML entities, "
                    "check for unmatched surrogate code units"
                ) from None
        return text

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.offset += utf16_length(text)

    def _take(self) -> str:
        self.at += 1
        return self.source[self.at - 1]

    def _plain(self) -> str:
        ends = [end for end in (self.source.find("<", self.at), self.source.find("&", self.at)) if end >= 0]
        end = min(ends, default=len(self.source))
        text, self.at = self.source[self.at : end], end
        return text

    def _reference(self) -> str:
        """The character a reference stands for, or nothing where Telegram takes the ampersand as it is."""
        match = _REFERENCE.match(self.source, self.at)
        if match is None:
            return ""
        hexadecimal, decimal, name = match.groups()
        if name is not None:
            character = _NAMED.get(name, "")
        elif len(match.group().rstrip(";")) >= 10:
            return ""
        else:
            code = int(hexadecimal, 16) if hexadecimal else int(decimal)
            character = chr(code) if 0 < code < 0x10FFFF else ""
        if character:
            self.at = match.end()
        return character

    def _byte(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def _peek(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else ""

    def _skip_spaces(self) -> None:
        match = _SPACES.match(self.source, self.at)
        self.at = match.end() if match else self.at

    def _name(self) -> str:
        begin = self.at
        while self._peek() and self._peek() not in _SPACE and self._peek() != ">":
            self.at += 1
        return self.source[begin : self.at].lower()

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        name = self._name()
        if not self._peek():
            raise _unparsable(f"Unclosed start tag at byte offset {self._byte(begin)}")
        if name not in _KIND_OF_TAG:
            raise _unparsable(f'Unsupported start tag "{name}" at byte offset {self._byte(begin)}')
        tag = _OpenTag(name, "", self.offset, len(self.parts))
        while True:
            self._skip_spaces()
            if self._peek() == ">":
                break
            self._attribute(tag, begin)
        self.at += 1
        if name == "span" and tag.argument != "spoiler":
            raise _unparsable(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(begin)}')
        self.open_tags.append(tag)

    def _attribute(self, tag: _OpenTag, begin: int) -> None:
        """One attribute of a start tag; only the one that matters to the tag is kept."""
        match = _ATTRIBUTE_NAME.match(self.source, self.at)
        name = match.group() if match else ""
        if not name:
            end = "" if self._peek() else "Unclosed start tag"
            reason = end or f'Empty attribute name in the tag "{tag.name}"'
            raise _unparsable(f"{reason} at byte offset {self._byte(begin)}")
        self.at += len(name)
        self._skip_spaces()
        if self._peek() != "=":
            if tag.name == "blockquote" and name == "expandable" and self._peek():
                tag.expandable = True
                return
            raise _unparsable(
                "Expected equal sign in declaration of an attribute of the tag "
                f'"{tag.name}" at byte offset {self._byte(begin)}'
            )
        self.at += 1
        self._skip_spaces()
        value = self._attribute_value(tag, begin)
        if not self._peek():
            raise _unparsable(f"Unclosed start tag at byte offset {self._byte(begin)}")
        _keep(tag, name, value)

    def _attribute_value(self, tag: _OpenTag, begin: int) -> str:
        quote = self._peek()
        if not quote:
            raise _unparsable(f'Unclosed start tag "{tag.name}" at byte offset {self._byte(begin)}')
        if quote not in "'\"":
            return self._name_token()
        self.at += 1
        value = []
        while self._peek() and self._peek() != quote:
            reference = self._reference() if self._peek() == "&" else ""
            value.append(reference or self._take())
        self.at += 1
        return "".join(value)

    def _name_token(self) -> str:
        begin = self.at
        match = _NAME_TOKEN.match(self.source, begin)
        value = match.group().lower() if match else ""
        self.at += len(value)
        if self._peek() and self._peek() not in _SPACE and self._peek() != ">":
            raise _unparsable(f"Unexpected end of name token at byte offset {self._byte(begin)}")
        return value

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open_tags:
            raise _unparsable(f"Unexpected end tag at byte offset {self._byte(begin)}")
        self.at += 2
        name = self._name()
        self._skip_spaces()
        if self._peek() != ">":
            raise _unparsable(f"Unclosed end tag at byte offset {self._byte(begin)}")
        self.at += 1
        tag = self.open_tags.pop()
        if name and name != tag.name:
            raise _unparsable(
                f'Unmatched end tag at byte offset {self._byte(begin)}, expected "</{tag.name}>", found "</{name}>"'
            )
        if self.offset > tag.offset:
            self._close(tag)

    def _close(self, tag: _OpenTag) -> None:
        entity: Entity = {
            "type": _KIND_OF_TAG[tag.name],
            "offset": tag.offset,
            "length": self.offset - tag.offset,
        }
        if tag.name == "a":
            url = _checked_url(tag.argument or "".join(self.parts[tag.part :]))
            if url is None:
                return
            entity["url"] = url
        elif tag.name == "tg-emoji":
            if not tag.argument.isdecimal() or int(tag.argument) == 0:
                raise _unparsable("Invalid custom emoji identifier specified")
            entity["custom_emoji_id"] = tag.argument
        elif tag.expandable:
            entity["type"] = "expandable_blockquote"
        elif tag.name in ("pre", "code") and self._joins_code(tag, entity):
            return
        self.entities.append(entity)

    def _joins_code(self, tag: _OpenTag, entity: Entity) -> bool:
        """`<pre><code class="language-x">` around the same text is one entity, in either order."""
        if tag.name == "code" and tag.argument:
            entity["language"] = tag.argument
        if not self.entities:
            return False
        inner = self.entities[-1]
        same = (inner["offset"], inner["length"]) == (entity["offset"], entity["length"])
        if same and {inner["type"], entity["type"]} == {"pre", "code"} and (inner | entity).get("language"):
            inner.update(type="pre", language=(inner | entity)["language"])
            return True
        return False


def _keep(tag: _OpenTag, attribute: str, value: str) -> None:
    wanted = {"a": ("href", ""), "code": ("class", "language-"), "span": ("class", "tg-"), "tg-emoji": ("emoji-id", "")}
    name, prefix = wanted.get(tag.name, ("", ""))
    if attribute == name and value.startswith(prefix):
        tag.argument = value.removeprefix(prefix)


def _checked_url(url: str) -> str | None:
    """A link Telegram keeps, with a scheme; what is no address at all loses its link and stays text."""
    url = url.strip()
    if re.match(r"(?i)(https?|tg|ton|mailto|tel):", url):
        return url
    host = url.split("/")[0].split(":")[0]
    if re.fullmatch(r"[\w-]+(\.[\w-]+)+", host):
        return "http://" + url + ("" if "/" in url else "/")
    return None


def _unparsable(reason: str) -> Exception:
    return bad_request(f"can't parse entities: {reason}")
