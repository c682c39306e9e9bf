"""The municipality's own look: its coat of arms or logo, and its colour. Tried before use, and kept in the snapshot.

What is refused here is refused before any report is made, so that none is made half.
"""

import re
import struct
import warnings
from base64 import b64encode
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from xml.etree import ElementTree

from plan.refusal import Refused
from report.snapshot import Brand, Logo

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 500_000
"""Of the file: it goes into every document and every stored version."""
MOST_PIXELS = 3000
"""On either side. 45 mm in print are 1063 of them at 600 to the inch."""
MOST_DRAWN = 20_000
"""Elements of an SVG file, with everything that is drawn again through `use`."""

_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = "{http://www.w3.org/2000/svg}"
_HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
_DRAWN = frozenset(
    f"{_SVG}{name}"
    for name in (
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "metadata", "style", "switch"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("linearGradient", "radialGradient", "stop", "clipPath", "mask"),
    )
)
"""What a drawing is made of. Scripts, pages in it, pictures, effects and texts (whose fonts we do not have) are not."""
_OUTSIDE = re.compile(r"@import|url\(\s*(?![\"']?\s*#)", re.IGNORECASE)
_NUMBER = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(?:px|pt|mm|cm|in|pc)?\s*")


class LogoRefused(Refused):
    """A logo cannot be used. `code` is "logo_…" of a sentence in `templates/cli/settings.j2`; `data` fills it."""


def read(logo: Path | None, colour: str | None) -> Brand | None:
    """The look that is set; None where none is. `colour` is six hex digits. Raises `LogoRefused`."""
    if logo is None and colour is None:
        return None
    return Brand(colour=colour, logo=None if logo is None else _read(logo))


def _read(path: Path) -> Logo:
    try:
        if not path.is_file():
            raise LogoRefused("logo_unreadable", path=str(path))
        size = path.stat().st_size
        content = b"" if size > MOST_BYTES else path.read_bytes()
    except (OSError, ValueError):
        raise LogoRefused("logo_unreadable", path=str(path)) from None
    if size > MOST_BYTES:
        raise LogoRefused("logo_too_large", size=size, most=MOST_BYTES)
    return checked(content)


def checked(content: bytes) -> Logo:
    """A picture that every document can show. Raises `LogoRefused`."""
    if content.startswith(_PNG):
        kind: Literal["png", "svg"] = "png"
        width, height = _of_png(content)
    else:
        kind = "svg"
        width, height = _of_svg(content)
    logo = Logo(kind=kind, content=b64encode(content).decode(), width=width, height=height)
    _try(logo)
    return logo


def _of_png(content: bytes) -> tuple[int, int]:
    """Width and height in pixels (PNG, third edition, 11.2.1), once all of it could be read."""
    from PIL import Image  # heavy: only where there is a logo

    try:
        width, height = struct.unpack(">II", content[16:24])
        if max(width, height) > MOST_PIXELS:
            raise LogoRefused("logo_too_many_pixels", width=width, height=height, most=MOST_PIXELS)
        with warnings.catch_warnings(), Image.open(BytesIO(content), formats=["PNG"]) as picture:
            warnings.simplefilter("error")
            picture.load()
            if picture.size != (width, height) or not width or not height:
                raise LogoRefused("logo_broken")
    except (OSError, ValueError, SyntaxError, EOFError, Warning, struct.error, Image.DecompressionBombError):
        raise LogoRefused("logo_broken") from None
    return width, height


def _of_svg(content: bytes) -> tuple[int, int]:
    """Width and height in whole units of a drawing that reaches for nothing outside itself."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise LogoRefused("logo_no_picture") from None
    if "<!ENTITY" in text:
        raise LogoRefused("logo_svg", found="ENTITY")
    try:
        root = ElementTree.fromstring(text)  # without entities, and of a bounded size
    except (ElementTree.ParseError, ValueError, RecursionError):
        raise LogoRefused("logo_no_picture") from None
    if root.tag != f"{_SVG}svg":
        raise LogoRefused("logo_no_picture")
    try:
        for element in _drawn(root):
            _refuse_what_reaches_out(element)
        drawn = _count(root)
    except RecursionError:
        raise LogoRefused("logo_broken") from None
    if drawn > MOST_DRAWN:
        raise LogoRefused("logo_svg", found="use")
    return _size(root)


def _drawn(element: ElementTree.Element) -> "Iterator[ElementTree.Element]":
    """Every element of the drawing itself; what drawing programs note for themselves has its own namespace."""
    if not element.tag.startswith(_SVG) or element.tag == f"{_SVG}metadata":
        return
    yield element
    for child in element:
        yield from _drawn(child)


def _refuse_what_reaches_out(element: ElementTree.Element) -> None:
    name = element.tag.removeprefix(_SVG)
    if element.tag not in _DRAWN:
        raise LogoRefused("logo_svg", found=name)
    for attribute, value in element.attrib.items():
        if attribute.lower().startswith("on"):
            raise LogoRefused("logo_svg", found=attribute)
        if attribute in _HREFS and not value.strip().startswith("#"):
            raise LogoRefused("logo_svg", found="href")
        if _OUTSIDE.search(value):
            raise LogoRefused("logo_svg", found="url")
    if name == "style" and _OUTSIDE.search(element.text or ""):
        raise LogoRefused("logo_svg", found="url")


def _count(root: ElementTree.Element) -> int:
    """How many elements are drawn, each as often as it is used; more than `MOST_DRAWN` where uses run in a circle."""
    by_id = {element.get("id"): element for element in _drawn(root) if element.get("id")}
    known: dict[ElementTree.Element, int] = {}
    open_now: Counter[ElementTree.Element] = Counter()

    def counted(element: ElementTree.Element) -> int:
        if element in known:
            return known[element]
        if open_now[element]:
            return MOST_DRAWN + 1
        open_now[element] += 1
        total = 1 + sum(counted(child) for child in element if child.tag.startswith(_SVG))
        used = next((element.get(href) for href in _HREFS if element.get(href)), None)
        target = by_id.get((used or "").strip().removeprefix("#"))
        if target is not None:
            total += counted(target)
        open_now[element] -= 1
        known[element] = min(total, MOST_DRAWN + 1)
        return known[element]

    return counted(root)


def _size(root: ElementTree.Element) -> tuple[int, int]:
    """Of the `viewBox`, or of the width and height: the longer side as 1000."""
    box = [part for part in re.split(r"[\s,]+", root.get("viewBox", "").strip()) if part]
    found = [
        _NUMBER.fullmatch(text)
        for text in (box[2:] if len(box) == 4 else [root.get("width", ""), root.get("height", "")])
    ]
    sides = [float(match.group(1)) for match in found if match]
    if len(sides) != 2 or min(sides) <= 0 or max(sides) > 1_000_000:
        raise LogoRefused("logo_svg_without_size")
    scale = 1000 / max(sides)
    return max(round(sides[0] * scale), 1), max(round(sides[1] * scale), 1)


def _try(logo: Logo) -> None:
    """Print it once, with the program and by the standards that print the report."""
    import typst  # heavy: only where there is a logo

    from report import emblem

    try:
        emblem.try_to_print(logo)
    except typst.TypstError:
        raise LogoRefused("logo_broken") from None
