"""The catalogues, from the sentences themselves. `make catalogues` brings them up to date: a sentence that is new in
the templates stands there without a translation, one that is gone is gone, and what programs read is made anew.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import templates

HOME = Path(templates.__file__).parent
DOMAIN = "tiltaksvakt"
LANGUAGES = ("nn", "en")
METHODS = [("**.j2", "jinja2"), ("**.py", "python")]
# As `templates.sentences` reads them, or the texts looked up would be other ones than those listed.
JINJA = {"extensions": "jinja2.ext.i18n,jinja2.ext.do", "trim_blocks": "true", "lstrip_blocks": "true"}
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)  # nothing reads it, and the same sentences shall give the same bytes


def file_of(language: str, kind: str) -> Path:
    """The catalogue of a language: "po" for people, "mo" for programs."""
    return HOME / "catalogues" / language / "LC_MESSAGES" / f"{DOMAIN}.{kind}"


def sentences() -> Catalog:
    """Every sentence of the templates, with the files it stands in."""
    found = Catalog(charset="utf-8")
    keywords = {**DEFAULT_KEYWORDS, "N_": None}
    listed = extract_from_dir(HOME, METHODS, {"**.j2": JINJA}, keywords)
    for file, _line, message, _comments, context in sorted(listed, key=lambda entry: (entry[0], entry[1])):
        found.add(message, locations=[(f"templates/{file}", 0)], context=context)
    return found


def catalogue(language: str) -> Catalog:
    """A language's catalogue as it is stored; an empty one where there is none."""
    path = file_of(language, "po")
    if not path.exists():
        return Catalog(locale=language, charset="utf-8")
    return read_po(BytesIO(path.read_bytes()), locale=language)


def messages(found: Catalog) -> Iterator[Message]:
    """The sentences of a catalogue, without its head."""
    return (message for message in found if message.id)


def as_po(found: Catalog) -> bytes:
    """A catalogue for people."""
    file = BytesIO()
    write_po(file, found, width=120, omit_header=True, ignore_obsolete=True, include_lineno=False)
    return file.getvalue().strip() + b"\n"


def as_mo(found: Catalog) -> bytes:
    """A catalogue for programs."""
    ready = Catalog(locale=found.locale, charset="utf-8", creation_date=WRITTEN, revision_date=WRITTEN)
    for message in messages(found):
        # One without a translation would be looked up as nothing instead of as itself.
        if is_translated(message):
            ready.add(message.id, message.string, context=message.context)
    file = BytesIO()
    write_mo(file, ready)
    return file.getvalue()


def updated(language: str) -> Catalog:
    """A language's catalogue with just the sentences there are now."""
    found = catalogue(language)
    found.update(sentences(), no_fuzzy_matching=True)
    return found


def main() -> None:
    """Write both files of each language."""
    for language in LANGUAGES:
        found = updated(language)
        file_of(language, "po").parent.mkdir(parents=True, exist_ok=True)
        file_of(language, "po").write_bytes(as_po(found))
        file_of(language, "mo").write_bytes(as_mo(catalogue(language)))
        missing = sum(1 for message in messages(found) if not is_translated(message))
        print(f"{language}: {sum(1 for _ in messages(found))} sentences, {missing} without a translation")


def is_translated(message: Message) -> bool:
    """Whether every form of a sentence has a translation."""
    given = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(given)


if __name__ == "__main__":
    main()
