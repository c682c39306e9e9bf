"""The letters of a PDF page as lines, and lines as paragraphs: a PDF knows neither words nor paragraphs."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from plan.unit_words import HALF_ROLES, SECTORS
from plan.units import SOFT_BREAK

_SPACE = 0.22
"""A gap of this share of the letters' size is a space."""

_SPACE_WIDTH = 0.32
_LONGEST_HALF = 7

_APART = 1.2
"""A gap of this share of their size is between two columns."""

_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
MIN_CUT = 10
"""The letters of a word that can be cut by the edge of its cell, where nothing else tells."""
_MARKER = re.compile(r"^[•●▪◦\uf0b7\uf0a7–*-]\s+")
_BEGINS_ITEM = re.compile(r"(?:[•●▪◦\uf0b7\uf0a7–*-]|\d{1,2}[.)]|[a-zæøå][.)])\s")
_NEXT_ITEM = re.compile(r"(?:[•●▪◦\uf0b7\uf0a7]|\d{1,2}[.)])\s+[A-ZÆØÅ«]")
_ORDINAL = re.compile(
    r"\d{1,2}\. (?:jan|feb|mars|apr|mai|jun|jul|aug|sep|okt|nov|des|kvartal|tertial|halvår|trinn|trinnet|klasse)"
)
"""A number that counts what follows it, and so may stand at the beginning of any line: "1. kvartal", "8. trinn"."""
_UNFINISHED = re.compile(
    r"(?:[,/&+(–-]|\b(?:og|i|med|for|av|til|på|ved|v|fra|som|en|et|den|det|de|eller|samt|hos|om))\s*$", re.IGNORECASE
)
_SMALL_WORDS = (
    "og i med for av til på ved fra som den det de skal kan vil må innen innan eller om hos hver hvert at "
    "å etter ut inn ikke ikkje under over mot uten utan når der her alle andre år kr"
)
_BEFORE_A_NOUN = re.compile(r"(?:lig|leg|isk|ende|ande|statens|felles|kommunal|kommunale|aktuelle)$", re.IGNORECASE)
_NOUNS = SECTORS | {
    "team",
    "tilbud",
    "tilbod",
    "vegvesen",
    "enhet",
    "eining",
    "avdeling",
    "arbeid",
    "rutine",
    "tiltak",
    "møte",
}
_LAST_WORDS = (
    "koordinator rådgiver rådgjevar veileder rettleiar konsulent ansvarlig ansvarleg tjeneste teneste "
    "tjenesten tenesta avdeling avdelingen avdelinga senter senteret sentralen utvalg utval utvikling "
    "kommune kommunen arbeid arbeidet plan planen tiltak medarbeider medarbeidar lærer lærar pleier "
    "pleiar sykepleier terapeut"
)
"""What long words of plans end with."""
_SHORTEST_LAST = 5
_PREFIXES = ("ut", "på", "av", "om", "be")
"""What verbs begin with that have another verb in them ("utarbeide")."""
_ROLE = re.compile(
    r"(?<=\w{4})(?:leder|leiar|sjef|direktør|overlege|rådgiver|rådgjevar|lærer|lærar|kontor|koordinator)(?:e?n|ne|et)?$",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:og|eller|samt)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Piece:
    """A part of a line that stands apart from the rest of it."""

    text: str
    x0: float
    x1: float


@dataclass(frozen=True)
class Line:
    """A line of text with its place. `first_word` and `first_letter` are the widths of its beginning."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    is_bold: bool
    first_word: float
    first_letter: float
    pieces: tuple[Piece, ...] = ()
    has_space_after: bool = False
    lead: str = ""
    """The bold beginning of a line that goes on in plain type."""


def lines_of(chars: Iterable[Any]) -> list[Line]:
    """The lines in some letters of a page, from above, each from the left. Upright letters only."""
    upright = sorted((char for char in chars if char.get("upright", True)), key=lambda char: (char["top"], char["x0"]))
    rows: list[list[Any]] = []
    for char in upright:
        middle = (char["top"] + char["bottom"]) / 2
        for row in rows[-3:]:
            if row[0]["top"] <= middle <= row[0]["bottom"]:
                row.append(char)
                break
        else:
            rows.append([char])
    found = [_line(sorted(row, key=lambda char: char["x0"])) for row in rows]
    return sorted((line for line in found if line is not None), key=lambda line: line.top)


def _line(chars: Sequence[Any]) -> Line | None:
    text = ""
    end: float | None = None
    first_word_end: float | None = None
    seen: tuple[str, float] | None = None
    chars = _without_marks(chars)
    for char in chars:
        letter = char["text"]
        here = (letter, round(char["x0"], 0))
        if here == seen and letter.strip():
            # Some programs print a letter twice to make it bold.
            continue
        seen = here
        if letter.strip() and end is not None and char["x0"] - end > char["size"] * _SPACE and not text.endswith(" "):
            text += " "
        if text.strip() and (text.endswith(" ") or not letter.strip()) and first_word_end is None:
            first_word_end = end
        text += letter if letter.strip() else ("" if text.endswith(" ") else " ")
        end = char["x1"] if letter.strip() else end
    bare = text.strip()
    printed = [char for char in chars if char["text"].strip()]
    if not bare or not printed:
        return None
    begin = printed[0]["x0"]
    last = max(char["x1"] for char in printed)
    bold = [bool(_BOLD.search(char["fontname"])) for char in printed]
    sizes = Counter(round(char["size"] * 2) / 2 for char in printed)
    return Line(
        bare,
        begin,
        last,
        min(char["top"] for char in printed),
        max(char["bottom"] for char in printed),
        sizes.most_common(1)[0][0],
        sum(bold) * 10 >= len(printed) * 9,
        (first_word_end or last) - begin,
        printed[0]["x1"] - printed[0]["x0"],
        _pieces(printed, text),
        not chars[-1]["text"].strip(),
        _beginning(bare, bold.index(False)) if bold[0] and not all(bold) else "",
    )


def _beginning(text: str, letters: int) -> str:
    """The beginning of a text that has so many letters, spaces not counted."""
    ends = [found.end() for found in re.finditer(r"\S", text)]
    return text[: ends[min(letters, len(ends)) - 1]]


def _without_marks(chars: Sequence[Any]) -> list[Any]:
    """The characters without raised small digits after a word: they point to a note. "m²" keeps its own."""
    kept: list[Any] = []
    is_mark = False
    for char in chars:
        before = kept[-3:]
        is_small = bool(kept) and char["size"] < kept[-1]["size"] * 0.8 and char["bottom"] < kept[-1]["bottom"]
        after_word = len(before) == 3 and all(each["text"].isalpha() for each in before)
        is_mark = char["text"].isdigit() and is_small and (after_word or is_mark)
        if not is_mark:
            kept.append(char)
    return kept


def _pieces(printed: Sequence[Any], text: str) -> tuple[Piece, ...]:
    """The parts of a line with wide gaps between them."""
    groups: list[list[Any]] = [[printed[0]]]
    for before, char in pairwise(printed):
        if char["x0"] - before["x1"] > char["size"] * _APART:
            groups.append([])
        groups[-1].append(char)
    if len(groups) == 1:
        return (Piece(text.strip(), printed[0]["x0"], printed[-1]["x1"]),)
    return tuple(Piece(_spaced(group), group[0]["x0"], group[-1]["x1"]) for group in groups)


def _spaced(chars: Sequence[Any]) -> str:
    text = chars[0]["text"]
    for before, char in pairwise(chars):
        gap = char["x0"] - before["x1"] > char["size"] * _SPACE
        text += f" {char['text']}" if gap else char["text"]
    return str(text)


@dataclass(frozen=True)
class Words:
    """The words of a document: tells a hyphen that belongs to a word from one that only breaks it."""

    known: frozenset[str]
    has_spaces: bool = False
    """Whether lines end with the space they were broken at: then one without it was broken within a word."""

    @classmethod
    def of(cls, lines: Iterable[Line], cells: Iterable[Sequence[Line]] = ()) -> "Words":
        """The words within lines of running text and of cells: the first and the last of a line may be halves."""
        found: set[str] = set()
        broken = spaced = 0
        running = list(lines)
        # The last line of a cell was not broken; whether it ends with a space says nothing.
        for group, count in ((running, len(running)), *((cell, len(cell) - 1) for cell in cells)):
            for number, line in enumerate(group):
                found.update(re.findall(r"[\w-]+\w", line.text.casefold())[1:-1])
                broken += number < count
                spaced += number < count and line.has_space_after
        return cls(frozenset(found), spaced * 10 > broken)

    def joined(self, text: str, more: str) -> str:
        """A text and the line it goes on in."""
        if more[:1] in (",", ";"):
            return f"{text}{more}"
        if not re.search(r"\w[-\u2010\u00ad]$", text):
            return f"{text} {more}"
        if _GOES_ON.match(more) or not more[:1].isalnum():
            return f"{text} {more}" if _GOES_ON.match(more) else f"{text}{more}"
        left = re.findall(r"[\w-]+$", text[:-1])
        right = re.match(r"\w+", more)
        head, tail = (left[0] if left else ""), (right[0] if right else "")
        if f"{head}-{tail}".casefold() in self.known or not more[:1].islower() or not head[-1:].islower():
            return f"{text}{more}"
        if f"{head}{tail}".casefold() in self.known or len(head) >= 3:
            return f"{text[:-1]}{more}"
        return f"{text}{more}"


def cell_text(lines: Sequence[Line], left: float, right: float, words: Words) -> str:
    """The text of a cell: lines that were broken for want of room are joined, others stay lines."""
    if not lines:
        return ""
    room = right - min(max(min(line.x0 for line in lines) - left, 1.0), 8.0)
    text = lines[0].text
    for line, below in pairwise(lines):
        if _breaks_word(line, below, room, words):
            text += below.text
        elif _NEXT_ITEM.match(below.text) and _ORDINAL.match(below.text) is None:
            text += f"\n{below.text}"
        elif HALF_ROLES.fullmatch(line.text) or (is_full(line, below, room) and _may_end(line, below)):
            text += f"{SOFT_BREAK}{below.text}"
        elif is_full(line, below, room):
            text = words.joined(text, below.text)
        else:
            text += f"\n{below.text}"
    return text


def is_full(line: Line, below: Line, room: float) -> bool:
    """Whether the first word of the line below had no room on this one."""
    return line.x1 + line.size * _SPACE + below.first_word > room - 0.5


def _may_end(line: Line, below: Line) -> bool:
    """Whether a full line may be the end of a name all the same: the next one begins with a capital."""
    return below.text[:1].isupper() and _UNFINISHED.search(line.text) is None


def _breaks_word(line: Line, below: Line, room: float, words: Words) -> bool:
    """Whether a word was broken where its cell ends, without a hyphen, because the cell is too narrow for it."""
    fills = line.x1 + below.first_letter > room - 0.5
    alone = _MARKER.sub("", line.text)
    is_word = " " not in alone and line.text[-1:].isalnum() and (below.text[:1].islower() or below.text[:1].isdigit())
    if not fills or not is_word or line.has_space_after:
        return False
    if words.has_spaces and room - line.x1 > line.size * _SPACE_WIDTH:
        return True
    # A space that had no room is not printed either: what the halves are must decide.
    can_break = below.text[:1].islower() and (len(line.text) >= 6 or words.has_spaces)
    return can_break and _are_halves(line, below, words)


def _are_halves(line: Line, below: Line, words: Words) -> bool:
    """Whether a line and the first word below it make one word, by what is known of both."""
    rest = re.match(r"\w+", below.text)
    piece = rest[0].casefold() if rest else ""
    if f"{line.text}{piece}".casefold() in words.known:
        return True
    if _BEFORE_A_NOUN.search(line.text) and piece in _NOUNS:
        return False
    if line.text.casefold() not in words.known and _breaks_role(line.text, piece):
        return True
    is_known = piece in _SMALL_WORDS.split() or line.text.casefold() in words.known or piece in words.known
    # Where lines end with their spaces, one of a single long word that ends without it was hardly a word by chance.
    is_cut = words.has_spaces and len(line.text) >= MIN_CUT and not piece.startswith(_PREFIXES)
    return not is_known and (is_cut or len(piece) <= _LONGEST_HALF or _begins_within(piece, words))


def _breaks_role(text: str, piece: str) -> bool:
    """Whether two pieces are a title with the break within its last part: "Virksomhetsle", "der"."""
    found = _ROLE.search(f"{text}{piece}")
    return found is not None and found.start() < len(text) < found.end()


def _begins_within(piece: str, words: Words) -> bool:
    """Whether a long piece is the end of one word and another: "ikoordinator" of "teknologikoordinator"."""
    ends = [piece[count:] for count in (1, 2) if len(piece) - count >= _SHORTEST_LAST]
    if piece.startswith(_PREFIXES):
        return False
    return any(end in words.known or end in _LAST_WORDS.split() for end in ends)


def paragraphs_of(lines: Sequence[Line], right: float) -> Iterator[list[Line]]:
    """Lines as paragraphs: a new one begins at a wide gap, in another type, at a marker, or after a line with room."""
    current: list[Line] = []
    for line in lines:
        if current and _begins(current[-1], line, right, current):
            yield current
            current = []
        current.append(line)
    if current:
        yield current


def _begins(above: Line, line: Line, right: float, current: Sequence[Line]) -> bool:
    if abs(above.size - line.size) > 0.6 or above.is_bold != line.is_bold:
        return True
    if line.top - above.bottom > 0.65 * line.size or line.top < above.top:
        return True
    if _BEGINS_ITEM.match(line.text) and not (_ORDINAL.match(line.text) and is_full(above, line, right)):
        return True
    return not is_full(above, line, right)
