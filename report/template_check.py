"""Whether a Word template that somebody has changed can be used: it is tried on reports of every kind first."""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, LargeZipFile, ZipFile

from plan.refusal import Refused
from report import template_pairs, template_samples, word
from report.snapshot import Snapshot

MOST_BYTES = 10_000_000
"""Of the file. The templates we ship are of 40 kB; a coat of arms for print is a few hundred."""
MOST_UNPACKED = 60_000_000
MOST_OF_A_PICTURE = 4_000_000
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
"""How an OLE file begins (MS-CFB, 2.2): the old .doc, and every Word file with a password."""
MAIN_PART = "word/document.xml"
DOCUMENT_TYPE = "wordprocessingml.document.main+xml"
MUST_BE_SHOWN = ("title", "decisions", "sections", "unanswered", "digest")
"""What a report to the council cannot be without."""

_NAME = re.compile(r"'(\w+)' is undefined|has no attribute '(\w+)'|No filter named '(\w+)'|unknown tag '(\w+)'")
_HALF_TAG = re.compile(r"\{[{%#]|[}%#]\}|\{ [{%]|[%}] \}")
_TAG = re.compile(r"\{([{%#])(?:(?!\{[{%#]).)*?[}%#]\}")
_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_TEXT = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_READ_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
AROUND = 80


class TemplateRefused(Refused):
    """A Word template cannot be used. `code` is "template.…" of a sentence in `templates/cli/`; `data` fills it."""

    def in_use(self) -> "TemplateRefused":
        """The same of a template that is in use already: it could be used when it was installed."""
        return TemplateRefused("template.in_use", problem=self.data.get("problem"), around=self.data.get("around"))


def check(content: bytes, language: str) -> list[str]:
    """Try a template; what it leaves out, as names of fields, though it can be used.

    Raises `TemplateRefused` where it cannot be.
    """
    texts = _opened(content)
    _refuse_half_tags(texts)
    _refuse_unpaired(texts)
    for snapshot in template_samples.every_kind(language):
        rendered(snapshot, content)
    tags = " ".join(tag for text in texts for tag in _tags(text))
    return [name for name in MUST_BE_SHOWN if not re.search(rf"\b{name}\b", tags)]


def rendered(snapshot: Snapshot, content: bytes) -> bytes:
    """The report in Word on a municipality's own template. Raises `TemplateRefused` where that cannot be used."""
    try:
        return word.render(snapshot, template=content)
    except word.TemplateFaultError as error:
        around = _around(error, _opened(content))
        raise TemplateRefused("template.fault", problem=_said(error), around=around) from error
    except (SyntaxError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError):
        # What an instruction has left of Word's own parts does not hold together; lxml calls that a syntax error.
        raise TemplateRefused("template.broken") from None


def _opened(content: bytes) -> list[str]:
    """The text of each paragraph of a file that looks like a Word document."""
    if len(content) > MOST_BYTES:
        raise TemplateRefused("template.too_large", size=len(content), most=MOST_BYTES)
    if content.startswith(OLD_OR_LOCKED):
        raise TemplateRefused("template.old_or_locked")
    try:
        with ZipFile(BytesIO(content)) as archive:
            _refuse_what_does_not_belong(archive)
            return [
                text for name in archive.namelist() if _READ_PARTS.fullmatch(name) for text in _texts(archive, name)
            ]
    except (BadZipFile, LargeZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, EOFError, UnicodeError):
        raise TemplateRefused("template.not_word") from None


def _refuse_what_does_not_belong(archive: ZipFile) -> None:
    entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise TemplateRefused("template.too_large", size=sum(entry.file_size for entry in entries), most=MOST_UNPACKED)
    for entry in entries:
        if entry.filename.startswith("word/media/") and entry.file_size > MOST_OF_A_PICTURE:
            raise TemplateRefused("template.picture_too_large", size=entry.file_size, most=MOST_OF_A_PICTURE)
    types = archive.read("[Content_Types].xml").decode()
    if any(entry.filename.endswith("vbaProject.bin") for entry in entries) or "macroEnabled" in types:
        raise TemplateRefused("template.has_macros")
    archive.getinfo(MAIN_PART)
    if DOCUMENT_TYPE not in types:
        raise TemplateRefused("template.not_word")


def _texts(archive: ZipFile, name: str) -> Iterator[str]:
    """The text of a part's paragraphs, joined over the runs Word has divided it in."""
    from html import unescape

    source = archive.read(name).decode()
    for paragraph in _PARAGRAPH.findall(source):
        text = unescape("".join(_TEXT.findall(paragraph)))
        if text.strip():
            yield text


def _refuse_half_tags(texts: list[str]) -> None:
    """What looks like a field outside the fields is one that somebody began and did not end, or took apart."""
    for text in texts:
        if found := _HALF_TAG.search(_TAG.sub(lambda tag: "x" * len(tag.group()), text)):
            raise TemplateRefused("template.half_tag", around=_cut(text, found.start()))


def _refuse_unpaired(texts: list[str]) -> None:
    """An instruction is a line that is easily deleted: the machinery says that it is missing where all texts end."""
    if found := template_pairs.unpaired(texts):
        near = " ".join(texts[max(found.place - 1, 0) : found.place + 2])
        raise TemplateRefused("template.unpaired", found=found, around=_cut(near, 0))


def _tags(text: str) -> list[str]:
    return [tag.group() for tag in _TAG.finditer(text)]


def _said(error: word.TemplateFaultError) -> dict[str, str | None]:
    """What is wrong, as a field's name where it is about one, else as the machinery puts it."""
    found = _NAME.search(error.problem)
    return {"name": next(filter(None, found.groups())) if found else None, "detail": error.problem}


def _around(error: word.TemplateFaultError, texts: list[str]) -> str | None:
    """The text of the paragraph a fault stands in."""
    name = _said(error)["name"]
    if name:
        for text in texts:
            for tag in _TAG.finditer(text):
                if re.search(rf"\b{re.escape(name)}\b", tag.group()):
                    return _cut(text, tag.start())
    # docxtpl keeps three lines before the fault's and three after; the fault's own comes first here.
    near = [line.strip() for line in (*error.around[3:], *error.around[:3])]
    told = next((line for line in near if _TAG.search(line)), None)
    return _cut(told, 0) if told else None


def _cut(text: str, at: int) -> str:
    first = max(at - AROUND // 2, 0)
    piece = " ".join(text[first : first + 2 * AROUND].split())
    return f"{'…' if first else ''}{piece}{'…' if len(text) > first + 2 * AROUND else ''}"
