"""The words after a command that is about plans and a year."""


def plan_and_year(words: str) -> tuple[str, int | None]:
    """The beginning of a plan's short name in small letters, empty for all plans, and the first year in four digits."""
    parts = words.split()
    years = [part for part in parts if part.isdecimal() and len(part) == 4]
    return " ".join(part for part in parts if part not in years).lower(), int(years[0]) if years else None
