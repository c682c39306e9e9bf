"""The title of a plan, its municipality and its period: from the cover, the properties and the page margins."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from plan.documents.blocks import Document, Paragraph
from plan.documents.understanding.head import cells_of
from plan.documents.understanding.sections import Verdict, verdict
from plan.draft import MAX_TITLE

_COVER = 14
MAX_TITLE_LINES = 150
_OPEN = re.compile(r"\b(?:for|mot|om|og|i|av|med|til|på)$")
"""The end of a line that another one must follow."""
_GOES_ON = re.compile(r"(?:for|mot|om|og|i|av|med|til|på)\s+[a-zæøå]\w+(?!.*\d)")
_KIND = re.compile(
    r"(?:kommunedel|tema|handlings|tiltaks|sektor|strategi|hoved|hovud|fag|delvirksomhets|virksomhets)plan|"
    r"strategi|plan|handlingsprogram",
    re.IGNORECASE,
)
"""What a plan is, without what it is about."""
_NAME = r"[A-ZÆØÅ][\wæøåÆØÅáÁ-]+"
_MUNICIPALITY = re.compile(
    rf"({_NAME}(?:[ \t]+(?:og[ \t]+)?{_NAME}){{0,2}})[ \t]+"
    r"(?:kommunes?|KOMMUNE|kommunestyre\w*|formannskap\w*|herad\w*|HERAD)\b"
)
_PERIOD = re.compile(r"(?<!\d)(20\d\d|19\d\d)\s*(?:[-–—/]|til(?: og med)?|t\.o\.m\.?)\s*(20\d\d|19\d\d)(?!\d)")
_DATED_PERIOD = re.compile(
    r"(?<!\d)(20\d\d)\s*(?:[-–—]|til(?: og med)?|t\.o\.m\.?)\s*\d{1,2}\.\s*(?:\w+|\d{1,2}\.)\s*(20\d\d)(?!\d)"
)
"""From one date to another: "1. januar 2025 til 31. desember 2028"."""
_SHORT_PERIOD = re.compile(r"(?<!\d)(20\d\d)\s*[-–/]\s*(\d\d)(?!\d|\.)")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_PLAN = re.compile(r"\w*(?:plan|program|strategi|klimabudsjett|melding)\b", re.IGNORECASE)
_NOT_A_NAME = re.compile(
    r"plan\b|(?:lig|leg|isk|ende|sikker|trygg)$|"
    r"^(?:For|I|Vedtatt|Vedteken|Av|Til|Om|Den|Vår|Rullering|Temaplan|Rapport)$",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"(?:word|microsoft|document|dokument|untitled|presentation|layout|mal\b).*|.*\.docx?|.*\.xlsx?", re.IGNORECASE
)
_OF_MEASURES = re.compile(r"(?:handlings|tiltaks)(?:plan|del|program)\w*\W*$", re.IGNORECASE)
_IN_TEXT = re.compile(
    r"(?:planperiode\w*|perioden|perioda|tidsrommet|gjelder for|gjeld for)\W*(?:\w+\W+){0,3}?$", re.IGNORECASE
)


def title_of(document: Document) -> str | None:
    """The title: the document's own property, else the line of the cover that calls itself a plan."""
    lines = _with_second_lines(_cover(document))
    for text in (document.title, *lines, *document.margins):
        if _PLAN.search(text) and len(text) <= 150 and not _GENERIC.fullmatch(text.strip()):
            bare = _without_ends(text)
            if bare:
                return bare
    titles = [each.text for each in document.paragraphs if each.level == 0]
    return (titles[0] if titles else document.title)[:MAX_TITLE].strip() or None


def _with_second_lines(lines: Sequence[str]) -> list[str]:
    """The lines of a cover, each title that is set in two lines as one."""
    found: list[str] = []
    for line in lines:
        before = found[-1] if found else ""
        is_named = _PLAN.search(line) is not None or period_in(line) is not None or bool(_municipalities([line]))
        if _PLAN.search(before) and len(before) + len(line) < MAX_TITLE_LINES and not before.endswith((".", ":")):
            if _OPEN.search(before) or (before[-1].isalpha() and _GOES_ON.match(line) and not _municipalities([line])):
                found[-1] = f"{before} {line}"
                continue
            if _KIND.fullmatch(before) and is_named and _PLAN.search(line):
                # "Temaplan" above "Demensplan 2023–2026" only says what kind of plan it is.
                found[-1] = line
                continue
            if _KIND.fullmatch(before) and not is_named:
                found[-1] = f"{before} – {line}"
                continue
        found.append(line)
    return found


def municipality_of(document: Document) -> str | None:
    """The municipality that is named on the cover, in the properties or the margins, else most often in the text."""
    for texts in ((document.author,), _cover(document), (document.title,), document.margins):
        found = _municipalities(texts)
        if found:
            return found[0]
    counted = Counter(_municipalities(each.text for each in document.paragraphs))
    return counted.most_common(1)[0][0] if counted else None


def period_of(document: Document) -> tuple[int, int] | None:
    """The first and last year: named beside the title, else in a sentence that speaks of the period."""
    for text in (*_cover(document), document.title, *document.margins):
        found = period_in(text)
        if found is not None:
            return found
    for paragraph in document.paragraphs:
        for match in _PERIOD.finditer(paragraph.text):
            if _IN_TEXT.search(paragraph.text[: match.start()]) and "egen plan" not in paragraph.text[: match.start()]:
                years = period_in(match[0])
                if years is not None:
                    return years
    return None


def period_of_headings(document: Document) -> tuple[int, int] | None:
    """The period that the heading of a plan of measures, or the name of a sheet, speaks of."""
    for paragraph in document.paragraphs:
        if paragraph.level is not None and not paragraph.is_contents and verdict(paragraph.text) is Verdict.MEASURES:
            found = period_in(paragraph.text)
            if found is not None:
                return found
    return None


def period_in(text: str) -> tuple[int, int] | None:
    """The period a short text names; one year alone counts where the text is about a plan."""
    periods = list(_PERIOD.finditer(text)) or list(_DATED_PERIOD.finditer(text))
    # Of the years of a plan and those of its measures, the measures'.
    own = [each for each in periods if _OF_MEASURES.search(text[: each.start()])]
    found = next(iter(own or periods), None)
    if found:
        first, last = int(found[1]), int(found[2])
        return (first, last) if first <= last <= first + 30 else None
    short = _SHORT_PERIOD.search(text)
    if short:
        first = int(short[1])
        last = first // 100 * 100 + int(short[2])
        return (first, last) if first < last <= first + 30 else None
    years = _YEAR.findall(text)
    return (int(years[0]), int(years[0])) if len(years) == 1 and re.search(r"plan \d{4}$", text.strip()) else None


def first_text(document: Document) -> str | None:
    """The first text of the document, for one that has no title."""
    for text in (*_cover(document), *(each.text for each in document.paragraphs)):
        shown = "".join(sign if sign.isprintable() else " " for sign in text).split()
        if shown:
            return " ".join(shown)[:150]
    return None


def _cover(document: Document) -> list[str]:
    """The first lines of the document before its table of contents; in a sheet the lines above the table."""
    lines: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if block.is_contents or len(lines) >= _COVER:
                break
            if not document.is_sheets:
                lines.append(" ".join(block.text.split()))
        elif document.is_sheets:
            for row in block.rows[:3]:
                cells = cells_of(row)
                lines += [cell.text for cell in cells if len(cells) == 1]
            break
    return [line for line in lines if len(line) <= 200]


def _municipalities(texts: Iterable[str]) -> list[str]:
    found: list[str] = []
    for text in texts:
        for match in _MUNICIPALITY.finditer(text):
            words = [word for word in match[1].split() if not _NOT_A_NAME.search(word)]
            while words and words[0] == "og":
                words = words[1:]
            if words:
                name = " ".join(words)
                found.append(name.title() if name.isupper() else name)
    return found


def _without_ends(text: str) -> str:
    """A title without the municipality in front and the period after."""
    bare = re.sub(rf"^{_NAME}(?:[ -]{_NAME})? kommune\s*[:–-]\s*", "", " ".join(text.split()))
    bare = re.sub(rf"\s*(?:[–|,]|\s-)\s*{_NAME}(?:[ -]{_NAME}){{0,2}} (?:kommune|herad)\b", "", bare)
    bare = re.sub(rf"(?<=\d)\s+{_NAME}(?:[ -]{_NAME}){{0,2}} (?:kommune|herad)$", "", bare)
    bare = re.sub(r"\s*[–-]\s*(?:oppfølging(?!splan)|tiltaksliste|status)\w*.*$", "", bare)
    bare = re.sub(
        r"[\s,(–-]*(?:for )?(?:perioden |planperioden )?(?:19|20)\d\d(?:\s*[-–/]\s*(?:20)?\d\d)?\)?\s*$", "", bare
    )
    return bare.strip(" -–:,")
