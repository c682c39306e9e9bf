"""The report as one self-contained web page: no script, no request, everything inside (`templates/report/`)."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from report import chart, columns, emblem
from report.content import Chart, Content, Picture
from report.snapshot import Snapshot
from report.wording import build

TEMPLATES = Path(__file__).parent.parent / "templates" / "report"
PARTS = (
    "correction",
    "decision",
    "summary",
    "changes",
    "pictures",
    "measures",
    "deviations",
    "unit_texts",
    "economy",
    "targets",
    "unanswered",
    "assessment",
    "attachments",
    "archived",
    "about",
)
MAY_BE_MISSING = {"correction", "pictures", "assessment", "unit_texts", "archived"}

Drawn = TypeVar("Drawn", Chart, Picture)

_PROLOGUE = re.compile(r"\A.*?(?=<svg)|<metadata>.*?</metadata>\s*", re.DOTALL)
_IDS = re.compile(r'(\bid="|url\(#|href="#)')
_OPENING = re.compile(r"<svg [^>]*>")


def render(snapshot: Snapshot) -> str:
    """The report as an HTML document; the same snapshot gives the same text."""
    return _environment().get_template("statusrapport.html").render(**_inputs(snapshot))


def _inputs(snapshot: Snapshot) -> dict[str, Any]:
    """What the template is given: the content, and every picture drawn."""
    content = build(snapshot)
    return {
        "content": content,
        "chart": None if content.chart is None else _both(content.chart, chart.svg, "chart"),
        "pictures": {each.name: _both(each, columns.svg, each.name) for each in content.pictures},
        "parts": _parts(content),
        "logo": _logo(snapshot),
    }


def _logo(snapshot: Snapshot) -> str | None:
    """The logo as an address that holds it."""
    logo = snapshot.brand.logo if snapshot.brand else None
    return None if logo is None else emblem.for_page(logo)


def _parts(content: Content) -> list[str]:
    """The ids of the sections the page has, in order."""
    return [part for part in PARTS if part not in MAY_BE_MISSING or getattr(content, part)]


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _both(data: Drawn, svg: Callable[[Drawn, chart.Shape], str], name: str) -> tuple[Markup, Markup]:
    """A picture in the width of paper, and in that of a phone: one of them is shown."""
    return (
        _inline(data, svg(data, chart.PAPER), name),
        _inline(data, svg(data, chart.PHONE), f"{name}-phone"),
    )


def _inline(data: Chart | Picture, drawn: str, name: str) -> Markup:
    """A picture as an `svg` element that names and describes itself (SVG 2, section 5.8); its ids are its own."""
    drawing = _IDS.sub(rf"\g<1>{name}-", _PROLOGUE.sub("", drawn))
    described = (
        f'<svg role="img" aria-labelledby="{name}-title {name}-description" {_view(drawing)} '
        'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        f'<title id="{name}-title">{escape(data.title)}</title>'
        f'<desc id="{name}-description">{escape(data.alternative)}</desc>'
    )
    return Markup(_OPENING.sub(lambda _: described, drawing, count=1))  # our own drawing, texts escaped


def _view(drawing: str) -> str:
    found = re.search(r'viewBox="[^"]*"', drawing)
    if found is None:
        raise ValueError("the chart has no viewBox")
    return found.group()
