"""A plan as a workbook to work on and import again, and an empty one, with the texts a person reads in them."""

import templates
from plan.documents.own_workbook import SHEETS
from plan.documents.own_workbook_writing import Texts, write, write_template
from plan.draft import Draft


def of_plan(draft: Draft, language: str) -> bytes:
    """The plan as a workbook that imports back without a difference. Raises `WorkbookRefused`."""
    return write(draft, texts(language))


def template(language: str) -> bytes:
    """An empty workbook with examples and a guide."""
    return write_template(texts(language))


def texts(language: str) -> Texts:
    """What a person reads in our workbook, from `templates/cli/workbook.j2`."""
    known = set(templates.cli.names())

    def say(name: str) -> str:
        return templates.cli.say(f"workbook.{name}", language=language)

    places = [(sheet, key.attribute) for sheet, keys in SHEETS.items() for key in keys]
    sheets = {sheet: say(f"sheet_{sheet}") for sheet in SHEETS}
    headings = {f"{sheet}.{column}": say(f"head_{sheet}_{column}") for sheet, column in places}
    examples = {
        f"{sheet}.{column}": say(f"example_{sheet}_{column}")
        for sheet, column in places
        if f"workbook.example_{sheet}_{column}" in known
    }
    introduction = [(line,) for line in say("introduction").splitlines()]
    explained = [
        (sheets[sheet], headings[f"{sheet}.{column}"], say(f"explain_{sheet}_{column}")) for sheet, column in places
    ]
    return Texts(
        sheets=sheets,
        headings=headings,
        examples=examples,
        example=say("example"),
        guide_name=say("guide"),
        guide=[*introduction, (), *explained],
    )
