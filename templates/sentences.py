"""Sentences as Jinja macros: one file is one subject, one macro is one sentence or message."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from templates import catalogues
from templates.look import LOOKS

if TYPE_CHECKING:
    from jinja2 import Environment

HOME = Path(__file__).parent
BOKMAL = "nb"


@cache
def _environment(html: bool, language: str) -> "Environment":
    """One environment per language: a macro's texts are bound to the catalogue it was compiled with."""
    # Jinja and Babel are imported when the first sentence is said: the help of the command line needs neither.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from templates import formats

    environment = Environment(
        loader=FileSystemLoader(HOME),
        autoescape=html,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_translations(  # type: ignore[attr-defined]  # added by jinja2.ext.i18n
        catalogues.translations(language), newstyle=True
    )
    environment.filters.update(formats.filters(language))
    environment.filters["word"] = lambda code, subject: _say(False, "words", f"{subject}.{code}", language, {})
    environment.filters["log_subject"] = lambda code: _or_other("log_subject", code, language)
    environment.filters["stored"] = lambda table, count: _stored(table, count, language)
    environment.filters["mark"] = lambda status: LOOKS[status].mark
    environment.filters["sign"] = lambda status: LOOKS[status].sign
    return environment


def _stored(table: str, count: int, language: str) -> str:
    """How many rows of a table there are, in words; a table without words of its own is something else."""
    return _or_other("stored", table, language, count=count)


def _or_other(subject: str, code: str, language: str, **data: object) -> str:
    """The word for a code, or the one for everything else."""
    known = _environment(False, language).get_template(f"words/{subject}.j2").module
    return _say(False, "words", f"{subject}.{code if hasattr(known, code) else 'other'}", language, data)


def _say(html: bool, folder: str, name: str, language: str, data: dict[str, object]) -> str:
    subject, _, sentence = name.partition(".")
    module = _environment(html, language).get_template(f"{folder}/{subject}.j2").module
    return str(getattr(module, sentence)(**data)).strip()


class Sentences:
    """One folder of sentences.

    `say("invitation.used", name=…)` renders the macro `used` of the file `invitation.j2`. A value the macro needs
    and does not get raises `jinja2.UndefinedError`; one it does not know raises `TypeError`: both are our
    mistakes, and tests render every sentence.
    """

    def __init__(self, folder: str, *, html: bool) -> None:
        self.folder = folder
        self.html = html

    def say(self, name: str, /, *, language: str = BOKMAL, **data: object) -> str:
        """Render one sentence; `name` is "<file>.<macro>". With `html`, values are escaped."""
        return _say(self.html, self.folder, name, language, data)

    def names(self) -> list[str]:
        """Every sentence there is, as "<file>.<macro>" (for tests)."""
        found = []
        for file in sorted((HOME / self.folder).glob("*.j2")):
            module = _environment(self.html, BOKMAL).get_template(f"{self.folder}/{file.name}").module
            # Jinja exports its macros in the order of a set, which is another in every process.
            found += [f"{file.stem}.{name}" for name in sorted(vars(module)) if not name.startswith("_")]
        return found
