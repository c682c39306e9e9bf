"""A phrase with its pieces laid out in order, and the days of its times."""

from dataclasses import dataclass, replace
from itertools import pairwise

from plan.deadline import words
from plan.deadline.cleaning import Cleaned
from plan.deadline.model import DeadlineWarning
from plan.deadline.placing import Placed, place
from plan.deadline.recurrence import Repeat
from plan.deadline.scanning import Condition, Item, Marked, Rest, Start, scan
from plan.deadline.series import Time, with_years
from plan.deadline.stretch import Bound, Context, ImpossibleDateError, Stretch, span_of
from plan.deadline.tokens import Reader, Token
from plan.deadline.words import Mark

LONGEST_LABEL = 12  # words in front of a time that say what is done by then


@dataclass(frozen=True)
class Phrase:
    """A phrase as read: the text, its tokens, and the items found in them."""

    cleaned: Cleaned
    tokens: tuple[Token, ...]
    items: tuple[Item, ...]
    context: Context

    @classmethod
    def read(cls, cleaned: Cleaned, tokens: tuple[Token, ...], context: Context) -> "Phrase":
        """Scan the tokens, settle what begins something, and lend years between the times."""
        items = _with_starts(scan(Reader(tokens, context)), tokens)
        if not any(isinstance(item, Repeat) for item in items):
            items = _refined(items, tokens)
            items = _with_lent_years(items)
        return cls(cleaned, tokens, tuple(items), context)

    @property
    def times(self) -> list[Time]:
        """The times in it."""
        return [item for item in self.items if isinstance(item, Time)]

    @property
    def repeats(self) -> list[Repeat]:
        """The recurrences in it."""
        return [item for item in self.items if isinstance(item, Repeat)]

    @property
    def conditions(self) -> list[Condition]:
        """The conditions in it."""
        return [item for item in self.items if isinstance(item, Condition)]

    def marks(self, mark: Mark) -> list[Marked]:
        """The marks of one sort in it."""
        return [item for item in self.items if isinstance(item, Marked) and item.mark is mark]

    @property
    def starts(self) -> list[Start]:
        """The words for beginning in it."""
        return [item for item in self.items if isinstance(item, Start)]

    @property
    def condition(self) -> str | None:
        """What was printed of the condition, "ved behov" included; a mere reference is none."""
        clauses: list[Condition | Marked] = [item for item in self.conditions if not item.elsewhere]
        clauses += self.marks(Mark.AS_NEEDED)
        clauses.sort(key=lambda item: item.begin)
        return ", ".join(self.text(item.begin, item.end) for item in clauses) or None

    def text(self, begin: int, end: int) -> str:
        """What was printed for those tokens."""
        if begin >= end:
            return ""
        return self.cleaned.verbatim(self.tokens[begin].start, self.tokens[end - 1].end)

    def placed(self, time: Time) -> list[Placed]:
        """The days of each stretch of a time."""
        found = [place(stretch, time.bound, self.context) for stretch in time.stretches]
        return [replace(each, warnings=(*each.warnings, *time.warnings)) for each in found]

    def rest_matters(self, *, after_is_label: bool) -> bool:
        """Whether words are left over that may change the meaning.

        In front of a time a few words say what is done by then; after it only a colon or a
        parenthesis makes room for that, or a kind of time that nothing falls due by.
        """
        return any(
            isinstance(item, Rest) and not self._is_harmless(at, after_is_label) for at, item in enumerate(self.items)
        )

    def _is_harmless(self, at: int, after_is_label: bool) -> bool:
        rest = self.items[at]
        tokens = [token for token in self.tokens[rest.begin : rest.end] if token.kind != "sign"]
        unknown = [token for token in tokens if token.text not in words.FILLERS]
        if not unknown:
            return True
        if len(tokens) > LONGEST_LABEL or any(_may_turn(token) for token in tokens):
            return False
        before_time = any(isinstance(item, Time | Repeat | Marked) for item in self.items[at + 1 :])
        opens = self.tokens[rest.begin].text in (":", "(")
        return before_time or opens or (after_is_label and tokens[0].text not in words.PLACING)


def _may_turn(token: Token) -> bool:
    # One digit counts or refers ("fase 2"); two could be a day, four a year.
    return (token.kind == "number" and len(token.text) > 1) or token.text in words.TURNING


def _with_starts(items: list[Item], tokens: tuple[Token, ...]) -> list[Item]:
    """Times that a word for beginning stands beside begin; those with a limit ("innen") stay."""
    found = list(items)
    for at, item in enumerate(items):
        if isinstance(item, Start):
            target = _time_beside(items, at, tokens)
            time = None if target is None else found[target]
            if target is not None and isinstance(time, Time) and time.bound is Bound.WITHIN:
                found[target] = replace(time, bound=Bound.FROM)
    return found


def _time_beside(items: list[Item], at: int, tokens: tuple[Token, ...]) -> int | None:
    """The next time in the clause, else the one right before."""
    for ahead in range(at + 1, len(items)):
        item = items[ahead]
        if isinstance(item, Time):
            return ahead
        if not isinstance(item, Rest) or _divides(item, tokens):
            break
    for behind in (at - 1, at - 2):
        if behind >= 0 and isinstance(items[behind], Time):
            return behind
        if behind < 0 or not isinstance(items[behind], Rest) or _divides(items[behind], tokens):
            break
    return None


def _divides(item: Item, tokens: tuple[Token, ...]) -> bool:
    return any(token.text in (",", ";", ".") or token.new_line for token in tokens[item.begin : item.end])


def _refined(items: list[Item], tokens: tuple[Token, ...]) -> list[Item]:
    """ "Høsten 2021 (uke 40)": what stands in the parenthesis says the same more closely."""
    found: list[Item] = []
    for item in items:
        broad = found[-2] if len(found) > 1 else None
        rest = found[-1] if found else None
        if isinstance(item, Time) and isinstance(broad, Time) and isinstance(rest, Rest):
            closer = _closer(broad, item) if tokens[rest.begin].text == "(" else None
            if closer is not None:
                found[-2:] = [closer]
                continue
        found.append(item)
    return found


def _closer(broad: Time, close: Time) -> Time | None:
    """The closer time with the year and the limit of the broader, if it lies within that."""
    if len(broad.stretches) != 1 or len(close.stretches) != 1:
        return None
    outer, inner = broad.stretches[0], with_years([*broad.stretches, *close.stretches])[1]
    inner = _plainly_dated(inner, close.stretches[0])
    try:
        inside = span_of(outer.first)[0] <= span_of(inner.first)[0] and span_of(inner.last)[1] <= span_of(outer.last)[1]
    except (ImpossibleDateError, ValueError):
        return None
    return replace(broad, stretches=(inner,), end=close.end) if inside else None


def _plainly_dated(dated: Stretch, written: Stretch) -> Stretch:
    """The stretch with its borrowed year but without the doubt: the parenthesis leaves none."""
    first = replace(dated.first, warnings=written.first.warnings)
    return replace(
        dated, first=first, last=replace(dated.last, warnings=written.last.warnings) if dated.is_range else first
    )


def _with_lent_years(items: list[Item]) -> list[Item]:
    """ "Oppstart mars, ferdig juni 2021": a time without a year takes it from its neighbour, flagged."""
    times = [item for item in items if isinstance(item, Time)]
    flat = [stretch for time in times for stretch in time.stretches]
    if len(times) < 2 or not any(stretch.last.lacks_year for stretch in flat):
        return items
    lent = iter([_flagged(old, new) for old, new in zip(flat, with_years(flat), strict=True)])
    return [
        replace(item, stretches=tuple(next(lent) for _ in item.stretches)) if isinstance(item, Time) else item
        for item in items
    ]


def _flagged(old: Stretch, new: Stretch) -> Stretch:
    if not old.last.lacks_year or new.last.lacks_year or DeadlineWarning.YEAR_ASSUMED in new.last.warnings:
        return new
    last = replace(new.last, warnings=(*new.last.warnings, DeadlineWarning.YEAR_ASSUMED))
    return replace(new, last=last, first=new.first if new.is_range else last)


def stand_side_by_side(items: tuple[Item, ...], tokens: tuple[Token, ...]) -> bool:
    """Whether two times follow each other with nothing between, not even a line break."""
    return any(
        isinstance(one, Time) and isinstance(two, Time) and not tokens[two.begin].new_line
        for one, two in pairwise(items)
    )
