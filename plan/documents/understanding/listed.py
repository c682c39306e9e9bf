"""Cells that hold a list: several measures in one cell, or one measure with its parts as bullets below it."""

import re
from dataclasses import dataclass

from plan.documents.blocks import Cell
from plan.documents.understanding.numbering import BULLET, bulleted, numbered

_ALONE = re.compile(r"^([•\u25cf\u25aa\uf0b7\uf0a7*–-])[ \t]*\n(?=[^\s•*–-])", re.MULTILINE)
"""A typed bullet on a line of its own, because its cell is too narrow for the word after it."""


@dataclass(frozen=True)
class Item:
    """An item of a list, with its number where it has one of its own, and what else its cell says of it."""

    text: str
    ref: str | None = None
    rest: str = ""


@dataclass(frozen=True)
class Listed:
    """The text above the items of a cell ("" if the cell is nothing but the list), and the items."""

    lead: str
    items: tuple[Item, ...]

    @property
    def is_several(self) -> bool:
        """Whether the cell is a list of several things and nothing else."""
        return not self.lead and len(self.items) > 1


def listed_in(cell: Cell) -> Listed | None:
    """The list in a cell, its bullets typed or made by the program; None for a cell without one."""
    lead: list[str] = []
    items: list[Item] = []
    text = cell.text if any(cell.markers) else _ALONE.sub(r"\1 ", cell.text)
    for number, line in enumerate(text.split("\n")):
        item = _item(line, cell.markers[number] if number < len(cell.markers) else None)
        if item is not None:
            items.append(item)
        elif items:
            items[-1] = Item(f"{items[-1].text} {line.strip()}".strip(), items[-1].ref)
        else:
            lead.append(line)
    return Listed("\n".join(lead).strip(), tuple(items)) if items else None


def _item(line: str, marker: str | None) -> Item | None:
    if marker == BULLET:
        return Item(line.strip())
    bare = bulleted(line)
    if bare is not None:
        return Item(bare)
    found = numbered(line)
    if found is not None and found.rest:
        return Item(found.rest, found.ref)
    return Item(line.strip()) if marker else None
