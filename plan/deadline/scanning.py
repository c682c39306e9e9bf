"""From a phrase to its pieces: times, recurrences, marks, starts, conditions, and what is left over."""

from collections.abc import Callable
from dataclasses import dataclass

from plan.deadline import words
from plan.deadline.periods import take_duration
from plan.deadline.recurrence import Repeat, take_repeat
from plan.deadline.series import Time, take_time
from plan.deadline.stretch import Part
from plan.deadline.tokens import Reader, Token, production
from plan.deadline.words import Mark, Opener

EVENT_WITHIN = 4  # words between a weak opener and the meeting that makes it a condition


@dataclass(frozen=True)
class Marked:
    """A phrase with a meaning of its own that is no time of the calendar."""

    mark: Mark
    begin: int
    end: int


@dataclass(frozen=True)
class Start:
    """ "Oppstart": the time beside it begins something; `begun` is whether that has happened."""

    begun: bool
    begin: int
    end: int


@dataclass(frozen=True)
class Condition:
    """A clause that everything hangs on; `is_need` where it only says "when there is need"."""

    on_meeting: bool
    elsewhere: bool
    is_need: bool
    holds_date: bool
    begin: int
    end: int


@dataclass(frozen=True)
class Rest:
    """Tokens nothing in the grammar takes."""

    begin: int
    end: int


Item = Time | Repeat | Marked | Start | Condition | Rest


def scan(reader: Reader) -> list[Item]:
    """Everything in the phrase, in order; neighbouring left-over tokens are one rest."""
    items: list[Item] = []
    while reader.peek() is not None:
        item = _take_item(reader)
        if item is not None:
            items.append(item)
            continue
        reader.at += 1
        if items and isinstance(items[-1], Rest):
            items[-1] = Rest(items[-1].begin, reader.at)
        else:
            items.append(Rest(reader.at - 1, reader.at))
    return items


def _take_item(reader: Reader) -> Item | None:
    takers: tuple[Callable[[Reader], Item | None], ...] = (
        _take_start,
        _take_after_event,
        take_repeat,
        _take_elsewhere,
        _take_mark,
        take_time,
        _take_condition,
        _take_yeared_thing,
    )
    for take in takers:
        item = take(reader)
        if item is not None:
            return item
    return None


@production
def _take_start(reader: Reader) -> Start | None:
    begin = reader.at
    begun = reader.take_phrase(words.STARTS)
    return None if begun is None else Start(begun, begin, reader.at)


@production
def _take_elsewhere(reader: Reader) -> Condition | None:
    """ "jf. årshjulet", "i henhold til framdriftsplan": the time stands in another paper."""
    begin = reader.at
    if reader.take_phrase(words.MARKS) is not Mark.ELSEWHERE:
        return None
    return _clause(reader, begin, Opener.STRONG, elsewhere=True)


@production
def _take_mark(reader: Reader) -> Marked | None:
    begin = reader.at
    mark = reader.take_phrase(words.MARKS)
    if mark is None or mark is Mark.ELSEWHERE:
        return None
    if mark is Mark.APPROXIMATE and reader.sees_number():
        return None
    return Marked(mark, begin, reader.at)


@production
def _take_after_event(reader: Reader) -> Condition | None:
    """ "innen 6 måneder etter vedtak": counted from something without a day."""
    begin = reader.at
    reader.take_phrase(words.LEADS)
    if take_duration(reader) is None or not reader.sees_word(("etter", "frå", "fra", "før")):
        return None
    start = reader.at
    if take_time(reader) is not None:
        return None
    reader.at = start + 1
    return _clause(reader, begin, Opener.STRONG)


@production
def _take_condition(reader: Reader) -> Condition | None:
    begin = reader.at
    opener = reader.take_phrase(words.OPENERS)
    if opener is None or (opener is Opener.WEAK and not _meeting_ahead(reader)):
        return None
    condition = _clause(reader, begin, opener)
    if opener is Opener.WEAK and (take_time(reader) or take_repeat(reader)) is not None:
        # "I kommunestyret i juni 2021": the time is said, and the meeting tells what happens then.
        return None
    return condition


@production
def _take_yeared_thing(reader: Reader) -> Condition | None:
    """ "Budsjett 2022", "Økonomiplan 2023-2026": when they are made is not said."""
    begin = reader.at
    if not _is_of(reader.peek(), words.YEARED_STEMS):
        return None
    reader.at += 1
    time = take_time(reader)
    if time is None or time.led or any(stretch.last.part is not Part.YEAR for stretch in time.stretches):
        return None
    return Condition(on_meeting=True, elsewhere=False, is_need=False, holds_date=False, begin=begin, end=reader.at)


def _meeting_ahead(reader: Reader) -> bool:
    """Whether a meeting or the like follows soon; "til kommunestyret" only says to whom."""
    for ahead in range(EVENT_WITHIN):
        token = reader.peek(ahead)
        if token is None or (token.kind == "sign" and token.text not in "-/"):
            return False
        if is_meeting(token):
            return not _is_of(token, words.BODY_STEMS) or "møt" in token.text or "styreval" in token.text
    return False


def is_meeting(token: Token | None) -> bool:
    """Whether a word names a meeting, a budget or another event of the municipal year."""
    return _is_of(token, words.MEETING_STEMS)


def _is_of(token: Token | None, stems: tuple[str, ...]) -> bool:
    return token is not None and token.kind == "word" and token.text.startswith(stems)


def _clause(reader: Reader, begin: int, opener: Opener, *, elsewhere: bool = False) -> Condition | None:
    """The clause from `begin` on, of which the opener has been read; None if nothing follows it."""
    start = reader.at
    depth = 0
    while (token := reader.peek()) is not None and not _ends_clause(reader, token, start, depth):
        if reader.at > start and _time_begins(reader, opener):
            break
        depth += (token.text == "(") - (token.text == ")")
        reader.at += 1
    _drop_loose_end(reader, start)
    clause = reader.tokens[start : reader.at]
    if not any(token.kind != "sign" for token in clause):
        return None
    on_meeting = any(map(is_meeting, clause))
    return Condition(
        on_meeting=on_meeting,
        elsewhere=elsewhere,
        is_need=any(_is_of(token, words.NEED_STEMS) for token in clause),
        holds_date=not on_meeting and any(_looks_like_year(token) for token in clause),
        begin=begin,
        end=reader.at,
    )


def _drop_loose_end(reader: Reader, start: int) -> None:
    while reader.at > start and reader.tokens[reader.at - 1].text in (",", ":", "-", "."):
        reader.at -= 1


def _ends_clause(reader: Reader, token: Token, start: int, depth: int) -> bool:
    if token.text == ";" or (token.text == ")" and depth == 0):
        return True
    following = reader.peek(1)
    if token.text == ".":
        return following is None or following.new_line or (following.capital and not following.glued)
    return token.new_line and reader.at > start and (token.capital or token.kind == "number")


def _looks_like_year(token: Token) -> bool:
    return token.kind == "number" and len(token.text) == 4 and token.text.startswith(("19", "20"))


def _time_begins(reader: Reader, opener: Opener) -> bool:
    """Whether a time begins here that is not part of the clause but stands beside it."""
    start = reader.at
    try:
        if reader.take_sign(",:") is not None:
            return _whole_time(reader)
        if reader.take_word(("og", "samt", "eller")):
            return take_repeat(reader) is not None
        return opener is not Opener.STRONG and _stands_beside(reader, opener)
    finally:
        reader.at = start


def _stands_beside(reader: Reader, opener: Opener) -> bool:
    """After "ved rullering av planen" a time that is led in or more than a year ("i 2023", "høsten 2021").

    A bare year belongs to what stands before it ("budsjett 2022").
    """
    if take_repeat(reader) is not None:
        return True
    time = take_time(reader)
    if time is None or any(stretch.last.lacks_year for stretch in time.stretches):
        return time is not None and opener is Opener.WEAK and take_repeat(reader) is not None
    return time.led or any(stretch.last.number or stretch.last.season for stretch in time.stretches)


def _whole_time(reader: Reader) -> bool:
    found = take_time(reader) or take_repeat(reader)
    token = reader.peek()
    return found is not None and (token is None or token.text in (";", ".", ")") or token.new_line)
