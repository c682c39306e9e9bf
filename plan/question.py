"""One question about a draft: what it is about, and what an answer to it answers in another version of the document."""

from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from plan.draft import Draft
from plan.matching import folded, folded_title


class About(StrEnum):
    """What a question is about, in the order in which they are asked: each may settle some of those after it."""

    INTO = "into"  # is this a new version of a plan we have?
    TITLE = "title"  # what is the plan called?
    MUNICIPALITY = "municipality"
    PERIOD = "period"  # which years does it cover?
    MEASURE = "measure"  # is this a measure?
    NUMBER = "number"  # is this its number?
    UNIT = "unit"  # which unit is this name?
    RESPONSIBLE = "responsible"  # who is meant by a text that names nobody?
    DEADLINE = "deadline"  # which day?
    COST = "cost"  # which amount?
    OWNER = "owner"  # which of several units is asked?
    # Of a new version of a plan:
    PERIOD_CHANGE = "period_change"  # does it cover other years now?
    SAME_MEASURE = "same_measure"  # is it one that is gone?
    RETITLED = "retitled"  # is it still the same?
    SAME_TITLE = "same_title"  # which of several with this title?
    OWNER_NOT_NAMED = "owner_not_named"  # does the unit still follow up?


OF_A_VERSION = frozenset(
    {About.PERIOD_CHANGE, About.SAME_MEASURE, About.RETITLED, About.SAME_TITLE, About.OWNER_NOT_NAMED}
)


class Question(BaseModel):
    """One question. `measures` are places in the draft, `units` names in it, `reasons` are codes of doubts.

    `text` is what the document says, verbatim. `like` are proposals, the likeliest first: names of units, short names
    of plans, or numbers of stored measures, with their `titles`. `lines` are the cost lines, one of each measure.
    `parent` is the place of the question it is a part of: it is asked when that is taken apart.
    """

    model_config = ConfigDict(frozen=True)

    about: About
    measures: tuple[int, ...] = ()
    units: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    text: str | None = None
    like: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    parent: int | None = None
    is_whole: bool = False

    @property
    def measure(self) -> int:
        """The measure it is about, where it is about one."""
        return self.measures[0]


Key = tuple[str, ...]


def keys_of(draft: Draft, question: Question) -> tuple[Key, ...]:
    """What the answer to a question answers, by itself: the same in another version of the document."""
    titles = [folded_title(draft.measures[place].title) for place in question.measures]
    about = question.about.value
    match question.about:
        case About.UNIT:
            return tuple((about, folded(name)) for name in question.units)
        case About.DEADLINE:
            return ((about, folded(question.text or "")),)
        case About.MEASURE | About.NUMBER | About.RESPONSIBLE | About.OWNER:
            said = [folded(draft.measures[place].responsible or "") for place in question.measures]
            return tuple((about, title, text) for title, text in zip(titles, said, strict=True))
        case About.COST:
            return tuple((about, title, folded(question.text or "")) for title in titles)
        case About.TITLE | About.MUNICIPALITY | About.PERIOD:
            return ((about,),)
    return ()
