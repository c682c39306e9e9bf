"""What comes back from a button: numbers we put there, or whatever somebody forged."""

import re

LARGEST = 2**31 - 1  # the largest id the database's integers hold
_NUMBER = re.compile(r"[0-9]{1,10}")


def number(text: str) -> int | None:
    """A number as we write it in a button; None for everything else, "²" and numbers no id can be included."""
    if not _NUMBER.fullmatch(text):
        return None
    found = int(text)
    return found if found <= LARGEST else None


def numbers(text: str, count: int) -> tuple[int, ...] | None:
    """So many numbers with colons between them; None for everything else."""
    found = [number(part) for part in text.split(":")]
    known = tuple(each for each in found if each is not None)
    return known if len(known) == len(found) == count else None
