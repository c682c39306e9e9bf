"""Long messages in parts that Telegram takes: 1 to 4096 characters after the tags are read.

Telegram counts UTF-16 code units (https://core.telegram.org/bots/api#messageentity), so an emoji counts twice.
"""

import re
from collections.abc import Sequence

MAX_TEXT = 4096  # https://core.telegram.org/bots/api#sendmessage
BREAKS = ("\n\n", "\n", " ")
_PIECE = re.compile(r"<[^>]*>|&(?:#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z]+);|.", re.DOTALL)
_TAG_NAME = re.compile(r"</?([a-z-]+)")


def split(html: str, limit: int = MAX_TEXT) -> list[str]:
    """A text in Telegram's HTML as parts of at most `limit` UTF-16 units of what is seen; none is empty.

    Cut at a blank line, else at a line's end, else at a space, in the second half of a part where there is one.
    Tags that are open at a cut are closed before it and opened again after it.
    """
    if len(html.encode("utf-16-le")) // 2 <= limit:
        return [html]
    pieces = _PIECE.findall(html)
    parts: list[str] = []
    open_tags: list[str] = []
    start = 0
    while start < len(pieces):
        end = _end_of_part(pieces, start, limit)
        body = pieces[start:end]
        still_open = _open_after(open_tags, body)
        part = "".join(open_tags) + "".join(body).strip() + "".join(f"</{_name(tag)}>" for tag in reversed(still_open))
        if any(_width(piece) and not piece.isspace() for piece in body):
            parts.append(part)
        open_tags, start = still_open, end
    return parts


def _end_of_part(pieces: Sequence[str], start: int, limit: int) -> int:
    """The index after the last piece of the part that begins at `start`."""
    seen = 0
    for end in range(start, len(pieces)):
        seen += _width(pieces[end])
        if seen > limit:
            return _best_cut(pieces, start, end)
    return len(pieces)


def _best_cut(pieces: Sequence[str], start: int, end: int) -> int:
    middle = (start + end) // 2
    for low in (middle, start + 1):
        for mark in BREAKS:
            for cut in range(end, low, -1):
                if "".join(pieces[cut : cut + len(mark)]) == mark:
                    return cut
    return end


def _open_after(open_tags: Sequence[str], body: Sequence[str]) -> list[str]:
    """The tags that are open after some pieces, outermost first."""
    stack = list(open_tags)
    for piece in body:
        if piece.startswith("</"):
            stack.pop()
        elif _is_tag(piece):
            stack.append(piece)
    return stack


def _name(tag: str) -> str:
    match = _TAG_NAME.match(tag)
    assert match is not None, tag
    return match.group(1)


def _is_tag(piece: str) -> bool:
    return len(piece) > 1 and piece.startswith("<")


def _width(piece: str) -> int:
    """How many UTF-16 units of a piece are seen: none of a tag, one of a reference such as "&lt;"."""
    if _is_tag(piece):
        return 0
    return 2 if len(piece) == 1 and piece > "\uffff" else 1
