"""What measures are about, where a plan calls nothing a goal: the headings and the rows above them."""

import re
from collections.abc import Sequence

from plan.documents.understanding.candidate import Group
from plan.documents.understanding.goal_words import Announced, numbered_goal
from plan.documents.understanding.labels import owner_of
from plan.documents.understanding.sections import verdict
from plan.documents.understanding.vocabulary import is_year, meaning_of

_LONGEST = 120
_NAMELESS = re.compile(r"(?:ark|sheet|side|del|kapittel|tabell)\s*\w{1,3}\W*", re.IGNORECASE)


def areas_of(groups: Sequence[Group]) -> list[str | None]:
    """The area of each measure, in their order; none at all where there are fewer than two to tell apart."""
    found = [candidate.area or _area(group.headings) for group in groups for candidate in group.candidates]
    return found if len(set(filter(None, found))) > 1 else [None] * len(found)


def as_goal(area: str | None) -> Announced | None:
    """An area that is numbered as goals are ("3.1 Forebygging") as the goal it stands for."""
    numbered = numbered_goal(area) if area else None
    return Announced("mål", *numbered) if numbered is not None and "." in numbered[0] else None


def _area(headings: Sequence[str]) -> str | None:
    """The nearest heading that names a subject, unless one between says nothing but that measures follow."""
    return next((heading for heading in headings[:2] if _is_subject(heading)), None)


def _is_subject(heading: str) -> bool:
    if len(heading) > _LONGEST or is_year(heading) or _NAMELESS.fullmatch(heading.strip()):
        return False
    return verdict(heading) is None and meaning_of(heading) is None and owner_of((heading,)) is None
