"""What can be answered to a question about a draft, and why words may be no answer."""

from collections.abc import Mapping
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from plan.draft import MAX_REF, MAX_TEXT, MAX_TITLE, MAX_UNIT
from plan.question import About


class Choice(StrEnum):
    """An answer. The order is that of the numbers in buttons: a new one goes last."""

    TAKE = "take"
    LEAVE = "leave"
    SAME = "same"  # `value`: the name of the unit, the short name of the plan or the number of the measure meant
    NEW = "new"
    EXTERNAL = "external"
    WORDS = "words"  # `value`: the deadline, amount, number or name in a person's own words
    KEEP = "keep"
    OWNER = "owner"  # `value`: the unit as the document names it
    NOBODY = "nobody"
    WITHOUT = "without"  # without a day, or without an amount: the text alone
    EACH = "each"  # one by one
    LATER = "later"


ALWAYS = frozenset({Choice.LATER})
CHOICES: Mapping[About, frozenset[Choice]] = {
    About.INTO: frozenset({Choice.SAME, Choice.NEW}),
    About.TITLE: frozenset({Choice.WORDS, Choice.KEEP}),
    About.MUNICIPALITY: frozenset({Choice.WORDS}),
    About.PERIOD: frozenset({Choice.WORDS, Choice.KEEP}),
    About.MEASURE: frozenset({Choice.TAKE, Choice.LEAVE}),
    About.NUMBER: frozenset({Choice.WORDS, Choice.KEEP}),
    About.UNIT: frozenset({Choice.SAME, Choice.NEW, Choice.EXTERNAL}),
    About.RESPONSIBLE: frozenset({Choice.SAME, Choice.NEW, Choice.EXTERNAL, Choice.NOBODY}),
    About.DEADLINE: frozenset({Choice.WORDS, Choice.KEEP, Choice.WITHOUT}),
    About.COST: frozenset({Choice.WORDS, Choice.KEEP, Choice.WITHOUT}),
    About.OWNER: frozenset({Choice.OWNER, Choice.SAME, Choice.NOBODY}),
    About.PERIOD_CHANGE: frozenset({Choice.TAKE, Choice.LEAVE}),
    About.SAME_MEASURE: frozenset({Choice.SAME, Choice.NEW}),
    About.RETITLED: frozenset({Choice.SAME, Choice.NEW}),
    About.SAME_TITLE: frozenset({Choice.SAME, Choice.NEW}),
    About.OWNER_NOT_NAMED: frozenset({Choice.KEEP, Choice.OWNER, Choice.SAME}),
}
OF_A_WHOLE: Mapping[About, frozenset[Choice]] = {
    About.MEASURE: frozenset({Choice.TAKE, Choice.LEAVE}),
    About.RESPONSIBLE: frozenset({Choice.SAME, Choice.NEW, Choice.EXTERNAL, Choice.NOBODY}),
}
UNANSWERED = {
    About.MEASURE: Choice.TAKE,
    About.PERIOD_CHANGE: Choice.TAKE,
    About.INTO: Choice.NEW,
    About.SAME_MEASURE: Choice.NEW,
    About.RESPONSIBLE: Choice.NOBODY,
    About.MUNICIPALITY: Choice.LATER,
}
SAID = {
    About.TITLE: MAX_TITLE,
    About.MUNICIPALITY: MAX_UNIT,
    About.PERIOD: MAX_UNIT,
    About.NUMBER: MAX_REF,
    About.DEADLINE: MAX_TEXT,
    About.COST: MAX_TEXT,
}
"""What is answered in one's own words, and how many characters it may have."""
WITH_VALUE = frozenset({Choice.SAME, Choice.WORDS, Choice.OWNER})


class Decision(BaseModel):
    """What a person has answered."""

    model_config = ConfigDict(frozen=True)

    choice: Choice
    value: str | None = None


class Fault(StrEnum):
    """Why words are no answer to a question; each is a sentence of `templates/chat/plan_question.j2`."""

    NO_DAY = "no_day_in_words"
    NO_AMOUNT = "no_amount_in_words"
    NO_PERIOD = "no_period_in_words"
    TAKEN = "number_is_taken"
    TOO_LONG = "words_too_long"
    NO_WORDS = "answer_with_button"
