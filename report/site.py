"""A small static site for the municipality's own pages: its plans, their goals and measures, with history.

Made of approved reports alone, so it says what the council has got and no more. It needs no server: pages are files
with relative links, and what filters a page is a script inside it; without the script everything is there to read.
"""

import hashlib
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import templates
from report import colours, emblem, figures
from report.content import Content, Emblem, MeasureRow, StatusMark
from report.snapshot import Brand, Snapshot
from report.wording import build, sayer

HOME = Path(templates.__file__).parent / "site"
INDEX = "index.html"
_PLAIN = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "é": "e", "ö": "o", "ä": "a"})


@dataclass(frozen=True)
class ApprovedYear:
    """The newest approved report of a year, and the documents it was printed as, by format ("html", "pdf")."""

    snapshot: Snapshot
    documents: Mapping[str, bytes]


@dataclass(frozen=True)
class SitePlan:
    """A plan on the site: its years, the newest first. One without years has no approved report yet."""

    slug: str
    title: str
    period: tuple[int, int] | None
    years: tuple[ApprovedYear, ...] = ()


@dataclass(frozen=True)
class YearOfMeasure:
    """What a report said of a measure, in its `language`; `text` is None where only the status is known of the year."""

    year: int
    language: str
    status: StatusMark
    text: str | None
    text_is_ours: bool
    source: str | None


@dataclass(frozen=True)
class MeasurePage:
    """A measure with the file it has, the goal it stands under, and its years, the newest first."""

    file: str
    goal: str
    row: MeasureRow
    years: tuple[YearOfMeasure, ...]


@dataclass(frozen=True)
class GoalOnPage:
    """A goal with its measures; `anchor` is the id of its heading."""

    anchor: str
    heading: str
    lead: str | None
    targets: tuple[str, ...]
    measures: tuple[MeasurePage, ...]
    note: str | None


@dataclass(frozen=True)
class SiteLogo:
    """The municipality's logo: the file it lies in, and how it is shown."""

    file: str
    look: Emblem


def files(
    plans: Sequence[SitePlan], municipality: str, language: str, made_on: date, brand: Brand | None = None
) -> dict[str, bytes]:
    """Every file of the site by its path with "/": the front page, and a folder for each plan with a report.

    `brand` is how the municipality's pages look; a colour that cannot be read on white is made darker.
    """
    logo = _logo(brand, municipality, language)
    frame: dict[str, Any] = {
        "language": language,
        "lang": language,
        "municipality": municipality,
        "made_on": made_on,
        "logo": logo,
        **_assets(),
        "style": _style(brand),
    }
    built = {plan.slug: [build(year.snapshot) for year in plan.years] for plan in plans}
    fronts = [(plan, built[plan.slug][0] if plan.years else None) for plan in plans]
    found = {INDEX: templates.site.say("front.page", plans=fronts, **frame).encode()}
    if logo is not None and brand is not None and brand.logo is not None:
        found[logo.file] = emblem.content(brand.logo)
    for plan in plans:
        if plan.years:
            found |= {f"{plan.slug}/{name}": content for name, content in _plan(plan, built[plan.slug], frame).items()}
    return found


def _plan(plan: SitePlan, contents: Sequence[Content], frame: dict[str, Any]) -> dict[str, bytes]:
    goals = _goals(plan, contents)
    newest = contents[0]
    reports = [
        (year.snapshot, {form: f"rapport-{year.snapshot.year}.{form}" for form in sorted(year.documents)})
        for year in plan.years
    ]
    given = {"plan": plan, "content": newest, **frame}
    page = templates.site.say("plan.page", goals=goals, reports=reports, **given)
    found = {INDEX: page.encode()}
    for goal in goals:
        for measure in goal.measures:
            found[measure.file] = templates.site.say("measure.page", measure=measure, **given).encode()
    for year, (_, names) in zip(plan.years, reports, strict=True):
        found |= {names[form]: year.documents[form] for form in names}
    return found


def _goals(plan: SitePlan, contents: Sequence[Content]) -> tuple[GoalOnPage, ...]:
    """The goals of the newest report with a page for each measure; its earlier years are those of the same title."""
    newest = contents[0]
    earlier = [
        (year.snapshot, {(row.ref, row.title): row for part in content.sections for row in part.measures})
        for year, content in zip(plan.years[1:], contents[1:], strict=True)
    ]
    marks = {count.status.code: count.status for count in newest.counts}
    before = {
        (measure.ref, measure.title): {year: marks[code] for year, code in figures.told_earlier(measure)}
        for measure in plan.years[0].snapshot.measures
    }
    names: set[str] = set()
    goals = []
    for number, part in enumerate(newest.sections, 1):
        measures = tuple(
            MeasurePage(
                file=_file(row.ref, names),
                goal=part.heading,
                row=row,
                years=_years(plan.years[0].snapshot, row, earlier, before.get((row.ref.rstrip("*"), row.title), {})),
            )
            for row in part.measures
        )
        goals.append(GoalOnPage(f"mal-{number}", part.heading, part.lead, tuple(part.targets), measures, part.note))
    return tuple(goals)


def _years(
    newest: Snapshot,
    row: MeasureRow,
    earlier: Sequence[tuple[Snapshot, Mapping[tuple[str, str], MeasureRow]]],
    statuses: Mapping[int, StatusMark],
) -> tuple[YearOfMeasure, ...]:
    found = {newest.year: _told(newest, row)}
    for before, rows in earlier:
        same = rows.get((row.ref, row.title))
        if same is not None:
            found[before.year] = _told(before, same)
    for year, mark in statuses.items():
        found.setdefault(year, YearOfMeasure(year, newest.language, mark, None, False, None))
    return tuple(found[each] for each in sorted(found, reverse=True))


def _told(report: Snapshot, row: MeasureRow) -> YearOfMeasure:
    return YearOfMeasure(report.year, report.language, row.status, row.text, row.text_is_ours, row.source)


def _file(ref: str, taken: set[str]) -> str:
    """A name for a measure's file of small letters, digits and hyphens, its own in the plan."""
    bare = re.sub(r"[^a-z0-9]+", "-", ref.casefold().translate(_PLAIN)).strip("-") or "x"
    name, count = bare, 1
    while name in taken:
        count += 1
        name = f"{bare}-{count}"
    taken.add(name)
    return f"tiltak-{name}.html"


def _logo(brand: Brand | None, municipality: str, language: str) -> SiteLogo | None:
    """The logo in a file of its own: in every page it would make a site of some hundred megabytes."""
    logo = brand.logo if brand else None
    if logo is None:
        return None
    width, height = emblem.size_mm(logo)
    alternative = sayer(language)("emblem", municipality=municipality)
    return SiteLogo(f"logo.{logo.kind}", Emblem(alternative=alternative, width_mm=width, height_mm=height))


def _style(brand: Brand | None) -> str:
    """The style with the municipality's colour where one is set, as dark as it must be to be read (WCAG 2.1, 1.4.3)."""
    style = (HOME / "look.css").read_text(encoding="utf-8")
    if brand is None or brand.colour is None:
        return style
    colour = brand.colour if colours.contrast(brand.colour) >= colours.READABLE else colours.readable(brand.colour)
    return f"{style}:root {{ --dark: #{colour}; --head: #{colours.tint(colour)}; }}\n"


@cache
def _assets() -> dict[str, str]:
    """The script, and the digest by which a page allows the script (CSP 3, section 2.3.1)."""
    script = (HOME / "filter.js").read_text(encoding="utf-8")
    allowed = b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return {"script": script, "allowed": f"sha256-{allowed}"}
