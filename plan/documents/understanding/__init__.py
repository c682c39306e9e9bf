"""From the blocks of a document to a draft plan: one piece of code for Word, PDF, Excel and CSV.

`outline` places each block under its headings; `measure_table`, `cards` and `items` find measures as tables, blocks
and lists; `choice` decides between lists that tell of the same measures; `drafting` makes the draft, with `goals`,
`money`, `promises` and `cover`; `cost_lists` adds what a table of money says of measures by their numbers. Words are
in `vocabulary` (columns and labels), `sections` (headings) and `goal_words`. What is not certain is a code in
`candidate.Doubt`; a table that only looks like measures is left out.
"""

from plan.documents.blocks import Document, Table
from plan.documents.problem import Code, DocumentRefused, Problem
from plan.documents.understanding.candidate import Doubt
from plan.documents.understanding.cards import cards_in
from plan.documents.understanding.choice import chosen
from plan.documents.understanding.cost_lists import take_costs
from plan.documents.understanding.drafting import drafted
from plan.documents.understanding.items import items_in
from plan.documents.understanding.measure_table import groups_in
from plan.documents.understanding.outline import outline
from plan.draft import Draft


def understand(document: Document) -> Draft:
    """The draft plan in a document. Raises `DocumentRefused` where no measures are found."""
    placed = outline(document)
    cards = cards_in(placed)
    tables = [
        (index, group)
        for index, each in enumerate(placed)
        if isinstance(each.block, Table) and index not in cards.used
        for group in groups_in(each.block, each.around)
    ]
    lists = items_in([each for index, each in enumerate(placed) if index not in cards.used])
    choice = chosen([*cards.groups, *(group for _, group in tables), *lists])
    if not choice.candidates:
        # Better a plan to be looked at than none: a heading can be mistaken where the columns cannot.
        choice = chosen(
            group
            for each in placed
            if isinstance(each.block, Table)
            for group in groups_in(each.block, each.around, is_lenient=True)
        )
        choice.doubts.append(Doubt.HEADING_IGNORED)
    if not choice.candidates:
        raise DocumentRefused([Problem(Code.NO_MEASURES)])
    take_costs(placed, choice.candidates)
    return drafted(document, placed, choice, cards.used)
